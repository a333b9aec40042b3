"""People who talk to the real pipeline: `recruiter.says(...)`, `candidate.hears(...)`: a scenario reads as a talk.

Saying only hands a message in; looking (`hears`, `sees`) lets everything that is due happen first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from botapp.messages import outbound_from_json
from botapp.pipeline import candidates, members
from botapp.screening.interviewer import Interviewer
from botapp.state.read_models import (
    CandidateRow,
    CandidateThread,
    InterviewerPage,
    InterviewPage,
    MemberRow,
    ShownMessage,
)
from tests.support.stack import Stack

_ids = count(1)


def shown_text(message: ShownMessage) -> str:
    """A message as a person sees it: words, card, labels of its buttons."""
    if not message.ours:
        return message.text
    out = outbound_from_json(message.message)
    labels = "".join(f" [{reply.label}]" for reply in out.quick_replies)
    return f"{out.text}{labels}\n{out.card.plain if out.card else ''}".strip()


@dataclass
class Speaker:
    """What both sides of the table have: a thread, and how far it was read."""

    stack: Stack
    read_up_to: int = 0
    last: list[ShownMessage] = field(default_factory=list)

    @property
    def conversation_id(self) -> str:
        raise NotImplementedError

    @property
    def workspace_id(self) -> str:
        return self.stack.workspace_id

    def _thread(self, after: int = 0) -> list[ShownMessage]:
        return members.messages(self.stack.services, self.workspace_id, self.conversation_id, after)

    def everything(self) -> list[str]:
        """What botapp has said in this thread so far, oldest first."""
        self.stack.settle()
        return [shown_text(message) for message in self._thread() if message.ours]

    def _news(self) -> list[ShownMessage]:
        self.stack.settle()
        fresh = [message for message in self._thread(self.read_up_to) if message.ours]
        self.read_up_to = max([self.read_up_to, *(message.seq for message in fresh)])
        self.last = fresh or self.last
        return fresh

    def _expect(self, parts: tuple[str, ...]) -> str:
        """Everything said since the last look; each of `parts` must be in it, whatever the case of its letters."""
        fresh = self._news()
        said = "\n".join(shown_text(message) for message in fresh)
        assert fresh, f"nothing was said; expected {parts}"
        for part in parts:
            assert part.casefold() in said.casefold(), f"{part!r} is not in:\n{said}"
        return said

    def _expect_nothing(self) -> None:
        fresh = [shown_text(message) for message in self._news()]
        assert not fresh, f"expected silence, got {fresh}"

    def _button(self, label: str) -> Mapping[str, str]:
        for message in reversed(self.last):
            for reply in outbound_from_json(message.message).quick_replies:
                if reply.label.casefold() == label.casefold():
                    return {"label": reply.label, "value": reply.value}
        raise AssertionError(f"there is no button {label!r} under {[shown_text(m) for m in self.last]}")


@dataclass
class Recruiter(Speaker):
    """A member at the console."""

    member: MemberRow = None  # type: ignore[assignment]
    interviewer_id: str = ""

    def opens_new(self) -> "Recruiter":
        self.interviewer_id = members.create_interviewer(self.stack.services, self.member)
        self.read_up_to = 0
        return self

    def opens(self, interviewer_id: str) -> "Recruiter":
        self.interviewer_id = interviewer_id
        return self

    @property
    def conversation_id(self) -> str:
        return self.page.conversation_id

    @property
    def workspace_id(self) -> str:
        return self.member.workspace_id

    @property
    def page(self) -> InterviewerPage:
        return members.interviewer_page(self.stack.services, self.member, self.interviewer_id)

    @property
    def draft(self) -> Interviewer:
        self.stack.settle()
        draft = self.page.draft
        assert draft is not None, "there is no draft yet"
        return draft

    def says(self, text: str, client_id: str = "") -> "Recruiter":
        own = client_id or f"r{next(_ids)}"
        members.say_as_member(self.stack.services, self.member, self.interviewer_id, own, text)
        return self

    def presses(self, label: str) -> "Recruiter":
        button = dict(self._button(label))
        members.say_as_member(self.stack.services, self.member, self.interviewer_id, f"r{next(_ids)}", "", button)
        return self

    def sees(self, *parts: str) -> str:
        return self._expect(parts)

    def sees_nothing(self) -> None:
        self._expect_nothing()

    def alerts(self) -> list[str]:
        """The console feed, newest first."""
        self.stack.settle()
        rows = members.feed(self.stack.services, self.member)
        return [outbound_from_json(row.message).text for row in rows]

    def candidates(self) -> list[CandidateRow]:
        self.stack.settle()
        return members.list_candidates(self.stack.services, self.member, self.interviewer_id)

    def reads(self, interview_id: str) -> InterviewPage:
        self.stack.settle()
        return members.interview_page(self.stack.services, self.member, interview_id)


@dataclass
class Candidate(Speaker):
    """Somebody with a link, on a page."""

    token: str = ""

    def opens(self, slug: str, name: str = "Maria Lopez", contact: str = "maria@example.com") -> "Candidate":
        """Agrees on the start page and gives a name and a contact."""
        self.token = candidates.start_interview(self.stack.services, slug=slug, name=name, contact=contact)
        return self

    def follows_invitation(self, invite_token: str) -> "Candidate":
        self.token = candidates.start_interview(self.stack.services, invite_token=invite_token)
        return self

    @property
    def thread(self) -> CandidateThread:
        found = candidates.thread(self.stack.services, self.token)
        assert found is not None, "the private link leads nowhere"
        return found

    @property
    def conversation_id(self) -> str:
        return self.thread.conversation_id

    @property
    def status(self) -> str:
        self.stack.settle()
        return self.thread.status

    def says(self, text: str, client_id: str = "") -> "Candidate":
        candidates.say_as_candidate(self.stack.services, self.token, client_id or f"c{next(_ids)}", text)
        return self

    def presses(self, label: str) -> "Candidate":
        button = dict(self._button(label))
        candidates.say_as_candidate(self.stack.services, self.token, f"c{next(_ids)}", "", button)
        return self

    def hears(self, *parts: str) -> str:
        return self._expect(parts)

    def hears_nothing(self) -> None:
        self._expect_nothing()
