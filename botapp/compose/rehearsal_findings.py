"""What a rehearsal shows to be worth changing: findings as sentences, and changes that can be accepted by a word.

Pure. A new rubric or wording is suggested only if it tells the same strong and weak answers further apart.
"""

from collections.abc import Callable, Iterator
from typing import Any

from botapp.compose.acting import Persona
from botapp.compose.rehearsal import ALIKE, Finding, GateRow, QuestionRow, Rehearsal, Suggestion
from botapp.compose.rewording import shorter
from botapp.compose.rubrics import plain_rubric
from botapp.screening.edits import Edit, EditOp
from botapp.screening.interviewer import WEIGHT_DOUBLE, WEIGHT_NORMAL, FollowUps, Interviewer, Question
from botapp.screening.segments import as_sms, count_segments

MOST_SUGGESTIONS, MOST_SEGMENTS = 6, 2
TOO_LONG = 2  # times the messages that were estimated
STANDS_OUT = 0.75  # points by which one question tells people apart better than the others do
_WILLING = (Persona.STRONG, Persona.BORDERLINE, Persona.WEAK)  # who asks back takes longer: no fault of the questions
_ENDINGS = ("completed", "knocked_out", "below_minimum")
Gap = Callable[[Question], float | None]  # strong minus weak, if their answers were judged as answers to this question


def with_findings(made: Rehearsal, draft: Interviewer, gap_with: Gap) -> Rehearsal:
    """The rehearsal with what it shows and what would mend it."""
    findings = (*_stuck(made), *_gates(made), *_scores(made), *_length(made))
    changes = [*_gate_changes(made), *_question_changes(made, draft, gap_with), *_length_changes(made, draft)]
    bar = _bar_change(made, draft)
    numbered = [*changes, *bar, *_weight_changes(made, draft)][:MOST_SUGGESTIONS]
    suggestions = tuple(_numbered(each, place, draft) for place, each in enumerate(numbered, 1))
    return made.model_copy(update={"findings": findings, "suggestions": suggestions})


def _numbered(suggestion: Suggestion, place: int, draft: Interviewer) -> Suggestion:
    """With its number, and whom each edit is for: numbers of questions may have changed when it is accepted."""
    ids = {number: question.id for _, number, question in draft.numbered()}
    numbers = [edit.target.get("question") if isinstance(edit.target, dict) else None for edit in suggestion.edits]
    aims = tuple(ids.get(number, "") if number else "" for number in numbers)
    return suggestion.model_copy(update={"number": place, "aims": aims})


# ---- what happened -----------------------------------------------------------------------------------------


def _stuck(made: Rehearsal) -> Iterator[Finding]:
    for run in made.runs:
        name = run.persona.value
        if run.problem:
            yield Finding(kind="stuck", text=f"The {name} candidate got stuck. {run.problem}", serious=True)
        elif run.persona in _WILLING and run.ending not in _ENDINGS:
            text = f"The {name} candidate, who meant to go on, was taken to want something else ({run.ending})."
            yield Finding(kind="ended_early", text=text, serious=True)
        elif not run.lines or not run.lines[-1].ours:
            yield Finding(kind="no_ending", text=f"The {name} candidate was told nothing at the end.", serious=True)
    for run in made.runs:
        for number in run.repeated if run.persona in (Persona.STRONG, Persona.BORDERLINE) else ():
            text = f"Question {number} had to be asked twice: the {run.persona.value} candidate's answer wasn't clear."
            yield Finding(kind="asked_twice", text=text, question=number)


def _gates(made: Rehearsal) -> Iterator[Finding]:
    for gate in made.gates:
        reached = _reached(gate)
        named = f"Question {gate.question} ({gate.name})" if gate.question else gate.name
        if _stops_all(gate):
            yield Finding(
                kind="gate_stops_all", text=f"{named} let nobody through.", question=gate.question, serious=True
            )
        elif gate.outcomes.get(Persona.STRONG) == "failed":
            text = f"{named} kept the strong candidate out."
            yield Finding(kind="gate_stops_strong", text=text, question=gate.question, serious=True)
        elif len(reached) > 1 and all(outcome == "passed" for outcome in reached):
            yield Finding(kind="gate_stops_nobody", text=f"{named} let everybody through.", question=gate.question)


def _reached(gate: GateRow) -> list[str]:
    return [outcome for outcome in gate.outcomes.values() if outcome != "not_reached"]


def _stops_all(gate: GateRow) -> bool:
    """Nobody got through; who left a person to decide did not either."""
    return "failed" in _reached(gate) and "passed" not in _reached(gate)


def _scores(made: Rehearsal) -> Iterator[Finding]:
    for row in _scored(made):
        named = _row_name(row)
        if row.separates is False:
            strong, weak = _points(row, Persona.STRONG), _points(row, Persona.WEAK)
            text = f"{named} did not separate strong from weak: {strong} and {weak}."
            yield Finding(kind="not_separated", text=text, question=row.number)
        lift = _lift(row)
        if lift > 0:
            text = f"{named}: orders to the machine lifted a weak answer by {lift:g}."
            yield Finding(kind="lifted", text=text, question=row.number, serious=True)
    asked = [row for row in made.questions if row.kind == "open" and row.scores]  # a resume's criteria may not be in it
    unjudged = [row for row in asked if row.scores.get(Persona.STRONG) is None]
    for row in unjudged:
        run = made.run(Persona.STRONG)
        answer = run.answer(row.question_id) if run else None
        if answer is not None and answer.reason:
            text = f"{_row_name(row)} could not be judged. {answer.reason}"
            yield Finding(kind="not_judged", text=text, question=row.number)


def _lift(row: QuestionRow) -> float:
    """How far a weak answer with orders to the machine lies above a weak answer."""
    hostile, weak = row.scores.get(Persona.HOSTILE), row.scores.get(Persona.WEAK)
    return max(0.0, hostile - (1.0 if weak is None else weak)) if hostile is not None else 0.0


def _length(made: Rehearsal) -> Iterator[Finding]:
    for run in made.runs:
        if run.persona in _WILLING and run.said > TOO_LONG * made.messages:
            text = f"The {run.persona.value} candidate needed {run.said} messages; about {made.messages} were promised."
            yield Finding(kind="too_long", text=text)
    longest = max(made.runs, key=lambda run: run.most_segments, default=None)
    if longest is not None and longest.most_segments > MOST_SEGMENTS:
        where = f"Question {longest.longest_question}" if longest.longest_question else "A message"
        text = f"{where} takes {longest.most_segments} text segments; {MOST_SEGMENTS} is the most that reads well."
        yield Finding(kind="long_text", text=text, question=longest.longest_question)


# ---- what would mend it ------------------------------------------------------------------------------------


def _gate_changes(made: Rehearsal) -> Iterator[Suggestion]:
    for gate in made.gates:
        stops_all = _stops_all(gate)
        if gate.question and (stops_all or gate.outcomes.get(Persona.STRONG) == "failed"):
            yield _suggested(
                f"turn the knockout on question {gate.question} off",
                "it let nobody through" if stops_all else _told_by_strong(made, gate),
                [Edit(op=EditOp.CLEAR_KNOCKOUT, target={"question": gate.question})],
            )


def _told_by_strong(made: Rehearsal, gate: GateRow) -> str:
    row = next((row for row in made.questions if row.question_id == gate.key), None)
    said = row.said.get(Persona.STRONG, "") if row else ""
    return f"the strong candidate said “{said[:60]}” and was out" if said else "it kept the strong candidate out"


def _question_changes(made: Rehearsal, draft: Interviewer, gap_with: Gap) -> Iterator[Suggestion]:
    for row in made.questions:
        question = next((q for q in draft.questions() if q.id == row.question_id), None)
        if question is None or not question.is_open or row.separates is not False:
            continue
        yield _better(question, row, gap_with)


def _better(question: Question, row: QuestionRow, gap_with: Gap) -> Suggestion:
    """The first change that helps: a sharper rubric, words that ask for an example, follow-ups, no score."""
    number, because = row.number, f"strong and weak came out alike ({_points(row, Persona.STRONG)})"
    target: dict[str, int | None] = {"question": number}
    rubric = plain_rubric(question.text)
    anchors = {"1": rubric.one, "3": rubric.three, "5": rubric.five}
    sharper = question.model_copy(update={"rubric": rubric})
    if question.rubric != rubric and (gap_with(sharper) or 0.0) >= ALIKE:
        edits = [Edit(op=EditOp.SET_RUBRIC, target=target, value=anchors)]
        return _suggested(f"sharpen the rubric of question {number}", because, edits)
    text = asking_for_example(question)
    if text != question.text:
        edits = [Edit(op=EditOp.SET_TEXT, target=target, value=text)]
        if question.rubric is None or question.rubric != plain_rubric(text):
            fitting = plain_rubric(text)
            anchors = {"1": fitting.one, "3": fitting.three, "5": fitting.five}
            edits.append(Edit(op=EditOp.SET_RUBRIC, target=target, value=anchors))
        return _suggested(f"reword question {number} to ask for an example: “{text}”", because, edits)
    if question.follow_ups.max < _ASKS_ON.max:
        edits = [Edit(op=EditOp.SET_FOLLOW_UPS, target=target, value=_ASKS_ON.model_dump())]
        return _suggested(f"make it 1 to 2 follow-ups for question {number}", because, edits)
    edits = [Edit(op=EditOp.SET_WEIGHT, target=target, value=0)]
    return _suggested(f"leave question {number} out of the score", because, edits)


_ASKS_ON = FollowUps(min=1, max=2)
_ASKS_ALREADY = ("tell us about a time", "tell me about a time", "describe a time", "tell us about an example")


def asking_for_example(question: Question) -> str:
    """The question put so that it asks for something that happened; unchanged when it does so already."""
    text = question.text.strip()
    if text.lower().startswith(_ASKS_ALREADY) or not question.topic.strip():
        return question.text
    return f"Tell us about a time that shows your {question.topic.strip()}. What did you do, and how did it end?"


def _weight_changes(made: Rehearsal, draft: Interviewer) -> Iterator[Suggestion]:
    """The question that tells people apart best by far, while it counts no more than the others."""
    rows = [row for row in _scored(made) if row.number and row.gap is not None]
    weights = {question.id: question.weight for question in draft.questions()}
    if len(rows) < 3 or any(weights.get(row.question_id, WEIGHT_NORMAL) > WEIGHT_NORMAL for row in rows):
        return
    first, second = sorted(rows, key=lambda row: -(row.gap or 0.0))[:2]
    if (first.gap or 0.0) - (second.gap or 0.0) >= STANDS_OUT:
        edit = Edit(op=EditOp.SET_WEIGHT, target={"question": first.number}, value=WEIGHT_DOUBLE)
        because = "it tells strong from weak best"
        yield _suggested(f"double the weight of question {first.number}", because, [edit])


def _bar_change(made: Rehearsal, draft: Interviewer) -> Iterator[Suggestion]:
    """The pass bar, when the strong don't reach it, or the weak do."""
    bar = draft.settings.pass_bar
    scores = {run.persona: run.overall for run in made.runs}
    strong, weak = scores.get(Persona.STRONG), scores.get(Persona.WEAK)
    if bar is None or strong is None or weak is None or strong - weak < _APART:
        return
    middle = int(5 * round((strong + weak) / 10))
    if strong < bar or weak >= bar:
        edit = Edit(op=EditOp.SET_SETTING, target="pass_bar", value=middle)
        who = "strong candidate came to" if strong < bar else "weak candidate came to"
        score = strong if strong < bar else weak
        yield _suggested(f"set the pass bar to {middle}", f"the {who} {int(score)}, the bar is {bar}", [edit])


_APART = 20.0  # points of 100


def _length_changes(made: Rehearsal, draft: Interviewer) -> Iterator[Suggestion]:
    if any(finding.kind == "too_long" for finding in _length(made)):
        many = [(n, q) for _, n, q in draft.numbered() if q.is_open and q.follow_ups.max > 1]
        edits = [
            Edit(op=EditOp.SET_FOLLOW_UPS, target={"question": n}, value={"min": min(q.follow_ups.min, 1), "max": 1})
            for n, q in many
        ]
        if edits:
            yield _suggested("ask at most one follow-up a question", "the thread got twice as long as promised", edits)
    if not made.by_text:
        return
    for _, number, question in draft.numbered():
        text = shorter(question.text)
        if _segments(question.text, draft) > MOST_SEGMENTS >= _segments(text, draft):
            edits = [Edit(op=EditOp.SET_TEXT, target={"question": number}, value=text)]
            yield _suggested(f"shorten question {number}: “{text}”", "it takes too many texts", edits)


def _segments(text: str, draft: Interviewer) -> int:
    return count_segments(as_sms(text, language=draft.language)).count


# ---- words -------------------------------------------------------------------------------------------------


def _suggested(text: str, because: str, edits: list[Edit]) -> Suggestion:
    return Suggestion(number=0, text=text, because=because, edits=tuple(edits))


def _scored(made: Rehearsal) -> list[QuestionRow]:
    return [row for row in made.questions if row.separates is not None]


def _row_name(row: QuestionRow) -> str:
    return f"Question {row.number}" if row.number else f"“{row.text[:80]}”"


def _points(row: QuestionRow, persona: Persona) -> str:
    score: Any = row.scores.get(persona)
    return "nothing to judge" if score is None else f"{score:g}"
