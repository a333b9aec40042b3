"""Interviews whose alerts go to a channel of the local Slack: the real outbox and channel, a clock we move."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from botapp.channels.base import WebhookRequest
from botapp.channels.slack import Slack, SlackApi
from botapp.channels.slack.actions import About
from botapp.entrypoints.simulator.slack import SIGNING_SECRET, LocalSlack, SignedRequest, text_of_view
from botapp.messages import InboundMessage, OutboundMessage, Sender, SenderKind, outbound_to_json
from botapp.pipeline.alerts import raise_alert
from botapp.pipeline.deliver import deliver_next
from botapp.pipeline.receive import receive_message
from botapp.pipeline.slack import receive_slack
from botapp.pipeline.slack_decisions import decide_in_slack, is_decision, submit_in_slack
from botapp.pipeline.slack_home import home_in_slack, is_home
from botapp.pipeline.turn import TurnServices
from botapp.policy.access import Role
from botapp.state import member_accounts
from botapp.state import slack as installed
from botapp.state.read_models import MemberRow
from tests.support.slack import local_slack
from tests.support.stack import MovableClock, Stack, add_member

CHANNEL = "slack:T1/C1"


@dataclass
class AlertRig:
    """An employer whose Slack is T1; Ada (U1) installed the app and is the owner. Vic (U2) is a viewer."""

    stack: Stack
    slack: LocalSlack = None  # type: ignore[assignment]
    members: dict[str, MemberRow] = field(default_factory=dict)
    submitted: list[InboundMessage] = field(default_factory=list)

    def takes(self, request: SignedRequest, _seconds: float) -> tuple[int, str, bool]:
        """The entry point in small: proven, read, answered by the verbs under test."""
        services, channel = self.stack.services, self.stack.services.channels["slack"]
        proven = WebhookRequest(request.url, request.headers, request.body)
        channel.verify(proven, {"current": SIGNING_SECRET})
        answer: dict[str, Any] = {}
        for item in channel.parse(proven):
            assert isinstance(item, InboundMessage)
            answer = self._answers(services, item) or answer
        return 200, json.dumps(answer) if answer else "", False

    def _answers(self, services: TurnServices, item: InboundMessage) -> dict[str, Any] | None:
        payload = item.payload
        member, about = self.members[str(payload["user"])], About(**payload.get("about", {}))
        action = str(payload.get("action", payload.get("event", "")))
        if action == "submit":
            self.submitted.append(item)
            return submit_in_slack(services, member, about, str(payload["value"]), payload)
        if is_decision(about, action):
            decide_in_slack(services, member, about, action, payload)
        elif action == "app_home_opened" or is_home(action):
            home_in_slack(services, member, action, payload)
        return None

    def walks_in(self, request: SignedRequest, _seconds: float) -> tuple[int, str, bool]:
        """The whole way in: routed by workspace, member and what was pressed."""
        answer = receive_slack(self.stack.services, WebhookRequest(request.url, request.headers, request.body))
        return 200, json.dumps(answer) if answer else "", False

    def presses(self, user: str, label: str, **more: Any) -> None:
        self.slack.presses(user, label, **more).wait()

    def modal(self, user: str) -> str:
        """What the person sees in the modal on top."""
        view = self.slack.modal(user)
        return text_of_view(view.body) if view else ""

    @property
    def clock(self) -> MovableClock:
        return self.stack.clock

    def raises(self, number: int, *, about: str = "completed", interviewer_id: str, to: str = CHANNEL) -> None:
        """Something happened in some interview."""
        services = self.stack.services
        with services.database.writing() as uow:
            raise_alert(
                services,
                uow,
                id=f"alert-{about}-{number}",
                workspace_id=self.stack.workspace_id,
                about=about,
                message=outbound_to_json(OutboundMessage(f"Person {number} said “my secret {number}”")),
                subject={"interview_id": f"interview-{number}", "interviewer_id": interviewer_id},
                wanted=to,
            )

    def delivers(self) -> None:
        """Everything that is due now."""
        while deliver_next(self.stack.services):
            pass

    def delivers_for(self, seconds: float, step: float = 0.5) -> None:
        for _ in range(int(seconds / step)):
            self.clock.advance(seconds=step)
            self.delivers()

    def calls(self) -> list[Any]:
        """Everything that was written or changed in Slack, in order."""
        return [e for e in self.slack.ledger.entries if e.method in ("chat.postMessage", "chat.update")]

    def everything_slack_got(self) -> str:
        return repr([entry.arguments for entry in self.slack.ledger.entries])


@contextmanager
def alert_rig(stack: Stack, **given: Any) -> Iterator[AlertRig]:
    """Slack beside the stack's own channels."""
    rig = AlertRig(stack)
    rig.members = {"U1": stack.owner, "U2": add_member(stack.services, stack.workspace_id, "Vic Viewer", Role.VIEWER)}
    url = "http://app.test/hooks/slack/events"
    usual: dict[str, Any] = {"events_url": url, "post": rig.takes, "clock": lambda: stack.clock.now().timestamp()}
    with local_slack(**usual | given) as there:
        rig.slack, there.echo = there, False
        api = SlackApi(there.base_url, timedelta(seconds=5))
        channel = Slack(lambda team: there.token if team == "T1" else "", api, stack.services.base_url, stack.clock)
        secrets = {"slack": {"current": SIGNING_SECRET}}
        channels = {**stack.services.channels, "slack": channel}
        stack.services = replace(stack.services, channels=channels, secrets=secrets)
        with stack.services.database.writing() as uow:
            for user in ("", "U1"):
                installed.keep(
                    uow,
                    enterprise="",
                    team="T1",
                    slack_user=user,
                    workspace_id=stack.workspace_id,
                    app_id="A1",
                    sealed="sealed",
                    now=stack.clock.now(),
                )
            for user, member in rig.members.items():
                account = f"T1/{user}"
                member_accounts.keep(
                    uow,
                    workspace_id=stack.workspace_id,
                    scheme="slack",
                    account=account,
                    member_id=member.id,
                    now=stack.clock.now(),
                )
        yield rig


def says_in_slack(rig: AlertRig, conversation_id: str, text: str, *, address: str, channels: dict[str, str]) -> None:
    """A member's words in the thread that composes an interviewer, as they come in from Slack."""
    ts = rig.slack.world.new_ts()
    message = InboundMessage(
        channel_account="T1",
        external_id=f"T1/C1/{ts}",
        address=address,
        sender=Sender(SenderKind.MEMBER, rig.stack.owner.id),
        text=text,
        received_at=rig.clock.now(),
        payload={"user": "U1", "team": "T1", "channel": "C1", "ts": ts, "channels": channels},
    )
    receive_message(rig.stack.services, message, workspace_id=rig.stack.workspace_id, conversation_id=conversation_id)
