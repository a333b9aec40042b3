"""The language port: what botapp asks of language, whoever answers it. Values and one Protocol, nothing else."""

from botapp.llm.port import Language
from botapp.llm.tasks import (
    AnswerRequest,
    CandidateQuestion,
    DraftRequest,
    DraftResult,
    FactReply,
    FollowUp,
    FollowUpRequest,
    Intent,
    Judgement,
    JudgeRequest,
    Plan,
    PlanIntent,
    PlanRequest,
    SummariseRequest,
    Summary,
    Understanding,
    UnderstandRequest,
)

__all__ = [
    "AnswerRequest",
    "CandidateQuestion",
    "DraftRequest",
    "DraftResult",
    "FactReply",
    "FollowUp",
    "FollowUpRequest",
    "Intent",
    "JudgeRequest",
    "Judgement",
    "Language",
    "Plan",
    "PlanIntent",
    "PlanRequest",
    "SummariseRequest",
    "Summary",
    "UnderstandRequest",
    "Understanding",
]
