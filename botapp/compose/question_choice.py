"""Which questions a draft asks: the dealbreakers first, then open questions, then what is good to know. At most so many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from botapp.compose import phrasing, themes
from botapp.compose.asks import Ask, find_asks
from botapp.compose.instructions import Wishes
from botapp.compose.lawful import protected_topic
from botapp.compose.needs import Need, is_soft, softened
from botapp.compose.source import Line, Section, Source
from botapp.screening.interviewer import FollowUps, Knockout, Origin, Provenance, Question, QuestionKind


@dataclass(frozen=True, slots=True)
class Chosen:
    typed: tuple[Question, ...]  # with a knockout, in order
    open: tuple[Question, ...]
    extra: tuple[Question, ...]  # typed, turning nobody away
    spare: tuple[Question, ...]  # open questions beyond the number asked for
    most: int
    left_out: int = 0
    has_must: bool = False
    unlawful: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()


def choose_questions(source: Source, needs: tuple[Need, ...], wishes: Wishes, most: int) -> Chosen:
    """The questions, without ids and stages yet."""
    needs, not_found = _as_wished(needs, wishes)
    hard = [need for need in needs if need.hard]
    soft = [need for need in needs if not need.hard]
    asked = [_asked(ask) for ask in find_asks(source.lines) if not protected_topic(ask.text)]
    opens = _distinct([*asked, *_themed(source)]) or []
    if len(opens) < 2:
        opens += [_stock(themes.CLOSEST_WORK, "closest work"), _stock(themes.WHY_THIS, "interest")][: 2 - len(opens)]
    room_for_open = min(len(opens), max(len(asked), 2 if most >= 5 else 1, most - len(hard)))
    kept_hard = hard[: max(1, most - min(room_for_open, 2 if most >= 5 else 1, max(1, most - 1)))] if most > 1 else hard[:1]
    open_room = most - len(kept_hard)
    kept_open = opens[:open_room] if soft == [] else opens[: max(min(open_room, 4), len(asked) and min(open_room, len(asked)))]
    kept_soft = soft[: max(0, most - len(kept_hard) - len(kept_open))]
    return Chosen(
        typed=tuple(_typed(need) for need in kept_hard),
        open=tuple(kept_open),
        extra=tuple(_typed(need) for need in kept_soft),
        spare=tuple(opens[len(kept_open) : len(kept_open) + 4]),
        most=most,
        left_out=len(hard) - len(kept_hard),
        has_must=bool(hard),
        unlawful=_unlawful(source),
        not_found=not_found,
    )


def _as_wished(needs: tuple[Need, ...], wishes: Wishes) -> tuple[tuple[Need, ...], tuple[str, ...]]:
    if wishes.only_knockouts is None and not wishes.knock_out_on:
        return needs, ()
    wanted = wishes.only_knockouts if wishes.only_knockouts is not None else wishes.knock_out_on
    out, matched = [], set()
    for need in needs:
        hit = next((word for word in wanted if _about(word, need)), "")
        matched.add(hit)
        if hit and not need.hard:
            need = replace(need, hard=True, rule=need.rule or Knockout(op="eq", value=True), rank=need.rank - 100)
        elif not hit and wishes.only_knockouts is not None and need.hard:
            need = softened(need)
        out.append(need)
    return tuple(sorted(out, key=lambda need: need.rank)), tuple(word for word in wanted if word not in matched)


def _about(word: str, need: Need) -> bool:
    stems = [w[:5] for w in re.findall(r"[a-z]{3,}", word.lower().replace("license", "licence")) if w not in ("the", "and", "only")]
    hay = f"{need.topic} {need.text} {need.about} {need.line.text}".lower().replace("license", "licence")
    return bool(stems) and all(stem in hay for stem in stems)


def _typed(need: Need) -> Question:
    return Question(
        id="q",
        kind=need.kind,
        text=need.text,
        topic=need.topic[:60],
        options=need.options,
        unit=need.unit,
        weight=need.weight,
        knockout=need.rule if need.hard else None,
        provenance=Provenance(origin=Origin.SOURCE, quote=need.quote or need.line.quote),
    )


def _open(text: str, topic: str, quote: str, rubric: themes.Rubric, most: int = 1) -> Question:
    return Question(
        id="q",
        kind=QuestionKind.OPEN,
        text=text[:600],
        topic=topic,
        follow_ups=FollowUps(min=0, max=most),
        rubric=rubric,
        provenance=Provenance(origin=Origin.SOURCE if quote else Origin.TEMPLATE, quote=quote),
    )


def _stock(text: str, topic: str) -> Question:
    from botapp.compose.rubrics import plain_rubric

    return _open(text, topic, "", plain_rubric(text))


def _asked(ask: Ask) -> Question:
    from botapp.compose.rubrics import plain_rubric

    return _open(ask.text, ask.topic, ask.line.quote, plain_rubric(ask.text), 2)


_READ = (Section.REQUIRED, Section.NONE, Section.DUTIES, Section.PREFERRED)
_SKILL = re.compile(r"^(?:(?:strong |solid |good |excellent |proven |demonstrated |hands-on |in-depth |basic |working |advanced |prior )*(?:experience|knowledge|proficien\w+|understanding|familiarity|expertise|expert level|track record|worked|skills?)\b)", re.I)


def _themed(source: Source) -> list[Question]:
    """Open questions from the lines about skills and duties, requirements first, a theme once."""
    lines = [line for section in _READ for line in source.lines if line.section is section and not line.tail and not is_soft(line)]
    scored: dict[str, tuple[int, int, Line, themes.Theme]] = {}
    for place, line in enumerate(lines):
        for theme in themes.THEMES:
            if theme.pattern.search(line.text):
                required = line.section is Section.REQUIRED or line.text.lower().startswith("must")
                old = scored.get(theme.topic)
                count = (old[0] if old else 0) + (3 if required else 1)
                keep = (old[1], old[2]) if old else (place, line)
                scored[theme.topic] = (count, keep[0], keep[1], theme)
                break
    ranked = sorted(scored.values(), key=lambda entry: (-entry[0], entry[1]))
    return [_open(theme.text, theme.topic, line.quote, theme.rubric, theme.most) for _, _, line, theme in ranked if not protected_topic(theme.text)]


def _distinct(questions: list[Question]) -> list[Question]:
    kept: list[Question] = []
    for question in questions:
        if all(question.text != other.text for other in kept):
            kept.append(question)
    return kept


def _unlawful(source: Source) -> tuple[str, ...]:
    """Protected criteria the text itself sets, to say that they were left out."""
    found = []
    for line in source.lines[:400]:
        if line.section in (Section.REQUIRED, Section.NONE) and re.search(r"\bmust\b|\bonly\b|\bneed|\bprefer|\brequire|\bbetween\b|\bfind out\b|\bsee if\b|\bseeking\b|\blooking for\b", line.text, re.I):
            topic = protected_topic(line.text)
            if topic and not re.search(r"regard(?:less)? (?:to|of)|discriminat|equal|all ages|accommodat", line.text, re.I):
                found.append(topic.topic)
    return tuple(dict.fromkeys(found))[:3]


def skill_lines(source: Source) -> Iterator[Line]:
    """Lines that name a skill, for the criteria of a resume stage."""
    for line in source.lines:
        if line.section is Section.REQUIRED and not line.tail and (_SKILL.search(line.text) or len(phrasing.core(line.text).split()) <= 20):
            yield line
