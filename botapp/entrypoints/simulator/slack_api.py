"""One call of the Web API from its bytes to its answer: switches, token, arguments, scopes, limits, then the method.

Guarantees: a refused call changes nothing and is kept as a refusal; an accepted one changes the world and the ledger
under one lock, before the answer leaves.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message as Headers
from typing import Any

from botapp.entrypoints.simulator import slack_posting, slack_views
from botapp.entrypoints.simulator.slack_arguments import METHODS, Spec, bearer_of, raw_arguments, read_arguments
from botapp.entrypoints.simulator.slack_call import Call, Method, require_scopes
from botapp.entrypoints.simulator.slack_ledger import Ledger, Refusal
from botapp.entrypoints.simulator.slack_switches import Switches, Trouble
from botapp.entrypoints.simulator.slack_world import LimitReached, Refused, Team, World

NOBODY = Team("", "", "U0", "")


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"
    drop: bool = False


def as_json(value: Mapping[str, Any], status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, json.dumps(value).encode(), named)


def refused(refusal: Refused) -> Answer:
    body: dict[str, Any] = {"ok": False, "error": refusal.error} | refusal.extra
    if refusal.messages:
        body["response_metadata"] = {"messages": list(refusal.messages)}
    return as_json(body)


def spoilt(trouble: Trouble) -> Answer:
    if trouble.drop:
        return Answer(drop=True)
    if trouble.garbage:
        return Answer(body=b"<html>upstream", content_type="text/html")
    if trouble.status == 429:
        return as_json({"ok": False, "error": "ratelimited"}, 429, Retry_After=str(trouble.retry_after))
    if trouble.status:
        return Answer(trouble.status, b"upstream error", content_type="text/plain")
    return as_json({"ok": False, "error": trouble.error})


class Api:
    def __init__(self, world: World, ledger: Ledger, switches: Switches, reading: Mapping[str, Method]) -> None:
        self._world, self._ledger, self._switches = world, ledger, switches
        self._methods = {**slack_posting.METHODS, **slack_views.METHODS, **reading}
        self.stopping = threading.Event()

    def answer(self, method: str, headers: Headers, body: bytes, query: str) -> Answer:
        try:
            given = raw_arguments(headers, body, query)
        except Refused as refusal:
            return self._refuse(method, "", {}, refusal)
        trouble = self._switches.next_for(method, str(given.get("channel") or given.get("channel_id") or ""))
        if trouble is None:
            return self._do(method, headers, given)
        self.stopping.wait(trouble.slow)
        if not trouble.done:
            self._ledger.refuse(Refusal(method, "", self._world.clock(), trouble.error or "trouble", (), given))
            return spoilt(trouble)
        done = self._do(method, headers, given)
        return spoilt(trouble) if trouble.drop or trouble.status else done

    def _do(self, method: str, headers: Headers, given: dict[str, Any]) -> Answer:
        team = NOBODY
        try:
            spec = METHODS.get(method)
            if spec is None:
                raise Refused("unknown_method", req_method=method)
            with self._world.lock:
                team = self._who(spec, method, headers, given)
                arguments = read_arguments(spec, given)
                self._world.count_call(team, method, spec.per_minute)
                call = Call(self._world, self._ledger, team, method, arguments, headers.get("Authorization") or "")
                granted = ",".join(sorted(team.scopes))
                return as_json({"ok": True} | self._methods[method](call), X_OAuth_Scopes=granted)
        except Refused as refusal:
            return self._refuse(method, team.id, given, refusal)
        except LimitReached as limit:
            self._refuse(method, team.id, given, Refused("ratelimited"))
            return as_json({"ok": False, "error": "ratelimited"}, 429, Retry_After=str(limit.seconds))

    def _refuse(self, method: str, team: str, given: dict[str, Any], refusal: Refused) -> Answer:
        kept = {name: value for name, value in given.items() if name != "token"}
        self._ledger.refuse(Refusal(method, team, self._world.clock(), refusal.error, refusal.messages, kept))
        return refused(refusal)

    def _who(self, spec: Spec, method: str, headers: Headers, given: dict[str, Any]) -> Team:
        if method == "oauth.v2.access":
            return NOBODY
        token = bearer_of(headers, given)
        if spec.app_token:
            if token != self._world.app_token:
                raise Refused("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
            return NOBODY
        if token == self._world.app_token:
            raise Refused("not_allowed_token_type")
        team = self._world.team_of_token(token)
        require_scopes(team, *spec.scopes)
        return team
