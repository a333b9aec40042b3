"""`botapp slack socket`: Slack without a public address. What comes down the socket goes the way of a signed call.

Guarantees: an envelope is acknowledged only when what is in it was kept; one that could not be kept is left to Slack's
next try. The socket is proof enough: we opened it, with our app token.
"""

import json
import threading
from typing import Any

from botapp.bootstrap import connect_slack, services
from botapp.config import Settings
from botapp.errors import BotappError, Permanent, Retryable
from botapp.log import get_logger
from botapp.pipeline.services import Services
from botapp.pipeline.slack import take_payload

log = get_logger()


def run_socket(settings: Settings, stopping: threading.Event | None = None) -> None:
    """Until it is told to stop.

    Raises:
        Permanent: no app token is set.
    """
    token = settings.slack_app_token.get_secret_value()
    if not token:
        raise Permanent("Set BOTAPP_SLACK_APP_TOKEN (xapp-...) to listen to Slack by a socket.")
    shared = services(settings)
    connect_slack(settings, shared)
    client = socket_client(settings, shared, token)
    client.connect()
    try:
        (stopping or threading.Event()).wait()
    finally:
        client.close()


def socket_client(settings: Settings, shared: Services, token: str) -> Any:
    """The vendor's client with our listener; it reconnects by itself."""
    from slack_sdk.socket_mode import SocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest
    from slack_sdk.socket_mode.response import SocketModeResponse

    from botapp.channels.slack import SlackApi

    web = SlackApi(settings.slack_base_url).client(token)
    client = SocketModeClient(app_token=token, web_client=web, concurrency=4)

    def listen(listening: Any, request: SocketModeRequest) -> None:
        taken, answer = take_envelope(shared, request.type, request.payload)
        if taken:
            listening.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client.socket_mode_request_listeners.append(listen)
    return client


def take_envelope(shared: Services, kind: str, payload: Any) -> tuple[bool, dict[str, Any] | None]:
    """(whether to acknowledge it, the answer that goes along)."""
    if not isinstance(payload, dict):
        return True, None
    if kind == "slash_commands":
        payload = {**payload, "type": "command"}
    try:
        answer = take_payload(shared, payload, json.dumps(payload).encode())
    except Retryable:
        return False, None
    except BotappError as error:
        log.info("slack_call_refused", why=type(error).__name__)
        return True, None
    except Exception as error:  # the outermost frame of the listener: the next envelope must still be heard
        log.error("slack_listener_failed", exc_info=error)
        return False, None
    return True, dict(answer) if answer is not None else None
