"""What the team hears about an interview: one message per event, as stored JSON, with a link to the thread."""

from collections.abc import Mapping
from typing import Any

from botapp.graphs.context import InterviewContext
from botapp.messages import JsonObject

NOT_SCORED = "They asked not to be scored by a machine. Please read the answers yourself."


def asked_for_person(context: InterviewContext, why: str) -> JsonObject:
    """Somebody has to write to this candidate."""
    wants = {
        "human": "wants to talk to a person",
        "accommodation": "needs another way to do the interview",
        "distress": "may be in distress; please write or call soon",
        "form": "would like to do the interview in a form",
        "abuse": "has been abusive several times; please look at the chat",
    }[why]
    return _message(context, f"{_who(context)} {wants}. The interview waits for you.")


def objected(context: InterviewContext) -> JsonObject:
    return _message(
        context, f"{_who(context)} does not want to be scored by a machine. Please read the answers yourself."
    )


def asked_question(context: InterviewContext, texts: list[str]) -> JsonObject:
    quoted = "; ".join(f"“{text.strip()[:300]}”" for text in texts)
    return _message(context, f"{_who(context)} asks what the facts don't answer: {quoted}")


def completed(context: InterviewContext, headline: Mapping[str, Any], again: bool) -> JsonObject:
    """The interview is finished: score with coverage, gates, link. `headline` comes from the finished scorecard."""
    first = f"{_who(context)} {'corrected an answer; the score is new' if again else 'finished the interview'}."
    lines = [first, _score(headline), *_gates(headline)]
    message = _message(context, " ".join(filter(None, lines)))
    return {**message, "card": headline["card"]} if headline.get("card") else message


def knocked_out(context: InterviewContext, headline: Mapping[str, Any]) -> JsonObject:
    """The interview ended early at a must-have; a person looks at it all the same."""
    message = _message(context, " ".join([f"{_who(context)} does not meet a must-have.", *_gates(headline)]))
    return {**message, "card": headline["card"]} if headline.get("card") else message


def stalled(context: InterviewContext, days: int) -> JsonObject:
    silent = "for a day" if days == 1 else f"for {days} days"
    return _message(context, f"{_who(context)} has not answered {silent}, and no reminder is left.")


def opted_out(context: InterviewContext, interested: bool) -> JsonObject:
    said = "asked for no more messages" if interested else "is not interested any more"
    return _message(context, f"{_who(context)} {said}. The interview has ended.")


def wrote(context: InterviewContext, by: str, texts: list[str]) -> JsonObject:
    """Words for the person who took the thread over."""
    quoted = "; ".join(f"“{text.strip()[:300]}”" for text in texts)
    return _message(context, f"{_who(context)} wrote to {by}: {quoted}")


def told_it_takes_longer(context: InterviewContext, day: str) -> JsonObject:
    told = "I told them that it takes longer. Please write to them."
    return _message(context, f"{_who(context)} was promised an answer by {day}, and nobody has written yet. {told}")


def not_passed_on(context: InterviewContext, by: str) -> JsonObject:
    """A person's message that crossed with the candidate's last word."""
    why = "they ended the interview and want no more messages"
    return _message(context, f"What {by} wrote to {_who(context)} was not sent: {why}.")


def _score(headline: Mapping[str, Any]) -> str:
    if headline.get("text"):
        return str(headline["text"])
    overall, answered, counted = (headline.get(key) for key in ("overall", "answered", "counted"))
    if overall is None:
        return "Not scored yet."
    return f"Score {int(overall + 1e-9)}, from {answered} of {counted} answers."


def _gates(headline: Mapping[str, Any]) -> list[str]:
    if headline.get("text"):
        return []
    words = {"passed": "yes", "failed": "no", "needs_person": "needs a person", "not_reached": "not reached"}
    return [f"{gate['name']}: {words.get(gate['outcome'], gate['outcome'])}." for gate in headline.get("gates", ())]


def _who(context: InterviewContext) -> str:
    return f"{context.candidate.name or 'A candidate'} ({context.interviewer.title})"


def _message(context: InterviewContext, text: str) -> JsonObject:
    return {"text": f"{text}\n{context.console_url}" if context.console_url else text}
