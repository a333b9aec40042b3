"""Who gets an account at the phone network of this machine, and who can open the phone simulator: development alone."""

from pathlib import Path
from typing import Any

import pytest

from botapp.config import Settings
from botapp.entrypoints.phone_network import (
    NUMBER,
    account_at,
    command_of,
    environment_of,
    leave_note,
    take_note_away,
    with_running_network,
)
from botapp.entrypoints.supervisor import children_of
from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices, FakeSettings

NETWORK = "http://127.0.0.1:9"


def settings(folder: Path, **given: Any) -> Settings:
    return Settings(_env_file=None, **{"data_dir": folder, **given})  # type: ignore[call-arg]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.4.5.6"])
def test_a_fresh_installation_simulates(tmp_path: Path, host: str) -> None:
    """Loopback, no public URL, no account: what `make run` is."""
    assert settings(tmp_path, host=host).simulates_phone


@pytest.mark.parametrize(
    "given",
    [
        {"public_url": "https://interviews.example.com"},
        {"twilio_account_sid": "AC1"},
        {"host": "0.0.0.0"},
        {"host": "192.168.1.5"},
        {"host": "example.com"},
        {"phone_simulator": False},
    ],
)
def test_anything_that_looks_like_production_does_not(tmp_path: Path, given: dict[str, Any]) -> None:
    """Each of these alone is enough."""
    assert not settings(tmp_path, **given).simulates_phone


@pytest.mark.parametrize(
    "given", [{"public_url": "https://a.example"}, {"host": "0.0.0.0"}, {"phone_simulator": False}]
)
def test_the_page_has_no_network_in_production(tmp_path: Path, given: dict[str, Any]) -> None:
    """Even where a base URL was left in the settings."""
    assert settings(tmp_path, twilio_base_url=NETWORK).phone_network == NETWORK
    assert settings(tmp_path, twilio_base_url=NETWORK, **given).phone_network == ""


def test_the_account_stays_the_same_and_is_nobodys_else(tmp_path: Path) -> None:
    """Over restarts, whatever the port; another installation has another one."""
    one, two = (account_at(settings(tmp_path), port) for port in (4001, 4002))
    other = account_at(settings(tmp_path / "other"), 4001)

    assert one.twilio_account_sid == two.twilio_account_sid != other.twilio_account_sid
    assert one.twilio_auth_token == two.twilio_auth_token != other.twilio_auth_token
    assert len(one.twilio_account_sid) == 34
    assert (one.text_numbers, one.twilio_base_url) == ((NUMBER,), "http://127.0.0.1:4001")
    assert not one.simulates_phone


def test_every_process_has_the_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child reads from its environment is what the supervisor has."""
    with_account = account_at(settings(tmp_path), 4001)
    for name, value in environment_of(with_account).items():
        monkeypatch.setenv(name, value)

    read = settings(tmp_path)

    assert read == with_account
    children = children_of(with_account, 4001)
    assert [child.name for child in children] == ["worker", "web", "timers", "phone"]
    assert all(child.environment == environment_of(with_account) for child in children)
    assert [child.name for child in children_of(settings(tmp_path), 0)] == ["worker", "web", "timers"]


def test_the_network_keeps_its_messages_in_the_data_folder(tmp_path: Path) -> None:
    """So that a restart keeps what is on the phones."""
    command = command_of(account_at(settings(tmp_path), 4001), 4001)

    assert str(tmp_path) in command[command.index("--file") + 1]


def test_other_commands_find_the_account_while_it_runs(tmp_path: Path) -> None:
    """`botapp invite` beside `botapp up`; afterwards, and with an account of one's own, nothing is found."""
    own = settings(tmp_path)
    leave_note(own, 4001)
    assert with_running_network(own) == account_at(own, 4001)
    real = settings(tmp_path, twilio_account_sid="AC1")
    assert with_running_network(real) is real

    take_note_away(own)
    assert with_running_network(own) is own


@pytest.mark.parametrize("note", ["", "{", '{"port": "x"}', "[]", "null"])
def test_a_broken_note_is_no_note(tmp_path: Path, note: str) -> None:
    """A file cut short stops no command."""
    (tmp_path / "phone.json").write_text(note)
    own = settings(tmp_path)
    assert with_running_network(own) is own


def phone_page(network: str = NETWORK, *, caller: str = "127.0.0.1", **headers: str) -> int:
    app = create_app(FakeServices(settings=FakeSettings(phone_network=network)))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    client = app.test_client()
    answer = client.get("/dev/phone", environ_base={"REMOTE_ADDR": caller}, headers={"Host": "localhost:8000", **named})
    return answer.status_code


def test_the_page_is_there_without_sign_in() -> None:
    """On this machine."""
    assert phone_page() == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"network": ""},
        {"caller": "10.0.0.7"},
        {"Host": "phone.example.com"},
        {"Host": "[::1"},
        {"X_Forwarded_For": "10.0.0.7"},
        {"Forwarded": "for=10.0.0.7"},
    ],
)
def test_for_everybody_else_it_does_not_exist(asked: dict[str, str]) -> None:
    """Production, another machine, a name that leads here, a proxy."""
    assert phone_page(**asked) == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/messages", None),
        ("/messages", []),
        ("/messages", {"number": "alpha", "text": "hello"}),
        ("/messages", {"number": "+12025550111", "text": " "}),
        ("/messages", {"number": "+12025550111", "text": 7}),
        ("/messages", {"number": "+12025550111", "text": "a" * 1601}),
        ("/switches", {"number": "+12025550111", "fault": "explode"}),
        ("/switches", {"number": "+12025550111", "fault": "none", "latency": float("inf")}),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(path: str, body: Any) -> None:
    """Before the network is asked."""
    client = create_app(FakeServices(settings=FakeSettings(phone_network=NETWORK))).test_client()
    answer = client.post(f"/dev/phone{path}", json=body)

    assert answer.status_code == 400
    assert answer.get_json()["error"].endswith(".")


def test_a_network_that_is_away_is_said_so() -> None:
    """503 and a sentence; the page tries again."""
    client = create_app(FakeServices(settings=FakeSettings(phone_network=NETWORK))).test_client()
    answer = client.get("/dev/phone/messages?number=%2B12025550111")

    assert answer.status_code == 503
    assert "does not answer" in answer.get_json()["error"]
