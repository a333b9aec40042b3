"""The one error of the demo."""

from botapp.errors import BotappError


class Unmet(BotappError):
    """Something that had to happen did not; the message says what, in a sentence."""
