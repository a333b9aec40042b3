"""A small real implementation of the pages' port, in memory: enough to walk every page without a database or worker.

Replies come from a thread a moment after typing ended, as the real pipeline's would.
"""

import queue
import secrets
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.pipeline.members import CORRECTIONS
from botapp.pipeline.resume import why_not
from botapp.pipeline.slack_preview import Preview
from botapp.policy.access import Action, Role, may, refusal
from botapp.policy.model_budget import ModelUse
from botapp.scoring.forms import Form, Problem, Read, UploadedFile, read_form
from botapp.screening.interviewer import Interviewer
from botapp.state.attachments import Attachment
from botapp.state.read_models import (
    CandidateRow,
    CandidateThread,
    DecisionRow,
    FeedRow,
    InterviewerPage,
    InterviewerRow,
    InterviewPage,
    InviteReport,
    InviteResult,
    MemberRow,
    OpenQuestion,
    PublicInterviewer,
    RehearsalPage,
    RevisionRow,
    ShownMessage,
    SlackStanding,
    StageVisit,
    Texting,
)
from botapp.state.resumes import StoredResume
from tests.support import sample_pages as sample

WORKSPACE, EMPLOYER = "w1", "Northgate Foods"


@dataclass(frozen=True)
class FakeSettings:
    base_url: str = "http://localhost"
    secret_key: str = "a key for tests"
    secure_cookies: bool = False
    max_streams: int = 200
    phone_network: str = ""
    in_development: bool = False


@dataclass
class FakeStream:
    pushes: "queue.Queue[dict[str, Any]]" = field(default_factory=queue.Queue)

    def wait(self, seconds: float) -> dict[str, Any] | None:
        try:
            return self.pushes.get(timeout=seconds)
        except queue.Empty:
            return None


@dataclass
class FakeServices:
    """Say hello, and it answers. `reply` makes the answer of a conversation; `delay` is how long it takes."""

    settings: FakeSettings = field(default_factory=FakeSettings)
    delay: float = 0.4
    draft: Interviewer | None = field(default_factory=sample.draft)
    closed: str = ""
    checks: dict[str, str] = field(default_factory=lambda: {"database": "ok", "redis": "ok"})

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.files_given: list[UploadedFile] = []
        self.lines: dict[str, list[ShownMessage]] = defaultdict(list)
        self.streams: dict[str, list[FakeStream]] = defaultdict(list)
        self.typing_endings: list[str] = []
        self.threads: dict[str, CandidateThread] = {}
        self.sign_ins: dict[str, str] = {"owner-link": "m1", "viewer-link": "m2"}
        self.people = {
            "m1": MemberRow("m1", WORKSPACE, "Ada Olsen", "ada@example.com", Role.OWNER, True),
            "m2": MemberRow("m2", WORKSPACE, "Vic Brand", "vic@example.com", Role.VIEWER, False),
        }
        self.decisions: list[DecisionRow] = []
        self.rescores: list[int] = []
        self.invited: list[tuple[str, str, str, dict[str, Any], str]] = []
        self.texts_from = Texting()
        self.visits: dict[str, StageVisit] = {}
        self.resumes: dict[str, StoredResume] = {}
        self.sent: list[Mapping[str, Read]] = []
        self.empty = False
        self.previews: list[Preview] = []
        self.reach = sample.REACH
        self.rehearsed = RehearsalPage("i1", "Night picker")
        self.written: dict[str, tuple[str, str, bool]] = {}
        self.reply: Callable[[str, str], dict[str, Any] | None] = sample.reply

    def now(self) -> datetime:
        return datetime.now(UTC)

    def ready(self) -> dict[str, str]:
        return self.checks

    # ---- candidates ----

    def public_interviewer(self, slug: str) -> PublicInterviewer | None:
        if self.draft is None or slug not in (self.draft.slug, "old-name"):
            return None
        moved = self.draft.slug if slug == "old-name" else ""
        return PublicInterviewer("i1", WORKSPACE, EMPLOYER, self.draft, self.closed, moved, 8, 5)

    def invitation(self, token: str) -> tuple[PublicInterviewer, str, str] | None:
        found = self.public_interviewer(self.draft.slug if self.draft else "")
        return (found, "Maria Santos", "maria@example.com") if found and token == "invited" else None

    def start_interview(
        self,
        *,
        slug: str | None = None,
        invite_token: str | None = None,
        name: str = "",
        contact: str = "",
        ticket: str = "",
    ) -> str:
        assert self.draft and (slug or invite_token)
        if ticket in self.threads:
            return ticket
        if "@" not in contact and not contact.strip("+ ").isdigit():
            raise BadPayload("We could not read that contact. Write an e-mail address or a phone number.")
        if contact == "again@example.com":
            raise BadPayload("You answered this already. You can try again from 4 November on.")
        token = ticket or secrets.token_urlsafe(16)
        conversation = f"c-{token}"
        self.threads[token] = CandidateThread(
            f"v-{token}", conversation, WORKSPACE, f"webchat:{token}", "p1", name, EMPLOYER, self.draft,
            "in_progress", 0, 5, "",
        )  # fmt: skip
        self._add(conversation, True, "Robin", "botapp", sample.opening(EMPLOYER, self.draft.title))
        return token

    def thread(self, token: str) -> CandidateThread | None:
        return self.threads.get(token)

    def say_as_candidate(
        self, token: str, client_id: str, text: str, button: dict[str, str] | None = None
    ) -> tuple[int, str]:
        thread = self.threads.get(token)
        if thread is None:
            raise NotFound("This link leads to no conversation.")
        said = self._said(thread.conversation_id, thread.candidate_name, "candidate", client_id, text, button)
        if text == "finish":
            self.threads[token] = replace(thread, status="completed", done=5, redirect_url="https://example.com/next")
        return said

    def stage_visit(self, token: str) -> StageVisit:
        if token not in self.visits:
            raise NotFound("This link leads nowhere. Please use the whole link from your chat.")
        return self.visits[token]

    def submit_form(self, token: str, form: Form) -> Mapping[str, Problem]:
        answers, problems = read_form(self.visits[token].stage.questions, form, self.visits[token].files)
        if not problems:
            self.sent.append(answers)
            self.visits[token] = replace(self.visits[token], phase="done")
        return problems

    def resume_of(self, visit: StageVisit) -> StoredResume | None:
        return self.resumes.get(visit.stage.id)

    def send_resume(self, token: str, file: UploadedFile) -> str:
        stage, problem = self.visits[token].stage, why_not(file)
        if not problem:
            self.resumes[stage.id] = StoredResume("f1", stage.id, file.fingerprint, file.name, "", "", (), None)
        return problem

    # ---- members ----

    def peek_sign_in(self, token: str) -> bool:
        return token in self.sign_ins

    def redeem_sign_in(self, token: str) -> MemberRow | None:
        return self.member(self.sign_ins.pop(token, ""))

    def member(self, member_id: str) -> MemberRow | None:
        return self.people.get(member_id)

    def interviewers(self, member: MemberRow, archived: bool, search: str) -> list[InterviewerRow]:
        rows = [] if self.empty else sample.interviewer_rows()
        return [r for r in rows if search.lower() in r.title.lower() and (r.status == "archived") == archived]

    def create_interviewer(self, member: MemberRow) -> str:
        _need(member, Action.COMPOSE)
        return "new"

    def interviewer_page(self, member: MemberRow, interviewer_id: str) -> InterviewerPage:
        if interviewer_id not in ("i1", "new"):
            raise NotFound("There is no such interviewer in your workspace.")
        known = interviewer_id == "i1"
        history = (
            RevisionRow(2, "Forklift licence is a must have", "Ada Olsen", self.now() - timedelta(minutes=5), True),
            RevisionRow(1, "First draft from the pasted text", "Ada Olsen", self.now() - timedelta(hours=2), False),
        )
        return InterviewerPage(
            interviewer_id, WORKSPACE, "active" if known else "draft", int(known), 2 if known else 0, "Ada Olsen",
            f"compose-{interviewer_id}", self.draft if known else None, known, 12, history if known else (),
            "NIGHTS" if known else "",
        )  # fmt: skip

    def say_as_member(
        self, member: MemberRow, interviewer_id: str, client_id: str, text: str, button: dict[str, str] | None = None
    ) -> tuple[int, str]:
        _need(member, Action.COMPOSE)
        conversation = self.interviewer_page(member, interviewer_id).conversation_id
        return self._said(conversation, member.name, "member", client_id, text, button)

    def send_file(
        self, member: MemberRow, interviewer_id: str, client_id: str, file: UploadedFile, beside: str
    ) -> tuple[int, str]:
        _need(member, Action.COMPOSE)
        conversation = self.interviewer_page(member, interviewer_id).conversation_id
        self.files_given.append(file)
        return self._said(conversation, member.name, "member", client_id, f"{file.name}\n{beside}".strip(), None)

    def rehearsal(self, member: MemberRow, interviewer_id: str) -> RehearsalPage:
        self.interviewer_page(member, interviewer_id)
        return self.rehearsed

    def candidates(self, member: MemberRow, interviewer_id: str) -> list[CandidateRow]:
        return [] if self.empty else sample.candidate_rows(self.now())

    def interview_page(self, member: MemberRow, interview_id: str) -> InterviewPage:
        row = next((r for r in sample.candidate_rows(self.now()) if r.interview_id == interview_id), None)
        if row is None:
            raise NotFound("There is no such interview in your workspace.")
        done = row.status == "completed"
        return InterviewPage(
            interview_id, WORKSPACE, "i1", "Warehouse associate", row,
            sample.scorecard().model_dump(mode="json") if done else None,
            sample.transcript(self.now()), tuple(self.decisions), ("Is there parking for trucks?",) if done else (),
            questions=(OpenQuestion("7", "Is there parking for trucks?", self.now()),) if done else (),
            reach=self.reach, model_use=ModelUse(12, 8412, 0.03) if done else ModelUse(),
        )  # fmt: skip

    def candidate_file(self, member: MemberRow, file_id: str) -> Attachment:
        """The one file there is."""
        if file_id != "resume":
            raise NotFound("There is no such file here.")
        return Attachment("resume.pdf", "application/pdf", "", b"%PDF-1.4", "")

    def decide(
        self, member: MemberRow, interview_id: str, kind: str, subject: str, reason: str, data: Mapping[str, Any]
    ) -> None:
        _need(member, Action.DECIDE)
        if kind not in CORRECTIONS and kind not in ("shortlist", "dismiss", "reopen"):
            raise BadPayload("That is not a decision we know.")
        if kind not in ("shortlist", "reopen", "restore_score", "restore_gate") and not reason:
            raise BadPayload("Give a reason. It is kept with the decision.")
        if kind == "override_score" and data.get("score") not in ("1", "2", "3", "3.5", "4", "5"):
            raise BadPayload("A score is a number from 1 to 5.")
        kept = {k: float(v) if k == "score" else v for k, v in data.items()}
        self.decisions.append(DecisionRow(kind, subject, reason, member.name, self.now(), kept))

    def ask_for_rescore(self, member: MemberRow, interview_id: str, version: int) -> None:
        _need(member, Action.DECIDE)
        self.rescores.append(version)

    def scored_again(self, member: MemberRow, interviewer_id: str) -> list[CandidateRow]:
        return []

    def take_over(self, member: MemberRow, interview_id: str, client_id: str) -> str:
        _need(member, Action.DECIDE)
        self.reach = replace(self.reach, taken_by=member.name, mine=True, waits=True, may_take_over=False)
        return "You have this conversation now. Maria is told that you write."

    def hand_back(self, member: MemberRow, interview_id: str, client_id: str) -> str:
        _need(member, Action.DECIDE)
        self.reach = replace(self.reach, taken_by="", mine=False, waits=False, may_take_over=True)
        return "The assistant has this conversation again, and goes on where it was."

    def write_as_person(
        self, member: MemberRow, interview_id: str, text: str, *, answering: str, keep_as_fact: bool, client_id: str
    ) -> str:
        _need(member, Action.DECIDE)
        if not text:
            raise BadPayload("There is nothing to send yet. Please write your message first.")
        self.written.setdefault(client_id, (text, answering, keep_as_fact))
        return "Your message goes to Maria on their interview page."

    def tell_decision(
        self, member: MemberRow, interview_id: str, kind: str, *, reason: str, text: str, client_id: str
    ) -> str:
        self.decide(member, interview_id, kind, "", reason, {})
        self.written.setdefault(client_id, (text, "", False))
        return "Dismissed. Your message goes to Maria." if text else "Dismissed. Maria was not told."

    def feed(self, member: MemberRow) -> list[FeedRow]:
        text = "Maria Santos finished Warehouse associate. 72, from 3 of 4 answers. Every gate is met."
        return [] if self.empty else [FeedRow("f1", "completed", {"text": text}, "v1", "i1", self.now())]

    def members(self, member: MemberRow) -> list[MemberRow]:
        return list(self.people.values())

    def invite_member(self, member: MemberRow, name: str, email: str, role: str) -> str:
        _need(member, Action.MANAGE_MEMBERS)
        new = MemberRow(f"m{len(self.people) + 1}", WORKSPACE, name, email, Role(role), False)
        self.people[new.id] = new
        token = secrets.token_urlsafe(16)
        self.sign_ins[token] = new.id
        return token

    def remove_member(self, member: MemberRow, member_id: str) -> None:
        _need(member, Action.MANAGE_MEMBERS)
        self.people.pop(member_id, None)

    # ---- texting ----

    def slack_previews(self, member: MemberRow) -> list[Preview]:
        return [] if self.empty else self.previews

    def slack_standing(self, member: MemberRow) -> SlackStanding:
        return SlackStanding() if self.empty else SlackStanding(True, True, ("Harbour",))

    def texting(self, member: MemberRow) -> Texting:
        return self.texts_from

    def set_region(self, member: MemberRow, region: str) -> None:
        _need(member, Action.MANAGE_MEMBERS)
        self.texts_from = replace(self.texts_from, region=region)

    def resume_sender(self, member: MemberRow, lane: str) -> None:
        _need(member, Action.INVITE_CANDIDATE)
        if lane not in {paused.lane for paused in self.texts_from.paused}:
            raise NotFound("That sender is not paused any more.")
        self.texts_from = replace(self.texts_from, paused=())

    def invite_one(
        self,
        member: MemberRow,
        interviewer_id: str,
        *,
        name: str,
        phone: str,
        email: str,
        how: str,
        evidence: Mapping[str, Any],
        batch: str,
    ) -> InviteReport:
        _need(member, Action.INVITE_CANDIDATE)
        if not how:
            raise BadPayload(f"How did {name} agree to texts? Nothing is sent before that is on record.")
        self.invited.append((name, phone, how, dict(evidence), batch))
        result = InviteResult(1, name, phone, True, "Invited. The text goes out at 9:00 am ET.", "at 9:00 am ET")
        return InviteReport((result,), 2, 0.0166)

    def invite_list(
        self,
        member: MemberRow,
        interviewer_id: str,
        content: bytes,
        *,
        file: str,
        evidence: Mapping[str, Any],
        batch: str,
    ) -> InviteReport:
        _need(member, Action.INVITE_CANDIDATE)
        if content.startswith(b"%PDF"):
            raise BadPayload("That is not a CSV file. Nothing was sent.")
        self.invited.append((file, str(len(content)), "", dict(evidence), batch))
        sent = InviteResult(2, "Maria Lopez", "+12025550123", True, "Invited. The text goes out now.", "now")
        refused = InviteResult(3, "", "", False, "The line does not say how they agreed to texts.", "")
        return InviteReport((sent, refused), 2, 0.0166)

    # ---- threads ----

    def join_codes(self) -> dict[str, str]:
        return {} if self.empty else {"WAREHOUSE": "Warehouse associate"}

    def typing_ended(self, conversation_id: str) -> None:
        self.typing_endings.append(conversation_id)
        threading.Timer(self.delay / 2, self._push, (conversation_id, sample.STATUS)).start()
        threading.Timer(self.delay, self._answer, (conversation_id,)).start()

    def messages(self, workspace_id: str, conversation_id: str, after: int) -> list[ShownMessage]:
        assert workspace_id == WORKSPACE
        with self.lock:
            return [m for m in self.lines[conversation_id] if m.seq > after]

    @contextmanager
    def open_stream(self, conversation_id: str) -> Iterator[FakeStream]:
        stream = FakeStream()
        self.streams[conversation_id].append(stream)
        try:
            yield stream
        finally:
            self.streams[conversation_id].remove(stream)

    def _said(
        self, conversation: str, name: str, kind: str, client_id: str, text: str, button: dict[str, str] | None
    ) -> tuple[int, str]:
        with self.lock:
            known = next((m for m in self.lines[conversation] if m.client_id == client_id), None)
            line = known or self._add(conversation, False, name, kind, {"text": text}, client_id)
        if button:
            self.typing_ended(conversation)
        return line.seq, line.id

    def _answer(self, conversation: str) -> None:
        with self.lock:
            lines = self.lines[conversation]
            if not lines or lines[-1].ours:
                return
            said = [m.text for m in lines if not m.ours][-1]
            message = self.reply(conversation, said)
            if message:
                agent = "botapp" if conversation.startswith("compose") else "Robin"
                self._add(conversation, True, agent, "botapp", message)

    def _add(
        self, conversation: str, ours: bool, sender: str, kind: str, message: dict[str, Any], client_id: str = ""
    ) -> ShownMessage:
        with self.lock:
            seq = len(self.lines[conversation]) + 1
            line = ShownMessage(
                seq, f"{conversation}-{seq}", ours, sender, kind, message["text"], message, self.now(), client_id
            )
            self.lines[conversation].append(line)
        self._push(conversation, {"type": "message"})
        return line

    def _push(self, conversation: str, push: dict[str, Any]) -> None:
        for stream in list(self.streams[conversation]):
            stream.pushes.put(push)


def _need(member: MemberRow, action: Action) -> None:
    if not may(member.role, action):
        raise NotAllowed(refusal(action))
