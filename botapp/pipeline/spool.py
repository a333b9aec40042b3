"""The spool: a provider's call kept as a file when the database can't be asked, and received when it can again.

Guarantees: `put` has the bytes on the disk (fsync of file and folder) before it returns; a file is removed only after
what is in it was received, so a crash in between receives it twice, which the inbox knows how to take.
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from botapp.channels.base import WebhookRequest
from botapp.errors import BadPayload, NotFound, Retryable
from botapp.log import get_logger
from botapp.pipeline.receive import receive_webhook
from botapp.pipeline.services import Services

FOLDER = "spool"
REFUSED = "refused"
log = get_logger()


def put(data_dir: Path, scheme: str, request: WebhookRequest, at: datetime | None = None) -> Path:
    """Keep a proven call, which came `at` that moment, as a file; returns where."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    draft = folder / f"{name}.part"
    with draft.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(_to_bytes(scheme, request, at))
        file.flush()
        os.fsync(file.fileno())
    path = draft.rename(folder / f"{name}.json")
    _sync(folder)
    return path


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def waiting(data_dir: Path) -> list[Path]:
    """What was not received yet, oldest first."""
    found: list[tuple[int, Path]] = []
    for path in (data_dir / FOLDER).glob("*.json"):
        with suppress(FileNotFoundError):  # received by another process this very moment
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found)]


def replay(services: Services, data_dir: Path) -> int:
    """Receive what waits, oldest first; returns how many. Stops quietly while the database is away."""
    done = 0
    for path in waiting(data_dir):
        try:
            _receive(services, path)
        except Retryable:
            break
        except Exception as error:  # one file that can't be received must not keep the others, nor stop the timers
            log.error("spooled_call_failed", exc_info=error)
            continue
        done += 1
    return done


def _receive(services: Services, path: Path) -> None:
    try:
        scheme, request, at = _from_bytes(path.read_bytes())
        receive_webhook(services, services.channels[scheme], request, at)
    except (BadPayload, NotFound, KeyError, ValueError, TypeError) as error:
        aside = path.parent / REFUSED
        aside.mkdir(exist_ok=True, mode=0o700)
        path.rename(aside / path.name)  # kept for a person to look at: nothing is thrown away
        log.warning("spooled_call_refused", reason=type(error).__name__)
        return
    path.unlink(missing_ok=True)


def _to_bytes(scheme: str, request: WebhookRequest, at: datetime | None) -> bytes:
    kept = {"scheme": scheme, "at": at.isoformat() if at else "", "url": request.url, "headers": dict(request.headers)}
    return json.dumps({**kept, "body": b64encode(request.body).decode()}).encode()


def _from_bytes(raw: bytes) -> tuple[str, WebhookRequest, datetime | None]:
    kept = json.loads(raw)
    request = WebhookRequest(url=kept["url"], headers=kept["headers"], body=b64decode(kept["body"]))
    at = kept.get("at")
    return kept["scheme"], request, datetime.fromisoformat(at) if at else None
