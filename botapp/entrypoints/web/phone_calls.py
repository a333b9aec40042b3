"""Asks the phone network of this machine: what is on a phone, a text from it, how the network behaves. JSON both ways.

Guarantees: an answer, or a sentence why there is none. It knows the network's control paths and nothing of botapp.
"""

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

from botapp.errors import BadPayload, Retryable

LOOKS = 5.0
HANDS_IN = 45.0  # a text is answered when our own webhook, and then the fallback, had their time
_AWAY = "The phone network of this machine does not answer. It is started again by itself; try again in a moment."


class PhoneNetwork:
    """The network at a base URL on this machine."""

    def __init__(self, base_url: str) -> None:
        self._host, self._port = urlsplit(base_url).hostname or "", urlsplit(base_url).port

    def look(self, *path: str) -> dict[str, Any]:
        """What is there.

        Raises:
            Retryable: it does not answer. BadPayload: it says no.
        """
        return self._call("GET", path, None, LOOKS)

    def do(self, *path: str, **asked: Any) -> dict[str, Any]:
        """Have something done; raises as `look` does."""
        return self._call("POST", path, asked, HANDS_IN)

    def _call(self, method: str, path: tuple[str, ...], asked: Any, timeout: float) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=timeout)
        try:
            body = None if asked is None else json.dumps(asked)
            where = "/".join(quote(part, safe="") for part in ("_sim", *path))
            connection.request(method, f"/{where}", body, {"Content-Type": "application/json"} if body else {})
            answer = connection.getresponse()
            said: dict[str, Any] = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Retryable(_AWAY) from error
        finally:
            connection.close()
        if answer.status != 200:
            raise BadPayload(str(said.get("message") or "The phone network could not do that."))
        return said
