"""Prompt files: loads `prompts/`, renders them strictly, fences untrusted text, fingerprints what was used.

Guarantees: a prompt is rendered only with exactly the variables it declares and uses; its instructions are static and
come before everything that changes; text by strangers reaches a prompt only through `fence`. It must not know any
language task or engine: the names of the files are given by whoever loads them.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from botapp.errors import BotappError

FENCE_LIMIT = 20_000
INPUT_MARK = "<!-- input -->"
_TAG = "untrusted_data"
_FRONT_MATTER = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_FIELDS = {"purpose", "inputs", "output"}
_OWN_TAG = re.compile(rf"[<＜‹〈﹤]\s*(?=/?\s*{_TAG})", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_KEPT = "\n\t"


class PromptFault(BotappError):
    """A prompt file, or the way it was used, is wrong: a defect to mend, not something a person did."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt ready to send: `static` never changes between calls, `dynamic` carries the inputs."""

    static: str
    dynamic: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One file. `inputs` are the declared variables; `output` names what the model must return."""

    name: str
    purpose: str
    inputs: frozenset[str]
    output: str
    static: str
    dynamic: Template
    fingerprint: str

    def render(self, variables: Mapping[str, str]) -> Rendered:
        """The prompt with its variables filled in.

        Raises:
            PromptFault: a variable is missing, or one was given that the prompt does not declare.
        """
        _refuse(self.name, "is missing", self.inputs - variables.keys())
        _refuse(self.name, "does not declare", variables.keys() - self.inputs)
        return Rendered(self.static, self.dynamic.substitute(variables))


class Prompts:
    """Every prompt of a directory, by name: `interview/understand` is `interview/understand.md`."""

    def __init__(self, prompts: Mapping[str, Prompt]) -> None:
        self._prompts = dict(prompts)

    @classmethod
    def load(cls, directory: Path | None = None, names: Iterable[str] | None = None) -> "Prompts":
        """Read every `.md` file under `directory` (default: `default_directory()`).

        Raises:
            PromptFault: a file is malformed; or, with `names`, a name has no file or a file no name.
        """
        root = directory or default_directory()
        files = {path.relative_to(root).with_suffix("").as_posix(): path for path in sorted(root.rglob("*.md"))}
        if names is not None:
            expected = frozenset(names)
            _refuse(str(root), "has no file for", expected - files.keys())
            _refuse(str(root), "has an unused file", files.keys() - expected)
        return cls({name: parse(name, path.read_text(encoding="utf-8")) for name, path in files.items()})

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._prompts)

    def get(self, name: str) -> Prompt:
        if name not in self._prompts:
            raise PromptFault(f"There is no prompt named {name}.")
        return self._prompts[name]

    def render(self, name: str, **variables: str) -> Rendered:
        """The prompt `name` with exactly its declared variables."""
        return self.get(name).render(variables)

    def fingerprint(self, name: str) -> str:
        """A hash of the file's content: the same text gives the same fingerprint, and only the same text."""
        return self.get(name).fingerprint


def default_directory() -> Path:
    """`prompts/` beside the package in a checkout, or inside the package when it was installed from a wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


def parse(name: str, text: str) -> Prompt:
    """One prompt from the text of its file: front matter, static instructions, the input mark, the inputs.

    Raises:
        PromptFault: the front matter is incomplete, the static part has a variable, or declared and used differ.
    """
    front, body = _front_matter(name, text)
    static, mark, dynamic = body.partition(INPUT_MARK)
    if not mark:
        raise PromptFault(f"The prompt {name} has no line {INPUT_MARK} between its instructions and its inputs.")
    inputs = _declared(name, front["inputs"])
    used = _variables(name, dynamic)
    _refuse(name, "has a variable in its static part:", _variables(name, static))
    _refuse(name, "uses without declaring", used - inputs)
    _refuse(name, "declares without using", inputs - used)
    return Prompt(
        name=name,
        purpose=str(front["purpose"]),
        inputs=inputs,
        output=str(front["output"]),
        static=Template(static.strip()).substitute(),
        dynamic=Template(dynamic.strip()),
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:16],
    )


def _front_matter(name: str, text: str) -> tuple[dict[str, object], str]:
    match = _FRONT_MATTER.match(text)
    try:
        front = yaml.safe_load(match["front"]) if match else None
    except yaml.YAMLError as error:
        raise PromptFault(f"The front matter of the prompt {name} can't be read.") from error
    if not match or not isinstance(front, dict) or set(front) != _FIELDS:
        raise PromptFault(f"The prompt {name} must begin with front matter that has purpose, inputs and output.")
    return front, match["body"]


def _declared(name: str, inputs: object) -> frozenset[str]:
    if not isinstance(inputs, list) or not all(isinstance(item, str) for item in inputs):
        raise PromptFault(f"The inputs of the prompt {name} must be a list of names.")
    return frozenset(inputs)


def _variables(name: str, text: str) -> set[str]:
    template = Template(text)
    if not template.is_valid():
        raise PromptFault(f"The prompt {name} has a lone $; write $$ for a dollar sign.")
    return set(template.get_identifiers())


def _refuse(name: str, what: str, wrong: Iterable[str]) -> None:
    listed = ", ".join(sorted(wrong))
    if listed:
        raise PromptFault(f"The prompt {name} {what} {listed}.")


# ---- untrusted text --------------------------------------------------------------------------------------


def fence(label: str, text: str, limit: int = FENCE_LIMIT) -> str:
    """`text` as labelled data that can't close its own fence, hide characters in it or outgrow `limit`."""
    shown = _OWN_TAG.sub("(", visible(text))
    left_out = len(shown) - limit
    if left_out > 0:
        shown = f"{shown[:limit]}\n[cut here: {left_out} more characters]"
    safe_label = re.sub(r"[^A-Za-z0-9 _.-]", "", label)[:60]
    return f'<{_TAG} label="{safe_label}">\n{shown}\n</{_TAG}>'


def visible(text: str) -> str:
    """`text` without control, zero-width, bidi, tag and other invisible characters; line ends as one newline."""
    return "".join(char for char in re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text) if is_visible(char))


def is_visible(char: str) -> bool:
    """Whether a person would see this character, or its space."""
    if char in _KEPT:
        return True
    return unicodedata.category(char) not in _INVISIBLE and not _is_variation_selector(char)


def _is_variation_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
