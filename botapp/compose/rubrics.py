"""Rubrics with anchors that can be seen in an answer, where nobody wrote one. Never names a person's traits."""

from botapp.screening.interviewer import Rubric


def plain_rubric(text: str) -> Rubric:
    """Anchors that fit any open question: an example, what was done, how it ended."""
    lowered = text.lower()
    if (
        lowered.startswith(("what would you", "how would you", "imagine", "a customer", "suppose"))
        or "what do you do" in lowered
    ):
        return Rubric(
            one="No steps, or steps that would not deal with it.",
            three="Sensible steps in order, without saying why or whom to tell.",
            five="Clear steps in order, why each one, whom they would tell and how they would check it worked.",
        )
    if lowered.startswith(("why", "what interests", "what draws")):
        return Rubric(
            one="No reason, or one that fits any job.",
            three="A reason that is about this work, without detail.",
            five="A reason about this work, tied to something they have done or know of it.",
        )
    return Rubric(
        one="No example, or only a general claim.",
        three="A real example: what happened and what they did.",
        five="A real example with what they did, why, and how it ended, with a figure or a detail that can be checked.",
    )
