"""Stages beyond chat, people in the loop, kept scores and calls, Slack threads, the question library

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _stages()
    _people()
    _scores()
    _slack()
    _compose()


def _stages() -> None:
    op.create_table(
        "resumes",
        sa.Column("attachment_id", sa.String(length=64), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("interview_id", sa.String(length=64), nullable=False),
        sa.Column("stage_id", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("problem", sa.String(length=32), server_default="", nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_resumes_attachment_id_attachments")
        ),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name=op.f("fk_resumes_interview_id_interviews")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_resumes_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_resumes")),
    )
    op.create_index("ix_resumes_interview_id", "resumes", ["interview_id", "stage_id"])


def _people() -> None:
    pass


def _scores() -> None:
    op.create_table(
        "rescores",
        sa.Column("interview_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("scorecard", sa.JSON(), nullable=True),
        sa.Column("by_member", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name=op.f("fk_rescores_interview_id_interviews")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_rescores_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("interview_id", "version", name=op.f("pk_rescores")),
    )
    op.create_index("ix_model_calls_workspace_id", "model_calls", ["workspace_id", "at"])


def _slack() -> None:
    op.create_table(
        "slack_mirrors",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("interview_id", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interviews.id"], name=op.f("fk_slack_mirrors_interview_id_interviews")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_slack_mirrors_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_mirrors")),
    )
    op.create_index("ix_slack_mirrors_interview_id", "slack_mirrors", ["interview_id"], unique=False)
    op.create_table(
        "slack_digests",
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("set_by", sa.String(length=64), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_slack_digests_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_slack_digests")),
    )


def _compose() -> None:
    op.create_table(
        "rehearsals",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("interviewer_id", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("by_member", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["interviewers.id"], name=op.f("fk_rehearsals_interviewer_id_interviewers")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_rehearsals_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsals")),
        sa.UniqueConstraint("interviewer_id", name=op.f("uq_rehearsals_interviewer_id")),
    )


def downgrade() -> None:
    """Take back what `upgrade` made, last first."""
    op.drop_table("rehearsals")
    op.drop_table("slack_digests")
    op.drop_index("ix_slack_mirrors_interview_id", table_name="slack_mirrors")
    op.drop_table("slack_mirrors")
    op.drop_index("ix_model_calls_workspace_id", "model_calls")
    op.drop_table("rescores")
    op.drop_table("resumes")
