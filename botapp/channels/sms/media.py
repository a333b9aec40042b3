"""Fetches the bytes of a file somebody texted to us.

Guarantees: our token goes to the provider only; a redirect is followed once the place it leads to is one where the
provider keeps files, and without the token. At most 11 MB, at most 30 seconds.
"""

import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from botapp.channels.sms.account import SmsAccount
from botapp.errors import Permanent, Retryable

MOST_BYTES = 11 * 1024 * 1024
MOST_SECONDS = 30.0
_API = "api.twilio.com"
_STORES = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")
_TIMEOUTS = (5.0, 10.0)


def fetch(account: SmsAccount, url: str) -> tuple[bytes, str]:
    """The file and its content type.

    Raises:
        Retryable: it may work later.
        Permanent: it never will: not the provider's, gone, too large.
    """
    from requests import Session
    from requests.exceptions import RequestException

    if not _is_api(account, url):
        raise Permanent("This file is not kept by our text message provider, so it was not fetched.")
    token = next((token for token in account.tokens if token), "")
    deadline = time.monotonic() + MOST_SECONDS
    try:
        with Session() as session:
            session.trust_env = False  # a .netrc must not add credentials of its own
            return _read(session, account, url, (account.account_sid, token), deadline)
    except RequestException as error:
        raise Retryable("The file could not be fetched just now.") from error


def _read(session: Any, account: SmsAccount, url: str, auth: tuple[str, str], deadline: float) -> tuple[bytes, str]:
    for _ in range(4):
        may_know = auth if _is_api(account, url) else None
        with session.get(url, auth=may_know, timeout=_TIMEOUTS, stream=True, allow_redirects=False) as answer:
            if answer.is_redirect:
                url = urljoin(url, answer.headers["Location"])
                if not _is_api(account, url) and not _is_store(url):
                    raise Permanent("This file is kept somewhere we don't know, so it was not fetched.")
                continue
            _check(answer.status_code)
            return _bytes(answer, deadline), answer.headers.get("Content-Type", "application/octet-stream")
    raise Permanent("This file leads from one place to the next, so it was not fetched.")


def _check(status: int) -> None:
    if status in (408, 425, 429) or status >= 500:
        raise Retryable("The file could not be fetched just now.")
    if status != 200:
        raise Permanent("The file is not there any more.")


def _bytes(answer: Any, deadline: float) -> bytes:
    read = bytearray()
    for chunk in answer.iter_content(64 * 1024):
        read += chunk
        if len(read) > MOST_BYTES:
            raise Permanent("The file is larger than 11 MB.")
        if time.monotonic() > deadline:
            raise Retryable("The file came too slowly.")
    return bytes(read)


def _is_api(account: SmsAccount, url: str) -> bool:
    """Our API's own host: the real one over TLS, or the one on this machine."""
    try:
        parts = urlsplit(url)
        place = (parts.scheme, parts.hostname, parts.port)
        ours = urlsplit(account.base_url)
        return place in (("https", _API, None), ("https", _API, 443)) or (
            bool(account.base_url) and place == (ours.scheme, ours.hostname, ours.port)
        )
    except ValueError:
        return False


def _is_store(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and parts.port in (None, 443) and (parts.hostname or "").endswith(_STORES)
    except ValueError:
        return False
