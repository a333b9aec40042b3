"""Conversations: what was said to us, the turns that answered it, the work they asked for, what happened."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from botapp.state.tables.base import Moment, id_column, metadata, workspace_column

conversations = Table(
    "conversations",
    metadata,
    id_column(),
    workspace_column(),
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
    workspace_column(),
    Column("open", Boolean, nullable=False),
    Column("last_heard_at", Moment),
    Index("ix_conversation_addresses_conversation_id", "conversation_id"),
)

inbox = Table(
    "inbox",
    metadata,
    id_column(),
    workspace_column(),
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

attachments = Table(
    "attachments",
    metadata,
    id_column(),  # uuid5 of the message and the file's place in it
    workspace_column(),
    Column("inbox_id", String(64), ForeignKey("inbox.id"), nullable=False, index=True),
    Column("name", String(300), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("url", Text, nullable=False),
    Column("content", LargeBinary),
    Column("problem", Text, nullable=False, server_default=""),  # why there is no content
    Column("at", Moment, nullable=False),
)

resumes = Table(
    "resumes",
    metadata,
    Column("attachment_id", String(64), ForeignKey("attachments.id"), primary_key=True),
    workspace_column(),
    Column("interview_id", String(64), ForeignKey("interviews.id"), nullable=False),
    Column("stage_id", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of its bytes: the same file twice is one
    Column("text", Text, nullable=False, server_default=""),  # what a reader of it sees
    Column("problem", String(32), nullable=False, server_default=""),  # why there is no text, by name
    Column("flags", JSON, nullable=False),  # what a reader doesn't see, or what is said to a machine: kind, characters
    Column("at", Moment, nullable=False),
    Column("read_at", Moment),
    Index("ix_resumes_interview_id", "interview_id", "stage_id"),
)

tasks = Table(
    "tasks",
    metadata,
    id_column(),
    workspace_column(),
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
    id_column(),  # uuid5 of conversation and version
    workspace_column(),
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
    workspace_column(),
    Column("engine", String(100), nullable=False),
    Column("output", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost", Float, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_model_calls_workspace_id", "workspace_id", "at"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    workspace_column(),
    Column("conversation_id", String(64)),
    Column("subject_id", String(64), nullable=False),  # interview or interviewer
    Column("name", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("by_member", String(64), nullable=False, server_default=""),
    Column("at", Moment, nullable=False),
    Index("ix_events_subject_id", "subject_id", "name"),
)
