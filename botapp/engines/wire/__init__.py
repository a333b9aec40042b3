"""What crosses to a model and back: per language task a prompt, a strict output shape, and the check in between.

Everything a model returns is treated as a stranger's claim: quotes must be verbatim, numbers must exist, rules must be
readable. Nothing here talks to a network or knows an SDK.
"""

from botapp.engines.wire.composing import DRAFT, PLAN
from botapp.engines.wire.interviewing import ANSWER_CANDIDATE, FOLLOW_UP, READ, TRANSLATE, UNDERSTAND
from botapp.engines.wire.scoring import JUDGE, JUDGE_RESUME, NOTHING_TO_JUDGE, SUMMARISE, says_something
from botapp.engines.wire.task import Task, Unusable, Wire, problems, provider_schema

REPAIR_PROMPT = "engine/repair"
SCHEMA_PROMPT = "engine/schema"
TASK_PROMPTS = {
    "draft_interviewer": DRAFT.prompt,
    "plan_edits": PLAN.prompt,
    "understand": UNDERSTAND.prompt,
    "read_answer": READ.prompt,
    "choose_follow_up": FOLLOW_UP.prompt,
    "judge_answer": JUDGE.prompt,
    "judge_resume": JUDGE_RESUME.prompt,
    "translate": TRANSLATE.prompt,
    "answer_candidate": ANSWER_CANDIDATE.prompt,
    "summarise": SUMMARISE.prompt,
}
PROMPT_NAMES = frozenset({*TASK_PROMPTS.values(), REPAIR_PROMPT, SCHEMA_PROMPT})

__all__ = [
    "ANSWER_CANDIDATE",
    "DRAFT",
    "FOLLOW_UP",
    "JUDGE",
    "JUDGE_RESUME",
    "NOTHING_TO_JUDGE",
    "PLAN",
    "PROMPT_NAMES",
    "READ",
    "REPAIR_PROMPT",
    "SCHEMA_PROMPT",
    "SUMMARISE",
    "TASK_PROMPTS",
    "TRANSLATE",
    "UNDERSTAND",
    "Task",
    "Unusable",
    "Wire",
    "problems",
    "provider_schema",
    "says_something",
]
