"""Applies a plan to a draft: whole or not at all, and nothing but what was said.

Targets use the numbers of the draft before the message. Raises `EditRefused` with a sentence for the recruiter; the
draft passed in is never changed.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from botapp.compose.rubrics import plain_rubric
from botapp.compose.settings_edits import EditRefused, changed_settings, new_slug, new_title
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import (
    WEIGHT_MAX,
    Fact,
    FollowUps,
    Interviewer,
    Knockout,
    Origin,
    Overview,
    Provenance,
    Question,
    QuestionKind,
    Rubric,
    Stage,
    StageKind,
)

__all__ = ["EditRefused", "apply_edits", "next_question_id"]

_STAGE: TypeAdapter[Stage] = TypeAdapter(Stage)
QUESTIONS_MAX = 60


class _Work:
    """A draft taken apart: stages and questions by their number before the message, and where each stands now."""

    def __init__(self, draft: Interviewer) -> None:
        self.draft = draft
        self.stages: dict[int, Stage] = dict(enumerate(draft.stages, 1))
        self.order = list(self.stages)
        self.questions: dict[int, Question] = {}
        self.places: dict[int, list[int]] = {stage: [] for stage in self.stages}
        for index, number, question in draft.numbered():
            self.questions[number] = question
            self.places[index + 1].append(number)
        self.next_key = max([len(self.questions), len(self.stages)]) + 1000

    def new_key(self) -> int:
        self.next_key += 1
        return self.next_key

    def stage_key(self, target: Any) -> int:
        key = target.get("stage") if isinstance(target, dict) else None
        if key not in self.stages or key not in self.order:
            raise EditRefused(f"There is no stage {key}. This draft has {_count(len(self.order), 'stage')}.")
        return int(key)

    def number(self, target: Any) -> int:
        number = target.get("question") if isinstance(target, dict) else None
        if number not in self.questions:
            count = len(self.draft.questions())
            has = f"They run from 1 to {count}." if count else "There are none yet."
            raise EditRefused(f"There is no question {number}. {has}")
        return int(number)

    def stage_of(self, number: int) -> int:
        for stage, numbers in self.places.items():
            if number in numbers:
                return stage
        raise EditRefused(f"Question {number} was removed in the same message, so it can't be changed too.")

    def built(self) -> Interviewer:
        stages = []
        for key in self.order:
            questions = [self.questions[n].model_dump() for n in self.places[key]]
            stages.append(_STAGE.validate_python(self.stages[key].model_dump() | {"questions": questions}))
        return Interviewer.model_validate(self.draft.model_dump() | {"stages": [s.model_dump() for s in stages]})


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}" + ("" if number == 1 else "s")


# Changes in place come first, then those that move things: numbers keep their meaning through the message.
_RANK = {
    EditOp.SWAP_QUESTIONS: 1,
    EditOp.REMOVE_QUESTION: 2,
    EditOp.MOVE_QUESTION: 3,
    EditOp.ADD_QUESTION: 4,
    EditOp.REMOVE_STAGE: 5,
    EditOp.MOVE_STAGE: 6,
    EditOp.ADD_STAGE: 7,
}


def apply_edits(draft: Interviewer, edits: Sequence[Edit]) -> Interviewer:
    """The draft with every edit done. Raises EditRefused when one can't be; then none is."""
    work = _Work(draft)
    try:
        for edit in sorted(edits, key=lambda edit: _RANK.get(edit.op, 0)):
            _DO[edit.op](work, edit)
        return work.built()
    except ValidationError as error:
        raise EditRefused(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    message = str(first["msg"]).removeprefix("Value error, ")
    names = [str(part) for part in first["loc"] if isinstance(part, str) and part != "function-after[_ordered()]"]
    where = names[-1].replace("_", " ") if names else ""
    if first["type"] == "value_error":
        return message[0].upper() + message[1:] + "."
    limits = first.get("ctx", {})
    if "le" in limits or "ge" in limits:
        bound = f"at most {limits['le']}" if "le" in limits else f"at least {limits['ge']}"
        return f"That is out of range: {where} can be {bound}."
    return f"I can't set {where or 'that'} to this value."


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise EditRefused(f"I need some text for {what}.")
    return value.strip()


def _change(work: _Work, number: int, **update: Any) -> None:
    question = work.questions[number]
    work.questions[number] = Question.model_validate(question.model_dump() | update)


# ---- the interviewer itself --------------------------------------------------------------------------------


def _set_title(work: _Work, edit: Edit) -> None:
    work.draft = work.draft.model_copy(update={"title": new_title(edit.value)})


def _set_slug(work: _Work, edit: Edit) -> None:
    work.draft = work.draft.model_copy(update={"slug": new_slug(edit.value)})


def _set_setting(work: _Work, edit: Edit) -> None:
    name = str(edit.target)
    if name in ("company", "language"):
        work.draft = work.draft.model_copy(update={name: str(edit.value or "").strip()[:200]})
        return
    work.draft = work.draft.model_copy(update={"settings": changed_settings(work.draft.settings, name, edit.value)})


def _add_fact(work: _Work, edit: Edit) -> None:
    value = edit.value if isinstance(edit.value, dict) else {}
    topic = _text(value.get("topic") or edit.target, "the topic").lower()[:60]
    answer, quote = _text(value.get("answer"), f"what to say about {topic}")[:2000], str(value.get("quote") or "")
    fact = Fact(topic=topic, answer=answer, quote=quote[:2000])
    facts = [f for f in work.draft.facts if f.topic.lower() != topic]
    place = next((i for i, f in enumerate(work.draft.facts) if f.topic.lower() == topic), len(facts))
    missing = tuple(name for name in work.draft.missing if name.lower() != topic)
    facts.insert(min(place, len(facts)), fact)
    work.draft = work.draft.model_copy(update={"facts": tuple(facts), "missing": missing})


def _remove_fact(work: _Work, edit: Edit) -> None:
    topic = str(edit.target).lower()
    facts = tuple(f for f in work.draft.facts if f.topic.lower() != topic)
    if len(facts) == len(work.draft.facts):
        known = ", ".join(dict.fromkeys(f.topic for f in facts)) or "none"
        raise EditRefused(f"There is no fact about {topic}. The facts are about: {known}.")
    work.draft = work.draft.model_copy(update={"facts": facts})


def _set_overview(work: _Work, edit: Edit) -> None:
    name, value = str(edit.target), edit.value if isinstance(edit.value, dict) else {}
    if name not in ("company", "job", "process"):
        raise EditRefused("There are three overviews: company, job and process.")
    old: Overview = getattr(work.draft.overviews, name)
    new = Overview.model_validate(old.model_dump() | {k: v for k, v in value.items() if k in ("text", "mode")})
    work.draft = work.draft.model_copy(update={"overviews": work.draft.overviews.model_copy(update={name: new})})


# ---- questions ---------------------------------------------------------------------------------------------


def _set_text(work: _Work, edit: Edit) -> None:
    number = work.number(edit.target)
    text = _text(edit.value, f"question {number}")
    if len(text) > 600:
        raise EditRefused(f"A question has at most 600 characters; this one has {len(text)}.")
    _change(work, number, text=text, provenance=Provenance(origin=Origin.MEMBER))


def _set_kind(work: _Work, edit: Edit) -> None:
    number, value = work.number(edit.target), edit.value if isinstance(edit.value, dict) else {"kind": edit.value}
    question = work.questions[number]
    kind = QuestionKind(value["kind"])
    options = tuple(value.get("options") or (question.options if kind is QuestionKind.CHOICE else ()))
    if kind is QuestionKind.CHOICE and len(options) < 2:
        raise EditRefused("A choice needs at least two options. Tell me which.")
    update: dict[str, Any] = {"kind": kind, "options": options, "text": value.get("text") or question.text}
    update["unit"] = value.get("unit", question.unit if kind is question.kind else "")
    if kind is QuestionKind.OPEN:
        update |= {"knockout": None, "rubric": question.rubric or plain_rubric(question.text), "unit": ""}
        update["follow_ups"] = question.follow_ups if question.is_open else FollowUps(min=0, max=1)
    else:
        update |= {"rubric": None, "follow_ups": FollowUps()}
        update["knockout"] = question.knockout if kind is question.kind else None
    _change(work, number, **update)


def _set_options(work: _Work, edit: Edit) -> None:
    number = work.number(edit.target)
    if work.questions[number].kind is not QuestionKind.CHOICE:
        raise EditRefused(f"Question {number} is not a choice, so it has no options.")
    options = tuple(str(option).strip() for option in edit.value or () if str(option).strip())
    rule = work.questions[number].knockout
    if rule and isinstance(rule.value, list) and not set(rule.value) <= set(options):
        raise EditRefused("The knockout names an option that would be gone. Change the knockout first.")
    _change(work, number, options=options)


def _set_weight(work: _Work, edit: Edit) -> None:
    weight = edit.value
    if not isinstance(weight, int) or not 0 <= weight <= WEIGHT_MAX:
        raise EditRefused(f"A weight goes from 0 (not scored) to {WEIGHT_MAX}; normal is 2, double is 4.")
    if isinstance(edit.target, dict) and edit.target.get("question") is None:
        key = work.stage_key(edit.target)
        work.stages[key] = work.stages[key].model_copy(update={"weight": weight})
        return
    _change(work, work.number(edit.target), weight=weight)


def _set_knockout(work: _Work, edit: Edit) -> None:
    number = work.number(edit.target)
    question = work.questions[number]
    if question.is_open:
        raise EditRefused(
            f"Question {number} is open, so it can't be a knockout. Make it a yes or no question or a number first."
        )
    rule = Knockout.model_validate(edit.value)
    if question.kind is QuestionKind.CHOICE:
        wanted = rule.value if isinstance(rule.value, list) else [rule.value]
        if strange := [str(option) for option in wanted if option not in question.options]:
            raise EditRefused(f"Question {number} has no option {strange[0]}. It has: {', '.join(question.options)}.")
    _change(work, number, knockout=rule)


def _clear_knockout(work: _Work, edit: Edit) -> None:
    _change(work, work.number(edit.target), knockout=None)


def _set_follow_ups(work: _Work, edit: Edit) -> None:
    number = work.number(edit.target)
    follow_ups = edit.value if isinstance(edit.value, FollowUps) else FollowUps.model_validate(edit.value)
    if not work.questions[number].is_open and follow_ups.max:
        raise EditRefused(f"Question {number} is not open; only open questions get follow-ups.")
    _change(work, number, follow_ups=follow_ups)


def _set_rubric(work: _Work, edit: Edit) -> None:
    number = work.number(edit.target)
    question = work.questions[number]
    if not question.is_open:
        raise EditRefused(f"Question {number} is read exactly, so it has no rubric. Only open questions have one.")
    names = {"1": "one", "3": "three", "5": "five"}
    said = {names[str(anchor)]: _text(text, f"a {anchor}") for anchor, text in dict(edit.value).items()}
    old = question.rubric or plain_rubric(question.text)
    _change(work, number, rubric=Rubric.model_validate(old.model_dump() | said))


def next_question_id(draft: Interviewer, taken: Sequence[str] = ()) -> str:
    """The next free `qN`."""
    used = {question.id for question in draft.questions()} | set(taken)
    number = len(used) + 1
    while f"q{number}" in used:
        number += 1
    return f"q{number}"


def _new_question(work: _Work, value: dict[str, Any]) -> Question:
    taken = [question.id for question in work.questions.values()]
    fields = {k: v for k, v in value.items() if k in Question.model_fields and v is not None}
    if fields.get("id") in (None, *taken):
        fields["id"] = next_question_id(work.draft, taken)
    fields.setdefault("provenance", Provenance(origin=Origin.MEMBER).model_dump())
    if QuestionKind(fields.get("kind", "open")) is QuestionKind.OPEN:
        fields.setdefault("rubric", plain_rubric(str(fields.get("text", ""))).model_dump())
        fields.setdefault("follow_ups", {"min": 0, "max": 1})
    return Question.model_validate({"kind": "open"} | fields)


def _add_question(work: _Work, edit: Edit) -> None:
    target = edit.target if isinstance(edit.target, dict) else {}
    if len(work.questions) >= QUESTIONS_MAX:
        raise EditRefused(f"A draft has at most {QUESTIONS_MAX} questions.")
    stage = work.stage_key(target)
    if work.stages[stage].kind is StageKind.RESUME:
        raise EditRefused("The resume stage takes no questions. Say which other stage to put it in.")
    key = work.new_key()
    work.questions[key] = _new_question(work, dict(edit.value))
    _insert(work.places[stage], key, target.get("position"))


def _insert(numbers: list[int], key: int, position: int | None) -> None:
    numbers.insert(len(numbers) if position is None else max(0, min(position - 1, len(numbers))), key)


def _remove_question(work: _Work, edit: Edit) -> None:
    number = work.number(edit.target)
    work.places[work.stage_of(number)].remove(number)


def _move_question(work: _Work, edit: Edit) -> None:
    number, value = work.number(edit.target), edit.value if isinstance(edit.value, dict) else {"to": edit.value}
    here = work.stage_of(number)
    there = work.stage_key({"stage": value["stage"]}) if value.get("stage") else here
    work.places[here].remove(number)
    _insert(work.places[there], number, int(value["to"]) if value.get("to") is not None else None)


def _swap_questions(work: _Work, edit: Edit) -> None:
    first, second = work.number(edit.target), work.number(dict(edit.value)["with"])
    one, two = work.places[work.stage_of(first)], work.places[work.stage_of(second)]
    at_one, at_two = one.index(first), two.index(second)
    one[at_one], two[at_two] = second, first


# ---- stages ------------------------------------------------------------------------------------------------


def _add_stage(work: _Work, edit: Edit) -> None:
    value = edit.value if isinstance(edit.value, dict) else {"kind": edit.value}
    used = {stage.id for stage in work.stages.values()}
    number = len(used) + 1
    while f"s{number}" in used:
        number += 1
    key = work.new_key()
    work.stages[key] = _STAGE.validate_python({"id": f"s{number}"} | value)
    work.places[key] = []
    position = edit.target.get("position") if isinstance(edit.target, dict) else None
    _insert(work.order, key, position)


def _remove_stage(work: _Work, edit: Edit) -> None:
    key = work.stage_key(edit.target)
    if len(work.order) == 1:
        raise EditRefused("That is the only stage. Add another one before removing it.")
    work.order.remove(key)


def _move_stage(work: _Work, edit: Edit) -> None:
    key = work.stage_key(edit.target)
    value = edit.value if isinstance(edit.value, dict) else {"to": edit.value}
    work.order.remove(key)
    _insert(work.order, key, int(value["to"]))


def _set_stage_enabled(work: _Work, edit: Edit) -> None:
    key = work.stage_key(edit.target)
    work.stages[key] = work.stages[key].model_copy(update={"enabled": bool(edit.value)})


def _set_stage_min_score(work: _Work, edit: Edit) -> None:
    key = work.stage_key(edit.target)
    if edit.value is not None and not (isinstance(edit.value, int) and 0 <= edit.value <= 100):
        raise EditRefused("A pass bar goes from 0 to 100.")
    work.stages[key] = work.stages[key].model_copy(update={"min_score": edit.value})


_DO: dict[EditOp, Callable[[_Work, Edit], None]] = {
    EditOp.SET_TITLE: _set_title,
    EditOp.SET_SLUG: _set_slug,
    EditOp.SET_SETTING: _set_setting,
    EditOp.ADD_QUESTION: _add_question,
    EditOp.REMOVE_QUESTION: _remove_question,
    EditOp.MOVE_QUESTION: _move_question,
    EditOp.SWAP_QUESTIONS: _swap_questions,
    EditOp.SET_TEXT: _set_text,
    EditOp.SET_KIND: _set_kind,
    EditOp.SET_OPTIONS: _set_options,
    EditOp.SET_WEIGHT: _set_weight,
    EditOp.SET_KNOCKOUT: _set_knockout,
    EditOp.CLEAR_KNOCKOUT: _clear_knockout,
    EditOp.SET_FOLLOW_UPS: _set_follow_ups,
    EditOp.SET_RUBRIC: _set_rubric,
    EditOp.ADD_STAGE: _add_stage,
    EditOp.REMOVE_STAGE: _remove_stage,
    EditOp.MOVE_STAGE: _move_stage,
    EditOp.SET_STAGE_ENABLED: _set_stage_enabled,
    EditOp.SET_STAGE_MIN_SCORE: _set_stage_min_score,
    EditOp.ADD_FACT: _add_fact,
    EditOp.REMOVE_FACT: _remove_fact,
    EditOp.SET_OVERVIEW: _set_overview,
}
