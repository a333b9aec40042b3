"""Text messages: senders and their lanes, consent, delivery reports, join codes, files, addresses of a candidate

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("candidate_id", sa.String(length=64), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("wording", sa.String(length=64), server_default="", nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_member", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_consents_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_address", "consents", ["workspace_id", "address"], unique=False)
    op.create_table(
        "delivery_reports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("channel_account", sa.String(length=100), nullable=False),
        sa.Column("outbox_id", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("passed_on", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_delivery_reports_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_reports")),
    )
    op.create_index("ix_delivery_reports_external_id", "delivery_reports", ["external_id"], unique=False)
    op.create_table(
        "lanes",
        sa.Column("lane", sa.String(length=300), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pause_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_lanes_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_lanes")),
    )
    op.create_table(
        "senders",
        sa.Column("scheme", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.String(length=100), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=100), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_senders_workspace_id_workspaces")),
        sa.PrimaryKeyConstraint("scheme", "sender", name=op.f("pk_senders")),
    )
    op.create_index("ix_senders_workspace_id", "senders", ["workspace_id", "scheme"], unique=False)
    op.create_table(
        "candidate_addresses",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("candidate_id", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_candidate_addresses_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_candidate_addresses_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "address", name=op.f("pk_candidate_addresses")),
    )
    op.create_index(op.f("ix_candidate_addresses_candidate_id"), "candidate_addresses", ["candidate_id"], unique=False)
    op.create_table(
        "join_codes",
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("interviewer_id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["interviewers.id"], name=op.f("fk_join_codes_interviewer_id_interviewers")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_join_codes_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "code", name=op.f("pk_join_codes")),
    )
    op.create_index(op.f("ix_join_codes_interviewer_id"), "join_codes", ["interviewer_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("workspace_id", sa.String(length=64), nullable=False),
        sa.Column("inbox_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name=op.f("fk_attachments_inbox_id_inbox")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_attachments_workspace_id_workspaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_inbox_id"), "attachments", ["inbox_id"], unique=False)
    op.add_column("addresses", sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("addresses", sa.Column("heard_on", sa.String(length=100), server_default="", nullable=False))
    op.add_column("addresses", sa.Column("unusable", sa.Text(), server_default="", nullable=False))
    op.add_column("candidates", sa.Column("zone", sa.String(length=64), server_default="", nullable=False))
    op.add_column("candidates", sa.Column("zone_from", sa.String(length=16), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("code", sa.String(length=32), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("sender", sa.String(length=100), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("lane", sa.String(length=300), server_default="", nullable=False))
    op.add_column("outbox", sa.Column("units", sa.Integer(), server_default="1", nullable=False))
    op.add_column("outbox", sa.Column("follows", sa.String(length=64), nullable=True))
    op.add_column("outbox", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_outbox_follows", "outbox", ["follows"], unique=False, sqlite_where=sa.text("follows IS NOT NULL")
    )
    op.add_column("workspaces", sa.Column("region", sa.String(length=2), server_default="US", nullable=False))
    op.add_column("workspaces", sa.Column("contact", sa.String(length=320), server_default="", nullable=False))
    op.execute(_KNOWN_CONTACTS)


_KNOWN_CONTACTS = """
    INSERT INTO candidate_addresses (workspace_id, address, candidate_id, added_at)
    SELECT workspace_id, CASE WHEN contact LIKE '%@%' THEN 'mailto:' ELSE 'tel:' END || contact, id, created_at
    FROM candidates WHERE contact LIKE '%@%' OR contact LIKE '+%'
"""


def downgrade() -> None:
    op.drop_column("workspaces", "contact")
    op.drop_column("workspaces", "region")
    op.drop_index("ix_outbox_follows", table_name="outbox", sqlite_where=sa.text("follows IS NOT NULL"))
    op.drop_column("outbox", "tries")
    op.drop_column("outbox", "follows")
    op.drop_column("outbox", "units")
    op.drop_column("outbox", "lane")
    op.drop_column("outbox", "sender")
    op.drop_column("outbox", "code")
    op.drop_column("candidates", "zone_from")
    op.drop_column("candidates", "zone")
    op.drop_column("addresses", "unusable")
    op.drop_column("addresses", "heard_on")
    op.drop_column("addresses", "heard_at")
    op.drop_index(op.f("ix_attachments_inbox_id"), table_name="attachments")
    op.drop_table("attachments")
    op.drop_index(op.f("ix_join_codes_interviewer_id"), table_name="join_codes")
    op.drop_table("join_codes")
    op.drop_index(op.f("ix_candidate_addresses_candidate_id"), table_name="candidate_addresses")
    op.drop_table("candidate_addresses")
    op.drop_index("ix_senders_workspace_id", table_name="senders")
    op.drop_table("senders")
    op.drop_table("lanes")
    op.drop_index("ix_delivery_reports_external_id", table_name="delivery_reports")
    op.drop_table("delivery_reports")
    op.drop_index("ix_consents_address", table_name="consents")
    op.drop_table("consents")
