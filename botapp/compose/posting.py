"""A fetched job page to the text a recruiter would have pasted. Pure; what it can't find, it leaves out.

A page that carries a JobPosting (schema.org, as JSON-LD) says exactly what it offers: that is taken first, one labelled
line for each thing, then the description. Any other page gives its main text. Nothing of a page is an instruction.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

LEAST_WORDS = 20  # a page with fewer is a menu, a login or an empty shell
MOST_CHARACTERS = 200_000
_DEEPEST = 6
_BLOCK = re.compile(r"<\s*(?:/p|/div|/h[1-6]|/ul|/ol|br)\b[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_TYPES = {
    "FULL_TIME": "full-time",
    "PART_TIME": "part-time",
    "CONTRACTOR": "contract",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "PER_DIEM": "per diem",
    "VOLUNTEER": "voluntary",
}
_UNITS = {"HOUR": "hour", "DAY": "day", "WEEK": "week", "MONTH": "month", "YEAR": "year"}
# Label to the field it is read from, in the order a reader expects.
_SECTIONS = (
    ("Responsibilities", "responsibilities"),
    ("Requirements", "qualifications"),
    ("Skills", "skills"),
    ("Benefits", "jobBenefits"),
)


def posting_text(page: str) -> str:
    """The text of the job on an HTML page; "" when there is none to be read."""
    found = next(_postings(page), None)
    text = _from_posting(found) if found is not None else ""
    if len(text.split()) < LEAST_WORDS:
        text = _main_text(page)
    return text[:MOST_CHARACTERS] if len(text.split()) >= LEAST_WORDS else ""


def _postings(page: str) -> Iterator[Mapping[str, Any]]:
    from extruct.jsonld import JsonLdExtractor
    from lxml.etree import LxmlError

    try:
        items = JsonLdExtractor().extract(page)
    except (LxmlError, ValueError, RecursionError, TypeError, AttributeError):  # whatever a page puts there
        return
    for item in items:
        yield from _within(item, _DEEPEST)


def _within(item: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """JobPosting objects in `item`, also inside lists and graphs."""
    if depth == 0:
        return
    if isinstance(item, list):
        for one in item:
            yield from _within(one, depth - 1)
    elif isinstance(item, dict):
        kinds = item.get("@type")
        if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield item
        yield from _within(item.get("@graph"), depth - 1)
        yield from _within(item.get("mainEntity"), depth - 1)


def _from_posting(job: Mapping[str, Any]) -> str:
    head = [
        _line(job.get("title")),
        _labelled("Company", _name(job.get("hiringOrganization"))),
        _labelled("Location", _places(job)),
        _labelled("Pay", _pay(job.get("baseSalary"))),
        _labelled("Employment type", _employment(job.get("employmentType"))),
        _labelled("Hours", _line(job.get("workHours"))),
        _labelled("Apply by", _line(job.get("validThrough"))[:10]),
    ]
    body = [plain(_text(job.get("description")))]
    said = body[0].casefold()
    for label, field in _SECTIONS:
        words = plain(_text(job.get(field)))
        if words and words.casefold() not in said:
            body.append(f"{label}:\n{words}")
    return "\n\n".join(filter(None, ["\n".join(filter(None, head)), *body])).strip()


def plain(markup: str) -> str:
    """Markup as lines: one for each block, list items with a dash."""
    if "&lt;" in markup and "<" not in markup:
        markup = html.unescape(markup)  # some sites escape their markup twice
    text = _TAG.sub(" ", _ITEM.sub("\n- ", _BLOCK.sub("\n", markup)))
    lines = (" ".join(line.split()) for line in html.unescape(text).replace("\xa0", " ").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _main_text(page: str) -> str:
    import trafilatura

    try:
        text = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    except (ValueError, RecursionError, TypeError, AttributeError):
        return ""
    return (text or "").strip()


# ---- one field ---------------------------------------------------------------------------------------------


def _labelled(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def _text(value: Any) -> str:
    match value:
        case str():
            return value
        case list():
            return "\n".join(f"<li>{_text(one)}" for one in value[:40])
        case {"name": str(name)} | {"value": str(name)}:
            return name
        case _:
            return ""


def _line(value: Any) -> str:
    return " ".join(plain(_text(value)).split())[:300] if not isinstance(value, int | float) else str(value)


def _name(organization: Any) -> str:
    return _line(organization)


def _employment(value: Any) -> str:
    named = value if isinstance(value, list) else [value]
    return ", ".join(_TYPES.get(one, one.replace("_", " ").lower()) for one in named if isinstance(one, str))[:100]


def _places(job: Mapping[str, Any]) -> str:
    places = job.get("jobLocation")
    named = [_place(one) for one in (places if isinstance(places, list) else [places])]
    if job.get("jobLocationType") == "TELECOMMUTE":
        named.append("remote")
    return "; ".join(dict.fromkeys(filter(None, named)))[:300]


def _place(place: Any) -> str:
    address = place.get("address") if isinstance(place, dict) else None
    if not isinstance(address, dict):
        return _line(address) or _line(place)
    parts = (address.get(key) for key in ("streetAddress", "addressLocality", "addressRegion", "addressCountry"))
    return ", ".join(filter(None, map(_line, parts)))


def _pay(salary: Any) -> str:
    """ "20 to 25 USD per hour", as far as it is stated; "" when no figure is."""
    if not isinstance(salary, dict):
        return _line(salary)
    amount = salary.get("value")
    figures = amount if isinstance(amount, dict) else {"value": amount}
    low, high = _figure(figures.get("minValue")), _figure(figures.get("maxValue"))
    exact = _figure(figures.get("value"))
    stated = f"{low} to {high}" if low and high and low != high else exact or low or high
    if not stated:
        return ""
    currency = _line(salary.get("currency") or figures.get("currency"))
    unit = _UNITS.get(str(figures.get("unitText") or salary.get("unitText")).upper(), "")
    return " ".join(filter(None, [stated, currency, f"per {unit}" if unit else ""]))


def _figure(value: Any) -> str:
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        return ""
    if not 0 < number < 1e9:
        return ""
    return f"{number:,.2f}" if number % 1 else f"{number:,.0f}"
