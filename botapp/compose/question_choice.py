"""Which questions a draft asks: dealbreakers first, then open ones, then what is good to know. At most so many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from botapp.compose import phrasing, themes
from botapp.compose.asks import Ask, find_asks
from botapp.compose.instructions import Wishes
from botapp.compose.lawful import protected_topic
from botapp.compose.needs import Need, is_soft, softened
from botapp.compose.rubrics import plain_rubric
from botapp.compose.source import Line, Section, Source
from botapp.compose.stated_points import IN_ONE, Point, grouped, stated_points
from botapp.screening.interviewer import FollowUps, Knockout, Origin, Provenance, Question, QuestionKind, Rubric


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


def choose_questions(source: Source, title: str, needs: tuple[Need, ...], wishes: Wishes, most: int) -> Chosen:
    """The questions, without ids and stages yet."""
    needs, not_found = as_wished(needs, wishes)
    hard = [need for need in needs if need.hard]
    soft = [need for need in needs if not need.hard]
    asked = [_asked(ask) for ask in find_asks(source.lines) if not protected_topic(ask.text)]
    opens = _distinct([*asked, *_themed(source, title)])
    told = len(opens)
    if len(opens) < 2:
        opens += [_stock(themes.CLOSEST_WORK, "closest work"), _stock(themes.WHY_THIS, "interest")][: 2 - len(opens)]
    reserved = min(max(told, 1), 2 if most >= 8 else 1 if most >= 3 else 0)
    kept_hard = hard[: max(1, most - max(reserved, min(len(asked), most // 3)))]
    open_room = most - len(kept_hard)
    room = open_room if not soft else max(min(open_room, 4), min(open_room, len(asked)))
    points = stated_points(source, [need.line for need in (*kept_hard, *soft)])
    kept_open = _with_points(opens, len(asked), points, source, room)
    kept_soft = soft[: max(0, most - len(kept_hard) - len(kept_open))]
    return Chosen(
        typed=tuple(typed_question(need) for need in kept_hard),
        open=tuple(kept_open),
        extra=tuple(typed_question(need) for need in kept_soft),
        spare=tuple([q for q in opens if q not in kept_open][:4]),
        most=most,
        left_out=len(hard) - len(kept_hard),
        has_must=bool(hard),
        unlawful=_unlawful(source),
        not_found=not_found,
    )


_GROUPS = 3  # questions that name several points; more of them would be a list, not an interview


def _with_points(
    opens: list[Question], asked: int, points: tuple[Point, ...], source: Source, room: int
) -> list[Question]:
    """Open questions, the last of them naming what the text asks for and the others do not touch.

    What the recruiter asked for stays, and so do two questions that ask for one situation.
    """
    least = max(asked, min(2, len(opens), room - 1))
    kept = opens[:room]
    most = min(room - least, _GROUPS)
    for count in range(1, most + 1):
        kept = opens[: room - count]
        left = _left_to_ask(points, kept)
        if len(left) <= IN_ONE * count or count == most:
            return [*kept, *grouped(left, source, count)] if left else opens[:room]
    return kept


def _left_to_ask(points: tuple[Point, ...], kept: list[Question]) -> list[Point]:
    quoted = {question.provenance.quote for question in kept}
    return [point for point in points if point.line.quote not in quoted]


def as_wished(needs: tuple[Need, ...], wishes: Wishes) -> tuple[tuple[Need, ...], tuple[str, ...]]:
    """Knockouts as the recruiter wants them, and the words about which the text says nothing."""
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
    stems = [
        w[:5]
        for w in re.findall(r"[a-z]{3,}", word.lower().replace("license", "licence"))
        if w not in ("the", "and", "only")
    ]
    hay = f"{need.topic} {need.text} {need.about} {need.line.text}".lower().replace("license", "licence")
    return bool(stems) and all(stem in hay for stem in stems)


def typed_question(need: Need) -> Question:
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


def open_question(text: str, topic: str, quote: str, rubric: Rubric, most: int = 1) -> Question:
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
    return open_question(text, topic, "", plain_rubric(text))


def _asked(ask: Ask) -> Question:
    return open_question(ask.text, ask.topic, ask.line.quote, plain_rubric(ask.text), 2)


_READ = (Section.REQUIRED, Section.NONE, Section.DUTIES)
_SKILL = re.compile(
    r"^(?:(?:strong |solid |good |excellent |proven |demonstrated |hands-on |in-depth |basic "
    r"|working |advanced |prior )*"
    r"(?:experience|knowledge|proficien\w+|understanding|familiarity|expertise|expert level"
    r"|track record|worked|skills?)\b)",
    re.I,
)
_OF_THE_JOB = re.compile(
    r"\bmust\b|\byou(?:'ll| will|r)?\b|\bresponsib\w+|\bability\b|\bskills?\b|\bexperience\b"
    r"|\bduties\b|\bneed\b|\bcandidates?\b|\bposition\b",
    re.I,
)
_LABEL = re.compile(r"^(?:title|job title|position|role|company|department|reports? to|location)\s*:", re.I)


def _tells_the_work(line: Line) -> bool:
    """A requirement or a duty; not what the employer says of itself."""
    if line.tail or is_soft(line) or _LABEL.match(line.text) or line.section not in _READ:
        return False
    if line.section is not Section.NONE or line.bullet:
        return True
    return bool(_OF_THE_JOB.search(line.text)) and not re.match(
        r"\W*(?:we|our|at [A-Z]|as employees|founded)\b", line.text, re.I
    )


def _themed(source: Source, title: str) -> list[Question]:
    """Open questions on the themes of requirements and duties, the title's own theme first; each theme once."""
    lines = [line for section in _READ for line in source.lines if line.section is section and _tells_the_work(line)]
    weighed = [entry for theme in themes.THEMES if (entry := _weighed(theme, lines, title))]
    found = [entry for entry in weighed if entry[0] < _ONCE_ONLY]
    if len(found) < 3:
        found += [entry for entry in weighed if entry[0] >= _ONCE_ONLY][: 3 - len(found)]
    used: set[str] = set()
    questions: list[Question] = []
    for _, _, theme, matching in sorted(found, key=lambda entry: entry[:2]):
        line = next((line for line in matching if line.quote not in used), matching[0])
        if line.quote in used and len(questions) >= 3:
            continue
        used.add(line.quote)
        questions.append(open_question(theme.text, theme.topic, line.quote, theme.rubric, theme.most))
    return questions


_ONCE_ONLY = -1  # spoken of once, and not as a requirement
# Themes that sound odd when the work is another: an electrician who also sweeps up is not asked how to clean a room.
_OF_ONE_TRADE = frozenset({"teaching", "driving", "cooking", "coffee", "cleaning", "children", "patients", "dogs"})
_SPOKEN_OF_ENOUGH = 3  # lines


def _weighed(theme: themes.Theme, lines: list[Line], title: str) -> tuple[int, int, themes.Theme, list[Line]] | None:
    """(order, place of the first line, theme, its lines), or None when the text hardly speaks of it."""
    matching = [line for line in lines if theme.pattern.search(line.text)]
    must = [
        line
        for line in matching
        if line.section is Section.REQUIRED or re.match(r"(?:must|able|ability)\b", line.text, re.I)
    ]
    in_title = bool(theme.pattern.search(title))
    if not matching or (theme.topic in _OF_ONE_TRADE and not in_title and len(matching) < _SPOKEN_OF_ENOUGH):
        return None
    score = 3 * len(must) + min(len(matching), 4) + 6 * in_title
    ordered = [*must, *(line for line in matching if line not in must)]
    return -score, lines.index(ordered[0]), theme, ordered


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
        if (
            line.section in (Section.REQUIRED, Section.NONE, Section.PREFERRED)
            and not re.search(r"\b(?:check|screen)\b|\bfor a (?:woman|man|lady)\b", line.text, re.I)
            and re.search(
                r"\bmust\b|\bonly\b|\bneed|\bprefer|\brequire|\bbetween\b|\bfind out\b|\bsee if\b|\bseeking\b"
                r"|\blooking for\b",
                line.text,
                re.I,
            )
        ):
            topic = protected_topic(line.text)
            if topic and not re.search(
                r"regard(?:less)? (?:to|of)|discriminat|equal|all ages|accommodat", line.text, re.I
            ):
                found.append(topic.topic)
    return tuple(dict.fromkeys(found))[:3]


def skill_lines(source: Source) -> Iterator[Line]:
    """Lines that name a skill, for the criteria of a resume stage."""
    for line in source.lines:
        if (
            line.section is Section.REQUIRED
            and not line.tail
            and (_SKILL.search(line.text) or len(phrasing.core(line.text).split()) <= 20)
        ):
            yield line
