"""Which questions a draft in Spanish, French or German asks, by the pack of its language. At most so many."""

import re
from collections.abc import Sequence

from botapp.compose.foreign_reading import needs_of
from botapp.compose.instructions import Wishes
from botapp.compose.lawful import protected_topic
from botapp.compose.question_choice import Chosen, as_wished, open_question, typed_question
from botapp.compose.source import Line, Section, Source
from botapp.compose.stated_points import IN_ONE, stretch_of
from botapp.compose.themes import Theme
from botapp.compose.tongue_packs import Pack, compiled
from botapp.screening.interviewer import Question, Rubric

_THEMES = 3
_LONGEST = 10
_ONCE = -1  # spoken of in one line that is no requirement


def choose_in_language(source: Source, title: str, wishes: Wishes, most: int, pack: Pack) -> Chosen:
    """Typed questions first, then situations, then what the text asks for by name."""
    needs, not_found = as_wished(needs_of(source, title, pack), wishes)
    hard, soft = [need for need in needs if need.hard], [need for need in needs if not need.hard]
    kept_hard = hard[: max(1, most - (2 if most >= 8 else 1))]
    room = most - len(kept_hard)
    points = _points(source, {need.line.quote for need in needs}, pack)
    groups = min(2, room // 2, -(-len(points) // IN_ONE))
    situations = _situations(source, title, pack)
    opens = [*situations[: min(_THEMES, room - groups)], *_named(points, groups, source, pack)]
    kept_soft = soft[: max(0, room - len(opens))]
    return Chosen(
        typed=tuple(typed_question(need) for need in kept_hard),
        open=tuple(opens[:room]),
        extra=tuple(typed_question(need) for need in kept_soft),
        spare=tuple(question for question in situations if question not in opens)[:4],
        most=most,
        left_out=len(hard) - len(kept_hard),
        has_must=bool(hard),
        unlawful=_unlawful(source),
        not_found=not_found,
    )


def _situations(source: Source, title: str, pack: Pack) -> list[Question]:
    """Questions on the themes the text speaks of most, the title's own first; of our stock where it speaks of none."""
    lines = [
        line
        for line in source.lines
        if line.section in (Section.REQUIRED, Section.DUTIES, Section.NONE) and not line.tail
    ]
    weighed = []
    for theme in pack.themes:
        matching = [line for line in lines if theme.pattern.search(line.text)]
        score = len(matching) + 2 * sum(line.section is Section.REQUIRED for line in matching)
        if matching:
            weighed.append((-score - 6 * bool(theme.pattern.search(title)), _first(matching), theme))
    weighed.sort(key=lambda entry: entry[0])
    spoken_of = [entry for place, entry in enumerate(weighed) if entry[0] < _ONCE or place < 2]
    asked = [_situation(theme, line) for _, line, theme in spoken_of]
    rubric = Rubric(one=pack.said("stock", "low"), three=pack.said("stock", "mid"), five=pack.said("stock", "high"))
    stock = [open_question(pack.said("stock", name), name, "", rubric) for name in ("closest", "why")]
    return asked if len(asked) >= 2 else [*asked, *stock[: 2 - len(asked)]]


def _first(lines: Sequence[Line]) -> Line:
    return next((line for line in lines if line.section is Section.REQUIRED), lines[0])


def _situation(theme: Theme, line: Line) -> Question:
    return open_question(theme.text, theme.topic, line.quote, theme.rubric, theme.most)


# ---- what the text asks for, by name -----------------------------------------------------------------------


def _points(source: Source, asked: set[str], pack: Pack) -> list[tuple[str, Line]]:
    skip, soft = pack.pattern("points", "skip"), pack.pattern("marks", "soft")
    points: list[tuple[str, Line]] = []
    for line in source.lines:
        if line.tail or line.quote in asked or not _states_a_point(line, pack):
            continue
        if skip.search(line.text) or soft.search(line.text) or protected_topic(line.text):
            continue
        name = _name(line.text, pack)
        if len(name) > 3 and all(name.lower() != other.lower() for other, _ in points):
            points.append((name, line))
    return points


def _states_a_point(line: Line, pack: Pack) -> bool:
    words = len(line.text.split())
    if line.section is Section.NONE:
        return 1 < words <= 14 and bool(pack.pattern("marks", "must").search(line.text))
    return line.section is Section.REQUIRED and words <= 30


def _name(text: str, pack: Pack) -> str:
    """A few words for a point: its label where that says something, else its beginning."""
    label = re.match(r"^([^:.]{3,45}?)\s*:\s*(\S.*)$", text)
    if label:
        generic = compiled(rf"(?:{pack.said('points', 'generic')})\Z").match(label[1].strip())
        text = label[2] if generic else label[1]
    text = re.split(
        r"[;:.(!]", re.sub(r"^\W*(?:vous (?:êtes|avez)|du (?:bist|hast)|sie (?:sind|haben))\s+", "", text, flags=re.I)
    )[0]
    words = text.split()
    if len(words) > _LONGEST:
        cut = text.find(",", 15)
        text = text[:cut] if 0 < cut < 90 else " ".join(words[:_LONGEST])
    dangling = compiled(rf"\s+(?:{pack.said('points', 'dangling')})\Z")
    text = _ASKED_FOR.sub("", text.strip(" ,.;!-–¡¿"))
    while (shorter := dangling.sub("", text)) != text:
        text = shorter
    text = compiled(rf"^(?:{pack.said('points', 'and')})\s+").sub("", text)
    if len(text.split()) == 2 and compiled(rf"^(?:{pack.said('points', 'dangling')})\s").match(text):
        return ""
    if pack.language != "de" and re.match(r"[A-ZÉÁÍÓÚ][a-zéèáíóúñ']+(?: [a-z(]|,|$)", text):
        text = text[0].lower() + text[1:]
    return text[0].lower() + text[1:] if pack.language == "de" and _GERMAN_ADJECTIVE.match(text) else text


_ASKED_FOR = re.compile(
    r"\s+(?:sont |est |es |son |ist |sind )?(?:exigée?s?|requise?s?|obligatoires?|indispensables?|imprescindibles?"
    r"|necesari[oa]s?|requerid[oa]s?|erforderlich|vorausgesetzt|notwendig)$",
    re.I,
)
_GERMAN_ADJECTIVE = re.compile(r"(?:Sehr|Gute[sr]?|Hohe[sr]?|[A-ZÄÖÜ][a-zäöüß]+(?:liche|ige|ische|sichere)[sr]?) ")


def _named(points: list[tuple[str, Line]], groups: int, source: Source, pack: Pack) -> list[Question]:
    if not points or groups <= 0:
        return []
    share = min(-(-len(points) // groups), IN_ONE)
    chunks = [points[at : at + share] for at in range(0, len(points), share)][:groups]
    return [_naming(chunk, source, pack, place) for place, chunk in enumerate(chunks, 1)]


def _naming(chunk: list[tuple[str, Line]], source: Source, pack: Pack, place: int) -> Question:
    names = [name for name, _ in chunk]
    joint = "; " if any("," in name for name in names) else ", "
    listed = names[0] if len(names) == 1 else f"{joint.join(names[:-1])} {pack.said('points', 'and')} {names[-1]}"
    text = pack.said("points", "one" if len(names) == 1 else "many").format(list=listed)
    rubric = Rubric(
        one=pack.said("points", "low").format(list=listed),
        three=pack.said("points", "mid").format(list=listed),
        five=pack.said("points", "high").format(list=listed),
    )
    topic = pack.said("points", "topic") + (f" {place}" if place > 1 else "")
    return open_question(text, topic, stretch_of([line for _, line in chunk], source), rubric)


def _unlawful(source: Source) -> tuple[str, ...]:
    """Protected criteria the text itself sets, to say that they were left out."""
    asked = [line for line in source.lines if line.section in (Section.REQUIRED, Section.NONE, Section.PREFERRED)]
    found = (protected_topic(f"{line.heading}: {line.text}" if len(line.heading) < 30 else line.text) for line in asked)
    return tuple(dict.fromkeys(topic.topic for topic in found if topic))[:3]
