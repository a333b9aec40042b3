"""Installing the app in a Slack workspace: the address people are sent to, and the code they come back with.

Guarantees: a code is exchanged once, with a time-out; what Slack answers is an installation or a sentence.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from botapp.channels.slack.api import SLACK, SlackApi
from botapp.channels.slack.manifest import OAUTH_PATH, scope_names
from botapp.errors import BadPayload, Retryable

if TYPE_CHECKING:
    from slack_sdk.oauth.installation_store import Bot, Installation

NOT_DONE = "Slack did not confirm that. Please start again from the console."


@dataclass(frozen=True, slots=True)
class App:
    """Our app, as Slack knows it."""

    client_id: str
    client_secret: str
    public_url: str

    @property
    def comes_back_to(self) -> str:
        return f"{self.public_url}{OAUTH_PATH}"


def install_url(app: App, api: SlackApi, state: str) -> str:
    """Where somebody agrees."""
    root = "https://slack.com" if api.base_url == SLACK else api.base_url.removesuffix("/").removesuffix("/api")
    asked = {
        "client_id": app.client_id,
        "scope": ",".join(scope_names()),
        "state": state,
        "redirect_uri": app.comes_back_to,
    }
    return f"{root}/oauth/v2/authorize?{urlencode(asked)}"


def exchanged(app: App, api: SlackApi, code: str, workspace_id: str) -> "Installation":
    """The installation that a code stands for.

    Raises:
        BadPayload: Slack does not know the code. Retryable: Slack could not be reached.
    """
    from slack_sdk.errors import SlackApiError

    try:
        data: Any = (
            api.client("")
            .oauth_v2_access(
                client_id=app.client_id, client_secret=app.client_secret, code=code, redirect_uri=app.comes_back_to
            )
            .data
        )
    except SlackApiError as error:
        raise BadPayload(NOT_DONE) from error
    except OSError as error:
        raise Retryable("Slack could not be reached. Please try again in a minute.") from error
    if not isinstance(data, dict):
        raise BadPayload(NOT_DONE)
    return _installation(data, workspace_id)


def _installation(data: dict[str, Any], workspace_id: str) -> "Installation":
    from slack_sdk.oauth.installation_store import Installation

    team, enterprise, user = data.get("team") or {}, data.get("enterprise") or {}, data.get("authed_user") or {}
    return Installation(
        app_id=data.get("app_id"),
        enterprise_id=enterprise.get("id"),
        team_id=team.get("id"),
        team_name=team.get("name"),
        bot_token=data.get("access_token"),
        bot_id=data.get("bot_id") or data.get("bot_user_id") or "",
        bot_user_id=data.get("bot_user_id"),
        bot_scopes=str(data.get("scope") or ""),
        user_id=str(user.get("id") or ""),
        is_enterprise_install=bool(data.get("is_enterprise_install")),
        custom_values={"workspace_id": workspace_id},
    )


def own_bot(token: str, identity: Any, workspace_id: str) -> "Bot":
    """The bot of a single Slack workspace, whose token was set by hand; `identity` is what auth.test said."""
    from slack_sdk.oauth.installation_store import Bot

    return Bot(
        app_id="",
        team_id=identity.get("team_id"),
        team_name=identity.get("team"),
        bot_token=token,
        bot_id=identity.get("bot_id") or identity.get("user_id") or "",
        bot_user_id=identity.get("user_id"),
        bot_scopes="",
        installed_at=0.0,
        custom_values={"workspace_id": workspace_id},
    )
