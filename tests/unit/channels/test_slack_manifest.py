"""The manifest: in Slack's shape, with the fewest permissions, each used by something in the code."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import botapp
from botapp.channels.slack import inbound
from botapp.channels.slack.api import FILES_HOST, SlackApi
from botapp.channels.slack.manifest import FREE_EVENTS, SCOPES, events, manifest, scope_names
from tests.unit.channels.slack_cases import PAYLOADS

METHOD = re.compile(r'"((?:chat|conversations|users|views|assistant|auth|files)\.[A-Za-z.]+)"')
SCHEMA = PAYLOADS.parents[1] / "rigs" / "specs" / "slack_manifest.schema.2.0.0.json"


def called() -> set[str]:
    """Every Web API method that our code names."""
    places = (Path(botapp.__file__).parent / "channels" / "slack").rglob("*.py")
    source = "\n".join(path.read_text() for path in places if path.name != "manifest.py")
    return {*METHOD.findall(source)} - {FILES_HOST}


def heard() -> str:
    return Path(inbound.__file__).read_text()


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.name)
def test_each_permission_is_used(scope: Any) -> None:
    """By a call, an event we read, or a feature: and it says what for."""
    assert scope.purpose.endswith(".")
    assert scope.methods or scope.events or scope.features
    assert set(scope.methods) <= called()
    for event in scope.events:
        assert f'"{event.partition(".")[0]}"' in heard()
    for feature in scope.features:
        assert feature in json.dumps(manifest("https://x.example")) or hasattr(SlackApi, feature)


def test_each_call_has_its_permission() -> None:
    """No method is called that the app may not call."""
    free = {"auth.test", "views.open", "views.update", "views.publish"}
    allowed = {method for scope in SCOPES for method in scope.methods}
    assert called() <= free | allowed


def test_the_permissions_are_few_and_each_once() -> None:
    """None to read a whole workspace, none of a person."""
    assert scope_names() == sorted(set(scope_names()))
    assert not {"channels:read", "im:write", "users:write", "chat:write.public", "search:read"} & set(scope_names())
    assert "user" not in manifest("https://x.example")["oauth_config"]["scopes"]
    assert set(FREE_EVENTS) <= set(events())


def test_socket_mode_needs_no_address() -> None:
    """Nothing has to be public."""
    made = json.dumps(manifest("", socket_mode=True))
    assert "url" not in made
    assert '"socket_mode_enabled": true' in made
    assert "https://x.example/hooks/slack/events" in json.dumps(manifest("https://x.example/"))


@pytest.mark.parametrize("socket_mode", [False, True])
def test_the_manifest_has_slacks_shape(socket_mode: bool) -> None:
    """By the vendor's own schema."""
    if not SCHEMA.exists():
        pytest.skip("the vendor's schema is not on this machine")
    schema = json.loads(SCHEMA.read_text())
    made = manifest("https://x.example", socket_mode=socket_mode, prompts=[("New", "A night picker")] * 9)
    assert list(problems(schema, schema, made, "")) == []
    spoilt = made | {"features": made["features"] | {"slash_commands": [{"command": "interviewer"}]}}
    assert len(list(problems(schema, schema, spoilt, ""))) == 2


def problems(root: Any, schema: Any, value: Any, where: str) -> Any:
    """The part of JSON Schema that this schema uses for what we have."""
    while "$ref" in schema:
        schema = root["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    if "type" in schema and not isinstance(value, kinds[schema["type"]]):
        yield f"{where}: not {schema['type']}"
        return
    if isinstance(value, dict):
        yield from (f"{where}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            if name in schema.get("properties", {}):
                yield from problems(root, schema["properties"][name], inner, f"{where}/{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{where}: {name} is unknown"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10_000):
            yield f"{where}: {len(value)} items"
        for index, inner in enumerate(value):
            yield from problems(root, schema.get("items", {}), inner, f"{where}/{index}")
    if isinstance(value, str):
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10_000):
            yield f"{where}: {len(value)} characters"
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{where}: {value} does not fit"
