"""Which step follows which. Pure: each router looks at the state and names the next node."""

from typing import Literal

from botapp.graphs.interview.announcing import says_done
from botapp.graphs.interview.state import (
    InterviewState,
    agrees,
    chief,
    events,
    recall,
    spoken,
    understood,
    wants_to_go_on,
)
from botapp.graphs.interview.ways import way_chosen
from botapp.llm import Intent
from botapp.screening.interview import InterviewStatus

Onwards = Literal["ask_next", "follow_up", "open_stage", "await_score", "finish", "end_kindly", "say"]
Said = Literal[
    "introduce",
    "begin",
    "take_name",
    "resume",
    "stand_by",
    "read_answers",
    "leave",
    "hand_over",
    "choose_way",
    "postpone",
    "answer_candidate",
    "steer",
    "take_round",
    "open_stage",
    "say",
]

_LEAVES = (Intent.STOP, Intent.NOT_INTERESTED, Intent.WRONG_PERSON)
_NEEDS_PERSON = (Intent.HUMAN, Intent.ACCOMMODATION, Intent.DISTRESS)


_OPENS = {"invited", "joined"}
_BEFORE_THE_START = (Intent.ABUSE, Intent.NOISE, Intent.HELP, Intent.INJECTION)


def arrival(state: InterviewState) -> Literal["introduce", "welcome", "take_events", "understand", "say"]:
    """What this turn is about first."""
    names = {item["payload"].get("event") for item in events(state)}
    memory = recall(state)
    if memory.status is InterviewStatus.INVITED:
        if "joined" in names:
            return "welcome"
        if not memory.introduced and ("invited" in names or spoken(state)):
            return "introduce" if "invited" in names else "welcome"
    if names - _OPENS or any(item["payload"].get("again") for item in events(state)):
        return "take_events"
    return "understand" if spoken(state) else "say"


def after_introduction(state: InterviewState) -> Literal["understand", "__end__"]:
    """Nothing more until the candidate answers; what they said in this very turn is heard."""
    heard_already = "understanding" in state  # they asked what this is, and were told once more
    return "understand" if spoken(state) and not heard_already else "__end__"


def after_welcome(state: InterviewState) -> Literal["take_events", "understand"] | Onwards:
    """Events and words that came together with joining are taken too."""
    if any(item["payload"].get("event") not in _OPENS for item in events(state)):
        return "take_events"
    if spoken(state):
        return "understand"
    return onwards(state)


def after_begin(state: InterviewState) -> Literal["read_answers", "answer_candidate", "steer"] | Onwards:
    """What the first words held is taken; else the first question, or the reason why there is none."""
    if state["ahead"] == "say":
        return "say"
    if state["credited"]:
        return "read_answers"
    if state["asked"]:
        return "answer_candidate"
    return "steer" if chief(understood(state)) is Intent.OBJECTION else onwards(state)


def after_name(state: InterviewState) -> Literal["read_answers", "answer_candidate"] | Onwards:
    """The name is known, or asked for again; what else was said is taken."""
    if state["credited"]:
        return "read_answers"
    return "answer_candidate" if state["asked"] else onwards(state)


def after_events(state: InterviewState) -> Literal["understand"] | Onwards:
    """Somebody also spoke, or the open question returns, or a stage ended, or that was all."""
    return "understand" if spoken(state) else onwards(state)


def what_was_said(state: InterviewState) -> Said:
    """The first thing to do about what the candidate said."""
    memory, main = recall(state), chief(understood(state))
    if memory.taken_by:
        return _while_a_person_writes(state)
    if memory.is_over:
        return _after_the_end(state)
    if memory.waiting_for == "person":
        return _while_waiting(state)
    if memory.status is InterviewStatus.INVITED:
        return _before_the_start(state)
    if memory.wants_name and memory.name_asks and not _act_on(main):
        return "take_name"
    if state["credited"]:
        return "read_answers"
    return _in_a_stage(state) or _act_on(main) or ("answer_candidate" if state["asked"] else "steer")


def _in_a_stage(state: InterviewState) -> Literal["take_round", "open_stage"] | None:
    """What words mean only while a task or a page is open."""
    match state.get("place"):
        case "task" if not _is_aside(state):
            return "take_round"
        case "task_ahead" if understood(state).main is Intent.START or agrees(spoken(state)):
            return "take_round"
        case "page" if says_done(spoken(state)):
            return "open_stage"
        case _:
            return None


_ASIDES = (Intent.ABUSE, Intent.INJECTION, Intent.OBJECTION, Intent.HELP, Intent.REPEAT, Intent.SKIP)
_ASIDE_MAX = 20  # words; more than that is work on the task, whatever is asked in it


def _is_aside(state: InterviewState) -> bool:
    """In a task only what is meant for us is acted on: a letter that asks or puts off is part of the work."""
    main = understood(state).main
    words = sum(len(item["text"].split()) for item in spoken(state))
    return _act_on(main) is not None or (words <= _ASIDE_MAX and (main in _ASIDES or bool(state["asked"])))


def after_reading(
    state: InterviewState,
) -> Literal["leave", "hand_over", "postpone", "end_kindly", "answer_candidate", "steer"] | Onwards:
    """The answers are kept: what else was said, then what is next."""
    main = chief(understood(state))
    if not recall(state).is_over and (act := _act_on(main)):
        return act
    if state["asked"]:
        return "answer_candidate"
    if state["knocked_out"]:
        return "end_kindly"
    if not recall(state).is_over and (main in (Intent.OBJECTION, Intent.ABUSE) or _skips_another(state)):
        return "steer"
    return "say" if _changed_nothing(state) else onwards(state)


def onwards(state: InterviewState) -> Onwards:
    """How the turn ends: a follow-up to choose, the next question, the end of the interview, or just what was said."""
    if state.get("knocked_out"):
        return "end_kindly"
    match state["ahead"]:
        case "ask":
            return "ask_next"
        case "stage":
            return "ask_next" if recall(state).wants_name else "open_stage"  # nobody is sent to a page unnamed
        case "weigh":
            return "await_score"
        case other:
            return other


def after_follow_up(state: InterviewState) -> Onwards:
    """The follow-up or the next question, the next stage, or the end."""
    return "ask_next" if state["ahead"] == "follow_up" else onwards(state)


def _act_on(main: Intent) -> Literal["leave", "hand_over", "postpone"] | None:
    if main in _LEAVES:
        return "leave"
    if main in _NEEDS_PERSON:
        return "hand_over"
    return "postpone" if main is Intent.LATER else None


def _skips_another(state: InterviewState) -> bool:
    """It answers one question and skips the open one; "I'd rather not say" is read as the answer it is."""
    credited = {item["question_id"] for item in state["credited"]}
    return chief(understood(state)) is Intent.SKIP and recall(state).open_question not in credited


def _changed_nothing(state: InterviewState) -> bool:
    """A button pressed twice, and nothing else."""
    pressed_only = all(credited["button_value"] for credited in state["credited"])
    answered = any(effect["kind"] == "answer_saved" for effect in state.get("effects", []))
    return pressed_only and not answered and not state.get("lines")


def _before_the_start(state: InterviewState) -> Said:
    """Any words start it, unless they say no or later, need a person, or ask something first."""
    main = chief(understood(state))
    if act := _act_on(main):
        return act
    if main is Intent.REPEAT and recall(state).introduced:
        return "introduce"
    if main in _BEFORE_THE_START:
        return "steer"
    asks_first = state["asked"] and not state["credited"] and not agrees(spoken(state))
    return "answer_candidate" if asks_first else "begin"


def _after_the_end(state: InterviewState) -> Said:
    memory, main = recall(state), chief(understood(state))
    ended_by_choice = memory.outcome in ("stopped", "not_interested")
    if ended_by_choice and main not in _LEAVES and _wants_to_go_on(state):
        return "resume"
    if main in _NEEDS_PERSON:
        return "hand_over"
    if main is Intent.OBJECTION and memory.status is InterviewStatus.COMPLETED:
        return "steer"
    if state["credited"] and memory.status is InterviewStatus.COMPLETED:
        return "read_answers"
    return "answer_candidate" if state["asked"] else "stand_by"


def _while_waiting(state: InterviewState) -> Said:
    memory, main = recall(state), chief(understood(state))
    if main in _LEAVES:
        return "leave"
    if main is Intent.DISTRESS and memory.outcome != "distress":
        return "hand_over"
    if main is Intent.OBJECTION:
        return "steer"
    if memory.offered == "ways" and way_chosen(spoken(state)):
        return "choose_way"
    return "resume" if memory.outcome != "distress" and _wants_to_go_on(state) else "stand_by"


def _while_a_person_writes(state: InterviewState) -> Said:
    """Theirs to answer; but a stop, distress and a no to scoring are heard at any time."""
    memory, main = recall(state), chief(understood(state))
    if main in _LEAVES and not memory.is_over:
        return "leave"
    if main is Intent.DISTRESS and memory.outcome != "distress":
        return "hand_over"
    return "steer" if main is Intent.OBJECTION and not memory.unscored else "stand_by"


def _wants_to_go_on(state: InterviewState) -> bool:
    return chief(understood(state)) is Intent.START or wants_to_go_on(spoken(state))
