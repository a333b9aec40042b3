"""Edit: one change to a draft, in words a recruiter would recognise. A plan is applied whole or not at all."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from botapp.screening.interviewer import Noun


class EditOp(StrEnum):
    SET_TITLE = "set_title"
    SET_SLUG = "set_slug"
    SET_SETTING = "set_setting"  # target: setting name (also company, agent_name, language); value: new value
    ADD_QUESTION = "add_question"  # target {stage, position|None}; value {kind, text, topic, options?, unit?, ...}
    REMOVE_QUESTION = "remove_question"
    MOVE_QUESTION = "move_question"  # value {to: place within its stage in the result, stage?}
    SWAP_QUESTIONS = "swap_questions"  # value {with: {stage, question}}
    SET_TEXT = "set_text"
    SET_KIND = "set_kind"  # value {kind, options?, text?}
    SET_OPTIONS = "set_options"
    SET_WEIGHT = "set_weight"  # target may be {stage} alone
    SET_KNOCKOUT = "set_knockout"  # value {op, value}
    CLEAR_KNOCKOUT = "clear_knockout"
    SET_FOLLOW_UPS = "set_follow_ups"  # value {min, max}
    SET_RUBRIC = "set_rubric"  # value {"1"|"3"|"5": text}; anchors not named stay
    ADD_STAGE = "add_stage"  # target {position}; value {kind, channel?, title?}
    REMOVE_STAGE = "remove_stage"
    MOVE_STAGE = "move_stage"  # value {to}
    SET_STAGE_ENABLED = "set_stage_enabled"
    SET_STAGE_MIN_SCORE = "set_stage_min_score"
    ADD_FACT = "add_fact"  # target: topic; value {topic, answer}: replaces the fact of that topic
    REMOVE_FACT = "remove_fact"
    SET_OVERVIEW = "set_overview"  # target: company|job|process; value {text?, mode?}


class Edit(Noun):
    """One change. `target` is a setting name, or {"stage": i} / {"stage": i, "question": n}, both counted from 1;

    `question` is the number a recruiter sees before the message (positions through the whole interviewer).
    """

    op: EditOp
    target: dict[str, int | None] | str | None = None
    value: Any = Field(default=None)
