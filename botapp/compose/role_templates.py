"""Our role templates: what is usually asked for a role, found by any everyday name of it. Files in `templates/`.

Guarantees: reading is lazy (the names of all roles cost a few milliseconds, once; a whole template only when used); no
template knocks anybody out or states pay, place or hours: its usual must-haves are questions to confirm.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from botapp.compose.instructions import Stop
from botapp.screening.interviewer import FollowUps, Origin, Provenance, Question, QuestionKind, Rubric, StageKind

_FROM_TEMPLATE = Provenance(origin=Origin.TEMPLATE)
_ONET = "onet_titles.toml"


@dataclass(frozen=True, slots=True)
class Role:
    """A role by its names: `title` is ours, `also` what people call it, `official` the occupation titles of O*NET."""

    id: str
    title: str
    also: tuple[str, ...]
    official: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.title, *self.also, *self.official)


@dataclass(frozen=True, slots=True)
class RoleTemplate:
    """`usual_musts`: topics of typed questions that are often a must-have; `lawful_musts`: of those the law asks for.

    `criteria`: what a resume is read for. `ask`: what the recruiter is asked for, because no template can know it.
    """

    role: Role
    stages: tuple[Stop, ...]
    typed: tuple[Question, ...]
    open: tuple[Question, ...]
    criteria: tuple[str, ...]
    ask: tuple[str, ...]
    usual_musts: tuple[str, ...]
    lawful_musts: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.role.title


def _folder() -> Traversable:
    return resources.files("botapp.compose") / "templates"


@cache
def roles() -> tuple[Role, ...]:
    """Every role, by title."""
    official = tomllib.loads((_folder() / _ONET).read_text(encoding="utf-8"))["titles"]
    found = []
    for file in _folder().iterdir():
        if file.name.endswith(".toml") and file.name != _ONET:
            head = tomllib.loads(file.read_text(encoding="utf-8").split("\n\n", 1)[0])
            titles = [title for code in head["onet"] for title in official.get(code, ())]
            found.append(Role(file.name[:-5], head["title"], tuple(head["also"]), tuple(titles)))
    return tuple(sorted(found, key=lambda role: role.title.lower()))


@cache
def load_template(role_id: str) -> RoleTemplate:
    """The whole template of a role.

    Raises:
        KeyError: there is no such role.
    """
    role = next((role for role in roles() if role.id == role_id), None)
    if role is None:
        raise KeyError(role_id)
    data = tomllib.loads((_folder() / f"{role_id}.toml").read_text(encoding="utf-8"))
    return RoleTemplate(
        role=role,
        stages=tuple(Stop(StageKind(kind)) for kind in data["stages"]),
        typed=tuple(_typed(entry) for entry in data["typed"]),
        open=tuple(_open(entry) for entry in data["open"]),
        criteria=tuple(data.get("criteria", ())),
        ask=tuple(data["ask"]),
        usual_musts=tuple(entry["topic"] for entry in data["typed"] if entry.get("must") == "often"),
        lawful_musts=tuple(entry["topic"] for entry in data["typed"] if entry.get("must") == "by law"),
    )


def _typed(entry: dict[str, Any]) -> Question:
    return Question(
        id="q",
        kind=QuestionKind(entry["kind"]),
        text=entry["text"],
        topic=entry["topic"],
        options=tuple(entry.get("options", ())),
        multiple=entry.get("multiple", False),
        unit=entry.get("unit", ""),
        provenance=_FROM_TEMPLATE,
    )


def _open(entry: dict[str, Any]) -> Question:
    return Question(
        id="q",
        kind=QuestionKind.OPEN,
        text=entry["text"],
        topic=entry["topic"],
        follow_ups=FollowUps(max=1),
        rubric=Rubric(one=entry["one"], three=entry["three"], five=entry["five"]),
        provenance=_FROM_TEMPLATE,
    )
