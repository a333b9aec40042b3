"""The few ways things fail, named by what the caller does next. No other module invents a base error."""


class BotappError(Exception):
    """Anything botapp raises on purpose. `str(error)` is a sentence a person may read."""


class Retryable(BotappError):
    """The same call may succeed later: back off and try again."""


class OverBudget(Retryable):
    """What the language model may cost is used up for now: go on without it, and try again when the day is over."""


class Permanent(BotappError):
    """The same call will fail again: record it and tell a person."""


class Conflict(BotappError):
    """Somebody else was quicker: discard what was prepared, load again and decide anew."""


class BadPayload(BotappError):
    """What came in is malformed or not allowed: answer with a 4xx and keep nothing of it."""


class NotAllowed(BotappError):
    """This person may not do this: answer with a 403 and say who can."""


class NotFound(BotappError):
    """There is no such thing for this person: answer with a 404."""
