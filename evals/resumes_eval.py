"""Resumes in many layouts: is each readable one read whole and in reading order, is each unreadable one said so?

Counts the files of a folder with an `index.jsonl` beside them, in place. Reading order is judged by landmarks, such as
the headings of a page in the order a person reads them; a file without landmarks counts when nothing of it is lost.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botapp.pipeline.resume import read_as_resume
from botapp.state.attachments import Attachment
from evals.figures import Figure

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "resumes"
LEAST = 0.97  # of the characters that another reader finds
# Why a file can't be read, by what its name or the index says of it.
UNREADABLE = {"password": "encrypted", "corrupt": "broken", "empty": "empty", "scan": "no_text_in_pages"}
LANDMARKS = {
    "altacv-two-column": (
        "EXPERIENCE",
        "PROJECTS",
        "LIFE PHILOSOPHY",
        "MOST PROUD",
        "LANGUAGES",
        "EDUCATION",
        "REFEREES",
    ),
    "ehte92-sample": ("JOHN DOE", "EXPERIENCE", "EDUCATION", "SKILLS"),
    "livecareer-cashier": ("Summary", "Highlights", "Experience", "Education", "Skills"),
    "livecareer-senior-accountant": ("Experience", "Education"),
    "livecareer-warehouse-lead": ("Executive Profile", "Skill Highlights", "Professional Experience", "Education"),
    "moderncv-banking-en": (
        "Education",
        "Master thesis",
        "Experience",
        "Languages",
        "Interests",
        "References",
        "Dear Sir",
    ),
    "moderncv-classic-en": ("Resumé", "street", "Education", "Experience", "Languages", "Interests", "Publications"),
    "moderncv-es": ("Formación", "Tesis", "Experiencia", "Idiomas"),
    "openresume-john-doe": ("WORK EXPERIENCE", "ABC", "DEF", "EDUCATION", "PROJECT", "SKILLS"),
    "reactive-azurill-two-column": (
        *("Profiles", "LinkedIn", "Skills", "Web Frameworks", "Certifications", "CodeAcademy", "Projects", "Dashboard"),
        *("Summary", "Experience", "TechAdvancers", "Education", "University"),
    ),
    "reactive-gengar-sidebar": (
        *("John Doe", "Profiles", "Skills", "Tools", "Certifications", "AWS"),
        *("Innovative Web Developer with", "Experience", "TechAdvancers", "Education", "Projects", "Dashboard"),
    ),
    "rendercv-classic-john-doe": ("Education", "PhD", "Experience", "NVIDIA", "Projects", "Publications"),
    "rendercv-harvard-john-doe": ("Education", "PhD", "Experience", "NVIDIA", "Projects", "Publications"),
    "rendercv-moderncv-john-doe": ("Education", "PhD", "Experience", "NVIDIA", "Projects", "Publications"),
    "resumematcher-single-column": ("SUMMARY", "EXPERIENCE", "EDUCATION"),
    "scorelia-sample": ("John Doe", "Skills", "Education", "Experience", "Projects", "Certifications"),
}


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    right: bool
    said: str
    milliseconds: int


Read = Callable[[Attachment], tuple[str, str, list[dict[str, Any]]]]


def rows(folder: Path = FOLDER, read: Read = read_as_resume) -> list[Row]:
    """One for each file of the index; none when the folder is not there."""
    index = folder / "index.jsonl"
    if not index.exists():
        return []
    entries = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [_row(folder, entry, read) for entry in entries]


def _row(folder: Path, entry: dict[str, object], read: Read) -> Row:
    name = str(entry["file"])
    began = time.perf_counter()
    text, problem, flags = read(Attachment(Path(name).name, "", "", (folder / name).read_bytes(), ""))
    took = round(1000 * (time.perf_counter() - began))
    if not entry.get("text_chars"):
        wanted = next((why for part, why in UNREADABLE.items() if part in name), "")
        return Row(name, not text and problem == wanted, problem, took)
    hidden = sum(int(flag["characters"]) for flag in flags if flag["kind"] not in ("instructions", "metadata"))
    wrong = _lost(text, hidden, int(str(entry["text_chars"]))) or _out_of_order(Path(name).stem, text)
    return Row(name, not wrong, wrong or f"{len(text)} characters, {hidden} unseen", took)


def _lost(text: str, hidden: int, expected: int) -> str:
    found = len(" ".join(text.split())) + hidden
    return "" if found >= LEAST * expected and text else f"words lost: {found} of {expected} characters"


def _out_of_order(stem: str, text: str) -> str:
    place = 0
    for landmark in LANDMARKS.get(stem, ()):
        found = text.lower().find(landmark.lower(), place)
        if found < 0:
            return f"{landmark!r} is not where it is read"
        place = found
    return ""


def run(folder: Path = FOLDER) -> Iterator[Figure]:
    """The figures for the table of `make eval`."""
    found = rows(folder)
    if found:
        for wrong in (row for row in found if not row.right):
            print(f"  wrong: {wrong.file}: {wrong.said}")
        right = sum(row.right for row in found)
        share = round(right / len(found), 4)
        yield Figure("resumes", "read right or said so", share, None, 1.0, 1.0, note=f"{right} of {len(found)} files")


def main(folder: Path = FOLDER) -> int:
    """Print the table; 0 also when something is wrong: figures, not a test."""
    found = rows(folder)
    for row in found:
        print(f"{'right' if row.right else 'WRONG'}  {row.milliseconds:5} ms  {row.file}: {row.said}")
    right, slowest = sum(row.right for row in found), max((row.milliseconds for row in found), default=0)
    print(f"resumes read right: {right} of {len(found)}, slowest {slowest} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
