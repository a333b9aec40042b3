"""Every table. Each uniqueness promise of botapp is a constraint here, not an `if` somewhere else.

Ids are text (uuid). Moments are aware UTC. JSON columns hold JSON types only. Every row carries its workspace.
"""

from botapp.state.tables.base import Moment, metadata
from botapp.state.tables.conversing import (
    attachments,
    conversation_addresses,
    conversations,
    events,
    inbox,
    model_calls,
    resumes,
    tasks,
    turns,
)
from botapp.state.tables.interviewing import (
    answers,
    decisions,
    interviewers,
    interviews,
    invitations,
    join_codes,
    rehearsals,
    rescores,
    revisions,
    scores,
    slugs,
    versions,
)
from botapp.state.tables.people import (
    candidate_addresses,
    candidates,
    consents,
    members,
    sign_in_links,
    workspaces,
)
from botapp.state.tables.sending import (
    addresses,
    delivery_reports,
    lanes,
    outbox,
    senders,
)
from botapp.state.tables.slack import (
    member_accounts,
    slack_digests,
    slack_installations,
    slack_mirrors,
    slack_oauth_states,
)

__all__ = [
    "Moment",
    "addresses",
    "answers",
    "attachments",
    "candidate_addresses",
    "candidates",
    "consents",
    "conversation_addresses",
    "conversations",
    "decisions",
    "delivery_reports",
    "events",
    "inbox",
    "interviewers",
    "interviews",
    "invitations",
    "join_codes",
    "lanes",
    "member_accounts",
    "members",
    "metadata",
    "model_calls",
    "outbox",
    "rehearsals",
    "rescores",
    "resumes",
    "revisions",
    "scores",
    "senders",
    "sign_in_links",
    "slack_digests",
    "slack_installations",
    "slack_mirrors",
    "slack_oauth_states",
    "slugs",
    "tasks",
    "turns",
    "versions",
    "workspaces",
]
