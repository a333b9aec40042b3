"""Scoring an interview again by the rubrics of another version. Both scorecards are kept, each under its version.

The interview's own version stays the one that was asked, and its own scorecard is never touched. A person's changes of
scores belong to the rubric they were made on, so they don't come along; what a person decided about a knockout does.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botapp.errors import BadPayload, NotFound, Permanent
from botapp.pipeline.members import require
from botapp.pipeline.running import stages_of
from botapp.pipeline.scoring import GIVE_UP_AFTER, judge_answers, load_answers, overrides_of, resume_answers
from botapp.pipeline.services import Services, fresh_id
from botapp.policy.access import Action
from botapp.scoring.rubric import with_rubrics_of
from botapp.scoring.scorecard import build_scorecard
from botapp.scoring.stored import Overrides
from botapp.screening.interview import Scorecard
from botapp.state import events, interviewers, interviews, rescores, tasks, views
from botapp.state.interviews import StoredInterview
from botapp.state.read_models import CandidateRow, MemberRow
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork
from botapp.state.wakeups import TURNS

if TYPE_CHECKING:
    from botapp.pipeline.turn import TurnServices  # pages ask for it too, and load nothing that runs turns

NOTHING_JUDGED = "No answer of this interview was scored, so there is nothing to score again."
NOT_ASKED = "not asked in this interview."
UNDER_WAY = "It is being scored by that version already. Please load the page again in a moment."


def ask_for_rescore(services: Services, member: MemberRow, interview_id: str, version: int) -> None:
    """A recruiter wants this interview scored by the rubrics of `version` as well.

    Raises:
        BadPayload: with the sentence to show. NotAllowed, NotFound.
    """
    require(member, Action.DECIDE)
    with services.database.writing() as uow:
        interviews.lock(uow, interview_id)
        interview = interviews.of_workspace(uow, member.workspace_id, interview_id)
        if interview is None:
            raise NotFound("There is no such interview here.")
        now = services.now()
        _check(uow, interview, version, now)
        rescores.ask(
            uow,
            workspace_id=member.workspace_id,
            interview_id=interview_id,
            version=version,
            by=member.id,
            now=now,
        )
        tasks.add_task(
            uow,
            id=fresh_id(),
            workspace_id=member.workspace_id,
            conversation_id=interview.conversation_id,
            kind="work",
            name="rescore_interview",
            payload={"interview_id": interview_id, "version": version},
            due_at=now,
            now=now,
        )
        _log(uow, interview, "rescore_asked", services, {"version": version}, member.id)
    services.wakeups.wake(TURNS)


def _check(uow: UnitOfWork, interview: StoredInterview, version: int, now: datetime) -> None:
    stored = interviewers.get(uow, interview.interviewer_id, interview.workspace_id)
    if stored is None or not 1 <= version <= stored.version:
        raise BadPayload("There is no such version. Please load the page again.")
    if version == interview.version:
        raise BadPayload(
            f"This interview has its score by version {version} already: it is the version that was asked."
        )
    if interview.scorecard is None:
        raise BadPayload("This interview is not scored yet. Please try again when it is.")
    if not _was_judged(interview):
        raise BadPayload(NOTHING_JUDGED)
    before = rescores.of_interview(uow, interview.workspace_id, interview.id)
    waits = [row for row in before if row.version == version and row.scored_at is None]
    if waits and now - waits[0].asked_at < GIVE_UP_AFTER:
        raise BadPayload(UNDER_WAY)


def scored_again(services: Services, member: MemberRow, interviewer_id: str) -> list[CandidateRow]:
    """Its candidates that were scored by another version than they were asked, a line for each such version."""
    require(member, Action.READ)
    with services.database.reading() as uow:
        found = rescores.of_interviewer(uow, member.workspace_id, interviewer_id)
        if not found:
            return []
        rows = {row.interview_id: row for row in views.candidate_list(uow, member.workspace_id, interviewer_id)}
    return [views.scored_again(rows[rescore.interview_id], rescore) for rescore in found]


def _was_judged(interview: StoredInterview | None) -> bool:
    """Somebody who objected to automatic scoring has answers and no judgement."""
    if interview is None or interview.scorecard is None:
        return False
    return any(line.score for line in Scorecard.model_validate(interview.scorecard).answers)


def rescore_interview(services: "TurnServices", task: Task) -> dict[str, Any]:
    """Do the task; the payload names the interview and the version.

    Raises:
        Retryable: the judging engine is away. Permanent: they objected to it meanwhile.
    """
    interview_id, version = str(task.payload["interview_id"]), int(task.payload["version"])
    with services.database.reading() as uow:
        interview, interviewer, answers = load_answers(uow, interview_id)
        stages = with_rubrics_of(interviewer.running_stages(), stages_of(uow, interview.interviewer_id, version))
        subject = interviewer.model_copy(update={"stages": stages})
        asked = {question.id for question in interviewer.questions()}
        given = [answer for answer in answers if answer.question_id in asked]
        answers = [*given, *resume_answers(uow, interview, subject)]
    scores = judge_answers(services, interview, subject, answers, task)
    with services.database.writing() as uow:
        interviews.lock(uow, interview_id)
        if not _was_judged(interviews.get(uow, interview_id)):
            raise Permanent(NOTHING_JUDGED)
        knockouts = {q.id for q in subject.questions() if q.knockout}
        decided = overrides_of(interviews.decisions_of(uow, interview_id), []).gates
        kept = Overrides(gates={key: gate for key, gate in decided.items() if key in knockouts})
        card = _with_what_was_not_asked(build_scorecard(subject, answers, scores, kept), asked)
        rescores.keep(uow, interview_id, version, card.model_dump(mode="json"), services.now())
        _log(uow, interview, "rescored", services, {"version": version, "score": card.overall})
    return {"interview_id": interview_id, "version": version}


def _with_what_was_not_asked(card: Scorecard, asked: Collection[str]) -> Scorecard:
    """A question that only the other version asks went unanswered through no fault of theirs."""
    new = (line.number for line in card.answers if line.kind == "open" and line.question_id not in asked)
    said = {f"Question {number}: not answered.": f"Question {number}: {NOT_ASKED}" for number in new}
    return card.model_copy(update={"not_judged": tuple(said.get(words, words) for words in card.not_judged)})


def _log(
    uow: UnitOfWork,
    interview: StoredInterview,
    name: str,
    services: Services,
    data: dict[str, Any],
    by: str = "",
) -> None:
    events.record(
        uow,
        workspace_id=interview.workspace_id,
        subject_id=interview.id,
        name=name,
        at=services.now(),
        data=data,
        by_member=by,
    )
