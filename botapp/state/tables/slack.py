"""Where our Slack app is, who somebody there is of ours, threads that mirror interviews, channels with a digest."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from botapp.state.tables.base import Moment, metadata, workspace_column

slack_installations = Table(
    "slack_installations",
    metadata,
    Column("id", String(200), primary_key=True),  # enterprise/team/user
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), nullable=False),
    Column("enterprise", String(40), nullable=False),  # "" but where a whole organisation installed
    Column("team", String(40), nullable=False),  # "" where a whole organisation installed
    Column("slack_user", String(40), nullable=False),  # who installed it; "" for the bot
    Column("app_id", String(40), nullable=False),
    Column("sealed", Text, nullable=False),  # everything with a token in it, encrypted
    Column("installed_at", Moment, nullable=False),
    UniqueConstraint("enterprise", "team", "slack_user"),
    Index("ix_slack_installations_workspace_id", "workspace_id"),
)

slack_oauth_states = Table(
    "slack_oauth_states",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("workspace_id", String(64), ForeignKey("workspaces.id"), nullable=False),
    Column("member_id", String(64), nullable=False),
    Column("expires_at", Moment, nullable=False),
)

member_accounts = Table(
    "member_accounts",
    metadata,
    Column("scheme", String(16), primary_key=True),  # slack
    Column("account", String(100), primary_key=True),  # T1/U1
    workspace_column(),
    Column("member_id", String(64), nullable=False),  # "" while nobody of ours is known under it
    Column("at", Moment, nullable=False),
    Index("ix_member_accounts_member_id", "member_id"),
)

slack_mirrors = Table(
    "slack_mirrors",
    metadata,
    Column("id", String(64), primary_key=True),  # of the message that opens the thread
    workspace_column(),
    Column("interview_id", String(64), ForeignKey("interviews.id"), nullable=False),
    Column("member_id", String(64), nullable=False),
    Column("team", String(40), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("opened_at", Moment),  # from here on what is said is mirrored
    Column("closed_at", Moment),
    Index("ix_slack_mirrors_interview_id", "interview_id"),
)

slack_digests = Table(
    "slack_digests",
    metadata,
    Column("address", String(200), primary_key=True),  # slack:T1/C1
    workspace_column(),
    Column("hour", Integer, nullable=False),  # of the day, in `zone`
    Column("zone", String(64), nullable=False),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Moment, nullable=False),
)
