"""Stages beyond chat, people in the loop, kept scores and calls, Slack threads, the question library

Revision ID: 0004
Revises: 0003
"""

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
    pass


def _people() -> None:
    pass


def _scores() -> None:
    pass


def _slack() -> None:
    pass


def _compose() -> None:
    pass


def downgrade() -> None:
    """Take back what `upgrade` made, last first."""
