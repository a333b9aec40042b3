"""One made-up candidate's interview, turn by turn through the interview graph: what the pipeline does, in memory.

What the graph asks for beside replies is done as the pipeline would: answers are held, a score that is waited for is
made, a resume is read, a form is checked. Reminders, alerts and timers are nobody's here and are dropped.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from botapp.compose.acting import Field, Mind, Persona, Say, Shown, fill_in, respond, resume_of, start_within
from botapp.compose.acting_reading import WantedKind
from botapp.compose.rehearsal import Line, MadeAnswer, MadeGate, Run, gap_of
from botapp.errors import Permanent, Retryable
from botapp.graphs.context import TEXT, CandidateView, Heard, InterviewContext
from botapp.graphs.running import first_memory, run
from botapp.llm import JudgeRequest, Language
from botapp.messages import OutboundMessage
from botapp.pipeline.scoring import request_to_judge
from botapp.scoring.forms import Form, UploadedFile, period_of, read_form
from botapp.scoring.gates import gate_key
from botapp.scoring.readers.availability import DAYS
from botapp.scoring.rubric import rubric_version
from botapp.scoring.scorecard import build_scorecard, score_answer_from
from botapp.scoring.stored import StoredAnswer
from botapp.screening.effects import Effect
from botapp.screening.interview import AnswerStatus, Reading, Score, Scorecard, SpokenPart
from botapp.screening.interviewer import (
    HAS_A_PAGE,
    Interviewer,
    Question,
    QuestionKind,
    Stage,
    StageKind,
    criterion_questions,
)
from botapp.screening.segments import as_sms, count_segments

MOST_TURNS = 60
_OVER = ("completed", "ended", "expired")
_WANTED = {
    QuestionKind.OPEN: WantedKind.OPEN,
    QuestionKind.YES_NO: WantedKind.YES_NO,
    QuestionKind.CHOICE: WantedKind.CHOICE,
    QuestionKind.DURATION: WantedKind.YEARS,
    QuestionKind.MONEY: WantedKind.PAY,
}
_READS_A_SECOND, _TYPES_A_SECOND, _THINKS, _PRESSES = 4.0, 0.7, 5.0, 3.0  # words, words, seconds, seconds


@dataclass(slots=True)
class Setting:
    """What all candidates of one rehearsal meet. What was judged once is not judged again."""

    graph: Any
    language: Language
    interviewer: Interviewer
    now: datetime
    employer: str
    base_url: str
    by_text: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)  # of the draft's questions, by id
    judged: dict[tuple[str, ...], Score] = field(default_factory=dict)
    answers: dict[tuple[Persona, str], tuple[SpokenPart, ...]] = field(default_factory=dict)

    @property
    def links(self) -> dict[str, str]:
        """Where each page would be, by stage."""
        return {
            stage.id: f"{self.base_url}/s/rehearsal-{stage.id}"
            for stage in self.interviewer.running_stages()
            if stage.kind in HAS_A_PAGE
        }

    def gap_with(self, question: Question) -> float | None:
        """How far strong and weak would lie apart if their same answers met this question instead."""
        parts = {p: self.answers.get((p, question.id)) for p in (Persona.STRONG, Persona.WEAK)}
        scores = {p: self.judge(question, said).score for p, said in parts.items() if said}
        return gap_of(scores)

    def judge(self, question: Question, parts: tuple[SpokenPart, ...], names: tuple[str, ...] = ()) -> Score:
        """The score of an answer, or why there is none; never a second try."""
        key = (question.id, rubric_version(question), *(part.text for part in parts))
        if key not in self.judged:
            self.judged[key] = self._judged(question, request_to_judge(question, parts, names, self.now.date()))
        return self.judged[key]

    def _judged(self, question: Question, request: JudgeRequest) -> Score:
        try:
            judgement = self.language.judge_answer(request)
        except (Permanent, Retryable) as error:
            return Score(
                question_id=question.id,
                status="unavailable",
                reason=str(error),
                engine=self.language.name,
                rubric_version=rubric_version(question),
            )
        return score_answer_from(judgement, question, self.language.name, request.parts)


class Play:
    """One candidate in one setting."""

    def __init__(
        self,
        setting: Setting,
        persona: Persona,
        is_late: Callable[[], bool] = lambda: False,
        breathe: Callable[[], None] = lambda: None,
    ) -> None:
        self._setting, self._persona, self._is_late, self._breathe = setting, persona, is_late, breathe

    def run(self) -> Run:
        """The interview as it is; after a knockout also how the rest would have gone."""
        first = self._through(self._setting.interviewer)
        if first.ending not in ("knocked_out", "below_minimum"):
            return first.as_run()
        settings = self._setting.interviewer.settings.model_copy(update={"enforce_knockouts": False})
        on = self._through(self._setting.interviewer.model_copy(update={"settings": settings}))
        return first.as_run(on)

    def _through(self, interviewer: Interviewer) -> "_Thread":
        thread = _Thread(self._setting, self._persona, interviewer)
        thread.begin()
        while not thread.is_over and thread.turns < MOST_TURNS and not self._is_late():
            self._breathe()
            thread.answer()
        if not thread.is_over:
            thread.problem = thread.problem or (
                "There was no time left for it." if self._is_late() else f"It did not end within {MOST_TURNS} messages."
            )
        return thread


class _Thread:
    """What is known of one interview while it is played."""

    def __init__(self, setting: Setting, persona: Persona, interviewer: Interviewer) -> None:
        self.setting, self.persona = setting, persona
        name = persona.value.capitalize()
        self.context = InterviewContext(
            language=setting.language,
            now=setting.now,
            interviewer=interviewer,
            candidate=CandidateView(f"rehearsal-{persona}", name, ""),
            interview_id=f"rehearsal-{persona}",
            channel=TEXT if setting.by_text else "webchat",
            employer=setting.employer,
            stage_links=setting.links,
        )
        self.numbers = setting.numbers
        self.memory = first_memory("interview")
        self.mind = Mind(persona, (interviewer.language or "en")[:2].lower())
        self.lines: list[Line] = []
        self.replies: list[OutboundMessage] = []
        self.stored: dict[str, StoredAnswer] = {}
        self.repeated: list[int] = []
        self.said = self.turns = 0
        self.most_segments = self.longest_question = 0
        self.problem = ""

    # -- the course of it

    @property
    def is_over(self) -> bool:
        return bool(self.problem) or self.memory["status"] in _OVER or bool(self.memory["waiting_for"])

    @property
    def ending(self) -> str:
        if self.memory["status"] in _OVER:
            return str(self.memory["outcome"]) or "completed"
        return str(self.memory["waiting_for"]) or "unfinished"

    def begin(self) -> None:
        """They were invited by text, or opened the page."""
        self._turn([self._event("invited" if self.setting.by_text else "joined")])

    def answer(self) -> None:
        """The candidate's next message; or the page that they were sent to."""
        self.turns += 1
        if not self.replies:
            self.problem = "Nothing was said to the candidate, so they did not know how to go on."
            return
        shown = self.replies[-1]
        stage = next((s for s in self.context.interviewer.running_stages() if self._leads_to(s, shown.text)), None)
        if stage is not None:
            self._on_the_page(stage)
            return
        labels = tuple(each.label for each in shown.quick_replies)
        say, self.mind = respond(self.mind, Shown(shown.text, labels))
        self._pass_time(shown.text, say)
        self.said += 1
        self.lines.append(Line(ours=False, text=say.text))
        self._turn([self._spoken(say, shown)])

    def _spoken(self, say: Say, shown: OutboundMessage) -> Heard:
        value = next((q.value for q in shown.quick_replies if say.pressed and q.label == say.text), "")
        return self._heard("button" if value else "text", say.text, {"value": value} if value else {})

    def _event(self, name: str, **data: Any) -> Heard:
        return {**self._heard("event", "", {"event": name, **data}), "sender_kind": "system"}

    def _heard(self, kind: str, text: str, payload: Mapping[str, Any]) -> Heard:
        id = f"{self.persona}-{len(self.lines)}"
        return {"id": id, "kind": kind, "text": text, "sender_kind": "candidate", "sender_id": "", "payload": payload}

    def _pass_time(self, read: str, say: Say) -> None:
        typing = _PRESSES if say.pressed else len(say.text.split()) / _TYPES_A_SECOND
        seconds = _THINKS + len(read.split()) / _READS_A_SECOND + typing
        self.context = replace(self.context, now=self.context.now + timedelta(seconds=math.ceil(seconds)))

    def _turn(self, heard: list[Heard]) -> None:
        """One turn of the graph, and what it asks for done at once, as long as it asks."""
        while heard:
            try:
                outcome = run(self.setting.graph, self.memory, heard, self.context)
            except (Permanent, Retryable) as error:
                self.problem = str(error)
                return
            before, self.memory = self.memory, outcome.memory
            if outcome.replies:
                self.replies = outcome.replies
            self._note(outcome.replies, before)
            heard = [event for effect in outcome.effects if (event := self._done(effect))]

    def _note(self, replies: list[OutboundMessage], before: Mapping[str, Any]) -> None:
        number = self.numbers.get(self.memory["open_question"], 0) if not self.is_over else 0
        for place, reply in enumerate(replies, 1):
            asks = number if place == len(replies) else 0
            labels = tuple(each.label for each in reply.quick_replies)
            self.lines.append(Line(ours=True, text=reply.text, buttons=labels, question=asks))
            self._weigh_text(reply.text, asks)
        again = number and before["open_question"] == self.memory["open_question"] and not self._asked_on(before)
        if again:
            self.repeated.append(number)

    def _asked_on(self, before: Mapping[str, Any]) -> bool:
        """Whether the same question was only followed up."""
        known = before["answers"].get(self.memory["open_question"], {})
        now = self.memory["answers"].get(self.memory["open_question"], {})
        return len(now.get("follow_ups", ())) > len(known.get("follow_ups", ()))

    def _weigh_text(self, text: str, number: int) -> None:
        if not self.setting.by_text:
            return
        segments = count_segments(as_sms(text, language=self.context.spoken)).count
        if segments > self.most_segments:
            self.most_segments, self.longest_question = segments, number

    # -- what a turn asks for

    def _done(self, effect: Effect) -> Heard | None:
        match effect["kind"], effect.get("name"):
            case "answer_saved", _:
                self._keep(effect)
            case "task", "score_interview" if effect["payload"].get("stage_id"):
                ready = self.scorecard().model_dump(mode="json")
                self.context = replace(self.context, scorecard_ready=ready)
                return self._event("score_interview_done", stage_id=effect["payload"]["stage_id"])
            case "task", "read_resume":
                return self._event("read_resume_done", **effect["payload"], problem="", words=1, flags=[])
            case _:
                pass
        return None

    def _keep(self, effect: Effect) -> None:
        self.stored[effect["question_id"]] = StoredAnswer(
            question_id=effect["question_id"],
            stage_id=effect["stage_id"],
            status=AnswerStatus(effect["status"]),
            parts=tuple(SpokenPart.model_validate(part) for part in effect["parts"]),
            reading=Reading.model_validate(effect["reading"]) if effect["reading"] else None,
        )

    # -- pages

    def _leads_to(self, stage: Stage, text: str) -> bool:
        link = self.context.stage_links.get(stage.id, "")
        return bool(link) and link in text

    def _on_the_page(self, stage: Stage) -> None:
        self.said += 1
        if stage.kind is StageKind.RESUME:
            self._send_resume(stage)
        else:
            self._fill_in_form(stage)

    def _send_resume(self, stage: Stage) -> None:
        text = resume_of(self.mind, self.context.interviewer.title)
        self.lines.append(Line(ours=False, text=f"(Sends a resume)\n{text}"))
        self._pass_time("", Say("", pressed=True))
        part = SpokenPart(message_id=f"{self.persona}-resume", text=text)
        for question in criterion_questions(stage):
            self.stored[question.id] = StoredAnswer(question.id, stage.id, AnswerStatus.ANSWERED, (part,))
        self._turn([self._event("resume_received", stage_id=stage.id, attachment_id=f"{self.persona}-resume")])

    def _fill_in_form(self, stage: Stage) -> None:
        fields: dict[str, list[str]] = {}
        files: dict[str, UploadedFile] = {}
        for question in stage.questions:
            if question.kind is QuestionKind.FILE:
                files[question.id] = UploadedFile("file.txt", "text/plain", b"A file of the rehearsal.")
            else:
                fields |= self._field(question)
        read, problems = read_form(stage.questions, Form(fields, files))
        if problems:
            numbers = ", ".join(str(self.numbers[id]) for id in problems)
            self.problem = f"The form could not be filled in: question {numbers}."
            return
        told = "\n".join(f"{self.numbers[id]}. {answer.text}" for id, answer in read.items())
        self.lines.append(Line(ours=False, text=f"(Fills in the form)\n{told}"))
        self._pass_time(" ".join(q.text for q in stage.questions), Say(told))
        given = {
            id: {"reading": a.reading.model_dump(mode="json") if a.reading else None, "text": a.text}
            for id, a in read.items()
        }
        self._turn([self._event("form_submitted", stage_id=stage.id, answers=given)])

    def _field(self, question: Question) -> dict[str, list[str]]:
        id = question.id
        match question.kind:
            case QuestionKind.DATE:
                day = self.context.now.date() + timedelta(days=start_within(self.persona))
                return {id: [day.isoformat()]}
            case QuestionKind.AVAILABILITY:
                free = DAYS if self.persona is Persona.STRONG else DAYS[:5]
                return {f"{id}.days": list(free if self.persona is not Persona.WEAK else DAYS[-1:])}
            case _:
                kind = _WANTED.get(question.kind, WantedKind.COUNT)
                value = fill_in(self.mind, Field(question.text, kind, question.options))
                if question.is_open:
                    self.mind = replace(self.mind, told=self.mind.told + 1)
                units = {QuestionKind.DURATION: ("unit", "years"), QuestionKind.MONEY: ("period", period_of(question))}
                name, unit = units.get(question.kind, ("", ""))
                return {id: [value]} | ({f"{id}.{name}": [unit]} if name else {})

    # -- what it came to

    def scorecard(self) -> Scorecard:
        """As the scoring task makes it, of what is held."""
        interviewer = self.context.interviewer
        names = (self.context.candidate.name,)
        asked = [q for stage in interviewer.stages for q in (*stage.questions, *criterion_questions(stage))]
        scores = []
        for question in asked:
            answer = self.stored.get(question.id)
            if question.is_open and answer and answer.parts:
                self.setting.answers[(self.persona, question.id)] = answer.parts
                scores.append(self.setting.judge(question, answer.parts, names))
        return build_scorecard(interviewer, list(self.stored.values()), scores)

    def as_run(self, on: "_Thread | None" = None) -> Run:
        """The run; scores and gates of a knocked-out one are those of `on`, which went on to the end."""
        card = (on or self).scorecard()
        own = self.scorecard() if on else card
        failed = next((gate for gate in own.gates if gate.outcome == "failed"), None)
        gates = card.gates if on else own.gates
        return Run(
            persona=self.persona,
            ending=self.ending,
            knocked_out_by=self.numbers.get(failed.question_id, 0) if failed and self.ending == "knocked_out" else 0,
            lines=tuple(self.lines),
            rest=_after(self.lines, on.lines) if on else (),
            answers=tuple(_made(line.question_id, line.answer, line.score) for line in card.answers if _has(line)),
            gates=tuple(
                MadeGate(key=gate_key(gate), name=gate.name, outcome=gate.outcome, reason=gate.reason) for gate in gates
            ),
            overall=card.overall,
            answered=card.answered,
            counted=card.counted,
            sent=sum(line.ours for line in self.lines),
            said=self.said,
            seconds=int((self.context.now - self.setting.now).total_seconds()),
            repeated=tuple(dict.fromkeys(self.repeated)),
            most_segments=self.most_segments,
            longest_question=self.longest_question,
            problem=self.problem,
        )


def _has(line: Any) -> bool:
    return bool(line.answer or line.score)


def _made(question_id: str, said: str, score: Score | None) -> MadeAnswer:
    return MadeAnswer(
        question_id=question_id,
        said=said,
        score=score.score if score else None,
        reason=score.reason if score else "",
    )


def _after(first: list[Line], on: list[Line]) -> tuple[Line, ...]:
    """What the second run had beyond the knockout: all but what both begin with."""
    same = 0
    while same < min(len(first), len(on)) and first[same].text == on[same].text:
        same += 1
    return tuple(on[same:])
