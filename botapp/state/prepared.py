"""The statements every turn runs: written with SQLAlchemy, compiled once, run by the driver itself on SQLite.

SQLAlchemy's own execution costs several times what SQLite needs, some fifteen times a turn. It still writes the SQL and
converts the values, and on PostgreSQL, where the round trip is what costs, it runs it as well. Same statements, same
transaction, same errors (`unit_of_work` translates the driver's too). For everything else use `uow.connection`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from botapp.state.unit_of_work import UnitOfWork

Row = Sequence[Any]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Plan:
    """SQL text, what to bind in which order, constants among it, and how to read each column that comes back."""

    sql: str
    slots: tuple[tuple[str, Convert | None], ...]
    fixed: Mapping[str, Any]
    columns: tuple[Convert | None, ...]

    def bind(self, values: Mapping[str, Any]) -> list[Any]:
        bound = []
        for name, convert in self.slots:
            value = values[name] if name in values else self.fixed[name]
            bound.append(convert(value) if convert else value)
        return bound

    def read(self, row: Row) -> Row:
        return [convert(value) if convert else value for value, convert in zip(row, self.columns, strict=True)]


class Prepared:
    """One statement. `columns`: which columns an insert fills; other values are named by its bind parameters."""

    def __init__(self, statement: Select[Any] | Insert | Update, *columns: str) -> None:
        self._statement = statement
        self._columns = columns
        self._plan: _Plan | None = None

    def rows(self, uow: UnitOfWork, values: Mapping[str, Any]) -> Sequence[Row]:
        """Every row it finds or returns."""
        if uow.is_postgres:
            return uow.connection.execute(self._statement, values).all()
        plan = self._planned(uow)
        found = uow.driver.execute(plan.sql, plan.bind(values)).fetchall()
        return [plan.read(row) for row in found]

    def row(self, uow: UnitOfWork, values: Mapping[str, Any]) -> Row | None:
        """The one row it finds or returns, if any."""
        found = self.rows(uow, values)
        assert len(found) <= 1, "a statement for one row found several"
        return found[0] if found else None

    def run(self, uow: UnitOfWork, values: Mapping[str, Any]) -> int:
        """How many rows an update touched (an insert says nothing here)."""
        if uow.is_postgres:
            return int(uow.connection.execute(self._statement, values).rowcount)
        plan = self._planned(uow)
        return int(uow.driver.execute(plan.sql, plan.bind(values)).rowcount)

    def _planned(self, uow: UnitOfWork) -> _Plan:
        if self._plan is None:
            self._plan = self._compiled(uow.connection.dialect)
        return self._plan

    def _compiled(self, dialect: Dialect) -> _Plan:
        compiled = self._statement.compile(dialect=dialect, column_keys=list(self._columns) or None)
        binds, order = compiled.binds, compiled.positiontup or []
        return _Plan(
            sql=str(compiled),
            slots=tuple((name, _impl(binds[name].type, dialect).bind_processor(dialect)) for name in order),
            fixed={name: bind.value for name, bind in binds.items() if not bind.required},
            columns=tuple(
                _impl(column.type, dialect).result_processor(dialect, None)
                for column in self._statement.exported_columns
            ),
        )


def _impl(type_: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    """The type as this database knows it."""
    return type_.dialect_impl(dialect)
