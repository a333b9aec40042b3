"""Interviewers with their revisions and versions; interviews with answers, scores and decisions."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from botapp.state.tables.base import Moment, id_column, metadata, workspace_column

interviewers = Table(
    "interviewers",
    metadata,
    id_column(),
    workspace_column(),
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
    workspace_column(),
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
)

join_codes = Table(
    "join_codes",
    metadata,
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), primary_key=True),
    Column("code", String(40), primary_key=True),  # upper case: NIGHTS
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    workspace_column(),
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
    workspace_column(),
    Column("definition", JSON, nullable=False),
    Column("by_member", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    id_column("token_hash"),
    workspace_column(),
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, index=True),
    Column("candidate_id", String(64), ForeignKey("candidates.id"), nullable=False),
    Column("invited_by", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("interview_id", String(64)),
)

interviews = Table(
    "interviews",
    metadata,
    id_column(),
    workspace_column(),
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
    workspace_column(),
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
    id_column(),  # uuid5 of interview, question, engine, rubric version and the text judged: judged once
    workspace_column(),
    Column("interview_id", String(64), ForeignKey("interviews.id"), nullable=False, index=True),
    Column("question_id", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)

rescores = Table(  # the same answers scored by the rubrics of another version; the interview's own scorecard stays
    "rescores",
    metadata,
    Column("interview_id", String(64), ForeignKey("interviews.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    workspace_column(),
    Column("scorecard", JSON),  # none while the task that makes it is still to be done
    Column("by_member", String(64), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("scored_at", Moment),
)

rehearsals = Table(  # the latest of each interviewer
    "rehearsals",
    metadata,
    id_column(),
    workspace_column(),
    Column("interviewer_id", String(64), ForeignKey("interviewers.id"), nullable=False, unique=True),
    Column("revision", Integer, nullable=False),  # of the draft it was run on
    Column("outline", JSON, nullable=False),  # findings and suggestions: read in each turn of composing
    Column("result", JSON, nullable=False),
    Column("by_member", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    id_column(),
    workspace_column(),
    Column("interview_id", String(64), ForeignKey("interviews.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("by_member", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
