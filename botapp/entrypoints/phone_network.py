"""An account at the phone network of this machine, so that texts work in development without one at a provider.

Guarantees: only where `Settings.simulates_phone` holds. The account's id and token follow from the installation's key,
so that they stay the same over restarts; they open nothing but this stand-in.
"""

import hashlib
import hmac
import json
import socket
import sys
from pathlib import Path

from pydantic import SecretStr

from botapp.config import Settings

NUMBER = "+12025550100"  # of the range that is kept for fiction
_NOTE = "phone.json"  # where a running network listens
_LEDGER = "phone-messages.jsonl"


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def account_at(settings: Settings, port: int) -> Settings:
    """The same settings, with an account at the network on this port."""
    return settings.model_copy(
        update={
            "twilio_account_sid": f"AC{_derived(settings, 'account')}",
            "twilio_auth_token": SecretStr(_derived(settings, "token")),
            "twilio_auth_token_old": SecretStr(""),
            "twilio_from": NUMBER,
            "twilio_messaging_service_sid": "",
            "twilio_base_url": f"http://127.0.0.1:{port}",
        }
    )


def _derived(settings: Settings, purpose: str) -> str:
    key = settings.signing_key().encode()
    return hmac.new(key, f"phone network of this machine: {purpose}".encode(), hashlib.sha256).hexdigest()[:32]


def environment_of(settings: Settings) -> dict[str, str]:
    """What a process of ours must find in its environment to have that account too."""
    return {
        "BOTAPP_TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "BOTAPP_TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "BOTAPP_TWILIO_AUTH_TOKEN_OLD": "",
        "BOTAPP_TWILIO_FROM": settings.twilio_from,
        "BOTAPP_TWILIO_MESSAGING_SERVICE_SID": "",
        "BOTAPP_TWILIO_BASE_URL": settings.twilio_base_url,
        "BOTAPP_TWILIO_HANDLES_OPT_OUT": str(settings.twilio_handles_opt_out).lower(),
    }


def command_of(settings: Settings, port: int) -> list[str]:
    """The network as a process. What was on its phones is kept in the data folder."""
    return [
        sys.executable,
        *("-m", "botapp.entrypoints.simulator.twilio", "--port", str(port), "--public-url", settings.base_url),
        *("--file", str((settings.data_dir / _LEDGER).resolve())),
        *(() if settings.twilio_handles_opt_out else ("--we-answer-opt-outs",)),
    ]


def leave_note(settings: Settings, port: int) -> None:
    """So that other commands on this data folder (`botapp invite`) know of the account."""
    (settings.data_dir / _NOTE).write_text(json.dumps({"port": port}))


def take_note_away(settings: Settings) -> None:
    (settings.data_dir / _NOTE).unlink(missing_ok=True)


def with_running_network(settings: Settings) -> Settings:
    """With the account of the network that `botapp up` runs on this data folder, when it does."""
    note = settings.data_dir / _NOTE
    if not settings.simulates_phone or not note.exists():
        return settings
    return account_at(settings, _port_in(note)) if _port_in(note) else settings


def _port_in(note: Path) -> int:
    try:
        return int(json.loads(note.read_text())["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
