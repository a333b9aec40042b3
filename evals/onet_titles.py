"""Writes the official occupation titles of our roles: `python -m evals.onet_titles PATH/onet_all_titles.csv`.

Only titles are taken, and only of the occupations our templates name; the attribution goes into the file's head.
"""

import csv
import json
import sys
import tomllib
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "botapp" / "compose" / "templates"
OUT = TEMPLATES / "onet_titles.toml"
HEAD = """\
# Occupation titles of the roles in this folder. This page includes information from the O*NET Database by the
# U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license.
# O*NET(R) is a trademark of USDOL/ETA. Only titles were taken, and only of these occupations.
# Made by: python -m evals.onet_titles PATH

[titles]
"""


def wanted_codes() -> set[str]:
    """The occupations our templates name."""
    files = [file for file in TEMPLATES.glob("*.toml") if file != OUT]
    return {code for file in files for code in tomllib.loads(file.read_text(encoding="utf-8"))["onet"]}


def titles(path: Path, codes: set[str]) -> dict[str, str]:
    """Code to title, of these codes."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: row["title"] for row in csv.DictReader(rows) if row["code"] in codes}


def main(path: Path) -> None:
    """Write the file; say what the list doesn't have."""
    codes = wanted_codes()
    found = titles(path, codes)
    lines = [f'"{code}" = [{json.dumps(title)}]' for code, title in sorted(found.items())]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(
        f"{len(found)} titles written to {OUT.name}"
        + (f"; unknown: {sorted(codes - set(found))}" if codes - set(found) else "")
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
