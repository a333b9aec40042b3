"""Alembic's entry: always on a connection that botapp opened, in the transaction that botapp commits."""

from alembic import context

from botapp.state.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
context.run_migrations()
