"""Every model call, appended at once with its output: a turn that is run again reuses it; budgets read the cost."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select

from botapp.errors import Conflict
from botapp.policy.model_budget import ModelUse
from botapp.state.tables import model_calls
from botapp.state.unit_of_work import Database, UnitOfWork

CallKey = tuple[str, str, str, int]  # conversation id, task, prompt hash, pass within the turn


class DurableCalls:
    """The recorder's store: each append is a transaction of its own."""

    def __init__(self, database: Database, workspace_id: str, now: datetime) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._now = now

    def find(self, key: CallKey) -> str | None:
        """The stored output (JSON text) of a call, if it was made before."""
        conversation_id, task, prompt_hash, number = key
        query = select(model_calls.c.output).where(
            model_calls.c.conversation_id == conversation_id,
            model_calls.c.task == task,
            model_calls.c.prompt_hash == prompt_hash,
            model_calls.c["pass"] == number,
        )
        with self._database.reading() as uow:
            return uow.connection.execute(query).scalar_one_or_none()

    def append(
        self,
        key: CallKey,
        task: str,
        prompt_hash: str,
        output_json: str,
        tokens_in: int,
        tokens_out: int,
        cost: float,
        engine: str,
    ) -> None:
        """Keep an output. Losing the race against another worker's same call is no loss."""
        values = {
            "conversation_id": key[0],
            "task": task,
            "prompt_hash": prompt_hash,
            "pass": key[3],
            "workspace_id": self._workspace_id,
            "engine": engine,
            "output": output_json,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
            "cost": cost,
            "at": self._now,
        }
        try:
            with self._database.writing() as uow:
                uow.connection.execute(insert(model_calls), values)
        except Conflict:
            return


def use_since(database: Database, workspace_id: str, since: datetime) -> ModelUse:
    """What a workspace's model calls used since then."""
    with database.reading() as uow:
        return _use(uow, model_calls.c.workspace_id == workspace_id, model_calls.c.at >= since)


def use_of(uow: UnitOfWork, workspace_id: str, conversation_id: str) -> ModelUse:
    """What the model calls of one conversation used, scoring included."""
    mine = model_calls.c.conversation_id == conversation_id
    return _use(uow, mine, model_calls.c.workspace_id == workspace_id)


def _use(uow: UnitOfWork, *where: ColumnElement[bool]) -> ModelUse:
    tokens = func.sum(model_calls.c.tokens_in + model_calls.c.tokens_out)
    query = select(func.count(), func.coalesce(tokens, 0), func.coalesce(func.sum(model_calls.c.cost), 0.0))
    calls, used, cost = uow.connection.execute(query.select_from(model_calls).where(*where)).one()
    return ModelUse(int(calls), int(used), float(cost))
