"""`botapp doctor twilio` and `botapp setup twilio` against the local Twilio, as commands."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from botapp import bootstrap
from botapp.channels.base import WebhookRequest
from botapp.config import Settings
from botapp.entrypoints.cli import main
from botapp.entrypoints.simulator.twilio import AUTH_TOKEN, NUMBER, Account, LocalTwilio
from botapp.pipeline import spool
from botapp.state import lanes
from botapp.state.migrate import upgrade
from tests.support.twilio import PUBLIC_URL, SIGNING_KEY

SERVICE = "MG" + "1" * 32
TEXTS, FALLBACK = f"{PUBLIC_URL}/hooks/twilio/sms#rc=3&rp=all", f"{PUBLIC_URL}/hooks/twilio/fallback#rc=3&rp=all"
OLD = "https://elsewhere.example/sms"


@dataclass
class Shell:
    """Commands with the settings of one installation."""

    twilio: LocalTwilio
    data_dir: Path
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "DATA_DIR": str(self.data_dir),
            "PUBLIC_URL": PUBLIC_URL,
            "SECRET_KEY": SIGNING_KEY,
            "HELP_CONTACT": "jobs@harbour.example",
            "TWILIO_ACCOUNT_SID": self.twilio.account.sid,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_FROM": NUMBER,
            "TWILIO_MESSAGING_SERVICE_SID": self.twilio.account.service,
            "TWILIO_BASE_URL": self.twilio.url,
        }
        return {f"BOTAPP_{name}": value for name, value in (ours | self.changes).items()}

    def run(self, *words: str, typed: str = "") -> Result:
        done = CliRunner().invoke(main, words, input=typed, env=self.environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        for secret in (AUTH_TOKEN, SIGNING_KEY):
            assert secret not in done.output
        return done

    def findings(self, *levels: str) -> list[str]:
        found: list[dict[str, Any]] = json.loads(self.run("doctor", "twilio", "--json").output)
        return [one["what"] for one in found if one["level"] in (levels or ("problem",))]

    def webhooks(self) -> tuple[str, str]:
        now = self.twilio.account.number_webhooks[NUMBER]
        return now.url, now.fallback


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # no .env of a developer's


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    with LocalTwilio() as twilio:
        twilio.account.point_at(OLD)
        yield Shell(twilio, tmp_path / "data")


@pytest.fixture
def with_service(tmp_path: Path) -> Iterator[Shell]:
    with LocalTwilio(Account(service=SERVICE)) as twilio:
        twilio.account.point_at(OLD)
        yield Shell(twilio, tmp_path / "data")


def test_a_number_is_found_wrong_set_right_and_found_right(shell: Shell) -> None:
    assert [what for what in shell.findings() if what.startswith(f"{NUMBER}: texts go to {OLD}")]
    done = shell.run("setup", "twilio", typed="y\n")
    assert done.exit_code == 0, done.output
    assert f"texts go to: {OLD} -> {TEXTS}" in done.output
    assert shell.webhooks() == (TEXTS, FALLBACK)
    assert shell.run("doctor", "twilio").exit_code == 0
    assert shell.findings() == []


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_nothing_changes_without_a_yes(shell: Shell, typed: str) -> None:
    assert shell.run("setup", "twilio", typed=typed).exit_code == 1
    assert shell.webhooks() == (OLD, "")


def test_looking_changes_nothing(shell: Shell) -> None:
    assert shell.run("doctor", "twilio").exit_code == 1
    assert shell.webhooks() == (OLD, "")


def test_yes_beforehand_and_nothing_left_to_do(shell: Shell) -> None:
    assert shell.run("setup", "twilio", "--yes").exit_code == 0
    again = shell.run("setup", "twilio")
    assert (again.exit_code, again.output) == (0, "There is nothing to change.\n")


def test_a_service_is_set_in_the_place_of_its_number(with_service: Shell) -> None:
    assert [what for what in with_service.findings() if what.startswith("Messaging service Interviews: texts go to")]
    assert with_service.run("setup", "twilio", "--yes").exit_code == 0
    service = with_service.twilio.account.service_webhooks
    assert (service.url, service.fallback) == (TEXTS, FALLBACK)
    assert with_service.webhooks() == (OLD, "")  # not used, so not touched
    assert with_service.findings() == []


def test_registration_is_read_from_the_service(with_service: Shell) -> None:
    with_service.run("setup", "twilio", "--yes")
    assert [what for what in with_service.findings("ok") if "(10DLC): the campaign is verified" in what]
    with_service.twilio.account.registered = False
    assert [what for what in with_service.findings() if what.startswith("Not registered")]


def test_a_number_that_is_not_ours_is_said(shell: Shell) -> None:
    shell.changes["TWILIO_FROM"] = f"{NUMBER},+12025550199"
    assert "+12025550199 is not a number of this account." in shell.findings()
    done = shell.run("setup", "twilio", "--yes")
    assert done.exit_code == 1
    assert shell.webhooks() == (TEXTS, FALLBACK)


def test_a_wrong_token_is_one_problem_and_no_trace(shell: Shell) -> None:
    shell.changes["TWILIO_AUTH_TOKEN"] = "not-the-token-at-all"
    assert shell.findings() == ["Twilio does not accept our account or token."]
    done = shell.run("setup", "twilio", "--yes")
    assert done.exit_code == 1
    assert "Twilio does not accept" in done.output
    assert "not-the-token-at-all" not in done.output


def test_an_unknown_service_is_said(shell: Shell) -> None:
    shell.changes["TWILIO_MESSAGING_SERVICE_SID"] = SERVICE
    assert shell.findings() == [f"Twilio does not know the messaging service {SERVICE}."]


def test_a_provider_that_is_away_is_said(shell: Shell) -> None:
    with shell.twilio.refusing():
        assert shell.findings() == ["Twilio can't be reached from this machine."]


def test_without_an_account_there_is_nothing_to_ask(shell: Shell) -> None:
    shell.changes |= {"TWILIO_ACCOUNT_SID": "", "TWILIO_BASE_URL": ""}
    assert shell.findings() == ["No Twilio account is set, so no text can come or go."]
    assert shell.run("setup", "twilio", "--yes").exit_code == 1


def test_a_public_address_without_https_can_not_be_set(shell: Shell) -> None:
    """The real Twilio; it is not asked anything before that."""
    shell.changes |= {"TWILIO_BASE_URL": "", "PUBLIC_URL": "http://interviews.example.com"}
    done = shell.run("setup", "twilio", "--yes")
    assert done.exit_code == 1
    assert "BOTAPP_PUBLIC_URL" in done.output


def test_what_stands_still_on_our_side_is_said(shell: Shell) -> None:
    shell.run("setup", "twilio", "--yes")
    spool.put(shell.data_dir, "tel", WebhookRequest("/hooks/twilio/fallback", {}, b"Body=hi"))
    settings = Settings(
        _env_file=None, data_dir=shell.data_dir, secret_key=SIGNING_KEY, twilio_account_sid=shell.twilio.account.sid
    )
    shared = bootstrap.services(settings)
    upgrade(shared.database)
    workspace_id = bootstrap.ensure_workspace(settings, shared).workspace_id
    with shared.database.writing() as uow:
        lanes.outcomes(uow, workspace_id, f"tel:{NUMBER}")
        lanes.pause(uow, f"tel:{NUMBER}", "The phone company filtered these texts.", datetime(2026, 5, 4, tzinfo=UTC))
    shared.database.close()
    waiting, paused = shell.findings()
    assert waiting == "1 text is kept on disk, not received yet."
    assert paused == f"{NUMBER} is paused since 2026-05-04 00:00 UTC. The phone company filtered these texts."


def test_the_plain_doctor_still_works(shell: Shell) -> None:
    found = json.loads(shell.run("doctor", "--json").output)
    assert [one for one in found if one["what"].startswith("Database")]
