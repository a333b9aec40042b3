"""An answer as it was given: each message, its evidence marked, and the follow-ups that stood between. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from botapp.entrypoints.web.evidence import Piece, cut
from botapp.screening.interview import ScoredAnswer, SpokenPart
from botapp.state.read_models import ShownMessage


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: a follow-up of ours, or a part of the answer. `anchors` of a piece are evidence by its number."""

    ours: bool
    pieces: tuple[Piece, ...]


def exchange(line: ScoredAnswer, follow_ups: Sequence[str], transcript: Sequence[ShownMessage]) -> tuple[Turn, ...]:
    """The answer's messages in order; a follow-up stands before the first message that came after it."""
    if not line.parts:
        return (Turn(False, (Piece(line.answer),)),) if line.answer else ()
    at = {message.id: message.seq for message in transcript}
    waiting = [(text, _asked_at(text, line.parts, at, transcript)) for text in follow_ups]
    turns: list[Turn] = []
    for index, part in enumerate(line.parts):
        while waiting and index and _came_before(waiting[0][1], at.get(part.message_id)):
            turns.append(Turn(True, (Piece(waiting.pop(0)[0]),)))
        turns.append(Turn(False, _marked(line, part)))
    turns.extend(Turn(True, (Piece(text),)) for text, _ in waiting)
    return tuple(turns)


def _asked_at(
    text: str, parts: Sequence[SpokenPart], at: dict[str, int], transcript: Sequence[ShownMessage]
) -> int | None:
    first = at.get(parts[0].message_id, -1)
    return next((m.seq for m in transcript if m.ours and m.seq > first and text in m.text), None)


def _came_before(asked: int | None, said: int | None) -> bool:
    return asked is None or said is None or asked < said


def _marked(line: ScoredAnswer, part: SpokenPart) -> tuple[Piece, ...]:
    quotes = line.score.evidence if line.score else ()
    spans = [
        (quote.start, quote.start + len(quote.text), str(number))
        for number, quote in enumerate(quotes)
        if quote.message_id == part.message_id and part.text.startswith(quote.text, quote.start)
    ]
    return cut(part.text, spans)
