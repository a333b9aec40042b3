"""One interview as it leaves botapp: the same facts for JSON, CSV and PDF, from what the scorecard's page reads."""

from datetime import datetime

from botapp.pipeline.members import interview_page
from botapp.pipeline.services import Services
from botapp.scoring.export import (
    Change,
    Changes,
    ExportedCandidate,
    ExportedDecision,
    ExportedInterview,
    ExportedMessage,
    ScorecardExport,
    ScoredBy,
    scored_by,
)
from botapp.screening.interview import Scorecard
from botapp.state.read_models import DecisionRow, InterviewPage, MemberRow


def export_interview(services: Services, member: MemberRow, interview_id: str) -> ScorecardExport:
    """Everything about one interview.

    Raises:
        NotAllowed, NotFound.
    """
    return export_of(interview_page(services, member, interview_id), services.now())


def export_of(page: InterviewPage, at: datetime) -> ScorecardExport:
    """What the page shows, for another program."""
    row = page.candidate
    changes = changes_of(page.decisions)
    rescored = [
        scored_by(Scorecard.model_validate(again.scorecard), again.version, page.follow_ups, changes)
        for again in page.rescored
        if again.scorecard
    ]
    return ScorecardExport(
        exported_at=at,
        interview=ExportedInterview(
            id=page.interview_id,
            interviewer_id=page.interviewer_id,
            title=page.title,
            version=row.version,
            status=row.status,
            outcome=row.outcome,
            decision=row.decision,
            started_at=row.started_at,
            completed_at=row.completed_at,
        ),
        candidate=ExportedCandidate(id=row.candidate_id, name=row.name, contact=row.contact),
        own=_own(page, changes),
        rescored=tuple(rescored),
        decisions=tuple(_decision(decision) for decision in page.decisions),
        transcript=tuple(
            ExportedMessage(id=m.id, sender=m.sender, sender_kind=m.sender_kind, text=m.text, at=m.at)
            for m in page.transcript
        ),
    )


def _own(page: InterviewPage, changes: Changes) -> ScoredBy | None:
    if page.scorecard is None:
        return None
    return scored_by(Scorecard.model_validate(page.scorecard), page.candidate.version, page.follow_ups, changes)


def changes_of(decisions: tuple[DecisionRow, ...]) -> Changes:
    """The latest correction of each subject: who, when, why."""
    return {(d.kind, d.subject): Change(by=d.by, at=d.at, reason=d.reason) for d in decisions}


def _decision(row: DecisionRow) -> ExportedDecision:
    return ExportedDecision(
        kind=row.kind, subject=row.subject, reason=row.reason, by=row.by, at=row.at, data=dict(row.data)
    )
