"""Which language a conversation goes on in: a wish is followed at once, another language is offered once. Pure.

Guarantees: nobody is switched who did not ask for it; a switch says again that this is automated and how to stop.
"""

from dataclasses import dataclass, replace
from functools import wraps
from typing import Protocol

from langgraph.runtime import Runtime

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.speech import DEFAULT, LANGUAGES, say
from botapp.graphs.interview.state import InterviewMemory, InterviewState, InterviewUpdate, changed, next_open
from botapp.graphs.interview.wording import in_their_words
from botapp.llm import TranslateRequest
from botapp.scoring.intents.tongues import language_of, language_wished, only_wishes_language
from botapp.scoring.intents.wishes import wants_person
from botapp.scoring.leaks import leaks
from botapp.scoring.readers.words import fold
from botapp.screening.interview import SpokenPart
from botapp.screening.interviewer import Question

_HEARD_MIN = 2  # messages in another language before it is offered


class Node(Protocol):
    """A step of the graph."""

    def __call__(self, state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate: ...


def in_their_language(node: Node) -> Node:
    """The node with a context that speaks the language chosen by now, be it in this very turn."""

    @wraps(node)
    def spoken(state: InterviewState, runtime: Runtime[InterviewContext]) -> InterviewUpdate:
        chosen = state["memory"].get("language", "")
        if chosen == runtime.context.switched_to:
            return node(state, runtime)
        return node(state, runtime.override(context=replace(runtime.context, switched_to=chosen)))

    return spoken


@dataclass(frozen=True, slots=True)
class Tongue:
    """What the words of a turn did to the language. `only`: they did nothing else. `switched`: it was chosen now."""

    memory: InterviewMemory
    context: InterviewContext
    line: str = ""
    only: bool = False
    switched: bool = False


def heard_language(memory: InterviewMemory, context: InterviewContext, texts: tuple[SpokenPart, ...]) -> Tongue:
    """The language to go on in, and the line that says or offers it."""
    question = next_open(memory, context)
    asked = question.text if question else ""
    offered = bool(memory.language_offered)
    wishes = [(part.text, language_wished(part.text, asked, offered=offered)) for part in texts]
    wished = next((language for _, language in reversed(wishes) if language), "")
    if wished:
        rest = [text for text, language in wishes if not (language and _is_only_that(text))]
        return _switched(memory, context, wished, only=not rest)
    return _offered(memory, context, " ".join(part.text for part in texts))


def _is_only_that(text: str) -> bool:
    return only_wishes_language(text) and not wants_person(fold(text))


def _switched(memory: InterviewMemory, context: InterviewContext, language: str, *, only: bool) -> Tongue:
    here = replace(context, switched_to=language)
    line = say("language.switched", language)
    asked = memory.answer(memory.open_question).follow_ups
    prompt = memory.prompt if memory.prompt in asked else ""  # a follow-up has no other words
    return Tongue(changed(memory, language=language, foreign=0, prompt=prompt), here, line, only, switched=True)


def in_spoken_words(question: Question, context: InterviewContext) -> tuple[Question, str]:
    """The question as it is put in the language spoken, by the engine where it can, else in its own words.

    And what is honest to say of it then; "" when it is in the language spoken.
    """
    own = (context.interviewer.language or DEFAULT)[:2].lower()
    if own == context.spoken:
        return question, ""
    said = context.language.translate(TranslateRequest(question=question, language=context.spoken)).text.strip()
    alone = in_their_words(question, context)
    if said and not leaks(said, (question.rubric,), ours=question.text):
        return alone.model_copy(update={"text": said}), ""
    other = say(f"language.name_{own}", context.spoken) if own in LANGUAGES else own
    return alone, say("language.questions_in", context.spoken, other=other)


def _offered(memory: InterviewMemory, context: InterviewContext, text: str) -> Tongue:
    language = language_of(text)
    if not language or memory.language_offered:
        return Tongue(memory, context)
    if language == context.spoken:
        return Tongue(changed(memory, foreign=0), context)
    counted = changed(memory, foreign=memory.foreign + 1)
    if counted.foreign < _HEARD_MIN:
        return Tongue(counted, context)
    return Tongue(changed(counted, language_offered=language), context, say("language.offer", language))
