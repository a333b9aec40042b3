"""What we say and what becomes of it; whom and from where we may write."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from botapp.state.tables.base import Moment, id_column, metadata, workspace_column

addresses = Table(
    "addresses",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("address", String(300), primary_key=True),
    Column("opted_out_at", Moment),
    Column("opt_out_confirmation", String(64), nullable=False, server_default=""),  # the one outbox id still allowed
    Column("heard_at", Moment),  # when this address last wrote to us
    Column("heard_on", String(100), nullable=False, server_default=""),  # to which sender of ours
    Column("unusable", Text, nullable=False, server_default=""),  # why nothing can reach it, in a sentence
)

senders = Table(
    "senders",
    metadata,
    Column("scheme", String(16), primary_key=True),
    Column("sender", String(100), primary_key=True),  # a number of ours, a messaging service
    workspace_column(),
    Column("account", String(100), nullable=False),  # the provider's account it belongs to
    Column("position", Integer, nullable=False, server_default="0"),  # the first is the workspace's own choice
    Index("ix_senders_workspace_id", "workspace_id", "scheme"),
)

lanes = Table(
    "lanes",
    metadata,
    Column("lane", String(300), primary_key=True),
    workspace_column(),
    Column("free_at", Moment),  # its rate allows nothing before
    Column("paused_at", Moment),
    Column("pause_reason", Text, nullable=False, server_default=""),
    Column("outcomes", JSON, nullable=False),  # the latest twenty: "ok" or a failure kind
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),  # uuid5 of turn and index: a repeated turn meets the constraint instead of doubling
    workspace_column(),
    Column("conversation_id", String(64)),
    Column("seq", Integer),
    Column("address", String(300), nullable=False),
    Column("about", String(64), nullable=False),  # reply, completed, person_requested, ...
    Column("subject", JSON, nullable=False),  # ids of the interview and interviewer it speaks of
    Column("message", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("look_ups", Integer, nullable=False, server_default="0"),
    Column("sending_since", Moment),
    Column("external_id", String(100)),
    Column("error", Text),
    Column("code", String(32), nullable=False, server_default=""),  # the provider's, when it failed
    Column("turn_id", String(64)),
    Column("created_at", Moment, nullable=False),
    Column("sender", String(100), nullable=False, server_default=""),  # which of ours it leaves from
    Column("lane", String(300), nullable=False, server_default=""),  # whose rate it takes from
    Column("units", Integer, nullable=False, server_default="1"),  # how much of it
    Column("follows", String(64)),  # the part before: it leaves first
    Column("tries", Integer, nullable=False, server_default="0"),  # how often the same words were sent before
    UniqueConstraint("conversation_id", "seq"),
    Index("ix_outbox_follows", "follows", sqlite_where=text("follows IS NOT NULL")),
    Index("ix_outbox_address", "address"),
    Index(
        "ix_outbox_open",
        "due_at",
        sqlite_where=text("status IN ('queued','held','sending','unknown')"),
        postgresql_where=text("status IN ('queued','held','sending','unknown')"),
    ),
    Index("ix_outbox_external_id", "external_id", sqlite_where=text("external_id IS NOT NULL")),
)

delivery_reports = Table(  # append-only: every report as it came, also of rows we don't know yet
    "delivery_reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    workspace_column(),
    Column("channel_account", String(100), nullable=False),
    Column("outbox_id", String(64), nullable=False),
    Column("external_id", String(100), nullable=False),
    Column("status", String(16), nullable=False),
    Column("passed_on", Boolean, nullable=False),
    Column("failure", JSON),
    Column("at", Moment, nullable=False),
    Index("ix_delivery_reports_external_id", "external_id"),
)
