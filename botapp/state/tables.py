"""Every table. Each uniqueness promise of botapp is a constraint here, not an `if` somewhere else.

Ids are text (uuid). Moments are aware UTC. JSON columns hold JSON types only. Every row carries its workspace.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime: `timestamptz` on PostgreSQL, sortable text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(64), primary_key=True)


def _workspace() -> Column[str]:
    return Column("workspace_id", String(64), ForeignKey("workspaces.id"), nullable=False)


workspaces = Table(
    "workspaces",
    metadata,
    _id(),
    Column("name", String(200), nullable=False),
    Column("zone", String(64), nullable=False, server_default="UTC"),
    Column("region", String(2), nullable=False, server_default="US"),  # of phone numbers typed without a country
    Column("contact", String(320), nullable=False, server_default=""),  # what HELP tells people to write or call
    Column("created_at", Moment, nullable=False),
)

members = Table(
    "members",
    metadata,
    _id(),
    _workspace(),
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
    _id("token_hash"),
    _workspace(),
    Column("member_id", String(64), ForeignKey("members.id"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

interviewers = Table(
    "interviewers",
    metadata,
    _id(),
    _workspace(),
    Column("title", String(200), nullable=False, server_default=""),
    Column("slug", String(100), nullable=False, server_default=""),
    Column("status", String(16), nullable=False),
    Column("draft", JSON),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("published_revision", Integer, nullable=False, server_default="0"),
    Column("conversation_id", String(64), nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_interviewers_workspace_id", "workspace_id", "status"),
)

slugs = Table(
    "slugs",
    metadata,
    Column("slug", String(100), primary_key=True),  # unique in the installation; old ones keep their row and redirect
    _workspace(),
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _workspace(),
    Column("draft", JSON, nullable=False),
    Column("summary", Text, nullable=False),
    Column("edits", JSON, nullable=False),
    Column("by_member", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("abandoned", Boolean, nullable=False, server_default=text("false")),  # undone, then edited over
)

versions = Table(
    "versions",
    metadata,
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _workspace(),
    Column("definition", JSON, nullable=False),
    Column("by_member", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

candidates = Table(
    "candidates",
    metadata,
    _id(),
    _workspace(),
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
    _workspace(),
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

join_codes = Table(
    "join_codes",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("code", String(40), primary_key=True),  # upper case: NIGHTS
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    _id("token_hash"),
    _workspace(),
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, index=True),
    Column("candidate_id", String(64), ForeignKey("candidates.id"), nullable=False),
    Column("invited_by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("interview_id", String(64)),
)

interviews = Table(
    "interviews",
    metadata,
    _id(),
    _workspace(),
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("candidate_id", String(64), ForeignKey("candidates.id"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("conversation_id", String(64), nullable=False, unique=True),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("status", String(16), nullable=False),
    Column("outcome", String(64), nullable=False, server_default=""),
    Column("decision", String(16), nullable=False, server_default=""),
    Column("started_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("score", Float),
    Column("scorecard", JSON),
    UniqueConstraint("interviewer_id", "candidate_id", "attempt"),
)

answers = Table(
    "answers",
    metadata,
    Column("interview_id", String(64), ForeignKey("interviews.id"), primary_key=True),
    Column("question_id", String(64), primary_key=True),
    _workspace(),
    Column("stage_id", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("parts", JSON, nullable=False),
    Column("reading", JSON),
    Column("follow_ups", JSON, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

scores = Table(
    "scores",
    metadata,
    _id(),  # uuid5 of interview, question, engine, rubric version and the text judged: judged once
    _workspace(),
    Column("interview_id", String(64), ForeignKey("interviews.id"), nullable=False, index=True),
    Column("question_id", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    _workspace(),
    Column("interview_id", String(64), ForeignKey("interviews.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("by_member", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    _id(),
    _workspace(),
    Column("kind", String(16), nullable=False),  # compose, interview, frontdesk
    Column("subject_id", String(64), nullable=False),  # interviewer, interview or address
    Column("version", Integer, nullable=False, server_default="0"),
    Column("seq", Integer, nullable=False, server_default="0"),
    Column("state", JSON, nullable=False),
    Column("pending_since", Moment),
    Column("due_at", Moment, index=True),
    Column("lease_epoch", Integer, nullable=False, server_default="0"),
    Column("lease_until", Moment),
    Column("failures", Integer, nullable=False, server_default="0"),
    UniqueConstraint("kind", "subject_id"),
)

conversation_addresses = Table(
    "conversation_addresses",
    metadata,
    Column("address", String(300), primary_key=True),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), primary_key=True),
    _workspace(),
    Column("open", Boolean, nullable=False),
    Column("last_heard_at", Moment),
    Index("ix_conversation_addresses_conversation_id", "conversation_id"),
)

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
    _workspace(),
    Column("account", String(100), nullable=False),  # the provider's account it belongs to
    Column("position", Integer, nullable=False, server_default="0"),  # the first is the workspace's own choice
    Index("ix_senders_workspace_id", "workspace_id", "scheme"),
)

lanes = Table(
    "lanes",
    metadata,
    Column("lane", String(300), primary_key=True),
    _workspace(),
    Column("free_at", Moment),  # its rate allows nothing before
    Column("paused_at", Moment),
    Column("pause_reason", Text, nullable=False, server_default=""),
    Column("outcomes", JSON, nullable=False),  # the latest twenty: "ok" or a failure kind
)

delivery_reports = Table(  # append-only: every report as it came, also of rows we don't know yet
    "delivery_reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _workspace(),
    Column("channel_account", String(100), nullable=False),
    Column("outbox_id", String(64), nullable=False),
    Column("external_id", String(100), nullable=False),
    Column("status", String(16), nullable=False),
    Column("passed_on", Boolean, nullable=False),
    Column("failure", JSON),
    Column("at", Moment, nullable=False),
    Index("ix_delivery_reports_external_id", "external_id"),
)

attachments = Table(
    "attachments",
    metadata,
    _id(),  # uuid5 of the message and the file's place in it
    _workspace(),
    Column("inbox_id", String(64), ForeignKey("inbox.id"), nullable=False, index=True),
    Column("name", String(300), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("url", Text, nullable=False),
    Column("content", LargeBinary),
    Column("problem", Text, nullable=False, server_default=""),  # why there is no content
    Column("at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    _id(),
    _workspace(),
    Column("channel_account", String(100), nullable=False),
    Column("external_id", String(200), nullable=False),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("address", String(300), nullable=False),
    Column("sender_kind", String(16), nullable=False),
    Column("sender_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("raw", LargeBinary),
    Column("received_at", Moment, nullable=False),
    Column("turn_id", String(64)),
    UniqueConstraint("channel_account", "external_id"),
    UniqueConstraint("conversation_id", "seq"),
    Index(
        "ix_inbox_pending",
        "conversation_id",
        sqlite_where=text("turn_id IS NULL"),
        postgresql_where=text("turn_id IS NULL"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),  # uuid5 of turn and index: a repeated turn meets the constraint instead of doubling
    _workspace(),
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

tasks = Table(
    "tasks",
    metadata,
    _id(),
    _workspace(),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # timer or work
    Column("name", String(64), nullable=False),
    Column("payload", JSON, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),  # pending, done, cancelled, failed
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("lease_until", Moment),
    Column("created_at", Moment, nullable=False),
    Index("ix_tasks_conversation_id", "conversation_id"),
    Index(
        "ix_tasks_pending",
        "due_at",
        sqlite_where=text("status = 'pending'"),
        postgresql_where=text("status = 'pending'"),
    ),
)

turns = Table(
    "turns",
    metadata,
    _id(),  # uuid5 of conversation and version
    _workspace(),
    Column("conversation_id", String(64), ForeignKey("conversations.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("heard", JSON, nullable=False),
    Column("path", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("committed_at", Moment, nullable=False),
    UniqueConstraint("conversation_id", "version"),
)

model_calls = Table(
    "model_calls",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("task", String(64), primary_key=True),
    Column("prompt_hash", String(64), primary_key=True),
    Column("pass", Integer, primary_key=True),
    _workspace(),
    Column("engine", String(100), nullable=False),
    Column("output", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    Column("at", Moment, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _workspace(),
    Column("conversation_id", String(64)),
    Column("subject_id", String(64), nullable=False),  # interview or interviewer
    Column("name", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("by_member", String(64), nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    Index("ix_events_subject_id", "subject_id", "name"),
)
