"""The scoring task: judge every open answer in a context of its own, build the scorecard, store both.

Judging never falls back to another engine: when the engine is away the task is tried again for a day, then the answer
stands as not judged. What was judged once is not judged again (same words, engine and rubric). When the budget of the
day is spent the scorecard is there without the scores that wait for tomorrow.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from botapp.errors import OverBudget, Permanent, Retryable
from botapp.llm import JudgeRequest, Language
from botapp.pipeline.running import running_interviewer
from botapp.pipeline.services import derived_id
from botapp.scoring.resume_needs import names_in
from botapp.scoring.rubric import rubric_version
from botapp.scoring.scorecard import build_scorecard, score_answer_from
from botapp.scoring.stored import GateOverride, Overrides, StoredAnswer
from botapp.screening.interview import AnswerStatus, Reading, Score, Scorecard, SpokenPart
from botapp.screening.interviewer import Interviewer, Question, criterion_questions, gates_resume, reads_resume
from botapp.state import interviewers, interviews, rescores, resumes, tasks
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
    try:
        scores = [] if task.payload.get("unscored") else judge_answers(services, interview, interviewer, answers, task)
    except OverBudget as error:  # a person need not wait for tomorrow to see the rest
        if interview.scorecard is None:
            _show_meanwhile(services, interview, interviewer, answers, str(error))
        raise
    with services.database.writing() as uow:
        interviews.lock(uow, interview_id)
        scorecard = rebuild_scorecard(uow, interview_id, scores)
        if task.payload.get("unscored"):
            rescores.forget(uow, interview_id)
    asked_by = {"stage_id": task.payload["stage_id"]} if task.payload.get("stage_id") else {}
    return {"interview_id": interview_id, "score": scorecard.overall, **asked_by}


def judge_answers(
    services: "TurnServices",
    interview: StoredInterview,
    interviewer: Interviewer,
    answers: Sequence[StoredAnswer],
    task: Task,
) -> list[Score]:
    """A score, or why there is none, for every open question of `interviewer` that has an answer.

    Raises:
        Retryable: the judging engine is away.
    """
    language = services.language_for(interview.workspace_id, interview.conversation_id)
    said = {answer.question_id: answer for answer in answers if answer.parts}
    return [
        _score_once(services, language, interview, question, said[question.id], task)
        for question in _judged_in(interviewer)
        if question.is_open and question.id in said
    ]


def _judged_in(interviewer: Interviewer) -> list[Question]:
    """Every question, and what resumes are read for."""
    return [q for stage in interviewer.stages for q in (*stage.questions, *criterion_questions(stage))]


def _show_meanwhile(
    services: "TurnServices",
    interview: StoredInterview,
    interviewer: Interviewer,
    answers: Sequence[StoredAnswer],
    why: str,
) -> None:
    """The scorecard with what was judged so far; the rest says why it waits. The task goes on trying."""
    language = services.language_for(interview.workspace_id, interview.conversation_id)
    said = {answer.question_id: answer for answer in answers if answer.parts}
    with services.database.writing() as uow:
        interviews.lock(uow, interview.id)
        scores = []
        for question in _judged_in(interviewer):
            if question.is_open and question.id in said:
                known = interviews.find_score(uow, _score_id(interview, question, language, said[question.id]))
                scores.append(Score.model_validate(known) if known else _not_judged(question, language, why))
        rebuild_scorecard(uow, interview.id, scores)


def load_answers(uow: UnitOfWork, interview_id: str) -> tuple[StoredInterview, Interviewer, list[StoredAnswer]]:
    """What scoring reads: the run, what was asked, what was answered."""
    interview = interviews.get(uow, interview_id)
    if interview is None:
        raise Permanent("This interview is gone.")
    stored = interviewers.get(uow, interview.interviewer_id)
    assert stored is not None
    interviewer = running_interviewer(uow, stored, interview.version)
    answers = [_stored_answer(row) for row in interviews.answers_of(uow, interview_id)]
    return interview, interviewer, [*answers, *resume_answers(uow, interview, interviewer)]


def resume_answers(uow: UnitOfWork, interview: StoredInterview, interviewer: Interviewer) -> Iterator[StoredAnswer]:
    """A resume that was read answers every criterion of its stage."""
    stages = [stage for stage in interviewer.running_stages() if criterion_questions(stage)]
    came = resumes.of_interview(uow, interview.workspace_id, interview.id) if stages else ()
    for stage in stages:
        read = next((each for each in came if each.stage_id == stage.id and each.is_read), None)
        for question in criterion_questions(stage) if read else ():
            assert read is not None
            part = SpokenPart(message_id=read.attachment_id, text=read.text)
            yield StoredAnswer(question.id, stage.id, AnswerStatus.ANSWERED, (part,))


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
    question: Question,
    answer: StoredAnswer,
    task: Task,
) -> Score:
    id = _score_id(interview, question, language, answer)
    with services.database.reading() as uow:
        known = interviews.find_score(uow, id)
    if known is not None:
        return Score.model_validate(known)
    try:
        names = (interview.candidate_name,) if interview.candidate_name else ()
        judgement = language.judge_answer(request_to_judge(question, answer.parts, names, services.now().date()))
    except Permanent as error:
        return _not_judged(question, language, str(error))
    except Retryable as error:
        if services.now() - task.created_at < GIVE_UP_AFTER:
            raise
        return _not_judged(question, language, f"Not judged, though it was tried for a day. {error}")
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


def _score_id(interview: StoredInterview, question: Question, language: Language, answer: StoredAnswer) -> str:
    words = "\n".join(part.text for part in answer.parts)
    return derived_id(interview.id, question.id, language.name, rubric_version(question), words)


def request_to_judge(
    question: Question, parts: tuple[SpokenPart, ...], names: tuple[str, ...], today: date
) -> JudgeRequest:
    """The answer, the question and its rubric. The names come along only to be taken out of the answer."""
    if not reads_resume(question):
        return JudgeRequest(question=question, parts=parts, names=names)
    of: Literal["resume", "resume_gate"] = "resume_gate" if gates_resume(question) else "resume"
    return JudgeRequest(question=question, parts=parts, names=(*names, *names_in(parts[0].text)), of=of, today=today)


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
        update={
            "score": score.original_score,
            "status": status,
            "overridden_by": "",
            "override_reason": "",
            "original_score": None,
        }
    )


def overrides_of(decisions: Sequence[Mapping[str, Any]], scores: Sequence[Score]) -> Overrides:
    """A recruiter's corrections from the log of decisions; of several on one subject the last is in force.

    Taking one back is a decision too: what was judged is in force again.
    """
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
            case "restore_gate":
                gates.pop(subject, None)
            case "restore_score":
                corrected.pop(subject, None)
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
