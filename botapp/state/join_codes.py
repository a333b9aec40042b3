"""Join codes: the word on a poster that starts an interview by text. Unique in a workspace; old ones keep working."""

import re
import unicodedata
from datetime import datetime
from itertools import count

from sqlalchemy import insert, select

from botapp.state.tables import join_codes
from botapp.state.unit_of_work import UnitOfWork

LONGEST = 20
SHORTEST = 3
# Words a phone network or the front desk reads itself, and words that say nothing about a job.
_NO_CODES = frozenset(
    {
        *("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "START", "UNSTOP"),
        *("HELP", "INFO", "YES", "NO", "OK", "JOIN", "ARRET", "ALTO", "PARAR", "AYUDA", "HILFE", "AIDE"),
        *("THE", "AND", "FOR", "WITH", "FULL", "PART", "TIME", "FULLTIME", "PARTTIME"),
        *("SENIOR", "JUNIOR", "LEAD", "HEAD", "CHIEF", "TRAINEE"),
    }
)
WITHOUT_A_WORD = "JOB"


def word_of(title: str) -> str:
    """The word of a title that is easiest to type: the first that says something."""
    words = [code_shape(word) for word in re.split(r"[\s/,&()\-–—]+", title)]
    return next((word for word in words if len(word) >= SHORTEST and word not in _NO_CODES), WITHOUT_A_WORD)


def code_shape(typed: str) -> str:
    """Upper case letters and digits, accents folded: what any keypad can type."""
    plain = unicodedata.normalize("NFKD", typed).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]", "", plain.upper())[:LONGEST]


def claim(uow: UnitOfWork, *, workspace_id: str, interviewer_id: str, wanted: str, title: str, now: datetime) -> str:
    """The interviewer's code: the wanted word, else one of its title, with a number where it is taken.

    One that it has already is kept; a new one is added beside the old, which may be printed somewhere.
    """
    word = code_shape(wanted)
    if not word or word in _NO_CODES:
        word = word_of(title)
    taken = codes_of(uow, workspace_id)
    numbered = re.compile(rf"{re.escape(word)}\d{{0,3}}")
    held = [code for code, owner in taken.items() if owner == interviewer_id and numbered.fullmatch(code)]
    if held:
        return held[-1]
    code = next(c for c in (word if n == 1 else f"{word}{n}" for n in count(1)) if c not in taken)
    uow.connection.execute(
        insert(join_codes).values(workspace_id=workspace_id, code=code, interviewer_id=interviewer_id, created_at=now)
    )
    return code


def codes_of(uow: UnitOfWork, workspace_id: str) -> dict[str, str]:
    """Code to interviewer id, oldest first: every code of the workspace, those on old posters too."""
    query = (
        select(join_codes.c.code, join_codes.c.interviewer_id)
        .where(join_codes.c.workspace_id == workspace_id)
        .order_by(join_codes.c.created_at, join_codes.c.code)
    )
    return {row[0]: row[1] for row in uow.connection.execute(query)}


def code_of(uow: UnitOfWork, workspace_id: str, interviewer_id: str) -> str:
    """The interviewer's latest code, "" when it has none."""
    query = (
        select(join_codes.c.code)
        .where(join_codes.c.workspace_id == workspace_id, join_codes.c.interviewer_id == interviewer_id)
        .order_by(join_codes.c.created_at.desc(), join_codes.c.code.desc())
        .limit(1)
    )
    return uow.connection.execute(query).scalar_one_or_none() or ""
