"""`botapp slack`: the manifest as Slack takes it, a key that seals, and the child that listens by a socket."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from botapp.channels.slack.manifest import scope_names
from botapp.channels.slack.sealing import Sealer
from botapp.config import Settings
from botapp.entrypoints.cli import main
from botapp.entrypoints.supervisor import children_of


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *words: str, **settings: str) -> str:
    monkeypatch.chdir(folder)
    for name, value in settings.items():
        monkeypatch.setenv(f"BOTAPP_{name.upper()}", value)
    result = CliRunner().invoke(main, ["slack", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_manifest_names_our_addresses_and_the_fewest_permissions(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = json.loads(run(monkeypatch, tmp_path, "manifest", public_url="https://interviews.test"))
    assert made["oauth_config"]["scopes"]["bot"] == scope_names()
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://interviews.test/hooks/slack/events"
    assert made["features"]["agent_view"]["suggested_prompts"]


def test_without_a_public_address_the_manifest_is_for_a_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = json.loads(run(monkeypatch, tmp_path, "manifest"))
    assert made["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in made["settings"]["event_subscriptions"]


def test_a_key_seals_and_opens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key = run(monkeypatch, tmp_path, "key").strip()
    sealer = Sealer([key], "")
    assert sealer.open(sealer.seal("xoxb-1")) == "xoxb-1"


def test_a_socket_without_a_token_says_which_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["slack", "socket"])
    assert result.exit_code == 1 and "BOTAPP_SLACK_APP_TOKEN" in result.output


@pytest.mark.parametrize(("token", "listens"), [("", False), ("xapp-1", True)])
def test_up_listens_by_a_socket_when_there_is_a_token(token: str, listens: bool) -> None:
    settings = Settings(_env_file=None, slack_app_token=token)  # type: ignore[arg-type,call-arg]
    assert ("slack" in [child.name for child in children_of(settings, 0)]) is listens
