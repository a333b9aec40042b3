"""Who may do what in a workspace. The only place where a role is compared."""

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    RECRUITER = "recruiter"
    VIEWER = "viewer"


class Action(StrEnum):
    READ = "read"  # interviewers, candidates, transcripts, scorecards
    COMPOSE = "compose"  # create, edit, publish, pause, archive an interviewer
    INVITE_CANDIDATE = "invite_candidate"
    DECIDE = "decide"  # shortlist, dismiss, override, message a candidate
    MANAGE_MEMBERS = "manage_members"  # invite and remove teammates, change roles


_ALLOWED = {
    Role.OWNER: frozenset(Action),
    Role.RECRUITER: frozenset({Action.READ, Action.COMPOSE, Action.INVITE_CANDIDATE, Action.DECIDE}),
    Role.VIEWER: frozenset({Action.READ}),
}

_REFUSALS = {
    Action.READ: "You are not a member of this workspace. Ask an owner to invite you.",
    Action.COMPOSE: "You can look, but not change interviewers. Ask an owner to make you a recruiter.",
    Action.INVITE_CANDIDATE: "You can look, but not invite candidates. Ask an owner to make you a recruiter.",
    Action.DECIDE: "You can look, but not decide about candidates. Ask an owner to make you a recruiter.",
    Action.MANAGE_MEMBERS: "Only an owner can invite or remove teammates. Ask an owner to do it.",
}


def may(role: Role, action: Action) -> bool:
    """Whether `role` is allowed `action`."""
    return action in _ALLOWED[role]


def refusal(action: Action) -> str:
    """The sentence for somebody who may not: what can't be done and who can."""
    return _REFUSALS[action]
