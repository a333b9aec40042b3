"""What a message costs as a text, in words: segments and money. Pure; `price` is of one segment, 0 when not known."""

import math

from botapp.screening.interviewer import Interviewer, StageKind
from botapp.screening.segments import count_segments, fit_for_sms

_AROUND = 4  # the first message and the last one, two segments each
_SENDER = "+0123456789"


def segments_of(text: str) -> int:
    """Segments of a message as it would leave."""
    return sum(count_segments(part).count for part in fit_for_sms(text))


def text_words(text: str, price: float) -> str:
    """`1 segment`, `2 segments, $0.02`."""
    return segment_words(segments_of(text), price)


def segment_words(count: int, price: float) -> str:
    """Segments, and what they cost where a price is known."""
    cost = money(count * price)
    return f"{count} segment{'' if count == 1 else 's'}{f', {cost}' if cost else ''}"


def money(amount: float) -> str:
    """`$0.02`, `$0.008` below a cent; "" for nothing."""
    if amount <= 0:
        return ""
    return f"${amount:,.2f}" if amount >= 0.01 else f"${amount:.4f}".rstrip("0")


def interview_words(draft: Interviewer, price: float) -> str:
    """`about 14 segments a candidate, $0.12`: all we send in one interview by text, follow-ups as on average."""
    asked = [q for stage in draft.running_stages() if stage.kind is StageKind.CHAT for q in stage.questions]
    follow_ups = math.ceil(sum((q.follow_ups.min + q.follow_ups.max) / 2 for q in asked))
    count = _AROUND + follow_ups + sum(segments_of(q.text) for q in asked)
    cost = money(count * price)
    return f"about {count} segments a candidate{f', {cost}' if cost else ''}"


def is_number(sender: str) -> bool:
    """Whether people can write to this sender: a number can be told to them, a service can't."""
    return sender.startswith("+") and set(sender) <= set(_SENDER)
