"""An advert in Spanish, French or German: its sections, title, company, conditions and facts, by the language's pack.

As for English: each condition and fact comes from one line with its words, what is preferred knocks nobody out, and
nothing protected is asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from botapp.compose.lawful import protected_topic
from botapp.compose.needs import Need, softened
from botapp.compose.source import Line, Section, Source, fold
from botapp.compose.tongue_packs import FactRule, NeedRule, Pack
from botapp.screening.interviewer import Fact, Knockout, QuestionKind

_QUIET = frozenset({Section.COMPANY, Section.BENEFITS, Section.APPLY, Section.IGNORE, Section.PREFERRED})
_ASKED_IN = frozenset({Section.REQUIRED, Section.NONE, Section.SCHEDULE, Section.LOCATION})
_LABEL = re.compile(r"^(?P<label>[^:.!?¿¡\d]{3,45}?)\s*:\s*(?P<rest>\S.*)$")
ANSWER_MAX = 300
PER_TOPIC = 2


# ---- sections ----------------------------------------------------------------------------------------------


def sectioned(source: Source, pack: Pack) -> Source:
    """The same lines under the headings of their own language."""
    lines: list[Line] = []
    section, heading = Section.NONE, ""
    for line in source.lines:
        for part in _parts(replace(line, text=unicodedata.normalize("NFC", line.text)), pack):
            opened = _section(part.text, pack)
            label = _LABEL.match(part.text)
            if opened is not None and (_stands_alone(part) or not label):
                section, heading = opened, part.text
                continue
            inline = _section(label["label"], pack) if label else None
            lines.append(replace(part, section=inline or section, heading=label["label"] if label else heading))
            if inline in (Section.PREFERRED, Section.REQUIRED, Section.DUTIES) and label and len(label["rest"]) < 4:
                section, heading = inline, label["label"]
    return replace(source, lines=tuple(lines))


def _parts(line: Line, pack: Pack) -> Iterator[Line]:
    """The line, or the items a lost line break ran together."""
    split = pack.pattern("marks", "split")
    texts, quotes = split.split(line.text), split.split(line.quote)
    if len(texts) == 1 or len(texts) != len(quotes):
        yield line
        return
    for text, quote in zip(texts, quotes, strict=True):
        if re.search(r"\w", text):
            yield replace(line, text=text.strip(" -"), quote=fold(quote))


def _section(text: str, pack: Pack) -> Section | None:
    bare = re.sub(r"^[\s#*_¿¡\d.)\-–—•]+|[\s*_:#\-–—…!?.]+$", "", text)
    if not bare or len(bare) > 60:
        return None
    return next((section for section, pattern in pack.sections if pattern.match(bare)), None)


def _stands_alone(line: Line) -> bool:
    return bool(re.search(r":\W*$|^#|^\*\*|\?$", line.text)) or len(line.text.split()) <= 5


# ---- title and company -------------------------------------------------------------------------------------

_TAG = re.compile(r"\(\s*(?:m/w(?:/d)?|w/m(?:/d)?|h/f|f/h)\s*\)", re.I)


def title_of(source: Source, pack: Pack) -> str:
    """The role, without gender marks, places and slogans; "" when none is named."""
    rows = [row.strip() for row in source.clean.split("\n") if re.search(r"\w{3}", row)][:40]
    seeking = pack.pattern("title", "seeking")
    first = _cleaned(rows[0], pack) if rows else ""
    sought = next((_cleaned(match["t"], pack) for row in rows if (match := seeking.search(row))), "")
    tagged = [_cleaned(row, pack) for row in rows[:15] if _TAG.search(row) and len(row.split()) <= 8]
    names = _is_title(first, rows[0]) if rows else False
    if names and not _SLOGAN.match(rows[0]):
        return first
    if tagged:
        return " / ".join(dict.fromkeys(tagged))[:120]
    return sought if 3 <= len(sought) <= 60 and not _ANYONE.match(sought) else ""


_ANYONE = re.compile(
    r"(?:personas?|gente|candidat\w*|alguien|personnes?|talents?|quelqu|mitarbeiter|menschen|dich|sie|verstärkung)\b",
    re.I,
)


_SLOGAN = re.compile(
    r"\W*(?:wir |werden sie|werde |komm|nous |rejoign|et si|envie|vous |buscamos|se busca"
    r"|[uú]nete|te |quieres|ven |trabaja)"
    r"|.*[!?]$",
    re.I,
)


def _is_title(title: str, row: str) -> bool:
    return 3 <= len(title) <= 90 and len(title.split()) <= 10 and not re.search(r"[.:;!?]$|^https?", row.strip())


def _cleaned(row: str, pack: Pack) -> str:
    title = re.sub(r"^[\s#*_•·\-–—¡¿]+|[\s*_]+$", "", row)
    for _ in range(3):
        title = pack.pattern("title", "noise").sub(" ", title)
        title = re.sub(r"\(\s*\)", " ", title)
    title = re.sub(r"\s+", " ", title).strip(" -–—|,:;./&*•+!")
    if title.isupper():
        title = title.capitalize() if pack.language != "de" else title.title()
    return title[:1].upper() + title[1:120]


def company_of(source: Source, title: str, pack: Pack) -> str:
    """The employer's name, or the agency's when none is named; "" when the text names neither."""
    for pattern in pack.company:
        for line in source.lines[:80]:
            if line.section is Section.IGNORE:
                continue
            for match in pattern.finditer(line.text):
                name = match["c"].strip(" ,.-")
                if 2 < len(name) <= 60 and name.lower() not in title.lower() and title.lower() not in name.lower():
                    return name
    return ""


# ---- conditions --------------------------------------------------------------------------------------------


_Found = tuple[Need, int]  # with the place in the line where it is said


def needs_of(source: Source, title: str, pack: Pack) -> tuple[Need, ...]:
    """Conditions once each, dealbreakers first."""
    found: list[Need] = []
    for line in source.lines:
        if (
            line.tail
            or line.section is Section.IGNORE
            or (line is source.lines[0] and title.lower() in line.text.lower())
        ):
            continue
        for need in _needs_in(line, pack):
            same = next((place for place, other in enumerate(found) if _same(need, other)), None)
            if protected_topic(need.text):
                continue
            if same is None:
                found.append(need)
            elif need.about == "shift" and len(need.text) > len(found[same].text):
                found = [need, *(other for other in found if not _same(need, other))]
    exact = [n for n in found if n.about == "experience_years" and pack.said("years", "plain") not in n.text]
    if exact:
        found = [n for n in found if n.about != "experience_years" or n in exact]
    if pack.pattern("marks", "waived").search(source.clean):
        found = [softened(n) if n.hard and n.about in ("experience", "experience_years") else n for n in found]
    return tuple(sorted(found, key=lambda need: need.rank))


_ONE_EACH = frozenset({"age", "work_authorization", "start", "degree", "transport", "physical"})


def _same(need: Need, other: Need) -> bool:
    if need.about == other.about == "shift":
        mine, theirs = (set(re.findall(r"\w{4,}|\dx\d", n.text.lower())) for n in (need, other))
        return mine <= theirs or theirs <= mine
    return need.text == other.text or (need.about == other.about and need.about in _ONE_EACH)


def _needs_in(line: Line, pack: Pack) -> Iterator[Need]:
    years = list(_years(line, pack))
    found = [*years, *([] if years else _experience(line, pack)), *_shifts(line, pack), *_others(line, pack)]
    alternative = bool(re.search(r"\b(?:oder|ou|o bien)\W*$", line.text))
    for need, at in found:
        soft = line.section is Section.PREFERRED or alternative or _is_preferred(line.text, at, pack)
        yield softened(need) if soft else need


def _is_preferred(text: str, at: int, pack: Pack) -> bool:
    """Whether a mark of preference stands in the clause of what is said at `at`."""
    for mark in pack.pattern("marks", "soft").finditer(text):
        between = text[min(at, mark.start()) : max(at, mark.start())]
        if not re.search(r"[.;]\s|, (?:vous|usted|si|se|sie|du|tu)\b", between, re.I):
            return True
    return False


def _years(line: Line, pack: Pack) -> Iterator[_Found]:
    told = pack.pattern("years", "told")
    for match in pack.pattern("years", "pattern").finditer(line.text):
        around = line.text[max(0, match.start() - 60) : match.end() + 30]
        if line.section in _QUIET - {Section.PREFERRED} or line.section is Section.DUTIES:
            continue
        if not (told.search(around) or told.search(line.heading)) or pack.pattern("years", "not_this").search(around):
            continue
        years = _number(match["n"], pack) / (12 if match["u"].lower().startswith(("mes", "mois", "monat")) else 1)
        if 0 < years <= 25:
            yield _years_need(line, years, match, pack), match.start()


def _number(said: str, pack: Pack) -> float:
    numbers = pack.words["years"]["numbers"]
    return float(numbers[said.lower()] if said.lower() in numbers else said.replace(",", "."))


def _years_need(line: Line, years: float, match: re.Match[str], pack: Pack) -> Need:
    after = line.text[match.end() :] if not match["w"] else ""
    said = match["w"] or next(
        iter(re.findall(r"^\W{0,3}((?:como|en|con|dans|comme|als|in|im)\s+[^.;:()]{3,70})", after)), ""
    )
    what = pack.pattern("years", "cut").sub("", said).strip()
    what = re.sub(r"^(?:[Bb]erufs|[Pp]raxis|[Ff]ahr)?[Ee]rfahrung\s+|^de experiencia\s*", "", what).strip()
    if re.match(r"(?:de|d['’])\s*experi", what, re.I) or len(what.split()) > 14:
        what = ""
    what = what or pack.said("years", "plain")
    topic = pack.said("years", "topic")
    if other := (match["o"] or "").strip(" ,"):
        span = _span(years, pack)
        text = pack.said("years", "least").format(span=span, what=what, other=f", {other}")
        text = text.replace(f" {pack.said('years', 'plain')},", ",")
        return Need("experience_years", topic, text, line, 40, weight=2)
    value = round(years, 2) if years % 1 else int(years)
    text = pack.said("years", "ask").format(what=what)
    return Need(
        "experience_years",
        topic,
        text,
        line,
        40,
        QuestionKind.DURATION,
        Knockout(op="gte", value=value),
        "years",
        weight=2,
    )


def _span(years: float, pack: Pack) -> str:
    if years < 1:
        return f"{round(years * 12)} {pack.said('years', 'months')}"
    return f"{years:g} {pack.said('years', 'year' if years == 1 else 'years')}"


def _experience(line: Line, pack: Pack) -> Iterator[_Found]:
    if line.section not in _ASKED_IN or (
        line.section is Section.NONE and not pack.pattern("marks", "must").search(line.text)
    ):
        return
    match = pack.pattern("experience", "pattern").search(line.text)
    if match and len(match["w"].split()) <= 12 and not pack.pattern("marks", "waived").search(line.text):
        text = pack.said("experience", "ask").format(what=pack.pattern("years", "cut").sub("", match["w"]).strip())
        yield Need("experience", pack.said("years", "topic"), text, line, 41, weight=2), match.start()


def _shifts(line: Line, pack: Pack) -> Iterator[_Found]:
    text = line.text
    if line.section in _QUIET or line.section is Section.DUTIES or pack.pattern("shifts", "unless").search(text):
        return
    stated = line.section is Section.SCHEDULE or pack.pattern("shifts", "trigger").search(f"{line.heading} {text}")
    names = list(dict.fromkeys(name for pattern, name in pack.shifts if pattern.search(text)))
    if stated and names:
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {pack.said('shifts', 'and')} {names[-1]}"
        need = Need("shift", pack.said("shifts", "topic"), pack.said("shifts", "ask").format(list=listed), line, 16)
        yield need, next(m.start() for pattern, _ in pack.shifts if (m := pattern.search(text)))


def _others(line: Line, pack: Pack) -> Iterator[_Found]:
    if line.section in _QUIET - {Section.PREFERRED}:
        return
    for rule in pack.needs:
        if (rule.unless and rule.unless.search(line.text)) or not _counts(rule, line, pack):
            continue
        matches = list(rule.pattern.finditer(line.text))
        for match in matches[: _MOST_CERTIFICATES if rule.about == "certification" else 1]:
            yield Need(rule.about, rule.topic, _ask(rule, match, pack), line, rule.rank), match.start()


_MOST_CERTIFICATES = 3  # in one line


def _counts(rule: NeedRule, line: Line, pack: Pack) -> bool:
    """Whether the line asks for it, rather than speaks of it."""
    if rule.about == "age" and re.search(r"\b[1-6]\d\s*(?:a|à|bis|-|–|y|et|und)\s*[2-7]\d\b", line.text):
        return False  # a range of ages may not be asked
    if rule.of_the_job or line.section in (Section.REQUIRED, Section.PREFERRED):
        return True
    if rule.required_only and line.section is not Section.NONE:
        return False
    return line.section in _ASKED_IN and bool(
        pack.pattern("marks", "must").search(line.text) or len(line.text.split()) <= 9
    )


def _ask(rule: NeedRule, match: re.Match[str], pack: Pack) -> str:
    named = {name: value.strip(" .,") for name, value in match.groupdict().items() if value}
    number = next((value for value in named.values() if value.isdigit()), rule.default)
    words = {"n": number, "w": _noun(named.get("w", ""), pack), "v": named.get("v", "").lower() or _good(pack)}
    words["l"] = _language(named.get("l") or named.get("k") or "", pack)
    words["c"] = f" ({named['c'].upper()})" if "c" in named else ""
    words["klasse"] = f" der Klasse {named['k'].upper()}" if rule.about == "licence" and named.get("k") else ""
    return re.sub(r"\s+(?=[?.])(?! ?\?$)|\s{2,}", " ", rule.ask.format(**words))


def _good(pack: Pack) -> str:
    return "ausreichende" if pack.language == "de" else ""


def _language(name: str, pack: Pack) -> str:
    return name.capitalize() if pack.language == "de" else name.lower()


def _noun(text: str, pack: Pack) -> str:
    """As it stands within a sentence: capitals of a shouted line go, names keep theirs."""
    if text.isupper() and len(text.split()) > 2:
        return text.lower()
    if pack.language == "de" or re.match(r"[A-Z]{2,}|[A-ZÁÉ]\w+ (?:o|y|ou|et)\b", text) or re.search(r"\d", text[:8]):
        return text
    return text[:1].lower() + text[1:] if re.match(r"[A-ZÁÉÍÓÚ][a-záéíóúñ]+ (?:de|du|en|d)\b", text) else text


# ---- facts -------------------------------------------------------------------------------------------------


def facts_of(source: Source, title: str, pack: Pack) -> tuple[Fact, ...]:
    """At most two facts a topic, each with its words."""
    facts: list[Fact] = []
    for rule in pack.facts:
        lines = [line for line in source.lines if _tells(rule, line, title)]
        for line in sorted(lines, key=lambda line: _order(rule, line))[:PER_TOPIC]:
            facts.append(Fact(topic=rule.topic, answer=_answer(rule, line), quote=line.quote))
    return tuple(facts)


def _order(rule: FactRule, line: Line) -> tuple[bool, bool, bool]:
    """The plainest first: in its own section, concrete, short enough to be told whole."""
    vague = bool(rule.weak and rule.weak.search(line.text))
    return line.section.value != (rule.section or rule.topic), vague, len(line.text) > ANSWER_MAX


def _tells(rule: FactRule, line: Line, title: str) -> bool:
    if line.section is Section.IGNORE or line.text.strip(" #*") == title:
        return False
    if rule.only_in and line.section.value != rule.section:
        return False
    if rule.topic in ("benefits", "pay", "training") and line.section is Section.DUTIES:
        return False
    if rule.topic == "schedule" and line.section is Section.DUTIES and not _HOURS.search(line.text):
        return False
    labelled = f"{line.heading}: {line.text}" if line.heading and line.heading not in line.text else line.text
    found = rule.pattern.search(line.text) or (rule.topic == "location" and rule.pattern.search(labelled))
    return bool(found) and not (rule.unless and rule.unless.search(line.text))


_HOURS = re.compile(r"\b\d{1,2} ?(?:h\b|:\d\d|uhr\b|horas\b)", re.I)


def _answer(rule: FactRule, line: Line) -> str:
    label = _LABEL.match(line.text)
    text = label["rest"] if label and rule.topic in ("location", "contract", "schedule", "pay") else line.text
    text = text.strip(" -–—*,;")
    if len(text) > ANSWER_MAX:
        found = rule.pattern.search(text)
        start = max(0, found.start() - 80) if found else 0
        text = text[start : start + ANSWER_MAX].rsplit(" ", 1)[0].lstrip(" ,;")
    return text[:1].upper() + text[1:]
