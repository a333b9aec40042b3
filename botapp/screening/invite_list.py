"""A list of people to invite by text, from a CSV file as spreadsheets write them. Pure.

Guarantees: every row that comes out has a name, a number that can be texted, and how and when the person agreed; every
row that does not is named with its line and one sentence. Nothing in it is ever a formula. A file that can't be read
as a whole raises BadPayload, and then nothing of it is used.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from botapp.errors import BadPayload
from botapp.screening.contact import clean_name, is_email
from botapp.screening.phone import read_phone

MAX_ROWS = 5_000
MAX_BYTES = 4_000_000
_HOW_MAX = 200

_HEADERS = {
    "name": "name, full name, candidate, candidate name, applicant, contact name, nombre, nombre completo, nom, "
    "nom complet, vollstandiger name",
    "first": "first name, firstname, given name, forename, primer nombre, prenom, vorname",
    "last": "last name, lastname, surname, family name, apellido, apellidos, nom de famille, nachname",
    "phone": "phone, phone number, mobile, mobile number, mobile phone, cell, cell phone, cell number, cellphone, tel, "
    "telephone, telephone number, number, telefono, celular, movil, portable, numero, telefon, telefonnummer, handy, "
    "handynummer, mobil, rufnummer",
    "email": "email, e mail, mail, email address, e mail address, correo, correo electronico, courriel, adresse email",
    "how": "consent, consent source, source of consent, consent by, consent how, how, how agreed, how they agreed, "
    "how did they agree, opt in, opt in source, optin source, consentimiento, consentement, einwilligung",
    "when": "consent time, time of consent, consent date, date of consent, consent at, consent given at, consented at, "
    "agreed at, agreed on, when, when agreed, time, given at, opt in date, opt in time, opt in timestamp, "
    "consent timestamp",
}
_MEANS = {header: field for field, headers in _HEADERS.items() for header in headers.split(", ")}
_NO_HOW = "does not say how they agreed to texts (column “consent source”)."
_NO_WHEN = "does not say when they agreed to texts (column “consent time”)."
_FORMULA = re.compile(r"^[=@\t\r]|^[+\-](?!\d|\s*$)|^[+\-][\d.\s]*[^\d.\s()\-]")
_AS_TEXT = re.compile(r'^="([^"]*)"$')  # how a spreadsheet is told to keep a number as it is
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "null", "?", "unknown", "tbd", "."})
_NO_SOURCE = frozenset(
    {"yes", "y", "true", "1", "x", "ok", "consented", "no", "n", "false", "0"}
)  # not how they agreed

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SLASHES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3})[a-z]*\.?,? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})", re.IGNORECASE)
_CLOCK = re.compile(
    r"[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class InviteRow:
    """One person. `line` is the line of the file, the header being 1. `how` and `given_at` are their consent."""

    line: int
    name: str
    phone: str
    email: str
    how: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class InviteList:
    """`problems`: (line, sentence) of every row left out, in the order of the file."""

    rows: tuple[InviteRow, ...]
    problems: tuple[tuple[int, str], ...]


def read_invite_list(content: bytes, region: str, today: date) -> InviteList:
    """The rows that can be invited, and why the others can't.

    Raises:
        BadPayload: it is no such file, has no column of phone numbers, or more than 5,000 rows.
    """
    lines = _lines(_text(content))
    header = next(lines, None)
    if header is None:
        raise BadPayload("This file is empty.")
    columns = _columns(header[1])
    body = list(lines)
    if len(body) > MAX_ROWS:
        raise BadPayload(
            f"This file has {len(body):,} rows. Up to {MAX_ROWS:,} can be invited at once; please split it."
        )
    rows, problems, seen = [], [], dict[str, int]()
    for line, cells in body:
        try:
            row = _row(line, _by_column(cells, columns), region, today)
            if row.phone in seen:
                raise BadPayload(f"has the same number as line {seen[row.phone]}.")
        except BadPayload as error:
            problems.append((line, f"Line {line} {error}"))
            continue
        seen[row.phone] = line
        rows.append(row)
    return InviteList(tuple(rows), tuple(problems))


# ---- the file --------------------------------------------------------------------------------------------


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise BadPayload("This file is too large to be a list of people. Up to 4 MB can be read.")
    if content.startswith(b"PK\x03\x04"):
        raise BadPayload("This is a spreadsheet, not a CSV file. Please save it as CSV first.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what older spreadsheets write
    if "\x00" in text:
        raise BadPayload("This is not a CSV file.")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of every row that has any; the first is the header."""
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    skipped = 1 if told else 0
    text = text[told.end() :] if told else text
    first = text.lstrip().partition("\n")[0]
    delimiter = told[1] if told else max(",;\t|", key=first.count)
    lines = re.split(r"\r\n|\r|\n", text)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1 + skipped, cells
            before = reader.line_num
    except csv.Error as error:
        raise BadPayload(f"Line {before + 1 + skipped} can't be read: its quotes don't match.") from error


def _columns(header: Sequence[str]) -> list[str]:
    """What each column means; "" for one that is of no use here."""
    columns = [_MEANS.get(_plain(cell), "") for cell in header]
    for field in set(columns) - {""}:
        if columns.count(field) > 1:
            raise BadPayload(f"Two columns of this file mean the same: {_both(header, columns, field)}.")
    if "phone" not in columns:
        raise BadPayload(
            "This file has no column “phone”. Its first line must name the columns: "
            "name, phone, email, consent source, consent time."
        )
    return columns


def _both(header: Sequence[str], columns: Sequence[str], field: str) -> str:
    return " and ".join(f"“{cell.strip()[:40]}”" for cell, means in zip(header, columns, strict=True) if means == field)


def _plain(cell: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKD", cell.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def _by_column(cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise BadPayload("has more values than the header has columns. A value with a comma in it needs quotes.")
    values = {field: _clean(cell) for field, cell in zip(columns, cells, strict=False) if field}
    return {
        field: "" if field not in ("name", "first", "last") and value.strip().casefold() in _NOTHING else value
        for field, value in values.items()
    }


def _clean(cell: str) -> str:
    as_text = _AS_TEXT.match(cell.strip())
    text = as_text[1] if as_text else cell.strip(" \xa0\n")
    return "".join(c for c in text if c.isprintable() or c in "\t\r\n")


# ---- one row ---------------------------------------------------------------------------------------------


def _row(line: int, cells: Mapping[str, str], region: str, today: date) -> InviteRow:
    for field, value in cells.items():
        if field != "phone" and _FORMULA.match(value):
            raise BadPayload("has a value that a spreadsheet would run as a formula.")
    name = cells.get("name", "") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
    if not name:
        raise BadPayload("has no name.")
    phone = _phone(cells.get("phone", ""), region)
    email = cells.get("email", "").strip().lower()
    if email and not is_email(email):
        raise BadPayload("has something in the e-mail column that is no e-mail address.")
    how = " ".join(cells.get("how", "").split())
    if not how or how.casefold() in _NO_SOURCE:
        raise BadPayload(_NO_HOW)
    given_at = _given_at(cells.get("when", "").strip(), region, today)
    return InviteRow(line, _name(name), phone, email, how[:_HOW_MAX], given_at)


def _name(name: str) -> str:
    try:
        return clean_name(" ".join(name.split()))
    except BadPayload as error:
        raise BadPayload("has no name a person could have.") from error


def _phone(typed: str, region: str) -> str:
    if not typed:
        raise BadPayload("has no phone number.")
    if re.fullmatch(r"\d+[.,]\d+E\+?\d+", typed.strip(), re.IGNORECASE):
        raise BadPayload("has a number the spreadsheet has shortened. Please format that column as text.")
    try:
        return read_phone(re.sub(r"^(\d{7,15})\.0$", r"\1", typed.strip()), region).e164
    except BadPayload as error:
        raise BadPayload(f"has no number we can text. {error}") from error


def _given_at(typed: str, region: str, today: date) -> datetime:
    """When they agreed, in UTC; a day without a time is its first moment."""
    if not typed:
        raise BadPayload(_NO_WHEN)
    read = _moment(typed, region)
    if read is None:
        raise BadPayload(f"has a consent time that can't be read: “{typed[:30]}”. For example: {today.isoformat()}.")
    if read.date() > today + timedelta(days=1):  # it may be tomorrow already where the file was written
        raise BadPayload("has a consent time in the future.")
    if read.year < 2000:
        raise BadPayload("has a consent time that can't be right.")
    return read


def _moment(typed: str, region: str) -> datetime | None:
    day, rest = _day(typed, region)
    clock = _CLOCK.fullmatch(rest) if rest else None
    if day is None or (rest and clock is None):
        return None
    try:
        at = datetime(*day, tzinfo=UTC)
        return _at_clock(at, clock) if clock else at
    except (ValueError, OverflowError):
        return None


def _day(typed: str, region: str) -> tuple[tuple[int, int, int] | None, str]:
    """(year, month, day) and what follows it."""
    if found := _ISO.match(typed):
        return (int(found[1]), int(found[2]), int(found[3])), typed[found.end() :]
    if found := _SLASHES.match(typed):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        month_first = region == "US" and found[2] != "."
        if (first > 12) != (second > 12):  # only one way to read it
            month_first = second > 12
        month, day = (first, second) if month_first else (second, first)
        return (year, month, day), typed[found.end() :]
    if (found := _NAMED.match(typed)) and found[2].lower() in _MONTHS and bool(found[1]) != bool(found[3]):
        month = _MONTHS.index(found[2].lower()) + 1
        return (int(found[4]), month, int(found[1] or found[3])), typed[found.end() :]
    return None, ""


def _at_clock(day: datetime, clock: re.Match[str]) -> datetime:
    hour, half = int(clock[1]), (clock[4] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half == "p" else 0)
    at = day.replace(hour=hour, minute=int(clock[2]), second=int(clock[3] or 0))
    offset = (clock[5] or "Z").upper()
    if offset in ("Z", "UTC"):
        return at
    away = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return at + away if offset[0] == "-" else at - away
