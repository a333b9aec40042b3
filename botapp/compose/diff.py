"""What changed between two drafts, in words. Says nothing about why, and nothing about what stayed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from botapp.compose.texting import text_words
from botapp.compose.wording import (
    follow_up_words,
    kind_words,
    knockout_words,
    setting_words,
    stage_name,
    weight_words,
)
from botapp.messages import Card, CardKind
from botapp.screening.interviewer import Interviewer, Overviews, Question, Settings, Stage

SHOWN = 3


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`old` became `new` at `where`. An empty `old` was added, an empty `new` was removed."""

    old: str
    new: str
    where: str
    is_sent: bool = False  # `new` is what candidates get to read, so it costs something as a text

    @property
    def plain(self) -> str:
        if not self.old:
            return f"{self.where}: added “{self.new}”"
        return f"{self.where}: removed “{self.old}”" if not self.new else f"{self.where}: {self.old} → {self.new}"


def diff_drafts(before: Interviewer | None, after: Interviewer) -> tuple[DiffLine, ...]:
    """Every difference, the order a recruiter would tell them: head, stages, questions, facts, settings."""
    if before is None:
        count = len(after.questions())
        return (DiffLine("", f"{after.title}, {count} question{'' if count == 1 else 's'}", "Draft"),)
    return (
        *_head(before, after),
        *_stages(before, after),
        *_questions(before, after),
        *_facts(before, after),
        *_overviews(before.overviews, after.overviews),
        *_settings(before.settings, after.settings),
    )


def _head(before: Interviewer, after: Interviewer) -> list[DiffLine]:
    pairs = (
        ("Title", before.title, after.title),
        ("Link", before.slug, after.slug),
        ("Company", before.company or "none", after.company or "none"),
        ("Language", before.language, after.language),
    )
    return [DiffLine(old, new, where) for where, old, new in pairs if old != new]


def _stages(before: Interviewer, after: Interviewer) -> list[DiffLine]:
    old, new = {s.id: s for s in before.stages}, {s.id: s for s in after.stages}
    lines = [DiffLine(stage_name(s), "", "Stage") for key, s in old.items() if key not in new]
    lines += [DiffLine("", stage_name(s), "Stage") for key, s in new.items() if key not in old]
    kept_before = [key for key in old if key in new]
    kept_after = [key for key in new if key in old]
    if kept_before != kept_after:
        lines.append(
            DiffLine(
                ", ".join(stage_name(old[key]) for key in kept_before),
                ", ".join(stage_name(new[key]) for key in kept_after),
                "Order of stages",
            )
        )
    for key in kept_after:
        lines += _stage(old[key], new[key])
    return lines


def _stage(old: Stage, new: Stage) -> list[DiffLine]:
    where = f"{stage_name(new)} stage"
    lines = []
    if stage_name(old) != stage_name(new):
        lines.append(DiffLine(stage_name(old), stage_name(new), "Stage"))
    if old.enabled != new.enabled:
        lines.append(DiffLine(*(("on", "off") if old.enabled else ("off", "on")), where))
    if old.weight != new.weight:
        lines.append(DiffLine(f"weight {weight_words(old.weight)}", f"weight {weight_words(new.weight)}", where))
    if old.min_score != new.min_score:
        bars = [f"pass bar {'as the interview' if s.min_score is None else s.min_score}" for s in (old, new)]
        lines.append(DiffLine(bars[0], bars[1], where))
    return lines


def _numbers(draft: Interviewer) -> dict[str, int]:
    return {question.id: number for _, number, question in draft.numbered()}


def _questions(before: Interviewer, after: Interviewer) -> list[DiffLine]:
    old, new = {q.id: q for q in before.questions()}, {q.id: q for q in after.questions()}
    was, now = _numbers(before), _numbers(after)
    lines = [DiffLine(q.text, "", f"Question {was[key]}") for key, q in old.items() if key not in new]
    lines += [DiffLine("", q.text, f"Question {now[key]}", is_sent=True) for key, q in new.items() if key not in old]
    for key in _moved(before, after):
        lines.append(DiffLine(f"number {was[key]}", f"number {now[key]}", f"“{_short(new[key].text)}”"))
    for key, question in new.items():
        if key in old:
            lines += _question(old[key], question, now[key])
    return lines


def _moved(before: Interviewer, after: Interviewer) -> list[str]:
    """The fewest questions whose moving explains the new order (those outside the longest kept run)."""
    stage_before = {q.id: s.id for s in before.stages for q in s.questions}
    stage_after = {q.id: s.id for s in after.stages for q in s.questions}
    shared = [q.id for q in after.questions() if q.id in stage_before]
    rank = {key: place for place, key in enumerate(q.id for q in before.questions())}
    stages_kept = [s.id for s in before.stages if s.id in {t.id for t in after.stages}]
    if stages_kept != [s.id for s in after.stages if s.id in stages_kept]:  # told by the order of stages
        kept = [key for key in shared if stage_before[key] == stage_after[key]]
        return [key for key in shared if key not in kept]
    staying = _longest_rising([rank[key] for key in shared])
    return [key for key in shared if rank[key] not in staying or stage_before[key] != stage_after[key]]


def _longest_rising(ranks: Sequence[int]) -> set[int]:
    best: list[list[int]] = []
    for index, rank in enumerate(ranks):
        before = [best[j] for j in range(index) if best[j][-1] < rank]
        best.append([*_longest(before), rank])
    return set(_longest(best))


def _longest(runs: list[list[int]]) -> list[int]:
    return max(runs, key=lambda run: len(run), default=[])


def _question(old: Question, new: Question, number: int) -> list[DiffLine]:
    pairs = (
        (old.text, new.text),
        (kind_words(old.kind), kind_words(new.kind)),
        ("options " + ", ".join(old.options or ("none",)), "options " + ", ".join(new.options or ("none",))),
        (f"weight {weight_words(old.weight)}", f"weight {weight_words(new.weight)}"),
        (knockout_words(old) or "no knockout", knockout_words(new) or "no knockout"),
        (f"follow-ups {follow_up_words(old.follow_ups)}", f"follow-ups {follow_up_words(new.follow_ups)}"),
    )
    lines = [DiffLine(a, b, f"Question {number}", is_sent=b is new.text) for a, b in pairs if a != b]
    return lines + _rubric(old, new, number)


def _rubric(old: Question, new: Question, number: int) -> list[DiffLine]:
    if old.rubric is None or new.rubric is None or old.is_open != new.is_open:
        return []
    pairs = (
        ("5", old.rubric.five, new.rubric.five),
        ("3", old.rubric.three, new.rubric.three),
        ("1", old.rubric.one, new.rubric.one),
    )
    return [DiffLine(a, b, f"Question {number}, a {score}") for score, a, b in pairs if a != b]


def _facts(before: Interviewer, after: Interviewer) -> list[DiffLine]:
    old, new = _answers(before), _answers(after)
    lines = [DiffLine(old.get(t, ""), a, f"Fact about {t}") for t, a in new.items() if old.get(t) != a]
    return lines + [DiffLine(a, "", f"Fact about {t}") for t, a in old.items() if t not in new]


def _answers(draft: Interviewer) -> dict[str, str]:
    """All that is told about each topic."""
    told: dict[str, list[str]] = {}
    for fact in draft.facts:
        told.setdefault(fact.topic, []).append(fact.answer)
    return {topic: "; ".join(answers) for topic, answers in told.items()}


def _overviews(before: Overviews, after: Overviews) -> list[DiffLine]:
    lines = []
    for name in ("company", "job", "process"):
        old, new = getattr(before, name), getattr(after, name)
        if old.text != new.text:
            lines.append(DiffLine(_short(old.text), _short(new.text), f"Overview of the {name}"))
        if old.mode != new.mode:
            lines.append(DiffLine(old.mode.value, new.mode.value, f"Overview of the {name}"))
    return lines


def _settings(before: Settings, after: Settings) -> list[DiffLine]:
    lines = []
    for name in Settings.model_fields:
        (where, old), (_, new) = setting_words(name, before), setting_words(name, after)
        if getattr(before, name) != getattr(after, name):
            lines.append(DiffLine(old, new, where))
    return lines


def _priced(line: DiffLine, price: float | None) -> DiffLine:
    """With what it costs as a text: `Question 3 (2 segments, $0.02)`."""
    if price is None or not line.is_sent:
        return line
    return replace(line, where=f"{line.where} ({text_words(line.new, price)})")


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def diff_card(lines: Sequence[DiffLine], price: float | None = None) -> Card:
    """At most three lines; the rest is counted and can be opened. `price` of a segment, while texts can leave."""
    lines = [_priced(line, price) for line in lines]
    more = max(0, len(lines) - SHOWN)
    plain = [line.plain for line in lines[:SHOWN]] or ["Nothing changed."]
    if more:
        plain.append(f"and {more} more")
    data = {"lines": [{"where": x.where, "old": x.old, "new": x.new} for x in lines], "more": more}
    return Card(CardKind.DIFF, data, "\n".join(plain))
