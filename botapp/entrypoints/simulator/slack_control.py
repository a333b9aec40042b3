"""A tiny JSON way to be a person in the local Slack, under /_sim/: for the demo, a preview page, and curl.

Guarantees: it can do nothing that `People` cannot; what a person may not do is answered 409 with the sentence.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from botapp.entrypoints.simulator.slack_api import Answer, as_json
from botapp.entrypoints.simulator.slack_http import Part, Request
from botapp.entrypoints.simulator.slack_ledger import text_of_view
from botapp.entrypoints.simulator.slack_people import People
from botapp.entrypoints.simulator.slack_sender import Delivery
from botapp.entrypoints.simulator.slack_shapes import channel_json, message_json, user_json, view_json
from botapp.entrypoints.simulator.slack_transcript import thread_text
from botapp.entrypoints.simulator.slack_world import Message, NotPossible, View

Act = Callable[[People, Mapping[str, Any]], dict[str, Any]]


def _delivery(delivery: Delivery) -> dict[str, Any]:
    attempts = [asdict(attempt) for attempt in delivery.attempts]
    return {"kind": delivery.kind.value, "acked": delivery.acked, "told": delivery.told, "attempts": attempts}


def _only(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    if unknown := set(given) - set(names):
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(names)}")
    return {name: given[name] for name in names if name in given}


def _say(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    wanted = _only(given, "user", "text", "channel", "thread", "mention", "team", "files")
    team = people.team(wanted.get("team", ""))
    attached = [
        people.add_file(wanted["user"], f["name"], f["text"].encode(), team=team.id) for f in wanted.pop("files", [])
    ]
    said = people.says(**wanted, files=attached)
    return {"channel": said.channel, "ts": said.ts, "deliveries": [_delivery(d) for d in said.wait().deliveries]}


def _on(people: People, given: Mapping[str, Any]) -> Message | View | None:
    team = given.get("team", "")
    if given.get("view"):
        return people.team(team).views[given["view"]]
    return people.message(given["channel"], given["ts"], team) if given.get("ts") else None


def _press(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    names = ("user", "name", "row", "choose", "nth", "given", "team")
    wanted = _only(given, *names, "channel", "ts", "view")
    acted = {name: wanted[name] for name in names if name in wanted}
    return _delivery(people.presses(**acted, on=_on(people, given)).wait())


def _submit(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    done = people.submits(**_only(given, "user", "given", "team"))
    return {"closed": done.closed, "errors": done.errors, "problem": done.problem} | _delivery(done.delivery)


def _close(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    delivery = people.closes(**_only(given, "user", "all_of_them", "team"))
    return _delivery(delivery.wait()) if delivery else {}


def _command(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    return _delivery(people.runs(**_only(given, "user", "command", "text", "channel", "team")))


def _home(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    return _delivery(people.opens_home(**_only(given, "user", "tab", "team")).wait())


def _ledger(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    entries = people.ledger.since(int(given.get("after") or 0))
    refusals = [asdict(refusal) for refusal in people.ledger.refusals]
    return {"entries": [asdict(e) | {"shown": e.shown} for e in entries], "refusals": refusals}


def _views(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    team = people.team(str(given.get("team") or ""))
    views = [view_json(team, view) | {"user": view.user, "errors": view.errors} for view in team.views.values()]
    return {"views": [view | {"shown": text_of_view(view)} for view in views]}


def _thread(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    team = people.team(str(given.get("team") or ""))
    channel = people.channel(str(given["channel"]), team.id)
    ts = str(given.get("ts") or "")
    messages = channel.thread(ts) if ts else list(channel.messages.values())
    shown = [message_json(team, m) | {"ephemeral_for": m.ephemeral_for} for m in messages]
    return {"text": thread_text(team, channel, ts), "messages": shown, "statuses": channel.statuses}


def _world(people: People, given: Mapping[str, Any]) -> dict[str, Any]:
    team = people.team(str(given.get("team") or ""))
    channels = [channel_json(team, channel) for channel in team.channels.values()]
    return {"team": team.id, "channels": channels, "users": [user_json(team, u) for u in team.users.values()]}


ACTS: dict[str, Act] = {
    "say": _say, "press": _press, "submit": _submit, "close": _close, "command": _command, "home": _home,
}  # fmt: skip
LOOKS: dict[str, Act] = {"ledger": _ledger, "views": _views, "thread": _thread, "world": _world}


def control(people: People) -> Part:
    def answer(request: Request) -> Answer | None:
        found = request.matches(r"/_sim/(?P<what>\w+)")
        if found is None:
            return None
        acts, given = (ACTS, None) if request.verb == "POST" else (LOOKS, request.parameters)
        act = acts.get(found["what"])
        if act is None:
            return as_json({"error": f"there is {', '.join(acts)}"}, 404)
        try:
            return Answer(body=json.dumps(act(people, request.json if given is None else given), default=repr).encode())
        except NotPossible as refusal:
            return as_json({"error": str(refusal)}, 409)
        except (KeyError, TypeError, ValueError) as wrong:
            return as_json({"error": f"{type(wrong).__name__}: {wrong}"}, 400)

    return answer
