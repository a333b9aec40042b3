"""Migrations: bring a database to the newest schema, or say that it is not there yet."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from botapp.state.unit_of_work import Database

_HERE = Path(__file__).parent / "migrations"
_LOCK = 0x626F74617070  # "botapp": PostgreSQL lets one process at a time migrate


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    return config


def upgrade(database: Database) -> None:
    """Run what is missing. Two processes at once are safe: the second finds nothing to do."""
    with database.writing() as uow:
        if uow.is_postgres:
            uow.connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        config = _config()
        config.attributes["connection"] = uow.connection
        command.upgrade(config, "head")


def downgrade(database: Database, revision: str) -> None:
    """Go back to `revision` ("base": nothing is left)."""
    with database.writing() as uow:
        config = _config()
        config.attributes["connection"] = uow.connection
        command.downgrade(config, revision)


def at_head(database: Database) -> bool:
    """Whether the schema is the one this code expects."""
    with database.reading() as uow:
        current = MigrationContext.configure(uow.connection).get_current_revision()
    return current == ScriptDirectory.from_config(_config()).get_current_head()
