"""What the local Slack serves beside the Web API: response URLs, files, and the page that installs the app."""

import secrets
from urllib.parse import urlencode

from botapp.entrypoints.simulator.slack_api import NOBODY, Answer, Api, as_json, refused
from botapp.entrypoints.simulator.slack_call import checked_blocks
from botapp.entrypoints.simulator.slack_http import Part, Request
from botapp.entrypoints.simulator.slack_ledger import Refusal
from botapp.entrypoints.simulator.slack_payloads import message_event
from botapp.entrypoints.simulator.slack_people import People
from botapp.entrypoints.simulator.slack_world import CLIENT_ID, Channel, Grant, Message, Refused, ResponseUrl, Team

LOGIN_PAGE = b"<!DOCTYPE html><html><title>Sign in to Slack</title></html>"


def web_api(api: Api) -> Part:
    def answer(request: Request) -> Answer | None:
        found = request.matches(r"/api/(?P<method>[A-Za-z0-9.]+)")
        return api.answer(found["method"], request.headers, request.body, request.query) if found else None

    return answer


def response_urls(people: People) -> Part:
    """Five posts within half an hour, no token."""

    def answer(request: Request) -> Answer | None:
        found = request.matches(r"/response/(?P<team>\w+)/(?P<key>[\w-]+)")
        if found is None or request.verb != "POST":
            return None
        try:
            with people.world.lock:
                _respond(people, people.world.use_response_url(found["key"]), request)
            return Answer(body=b"ok", content_type="text/plain")
        except (Refused, ValueError) as wrong:
            refusal = wrong if isinstance(wrong, Refused) else Refused("invalid_payload")
            people.ledger.refuse(Refusal("response_url", found["team"], people.world.clock(), refusal.error))
            gone = refusal.error in ("used_url", "expired_url", "no_such_url")
            return as_json({"ok": False, "error": refusal.error}, 404) if gone else refused(refusal)

    return answer


def _respond(people: People, url: ResponseUrl, request: Request) -> None:
    team, said = people.world.teams[url.team], request.json
    channel = team.channels[url.channel]
    original = channel.messages.get(url.ts)
    if original is not None and said.get("delete_original"):
        del channel.messages[url.ts]
        people.ledger.write("response_url", team.id, channel=channel.id, ts=url.ts, arguments=said)
        return
    if original is not None and said.get("replace_original"):
        _replace(people, team, channel, original, said)
        return
    people.show_answer(team, channel, url.user, said, "response_url")


def _replace(people: People, team: Team, channel: Channel, message: Message, said: dict[str, object]) -> None:
    message.text, message.blocks = str(said.get("text") or ""), checked_blocks(said.get("blocks"))
    if not message.text and not message.blocks:
        raise Refused("no_text")
    message.edited = True
    people.ledger.write(
        "response_url", team.id, channel=channel.id, user=team.bot_user, ts=message.ts, thread_ts=message.thread_ts,
        text=message.text, blocks=tuple(message.blocks), arguments=said,
    )  # fmt: skip
    if not message.ephemeral_for:
        people.world.emit(team, message_event(team, channel, message, changed=True, ts=people.world.new_ts()))


def files(people: People) -> Part:
    """A file's bytes for a bearer with files:read; others are shown the sign-in page, with 200, as Slack does."""

    def answer(request: Request) -> Answer | None:
        found = request.matches(r"/files-pri/(?P<team>\w+)-(?P<file>\w+)/(download/)?(?P<name>.+)")
        if found is None:
            return None
        team = people.world.teams.get(found["team"], NOBODY)
        wanted = team.files.get(found["file"])
        if wanted is None or wanted.lost:
            return Answer(404, b"", content_type="text/html")
        bearer = (request.headers.get("Authorization") or "").removeprefix("Bearer ")
        if bearer != team.token or team.trouble or "files:read" not in team.scopes:
            return Answer(200, LOGIN_PAGE, content_type="text/html; charset=utf-8")
        return Answer(200, wanted.content, content_type=wanted.mimetype)

    return answer


def install_page(people: People) -> Part:
    """/oauth/v2/authorize: the first person of the workspace agrees at once and is sent back with a code."""

    def answer(request: Request) -> Answer | None:
        if request.path != "/oauth/v2/authorize":
            return None
        asked = request.parameters
        if asked.get("client_id") != CLIENT_ID or not asked.get("redirect_uri"):
            return Answer(400, b"invalid client_id or redirect_uri", content_type="text/plain")
        user = next(user.id for user in people.team().users.values() if not user.is_bot)
        scopes = frozenset(asked.get("scope", "").split(","))
        code = new_grant(people, people.home_team, user, asked["redirect_uri"], scopes)
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}"
        return Answer(302, b"", {"Location": back}, "text/html")

    return answer


def new_grant(people: People, team: str, user: str, redirect_uri: str, scopes: frozenset[str]) -> str:
    code = secrets.token_urlsafe(12)
    people.world.grants[code] = Grant(team, people.user(user, team).id, redirect_uri, scopes)
    return code
