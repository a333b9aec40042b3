"""Workspaces, members, and the candidates with their addresses and consents."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from botapp.state.tables.base import Moment, id_column, metadata, workspace_column

workspaces = Table(
    "workspaces",
    metadata,
    id_column(),
    Column("name", String(200), nullable=False),
    Column("zone", String(64), nullable=False, server_default="UTC"),
    Column("region", String(2), nullable=False, server_default="US"),  # of phone numbers typed without a country
    Column("contact", String(320), nullable=False, server_default=""),  # what HELP tells people to write or call
    Column("created_at", Moment, nullable=False),
)

members = Table(
    "members",
    metadata,
    id_column(),
    workspace_column(),
    Column("name", String(200), nullable=False),
    Column("email", String(320), nullable=False),
    Column("role", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("joined_at", Moment),
    Column("removed_at", Moment),
    UniqueConstraint("workspace_id", "email"),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    id_column("token_hash"),
    workspace_column(),
    Column("member_id", String(64), ForeignKey("members.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

candidates = Table(
    "candidates",
    metadata,
    id_column(),
    workspace_column(),
    Column("name", String(200), nullable=False),
    Column("contact", String(320), nullable=False),
    Column("zone", String(64), nullable=False, server_default=""),  # IANA name, "" while unknown
    Column("zone_from", String(16), nullable=False, server_default=""),  # words, place
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("workspace_id", "contact"),
)

candidate_addresses = Table(
    "candidate_addresses",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("address", String(300), primary_key=True),  # tel:+1..., mailto:...: one person at a time
    Column("candidate_id", String(64), ForeignKey("candidates.id"), nullable=False, index=True),
    Column("added_at", Moment, nullable=False),
    Column("left_at", Moment),  # the number has changed hands: theirs no more
)

consents = Table(  # append-only: the latest row of an address and purpose is in force
    "consents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    workspace_column(),
    Column("candidate_id", String(64)),
    Column("address", String(300), nullable=False),
    Column("purpose", String(32), nullable=False),  # screening
    Column("kind", String(16), nullable=False),  # given, withdrawn
    Column("how", Text, nullable=False),  # in the words of who recorded it, or the person's own
    Column("wording", String(64), nullable=False, server_default=""),  # version of the words they agreed to
    Column("channel", String(16), nullable=False),  # where it was recorded: console, compose, file, sms, cli
    Column("evidence", JSON, nullable=False),  # file and row, IP address, message id
    Column("at", Moment, nullable=False),  # when the person agreed or withdrew
    Column("recorded_at", Moment, nullable=False),
    Column("by_member", String(64), nullable=False, server_default=""),
    Index("ix_consents_address", "workspace_id", "address"),
)
