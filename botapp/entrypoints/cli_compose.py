"""`botapp compose` and `botapp edit`: a draft from a file, and one message to a draft, printed and kept nowhere.

Guarantees: bad input is one clear line and code 2; a model that fails changes nothing and is code 1.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from botapp.clock import SystemClock
from botapp.compose import exchange
from botapp.compose.drafting import draft_from_template
from botapp.compose.lint import lint
from botapp.compose.revising import Talk, Turn
from botapp.compose.wording import draft_plain
from botapp.errors import BotappError
from botapp.llm import DraftRequest, DraftResult

if TYPE_CHECKING:
    from botapp.config import Settings
    from botapp.llm import Language

BAD_INPUT, FAILED = 2, 1
_HTML = (b"<!doctype html", b"<html")


class BadInput(Exception):
    """What was given can't be used. `str(error)` is one line."""


def run_compose(
    file: str,
    instruction: str,
    language: Callable[[], AbstractContextManager["Language"]],
    today: date | None,
    as_json: bool,
) -> int:
    """Draft from a file (- for standard input) and print it."""
    try:
        text = read_brief(file)
        with language() as engine:
            result = composed(text, instruction, engine, today or _today())
    except (BadInput, BotappError) as error:
        return _failed(error)
    click.echo(_json(published(result)) if as_json else _plain(result))
    return 0


def composed(text: str, instruction: str, language: "Language", today: date) -> DraftResult:
    """The draft of a text.

    Raises:
        BadInput: there is none, and why.
    """
    request = DraftRequest(text=text, instructions=instruction, today=today)
    result = draft_from_template(request) or language.draft_interviewer(request)
    if result.draft is None:
        raise BadInput(result.problem or "There is no role in this text.")
    return result


def run_edit(
    file: str, say: str, language: Callable[[], AbstractContextManager["Language"]], today: date | None, as_json: bool
) -> int:
    """Say one thing to a draft and print what became of it."""
    try:
        given = read_draft(file)
        if not say.strip():
            raise BadInput("--say is empty: say what to change.")
        with language() as engine:
            printed, failure = edited(given, say, engine, today or _today())
    except (BadInput, BotappError) as error:
        return _failed(error)
    if failure:
        click.echo(failure, err=True)
    click.echo(_dumped(printed) if as_json else printed["answer"])
    return FAILED if failure else 0


def edited(given: dict[str, Any], say: str, language: "Language", today: date) -> tuple[dict[str, Any], str]:
    """What is printed of the draft after a message, and why it failed ("": it did not).

    `given` is a draft, or {before, earlier}: a draft and what was said until it was so.

    Raises:
        BadInput: the draft can't be used.
    """
    is_row = isinstance(given.get("before"), dict)
    draft = given["before"] if is_row else given
    talk = _talk(draft, (given.get("earlier") or {}) if is_row else {}, language, today)
    before = exchange.publish(talk.draft).model_dump(mode="json", by_alias=True)
    turn, failure = _said(talk, say)
    printed = exchange.publish(
        turn.draft,
        notes=_kept_notes(draft) + lint_notes(turn.draft),
        operations=turn.operations,
        answer=turn.answer,
    )
    return exchange.like(printed.model_dump(mode="json", by_alias=True), draft, before), failure


def _said(talk: Talk, say: str) -> tuple[Turn, str]:
    try:
        return talk.say(say), ""
    except BotappError as error:
        failed = exchange.Operation(op="none", value={"reason": "failed"})
        return Turn(talk.draft, (failed,), f"{error} {_SAME}"), str(error)


_SAME = "Nothing was changed."


@contextmanager
def language_of(engine: str, settings: "Callable[[], Settings]") -> Iterator["Language"]:
    """The rules, or the model that the settings name; its connections are closed in the end.

    Raises:
        BadInput: no model is named.
    """
    if engine == "rules":
        from botapp.engines.rules import RulesLanguage

        yield RulesLanguage()
        return
    found = settings()
    if not found.llm_model:
        raise BadInput("--engine openai needs a model: set BOTAPP_LLM_MODEL.")
    from botapp.engines.openai import OPENAI_URL, ModelSettings, OpenAILanguage

    model = OpenAILanguage(
        ModelSettings(
            model=found.llm_model,
            base_url=found.llm_base_url or OPENAI_URL,
            api_key=found.llm_api_key.get_secret_value(),
            timeout_s=found.llm_timeout,
        )
    )
    try:
        yield model
    finally:
        model.close()


def print_schema() -> None:
    """The JSON Schema of what both print."""
    click.echo(json.dumps(exchange.schema(), indent=2, ensure_ascii=False))


# ---- reading -----------------------------------------------------------------------------------------------


def read_brief(file: str) -> str:
    """The words in a file: text, HTML, PDF or Word.

    Raises:
        BadInput: there is no such file, or no words in it.
    """
    raw = _bytes(file)
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise BadInput(f"{_named(file)} is empty.")
    if raw.lstrip()[:200].lower().startswith(_HTML) or file.lower().endswith((".html", ".htm")):
        return _page(raw, file)
    plain = _plain_text(raw)
    if plain is not None:
        return plain
    from botapp.pipeline.attachments import read_file

    found = read_file(raw, file)
    if not found.text.strip():
        raise BadInput(f"{_named(file)} can't be read. {found.problem}")
    return found.text


def _plain_text(raw: bytes) -> str | None:
    """As it is, when that is what it is."""
    if raw.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf")) or b"\x00" in raw:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if any(ord(c) < 32 and c not in "\t\n\r\f\v\x1b" for c in text[:4000]) else text


def _page(raw: bytes, file: str) -> str:
    from botapp.compose.posting import posting_text

    text = posting_text(raw.decode("utf-8", errors="replace"))
    if not text:
        raise BadInput(f"{_named(file)} has no job text that I can find. Paste the text itself.")
    return text


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    path = Path(file)
    if path.is_dir():
        raise BadInput(f"{file} is a folder, not a file.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"There is no file {file}.") from None
    except OSError as error:
        raise BadInput(f"{file} can't be opened: {error.strerror or error}.") from error


def _named(file: str) -> str:
    return "Standard input" if file == "-" else file


def read_draft(file: str) -> dict[str, Any]:
    """The JSON object in a file.

    Raises:
        BadInput: there is none.
    """
    try:
        found = json.loads(_bytes(file))
    except (ValueError, RecursionError):
        raise BadInput(f"{_named(file)} is not JSON. Give the draft that botapp compose --json printed.") from None
    if not isinstance(found, dict):
        raise BadInput(f"{_named(file)} is no interviewer: it must be a JSON object.")
    return found


def _talk(draft: dict[str, Any], earlier: dict[str, Any], language: "Language", today: date) -> Talk:
    """The conversation so far; it stands at `draft`."""
    try:
        now = exchange.read_interviewer(draft)
        talk = Talk(language, today, exchange.read_interviewer(earlier["before"]) if earlier else now)
    except exchange.NotAnInterviewer as error:
        raise BadInput(f"This draft can't be used: {' '.join(str(error).split())}.") from error
    for said in earlier.get("say") or ():
        talk.say(str(said))
    talk.draft = now
    return talk


# ---- printing ----------------------------------------------------------------------------------------------


def published(result: DraftResult) -> exchange.PublishedInterviewer:
    """The draft as it is printed, with all there is to say about it as notes."""
    assert result.draft is not None
    notes = [exchange.Note(kind="asks", text=text) for text in result.clarifying]
    assumed = []
    for text in result.assumed:
        if kind := _kind(text):
            notes.append(exchange.Note.model_validate({"kind": kind, "text": text}))
        else:
            assumed.append(text)
    return exchange.publish(result.draft, notes=(*notes, *lint_notes(result.draft)), assumed=tuple(assumed))


def _kind(text: str) -> str:
    """refused, left_out, or "" for what was only taken for granted."""
    if "may not be asked" in text or text.startswith("I can't ask about"):
        return "refused"
    return "left_out" if text.startswith(("I left", "The text is very long")) else ""


def lint_notes(draft: Any) -> tuple[exchange.Note, ...]:
    """What the checks find."""
    return tuple(
        exchange.Note(kind="refused" if finding.level == "refuse" else "lint", text=finding.plain)
        for finding in lint(draft)
    )


def _kept_notes(given: dict[str, Any]) -> tuple[exchange.Note, ...]:
    """What was asked and left out when it was drafted; what the checks find is found anew."""
    notes = exchange.PublishedInterviewer.model_validate(given).notes
    return tuple(note for note in notes if note.kind in ("asks", "left_out"))


def _json(model: exchange.PublishedInterviewer) -> str:
    return _dumped(model.model_dump(mode="json", by_alias=True, exclude={"operations", "answer"}))


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _plain(result: DraftResult) -> str:
    assert result.draft is not None
    said = published(result)
    notes = [*said.assumed, *(f"{note.kind.replace('_', ' ')}: {note.text}" for note in said.notes)]
    return "\n".join([draft_plain(result.draft), *(["", *notes] if notes else [])])


def _failed(error: Exception) -> int:
    click.echo(" ".join(str(error).split()), err=True)
    return BAD_INPUT if isinstance(error, BadInput) else FAILED


def _today() -> date:
    return SystemClock().now().date()
