"""A rehearsal in words: the outline that a thread shows, its card, and a table for a terminal. Pure."""

from collections.abc import Mapping
from typing import Any

from botapp.compose.acting import Persona
from botapp.compose.rehearsal import GateRow, QuestionRow, Rehearsal, Run
from botapp.messages import Card, CardKind

_SHOWN = 3
OUTCOMES = {"passed": "met", "failed": "not met", "needs_person": "a person decides", "not_reached": "not reached"}


def outline(made: Rehearsal) -> dict[str, Any]:
    """What a thread needs of it, as JSON types: a line for each candidate, what was found, what is suggested."""
    ordered = sorted(made.findings, key=lambda finding: not finding.serious)
    return {
        "runs": [{"name": run.persona.value.capitalize(), "line": run_line(run, made)} for run in made.runs],
        "findings": [finding.text for finding in ordered],
        "suggestions": [each.model_dump(mode="json") for each in made.suggestions],
        "engine": made.engine,
    }


def told(outline: Mapping[str, Any]) -> str:
    """The scores in a line, the first findings, and how to accept what is suggested."""
    heads = ", ".join(f"{run['name'].lower()} {run['line'].split(',')[0]}" for run in outline["runs"])
    found = list(outline["findings"])
    more = f" And {len(found) - _SHOWN} more." if len(found) > _SHOWN else ""
    findings = " ".join(found[:_SHOWN]) + more if found else "Every question told strong from weak, nobody got stuck."
    count = len(outline["suggestions"])
    which = "“accept 1” or “accept all”" if count > 1 else "“accept 1”"
    offers = f"I have {count} suggestion{'' if count == 1 else 's'} below: say {which}." if count else ""
    return "\n".join(filter(None, (f"Rehearsed: {heads}.", findings, offers)))


def outline_card(outline: Mapping[str, Any]) -> Card:
    """A list: each candidate, then each suggestion with its reason."""
    rows = [{"title": f"{run['name']}: {run['line']}", "detail": ""} for run in outline["runs"]]
    rows += [
        {"title": f"{each['number']}. {capital(each['text'])}", "detail": f"Because {each['because']}."}
        for each in outline["suggestions"]
    ]
    items = [" ".join(filter(None, (row["title"] + ("." if row["detail"] else ""), row["detail"]))) for row in rows]
    data = {"title": "Rehearsal", "items": items, "rows": rows, "whole": True}
    return Card(CardKind.LIST, data, "\n".join(f"- {item}" for item in items))


def run_line(run: Run, made: Rehearsal) -> str:
    """`96, all gates met, 8 messages, about 7 minutes`; `out at question 3, 0 had it gone on, ...`."""
    score = "no score" if run.overall is None else str(int(run.overall))
    parts = [score, _gates_words(run, made), f"{run.said} message{'' if run.said == 1 else 's'}"]
    return ", ".join(filter(None, (*parts, f"about {run.minutes} min", "got stuck" if run.problem else "")))


def _gates_words(run: Run, made: Rehearsal) -> str:
    if run.knocked_out_by:
        return f"out at question {run.knocked_out_by}"
    if run.ending == "below_minimum":
        return "below the minimum score"
    failed = [gate for gate in run.gates if gate.outcome == "failed"]
    asks = [gate for gate in run.gates if gate.outcome == "needs_person"]
    if failed:
        return f"{len(failed)} of {len(run.gates)} gates not met"
    if asks:
        return f"{len(asks)} of {len(run.gates)} gates need a person"
    return "all gates met" if made.gates else ""


def plain(made: Rehearsal) -> str:
    """All but the transcripts, as a table for a terminal."""
    names = [persona.value for persona in Persona]
    head = f"{'':<44}" + "".join(f"{name:>12}" for name in names)
    questions = [
        f"{_numbered(row):<44}" + "".join(f"{_cell(row, Persona(name)):>12}" for name in names)
        for row in made.questions
    ]
    gates = [
        f"{gate.name[:42]:<44}" + "".join(f"{_gate_cell(gate, Persona(name)):>12}" for name in names)
        for gate in made.gates
    ]
    scores = {run.persona: "none" if run.overall is None else str(int(run.overall)) for run in made.runs}
    total = f"{'Score (of 100)':<44}" + "".join(f"{scores.get(Persona(name), ''):>12}" for name in names)
    said = {run.persona: str(run.said) for run in made.runs}
    messages = f"{'Messages they sent':<44}" + "".join(f"{said.get(Persona(name), ''):>12}" for name in names)
    found = [f"- {finding.text}" for finding in made.findings] or ["- nothing to mend"]
    offers = [f"{each.number}. {capital(each.text)}, because {each.because}." for each in made.suggestions]
    blocks = ([made.title, head, total, messages], questions, gates, ["Found:", *found], offers and ["Try:", *offers])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _numbered(row: QuestionRow) -> str:
    return f"{row.number or '-'}. {row.text}"[:42]


def _cell(row: QuestionRow, persona: Persona) -> str:
    if row.kind in ("open", "criterion"):
        score = row.scores.get(persona)
        return "-" if score is None else f"{score:g}"
    return " ".join(row.said.get(persona, "-").split())[:11]


def _gate_cell(gate: GateRow, persona: Persona) -> str:
    outcome = gate.outcomes.get(persona, "")
    return {"passed": "met", "failed": "not met", "needs_person": "a person"}.get(outcome, "-")


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]
