"""What the candidate's burst does. Buttons are exact and need no engine; texts are understood together.

A file without words says nothing: it is kept, and that is said. A place or zone in the words is learned.
"""

import re
import unicodedata
from datetime import datetime

from langgraph.runtime import Runtime

from botapp.graphs.context import Heard, InterviewContext
from botapp.graphs.interview import wording
from botapp.graphs.interview.names import denies_being
from botapp.graphs.interview.state import (
    SAID_MAX,
    Credited,
    InterviewMemory,
    InterviewState,
    InterviewUpdate,
    asked_here,
    changed,
    keep,
    look_ahead,
    next_open,
    only_agrees,
    place_of,
    question_of,
    recall,
    said_words,
    spoken,
    turns_down,
    wants_to_go_on,
)
from botapp.graphs.interview.tongue import heard_language
from botapp.graphs.interview.when import zone_of
from botapp.llm import Intent, Understanding, UnderstandRequest
from botapp.policy.zones import zone_in_words
from botapp.scoring.intents.tongues import short_wish
from botapp.scoring.intents.wishes import wants_deletion
from botapp.scoring.readers.words import fold
from botapp.screening.effects import interview_status, zone_learned
from botapp.screening.interview import InterviewStatus, SpokenPart

TEXTS_MAX = 40  # of a flood the first and the last ones are read; all are kept in the thread
_NO_THANKS = re.compile(r"\W*no,? (?:thanks|thank you|thx|ty)\W*", re.IGNORECASE)


def understand(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
    """The intents, the answers credited to questions, and what was asked. Whoever asked for later is back now."""
    context = runtime.context
    memory, effects = _back(recall(state))
    place = place_of(memory, context)
    pressed = [credited for item in spoken(state) if (credited := _pressed(item, context))]
    ids = {part["message_id"] for credited in pressed for part in credited["parts"]}
    texts = tuple(
        SpokenPart(message_id=h["id"], text=h["text"])
        for h in spoken(state)
        if h["id"] not in ids and (_visible(h["text"]) or not h["payload"].get("media"))
    )
    texts = texts if len(texts) <= TEXTS_MAX else (*texts[: TEXTS_MAX // 2], *texts[-TEXTS_MAX // 2 :])
    zone = zone_in_words(said_words(spoken(state))) or ""
    tongue = heard_language(memory, context, texts)
    memory, context = tongue.memory, tongue.context
    said = (
        Understanding(main=Intent.REPEAT)
        if tongue.only and not pressed
        else _by_rule(memory, context, texts, spoken(state))
    )
    said = said or _said(memory, context, texts, bool(pressed))
    put_off = recall(state).waiting_for == "later"
    if said.main is Intent.ANSWER and wants_to_go_on(spoken(state)) and (put_off or not _is_typed(memory, context)):
        said = Understanding(main=Intent.START)
    if said.main is Intent.NOT_INTERESTED and _declines_follow_up(memory, texts):
        said = Understanding(main=Intent.SKIP)
    written: list[Credited] = [
        {
            "question_id": a.question_id,
            "parts": [p.model_dump() for p in a.parts],
            "button_value": "",
            "corrects": a.is_correction,
        }
        for a in said.answers
        if question_of(context, a.question_id)
    ]
    return {
        "memory": keep(changed(memory, heard_at=context.now.isoformat()) if texts else memory),
        "understanding": said.model_dump(mode="json", exclude={"answers"}),
        "credited": [] if place == "task" else [*pressed, *written],
        "place": place,
        "zone": zone,
        "switched": tongue.switched,
        "lines": [*_about_files(spoken(state), context), *([tongue.line] if tongue.line else [])],
        "asked": _asked(said, texts),
        "ahead": look_ahead(memory, context),
        "effects": [*effects, *([zone_learned(zone, "words")] if zone else [])],
    }


def _back(memory: InterviewMemory) -> tuple[InterviewMemory, list[dict[str, object]]]:
    if memory.status is InterviewStatus.INVITED:
        return changed(memory, waiting_for=""), []
    if memory.waiting_for != "later":
        return changed(memory, reminders=0), []
    running = changed(memory, status=InterviewStatus.IN_PROGRESS, waiting_for="", reminders=0)
    return running, [interview_status(running.status.value)]


def _by_rule(
    memory: InterviewMemory, context: InterviewContext, texts: tuple[SpokenPart, ...], heard: list[Heard]
) -> Understanding | None:
    """What needs no engine: yes or no to the invitation, "this isn't Maria", and our own command words."""
    said = " ".join(part.text for part in texts).replace("\u2019", "'")
    if context.by_text and denies_being(said, context.candidate.name):
        return Understanding(main=Intent.WRONG_PERSON)
    if _wordless(memory, context, texts):
        return Understanding(main=Intent.NOISE)
    if (wish := short_wish(said)) and not _is_an_option(memory, context, said):
        return Understanding(main=wish, when=said if wish is Intent.LATER else "")
    if memory.status is not InterviewStatus.INVITED or not memory.introduced:
        return None
    if turns_down(heard):
        return Understanding(main=Intent.NOT_INTERESTED)
    return Understanding(main=Intent.START) if only_agrees(heard) else None


def _wordless(memory: InterviewMemory, context: InterviewContext, texts: tuple[SpokenPart, ...]) -> bool:
    """Only signs, where words are asked for: a thumb up may answer a yes or no, but tells no story."""
    question = next_open(memory, context)
    told = any(character.isalnum() or character in "?¿" for part in texts for character in part.text)
    return bool(texts) and not told and question is not None and question.is_open and bool(memory.open_question)


def _is_an_option(memory: InterviewMemory, context: InterviewContext, said: str) -> bool:
    """The open question offers these very words."""
    question = next_open(memory, context)
    return question is not None and fold(said).strip(" .!?") in {fold(option) for option in question.options}


def _about_files(heard: list[Heard], context: InterviewContext) -> list[str]:
    """What happens to files that came along, each thing once."""
    types = [str(file.get("type", "")) for item in heard for file in item["payload"].get("media") or ()]
    pictures = any(kind.startswith("image/") for kind in types)
    others = any(not kind.startswith("image/") for kind in types)
    keys = [*(["talk.file_kept"] if others else []), *(["talk.no_pictures"] if pictures else [])]
    return [wording.tell(context, key) for key in keys]


def _said(
    memory: InterviewMemory, context: InterviewContext, texts: tuple[SpokenPart, ...], pressed: bool
) -> Understanding:
    if not texts:
        return Understanding(main=Intent.ANSWER if pressed else Intent.NOISE)
    if not any(_visible(part.text) for part in texts):
        return Understanding(main=Intent.NOISE)
    return context.language.understand(_request(memory, context, texts))


def _is_typed(memory: InterviewMemory, context: InterviewContext) -> bool:
    """Whether the open question has exact answers, so that a bare "ready" may be one."""
    question = next_open(memory, context)
    return question is not None and not question.is_open


def _declines_follow_up(memory: InterviewMemory, texts: tuple[SpokenPart, ...]) -> bool:
    """ "No thanks" to a follow-up turns down the follow-up, not the job."""
    said = " ".join(part.text for part in texts)
    return bool(memory.answer(memory.open_question).follow_ups) and bool(_NO_THANKS.fullmatch(said))


def _visible(text: str) -> bool:
    """Whether anything can be seen: blanks, zero-width and direction characters can't."""
    return any(unicodedata.category(character)[0] not in "CZ" for character in text)


def _asked(said: Understanding, texts: tuple[SpokenPart, ...]) -> list[str]:
    if said.main is Intent.QUESTION and not said.asked and not said.answers:
        return [" ".join(part.text for part in texts)]
    if said.main is Intent.STOP:  # what else only a person can do is passed on all the same
        return [part.text for part in texts if wants_deletion(fold(part.text))]
    return list(dict.fromkeys(said.asked))


def _pressed(item: Heard, context: InterviewContext) -> Credited | None:
    question_id, _, value = str(item["payload"].get("value", "")).partition(":")
    if item["kind"] != "button" or not value or question_of(context, question_id) is None:
        return None
    part = {"message_id": item["id"], "text": item["text"] or value}
    return {"question_id": question_id, "parts": [part], "button_value": value, "corrects": True}


def _request(memory: InterviewMemory, context: InterviewContext, texts: tuple[SpokenPart, ...]) -> UnderstandRequest:
    questions = tuple(question for _, question in asked_here(context.interviewer))
    said = {key: " ".join(part.text for part in answer.parts)[:SAID_MAX] for key, answer in memory.answers.items()}
    return UnderstandRequest(
        parts=texts,
        open_question=next_open(memory, context) if memory.open_question and not memory.is_over else None,
        questions=questions,
        answered={key: text for key, text in said.items() if text},
        today=context.now.astimezone(zone_of(context.zone)).date(),
        gap=(context.now - datetime.fromisoformat(memory.heard_at)).total_seconds() if memory.heard_at else None,
    )
