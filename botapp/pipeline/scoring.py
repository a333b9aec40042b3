"""The scoring task: judge every open answer in a context of its own, build the scorecard, store both.

Judging never falls back to another engine: when the engine is away the task is tried again for a day, then the answer
stands as not judged. What was judged once is not judged again (same words, engine and rubric).
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botapp.errors import Permanent, Retryable
from botapp.llm import JudgeRequest, Language
from botapp.pipeline.running import running_interviewer
from botapp.pipeline.services import derived_id
from botapp.scoring.rubric import rubric_version
from botapp.scoring.scorecard import build_scorecard, score_answer_from
from botapp.scoring.stored import GateOverride, Overrides, StoredAnswer
from botapp.screening.interview import AnswerStatus, Reading, Score, Scorecard, SpokenPart
from botapp.screening.interviewer import Interviewer, Question
from botapp.state import interviewers, interviews, tasks
from botapp.state.interviews import StoredInterview
from botapp.state.tasks import Task
from botapp.state.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from botapp.pipeline.turn import TurnServices  # pages rebuild scorecards too, and load nothing that runs turns


GIVE_UP_AFTER = timedelta(hours=24)


def score_interview(services: "TurnServices", task: Task) -> dict[str, Any]:
    """Do the task; the payload names the interview. Returns the result that enters the inbox.

    Raises:
        Retryable: the judging engine is away.
    """
    interview_id = str(task.payload["interview_id"])
    with services.database.reading() as uow:
        interview, interviewer, answers = load_answers(uow, interview_id)
    language = services.language_for(interview.workspace_id, interview.conversation_id)
    scores = []
    if not task.payload.get("unscored"):
        for question in interviewer.questions():
            answer = next((a for a in answers if a.question_id == question.id), None)
            if question.is_open and answer is not None and answer.parts:
                scores.append(_score_once(services, language, interview, interviewer, question, answer, task))
    with services.database.writing() as uow:
        interviews.lock(uow, interview_id)
        scorecard = rebuild_scorecard(uow, interview_id, scores)
    return {"interview_id": interview_id, "score": scorecard.overall}


def load_answers(uow: UnitOfWork, interview_id: str) -> tuple[StoredInterview, Interviewer, list[StoredAnswer]]:
    """What scoring reads: the run, what was asked, what was answered."""
    interview = interviews.get(uow, interview_id)
    if interview is None:
        raise Permanent("This interview is gone.")
    stored = interviewers.get(uow, interview.interviewer_id)
    assert stored is not None
    interviewer = running_interviewer(uow, stored, interview.version)
    answers = [_stored_answer(row) for row in interviews.answers_of(uow, interview_id)]
    return interview, interviewer, answers


def _stored_answer(row: Mapping[str, Any]) -> StoredAnswer:
    return StoredAnswer(
        question_id=row["question_id"],
        stage_id=row["stage_id"],
        status=AnswerStatus(row["status"]),
        parts=tuple(SpokenPart.model_validate(part) for part in row["parts"]),
        reading=Reading.model_validate(row["reading"]) if row["reading"] else None,
    )


def _score_once(
    services: "TurnServices",
    language: Language,
    interview: StoredInterview,
    interviewer: Interviewer,
    question: Question,
    answer: StoredAnswer,
    task: Task,
) -> Score:
    words = "\n".join(part.text for part in answer.parts)
    id = derived_id(interview.id, question.id, language.name, rubric_version(question), words)
    with services.database.reading() as uow:
        known = interviews.find_score(uow, id)
    if known is not None:
        return Score.model_validate(known)
    try:
        judgement = language.judge_answer(JudgeRequest(question=question, parts=answer.parts, role=interviewer.title))
    except Permanent as error:
        return _not_judged(question, language, str(error))
    except Retryable:
        if services.now() - task.created_at < GIVE_UP_AFTER:
            raise
        return _not_judged(question, language, "The judging engine stayed away for a day.")
    score = score_answer_from(judgement, question, language.name, answer.parts)
    with services.database.writing() as uow:
        tasks.renew(uow, task.id, services.now())
        interviews.save_score(
            uow,
            id=id,
            workspace_id=interview.workspace_id,
            interview_id=interview.id,
            question_id=question.id,
            data=score.model_dump(mode="json"),
            now=services.now(),
        )
    return score


def _not_judged(question: Question, language: Language, why: str) -> Score:
    """The answer stands without a score; it is not kept as a judgement, so a later try may still judge it."""
    return Score(
        question_id=question.id,
        status="unavailable",
        reason=why,
        engine=language.name,
        rubric_version=rubric_version(question),
    )


def rebuild_scorecard(uow: UnitOfWork, interview_id: str, scores: list[Score]) -> Scorecard:
    """Compute the scorecard from what is stored, with every override in force, and store it."""
    _, interviewer, answers = load_answers(uow, interview_id)
    overrides = overrides_of(interviews.decisions_of(uow, interview_id), scores)
    scorecard = build_scorecard(interviewer, answers, scores, overrides)
    interviews.save_scorecard(uow, interview_id, scorecard.model_dump(mode="json"))
    return scorecard


def judged_scores(scorecard: Scorecard) -> list[Score]:
    """What the engine judged, without anybody's corrections."""
    return [_as_judged(line.score) for line in scorecard.answers if line.score is not None and line.score.engine]


def _as_judged(score: Score) -> Score:
    if not score.overridden_by:
        return score
    status = "unavailable" if score.original_score is None else "scored"
    return score.model_copy(
        update={"score": score.original_score, "status": status, "overridden_by": "", "override_reason": ""}
    )


def overrides_of(decisions: Sequence[Mapping[str, Any]], scores: Sequence[Score]) -> Overrides:
    """A recruiter's corrections from the log of decisions; of several on one subject the last is in force."""
    judged = {score.question_id: score for score in scores}
    corrected: dict[str, Score] = {}
    gates: dict[str, GateOverride] = {}
    for decision in decisions:
        subject, by, reason = decision["subject"], decision["by_member"], decision["reason"]
        match decision["kind"]:
            case "override_gate":
                gates[subject] = GateOverride(decision["data"]["outcome"], by, reason)
            case "override_score" if subject in judged:
                corrected[subject] = _corrected(judged[subject], float(decision["data"]["score"]), by, reason)
            case _:
                continue
    return Overrides(scores=corrected, gates=gates)


def _corrected(was: Score, to: float, by: str, reason: str) -> Score:
    return was.model_copy(
        update={
            "status": "scored",
            "score": to,
            "overridden_by": by,
            "override_reason": reason,
            "original_score": was.score,
        }
    )
