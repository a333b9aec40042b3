"""What the recruiter's pages say, read as a screen reader would: by landmarks, lists and quotes. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_HIDDEN = frozenset({"script", "style", "details", "form"})


@dataclass
class Node:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str]
    inside: "list[Node | str]" = field(default_factory=list)

    def all(self, wanted: Callable[["Node"], bool]) -> Iterator["Node"]:
        """Every element within that fits, in order."""
        for child in self.inside:
            if isinstance(child, Node):
                if wanted(child):
                    yield child
                yield from child.all(wanted)

    def tags(self, tag: str, kind: str = "") -> "list[Node]":
        """Elements by tag, and by class when one is given."""
        return list(self.all(lambda n: n.tag == tag and (not kind or kind in n.classes)))

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """What is read without opening anything, with single blanks."""
        return " ".join("".join(self._texts()).split())

    @property
    def raw(self) -> str:
        """Every character within, as it stands."""
        return "".join(c if isinstance(c, str) else c.raw for c in self.inside)

    def _texts(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            elif child.tag == "q":
                yield f"“{child.raw}”"
            elif child.tag not in _HIDDEN:
                yield from child._texts()
                yield " " if child.tag in ("p", "li", "div", "br", "dd", "dt", "h2", "th", "td") else ""


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        depth = next((i for i in range(len(self._open) - 1, 0, -1) if self._open[i].tag == tag), 0)
        if depth:
            del self._open[depth:]

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def parse(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


NO_ANSWER = "No answer."


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """One answer of a scorecard. `verdict` is the score with its weight and reason, or how it was read, or why not."""

    question: str
    answer: str
    verdict: tuple[str, ...]
    is_scored: bool


@dataclass(frozen=True, slots=True)
class GateSeen:
    """A gate in words, whether it is met, and what was said to it."""

    words: str
    outcome: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScorecardSeen:
    """A scorecard as the page shows it. `score` is None when there is none."""

    gates: tuple[GateSeen, ...]
    headline: str
    score: int | None
    notes: tuple[str, ...]
    strengths: tuple[str, ...]
    doubts: tuple[str, ...]
    answers: tuple[AnswerSeen, ...]
    quotes: tuple[str, ...]  # every piece of evidence, word for word


def scorecard_of(html: str) -> ScorecardSeen | None:
    """The scorecard on an interview's page; None while there is none."""
    whole = parse(html)
    sections = {n.attributes.get("aria-labelledby", ""): n for n in whole.tags("section")}
    score = sections.get("score")
    if score is None:
        return None
    empty = Node("", {})
    headline = next(iter(p.text for p in score.tags("p", "score")), "")
    evidence = [q.raw for name in ("gates", "answers") for q in sections.get(name, empty).tags("q")]
    return ScorecardSeen(
        gates=tuple(_gate(li) for li in sections.get("gates", empty).tags("li")),
        headline=headline,
        score=points_of(headline),
        notes=tuple(p.text for p in (*whole.tags("p", "lead"), *score.tags("p")) if "score" not in p.classes),
        strengths=tuple(li.text for li in sections.get("strengths", empty).tags("li")),
        doubts=tuple(li.text for li in sections.get("doubts", empty).tags("li")),
        answers=tuple(_answer(li) for li in sections.get("answers", empty).tags("li")),
        quotes=tuple(evidence),
    )


def points_of(headline: str) -> int | None:
    """72 of `72, from 5 of 6 answers`; None when it begins otherwise."""
    found = re.match(r"(\d{1,3})\b", headline)
    return int(found[1]) if found else None


def _answer(item: Node) -> AnswerSeen:
    paragraphs = [c for c in item.inside if isinstance(c, Node) and c.tag == "p"]
    question = next((p.text for p in paragraphs if "words" in p.classes), "")
    answer = " ".join(p.text for p in paragraphs if "said" in p.classes)
    verdict = (p.text for p in paragraphs if not {"words", "said", "asked"} & set(p.classes))
    told = tuple(line for line in verdict if line != NO_ANSWER and not line.startswith("Judged by"))
    return AnswerSeen(question, answer or NO_ANSWER, told, is_scored=bool(told) and " of 5" in told[0])


def _gate(item: Node) -> GateSeen:
    words = next((p.text for p in item.tags("p")), "")
    outcome = next((tag.text for tag in item.tags("span", "tag")), "")
    return GateSeen(words.removesuffix(outcome).strip(), outcome, tuple(q.raw for q in item.tags("q")))


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """One line of the feed; `interview` is the address of the interview it is about."""

    text: str
    interview: str


def alerts_of(html: str) -> tuple[AlertSeen, ...]:
    """The feed, oldest first."""
    lists = parse(html).tags("ul", "feed")
    items = [li for ul in lists for li in ul.tags("li")]
    return tuple(AlertSeen(_alert_text(li), _link(li)) for li in reversed(items))


def _alert_text(item: Node) -> str:
    return next(iter(p.raw.strip() for p in item.tags("p", "prewrap")), "")


def _link(item: Node) -> str:
    links = (a.attributes.get("href", "") for a in item.tags("a"))
    return next((href for href in links if "/interviews/" in href), "")


def interviews_of(html: str) -> dict[str, str]:
    """Candidate's name -> address of the interview, from the candidates' page."""
    links = parse(html).all(lambda n: n.tag == "a" and "/interviews/" in n.attributes.get("href", ""))
    return {a.text: a.attributes["href"] for a in links}
