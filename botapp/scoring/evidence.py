"""Evidence is verbatim or it is nothing: a span is kept only when it stands in the message it names, where it says.

Never repairs, shortens or paraphrases a quote: what can't be found is dropped.
"""

from collections.abc import Iterable, Sequence

from botapp.screening.interview import Evidence, SpokenPart

QUOTE_SHOWN = 140


def verify(evidence: Evidence, parts: Sequence[SpokenPart]) -> bool:
    """Whether the span stands at its place in the message it names."""
    return any(
        part.message_id == evidence.message_id and part.text.startswith(evidence.text, evidence.start) for part in parts
    )


def verbatim(evidence: Iterable[Evidence], parts: Sequence[SpokenPart]) -> tuple[Evidence, ...]:
    """Only the spans that are verbatim, in order, each once."""
    return tuple(dict.fromkeys(span for span in evidence if verify(span, parts)))


def find(text: str, parts: Sequence[SpokenPart]) -> Evidence | None:
    """The first place where `text` stands word for word, or None."""
    wanted = text.strip()
    if not wanted:
        return None
    for part in parts:
        start = part.text.find(wanted)
        if start >= 0:
            return Evidence(message_id=part.message_id, text=wanted, start=start)
    return None


def shown(evidence: Evidence) -> str:
    """The quote as a person reads it in a sentence: one line, in quotation marks, cut at a word when long."""
    line = " ".join(evidence.text.split())
    if len(line) > QUOTE_SHOWN:
        line = line[:QUOTE_SHOWN].rsplit(" ", 1)[0] + "..."
    return f'"{line}"'
