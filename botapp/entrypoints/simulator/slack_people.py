"""What people do in the local Slack: say, edit, press, fill in, run a command, open the Home tab.

Guarantees: a person can only do what Slack's client would let them (`NotPossible` says why not); each act reaches the
app as the same events Slack would send, if the app is in the channel and its token has the scope for them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from botapp.entrypoints.simulator import slack_payloads as payloads
from botapp.entrypoints.simulator.slack_call import checked_blocks, checked_view
from botapp.entrypoints.simulator.slack_fields import (
    Control,
    action_of,
    find_controls,
    refuse_incomplete,
    state_of,
)
from botapp.entrypoints.simulator.slack_ledger import Entry, Ledger
from botapp.entrypoints.simulator.slack_sender import Delivery, Kind, Sender
from botapp.entrypoints.simulator.slack_views import STACK, close_views, keep_view, new_view, replace_body
from botapp.entrypoints.simulator.slack_world import (
    Channel,
    ChannelKind,
    File,
    Message,
    NotPossible,
    Refused,
    Team,
    User,
    View,
    World,
)

HISTORY = {ChannelKind.PUBLIC: "channels:history", ChannelKind.PRIVATE: "groups:history", ChannelKind.DM: "im:history"}


@dataclass(frozen=True)
class Said:
    """A person's message and the events it made (a mention makes two)."""

    channel: str
    ts: str
    thread_ts: str
    deliveries: tuple[Delivery, ...] = ()

    def wait(self, seconds: float = 10.0) -> "Said":
        for delivery in self.deliveries:
            delivery.wait(seconds)
        return self


@dataclass(frozen=True)
class Submitted:
    """What became of a modal after Submit. `problem`: the app's answer made no sense, Slack shows its own error."""

    delivery: Delivery
    view: View
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    problem: str = ""


class People:
    """The acts. One team is the one meant when none is named."""

    def __init__(self, world: World, ledger: Ledger, sender: Sender) -> None:
        self.world, self.ledger, self.sender = world, ledger, sender
        self.home_team = ""
        self.echo = True  # the app is sent its own messages too, as Slack does
        world.emit = self._echo

    # -- who and where -----------------------------------------------------------------------------

    def team(self, team: str = "") -> Team:
        return self.world.teams[team or self.home_team]

    def user(self, user: str, team: str = "") -> User:
        found = self.team(team).users.get(user)
        if found is None:
            raise NotPossible(f"there is nobody called {user}")
        return found

    def dm(self, user: str, team: str = "") -> Channel:
        """The conversation of this person with the app, as in the Messages tab."""
        return self.world.direct(self.team(team), self.user(user, team).id)

    def channel(self, channel: str, team: str = "") -> Channel:
        found = self.team(team).channels.get(channel)
        if found is None:
            raise NotPossible(f"there is no channel {channel}")
        return found

    def message(self, channel: str, ts: str, team: str = "") -> Message:
        found = self.channel(channel, team).messages.get(ts)
        if found is None:
            raise NotPossible(f"there is no message {ts} in {channel}")
        return found

    def home(self, user: str, team: str = "") -> View | None:
        return self.team(team).homes.get(user)

    def modal(self, user: str, team: str = "") -> View | None:
        """The one on top."""
        stack = self.team(team).stacks.get(user)
        return stack[-1] if stack else None

    def status(self, channel: str, thread_ts: str, team: str = "") -> str:
        """The status line shown in a thread, empty when there is none."""
        return self.channel(channel, team).statuses.get(thread_ts, "")

    def statuses(self, team: str = "") -> dict[tuple[str, str], str]:
        """Every status line shown, by channel and thread."""
        return {(c.id, ts): text for c in self.team(team).channels.values() for ts, text in c.statuses.items()}

    def add_file(self, user: str, name: str, content: bytes, *, mimetype: str = "text/plain", team: str = "") -> File:
        """A file of theirs, to be given to `says(files=[...])`."""
        made = File(self.world.new_id("F"), name, content, mimetype, self.user(user, team).id)
        self.team(team).files[made.id] = made
        return made

    # -- saying ------------------------------------------------------------------------------------

    def says(
        self, user: str, text: str, *, channel: str = "", thread: str = "", files: Sequence[File] = (),
        mention: bool = False, team: str = "",
    ) -> Said:  # fmt: skip
        """In the DM with the app when no channel is named. `mention` puts the app's name in front."""
        there = self._place(user, channel, team)
        if thread and self.message(there.id, thread, team).is_reply:
            raise NotPossible("a reply goes to the thread's first message")
        if not text and not files:
            raise NotPossible("an empty message")
        written = f"<@{self.team(team).bot_user}> {text}" if mention else text
        with self.world.lock:
            message = Message(self.world.new_ts(), there.id, user, written, thread_ts=thread, files=list(files))
            self.world.keep_message(there, message)
        return Said(there.id, message.ts, thread, self._tell(there, message, team))

    def _place(self, user: str, channel: str, team: str) -> Channel:
        there = self.channel(channel, team) if channel else self.dm(user, team)
        if self.user(user, team).id not in there.members:
            raise NotPossible(f"{user} is not in {there.id}")
        if there.archived:
            raise NotPossible(f"{there.id} is archived")
        return there

    def _tell(self, channel: Channel, message: Message, team: str) -> tuple[Delivery, ...]:
        owner, sent = self.team(team), []
        if owner.bot_user not in channel.members:
            return ()
        if HISTORY[channel.kind] in owner.scopes:
            sent.append(self.event(payloads.message_event(owner, channel, message), team=owner.id))
        named = f"<@{owner.bot_user}>" in message.text and channel.kind is not ChannelKind.DM
        if named and "app_mentions:read" in owner.scopes:
            sent.append(self.event(payloads.mention_event(owner, channel, message), team=owner.id))
        return tuple(sent)

    def edits(self, user: str, channel: str, ts: str, text: str, team: str = "") -> Delivery | None:
        message = self._own(user, channel, ts, team)
        message.text, message.edited = text, True
        return self._note(channel, message, team, changed=True)

    def deletes(self, user: str, channel: str, ts: str, team: str = "") -> Delivery | None:
        message = self._own(user, channel, ts, team)
        del self.channel(channel, team).messages[ts]
        return self._note(channel, message, team, deleted=True)

    def _own(self, user: str, channel: str, ts: str, team: str) -> Message:
        message = self.message(channel, ts, team)
        if message.user != user:
            raise NotPossible(f"{ts} is not a message of {user}")
        return message

    def _note(self, channel: str, message: Message, team: str, **what: bool) -> Delivery | None:
        owner, there = self.team(team), self.channel(channel, team)
        if HISTORY[there.kind] not in owner.scopes or owner.bot_user not in there.members:
            return None
        return self.event(payloads.message_event(owner, there, message, ts=self.world.new_ts(), **what), team=team)

    def _echo(self, team: Team, event: dict[str, Any]) -> None:
        if self.echo and HISTORY[ChannelKind(event["channel_type"])] in team.scopes:
            self.event(event, team=team.id)

    # -- events ------------------------------------------------------------------------------------

    def event(self, event: dict[str, Any], *, team: str = "", event_id: str = "") -> Delivery:
        """Any event at all, in its envelope. The same `event_id` twice is the same event twice."""
        around = payloads.envelope(self.team(team), event, event_id or self.world.new_id("Ev"), self.world.clock())
        return self.sender.deliver(Kind.EVENT, around)

    def opens_home(self, user: str, tab: str = "home", team: str = "") -> Delivery:
        """The Home tab, or with tab="messages" the conversation with the app."""
        home = self.home(user, team)
        opened = payloads.home_opened(self.team(team), user, self.dm(user, team), tab, home, self.world.new_ts())
        return self.event(opened, team=team)

    def starts_assistant_thread(self, user: str, team: str = "") -> Said:
        """The older way of opening a conversation with the app: a thread that Slack begins."""
        there, ts = self.dm(user, team), self.world.new_ts()
        self.world.keep_message(there, Message(ts, there.id, self.team(team).bot_user, "New chat"))
        event = payloads.assistant_thread_started(self.team(team), user, there, ts, self.world.new_ts())
        return Said(there.id, ts, ts, (self.event(event, team=team),))

    def uninstalls(self, team: str = "") -> tuple[Delivery, Delivery]:
        """The token is dead before the app hears of it, and the two events come in any order."""
        gone = self.team(team)
        gone.trouble = "account_inactive"
        revoked = self.event(payloads.tokens_revoked(gone), team=team)
        return revoked, self.event(payloads.uninstalled(), team=team)

    # -- pressing ----------------------------------------------------------------------------------

    def controls(
        self, user: str, name: str, *, on: Message | View | Entry | None = None, row: str = "", team: str = ""
    ) -> list[Control]:
        """What this person could press by that name: action id, label or placeholder."""
        return find_controls(self._holder(user, name, on, row, team).blocks, name, row)

    def presses(
        self, user: str, name: str, *, on: Message | View | Entry | None = None, row: str = "", choose: str = "",
        nth: int = 0, given: Mapping[str, Any] | None = None, team: str = "",
    ) -> Delivery:  # fmt: skip
        """`on` nothing: the open modal, else Home, else the newest message with such a control. `row`: only in blocks
        whose text has this in it. `choose`: the option, by value or label. `given`: what was filled in beside it."""
        holder = self._holder(user, name, on, row, team)
        found = find_controls(holder.blocks, name, row)
        if len(found) <= nth:
            raise NotPossible(f"there is no {name!r} to press")
        action = action_of(found[nth], choose, self.world.new_ts())
        state, trigger = state_of(holder.blocks, given or {}), self.world.new_trigger(self.team(team).id, user)
        return self.sender.deliver(Kind.INTERACTION, self._pressed(user, holder, action, state, trigger, team))

    def _pressed(
        self, user: str, holder: Message | View, action: dict[str, Any], state: dict[str, Any], trigger: str, team: str
    ) -> dict[str, Any]:
        owner = self.team(team)
        if isinstance(holder, View):
            return payloads.block_actions_of_view(owner, user, holder, action, state, trigger)
        channel = self.channel(holder.channel, team)
        response_url = self.world.new_response_url(owner, channel.id, user, holder.ts)
        return payloads.block_actions_of_message(owner, user, channel, holder, action, state, trigger, response_url)

    def _holder(self, user: str, name: str, on: Message | View | Entry | None, row: str, team: str) -> Message | View:
        if isinstance(on, Entry):
            on = self._shown_by(on, user, team)
        if on is not None:
            return on
        shown: list[Message | View] = [*self._views_of(user, team), *self._messages_of(user, team)]
        for holder in shown:
            if find_controls(holder.blocks, name, row):
                return holder
        raise NotPossible(f"{user} sees no {name!r} to press")

    def _shown_by(self, entry: Entry, user: str, team: str) -> Message | View:
        if entry.view is not None:
            found = self.team(team).views.get(str(entry.view["id"]))
            if found is None:
                raise NotPossible("that view is closed")
            return found
        message = self.message(entry.channel, entry.ts, team)
        if message.ephemeral_for not in ("", user):
            raise NotPossible(f"only {message.ephemeral_for} sees that message")
        return message

    def _views_of(self, user: str, team: str) -> list[View]:
        modal, home = self.modal(user, team), self.home(user, team)
        return [view for view in (modal, home) if view is not None]

    def _messages_of(self, user: str, team: str) -> list[Message]:
        theirs = [c for c in self.team(team).channels.values() if user in c.members]
        with self.world.lock:
            seen = [m for c in theirs for m in c.messages.values() if m.ephemeral_for in ("", user)]
        return sorted(seen, key=lambda message: message.ts, reverse=True)

    # -- modals ------------------------------------------------------------------------------------

    def _open_modal(self, user: str, view: View | None, team: str) -> View:
        top = view or self.modal(user, team)
        if top is None or top is not self.modal(user, team):
            raise NotPossible(f"{user} has no such modal open")
        return top

    def submits(
        self, user: str, given: Mapping[str, Any] | None = None, *, view: View | None = None, team: str = ""
    ) -> Submitted:
        """Fills in the modal on top and presses Submit; waits for the app and does what it answers."""
        top = self._open_modal(user, view, team)
        if not top.body.get("submit"):
            raise NotPossible("this modal has no Submit")
        state = state_of(top.blocks, given or {})
        refuse_incomplete(top.blocks, state)
        trigger = self.world.new_trigger(self.team(team).id, user)
        payload = payloads.view_submission(self.team(team), user, top, state, trigger)
        delivery = self.sender.deliver(Kind.INTERACTION, payload).wait(self.world.pace.ack + 5)
        return self._after_submit(delivery, user, top, team)

    def _after_submit(self, delivery: Delivery, user: str, view: View, team: str) -> Submitted:
        if not delivery.acked:
            return Submitted(delivery, view, problem=delivery.told or "dispatch_failed")
        body = delivery.attempts[-1].body.strip() if delivery.attempts else ""
        if body and delivery.answer is None:
            return Submitted(delivery, view, problem="the answer is not a JSON object")
        try:
            with self.world.lock:
                return self._obey(delivery, user, view, team)
        except Refused as refusal:
            return Submitted(delivery, view, problem=f"{refusal.error} {'; '.join(refusal.messages)}".strip())

    def _obey(self, delivery: Delivery, user: str, view: View, team: str) -> Submitted:
        answer, owner = delivery.answer or {}, self.team(team)
        match answer.get("response_action"):
            case None:
                close_views(owner, user)
                return Submitted(delivery, view, closed=True)
            case "clear":
                close_views(owner, user, all_of_them=True)
                return Submitted(delivery, view, closed=True)
            case "errors":
                view.errors = _checked_errors(view, answer.get("errors"))
                return Submitted(delivery, view, errors=view.errors)
            case "update":
                replace_body(self.world, view, checked_view(answer.get("view"), "modal"))
                return Submitted(delivery, view)
            case "push":
                if len(owner.stacks[user]) >= STACK:
                    raise Refused("push_limit_reached")
                body = checked_view(answer.get("view"), "modal")
                return Submitted(delivery, keep_view(owner, new_view(self.world, user, body, view)))
            case other:
                raise Refused("invalid_arguments", f"[ERROR] response_action {other!r}")

    def closes(self, user: str, *, all_of_them: bool = False, team: str = "") -> Delivery | None:
        """The app hears of it only when the view asked for it."""
        top = self._open_modal(user, None, team)
        close_views(self.team(team), user, all_of_them=all_of_them)
        if not top.body.get("notify_on_close"):
            return None
        closed = payloads.view_closed(self.team(team), user, top, is_cleared=all_of_them)
        return self.sender.deliver(Kind.INTERACTION, closed)

    # -- commands ----------------------------------------------------------------------------------

    def runs(self, user: str, command: str, text: str = "", *, channel: str = "", team: str = "") -> Delivery:
        """A slash command; waits for the app, and shows what it answered to the one who typed it (or to all)."""
        owner, there = self.team(team), self._place(user, channel, team)
        trigger = self.world.new_trigger(owner.id, user)
        response_url = self.world.new_response_url(owner, there.id, user)
        payload = payloads.slash_command(owner, user, there, command, text, trigger, response_url)
        delivery = self.sender.deliver(Kind.COMMAND, payload).wait(self.world.pace.ack + 5)
        if delivery.acked and delivery.attempts[-1].body.strip():
            answer = delivery.answer or {"text": delivery.attempts[-1].body}
            self.show_answer(owner, there, user, answer, "command.answer")
        return delivery

    def show_answer(self, team: Team, channel: Channel, user: str, answer: dict[str, Any], method: str) -> Message:
        """A command's answer, or a post to a response URL: to the person alone unless it says in_channel."""
        allowed = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "metadata"}
        if unknown := set(answer) - allowed:
            raise Refused("invalid_arguments", *(f"[ERROR] unknown argument: {name}" for name in sorted(unknown)))
        if not answer.get("text") and not answer.get("blocks"):
            raise Refused("no_text")
        blocks, only = checked_blocks(answer.get("blocks")), answer.get("response_type") != "in_channel"
        message = Message(
            self.world.new_ts(), channel.id, team.bot_user, str(answer.get("text") or ""), from_app=True,
            thread_ts=str(answer.get("thread_ts") or ""), blocks=blocks, ephemeral_for=user if only else "",
        )  # fmt: skip
        self.world.keep_message(channel, message)
        self.ledger.write(
            method, team.id, channel=channel.id, user=user if only else team.bot_user, ts=message.ts,
            thread_ts=message.thread_ts, text=message.text, blocks=tuple(blocks), arguments=answer,
        )  # fmt: skip
        return message


def _checked_errors(view: View, errors: Any) -> dict[str, str]:
    """Each names an input block of the view, and says something."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_arguments", "[ERROR] errors are missing")
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            raise Refused("invalid_arguments", f"[ERROR] errors name no input block: {block_id}")
        if not isinstance(sentence, str) or not sentence:
            raise Refused("invalid_arguments", f"[ERROR] an error says nothing: {block_id}")
    return dict(errors)
