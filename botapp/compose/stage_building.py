"""Puts chosen questions into stages in the order asked for, and numbers them. Chooses and words nothing."""

import re

from botapp.compose.instructions import Stop, Wishes
from botapp.compose.lawful import protected_topic
from botapp.compose.question_choice import Chosen, skill_lines
from botapp.compose.source import Source
from botapp.screening.interviewer import (
    ChatStage,
    Criterion,
    CriterionKind,
    FormStage,
    Origin,
    Provenance,
    Question,
    QuestionKind,
    ResumeStage,
    ScenarioStage,
    Stage,
    StageKind,
    VoiceStage,
)


def build_stages(chosen: Chosen, wishes: Wishes, source: Source) -> tuple[Stage, ...]:
    """The stages with ids s1, s2... and questions q1, q2... in the order they are asked."""
    stops = wishes.stages or (Stop(StageKind.CHAT),)
    shares = _shares(chosen, {stop.kind for stop in stops})
    stages: list[Stage] = []
    number = 0
    for place, stop in enumerate(stops, 1):
        questions = []
        for question in shares.get(stop.kind, []):
            number += 1
            questions.append(question.model_copy(update={"id": f"q{number}"}))
        stages.append(_stage(f"s{place}", stop, tuple(questions), source))
    return tuple(stages)


def _shares(chosen: Chosen, kinds: set[StageKind]) -> dict[StageKind, list[Question]]:
    """Which stage asks what: typed and open in the chat; without one, typed in the form and open by voice."""
    typed, opens, extra = list(chosen.typed), list(chosen.open), list(chosen.extra)
    if StageKind.CHAT in kinds:
        shares = {StageKind.CHAT: [*typed, *opens, *extra]}
        if StageKind.FORM in kinds:
            shares = {StageKind.CHAT: [*typed, *opens], StageKind.FORM: extra or [_start_date()]}
        if StageKind.VOICE in kinds:
            shares[StageKind.VOICE] = list(chosen.spare[:4])
            if not chosen.spare and len(opens) > 1:  # a call with nothing to ask makes no sense
                shares[StageKind.VOICE] = opens[-1:]
                shares[StageKind.CHAT] = [q for q in shares[StageKind.CHAT] if q is not opens[-1]]
        return shares
    if StageKind.FORM in kinds and StageKind.VOICE in kinds:
        return {StageKind.FORM: [*typed, *extra], StageKind.VOICE: [*opens, *chosen.spare[:2]]}
    only = next((kind for kind in (StageKind.FORM, StageKind.VOICE) if kind in kinds), None)
    return {only: [*typed, *opens, *extra]} if only else {}


def _start_date() -> Question:
    return Question(
        id="q",
        kind=QuestionKind.DATE,
        text="When could you start?",
        topic="start date",
        weight=0,
        provenance=Provenance(origin=Origin.TEMPLATE),
    )


def _stage(stage_id: str, stop: Stop, questions: tuple[Question, ...], source: Source) -> Stage:
    match stop.kind:
        case StageKind.CHAT:
            return ChatStage.model_validate({"id": stage_id, "channel": stop.channel, "questions": questions})
        case StageKind.FORM:
            return FormStage(id=stage_id, questions=questions)
        case StageKind.RESUME:
            lines = [line.text for line in skill_lines(source) if not protected_topic(line.text)]
            criteria = [text for text in lines if not _ABOUT_US.search(text)]
            return ResumeStage(id=stage_id, criteria=tuple(map(_criterion, range(1, 9), dict.fromkeys(criteria))))
        case StageKind.VOICE:
            return VoiceStage(id=stage_id, questions=questions)
        case StageKind.SCENARIO:
            return ScenarioStage(id=stage_id)


_MUST_BE_SHOWN = re.compile(
    r"\b(?:licen[cs]e|certif|degree|diploma|bachelor|master'?s|registered|accredit|\d+\+? years)", re.IGNORECASE
)


_MAY_BE = re.compile(
    r"\b(?:preferred|preferably|plus|ideal(?:ly)?|bonus|nice to have|desirable|desired)\b", re.IGNORECASE
)
_ABOUT_US = re.compile(r"\b(?:resume|cv|screening|interview|text chat)\b", re.IGNORECASE)


def _criterion(number: int, text: str) -> Criterion:
    """What a paper proves or not is a gate; the rest is scored."""
    must = _MUST_BE_SHOWN.search(text) and not _MAY_BE.search(text)
    kind = CriterionKind.GATE if must else CriterionKind.SCORED
    return Criterion(id=f"c{number}", text=text[:600], kind=kind)
