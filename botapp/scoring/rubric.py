"""Which rubric a score was given against: a fingerprint of the question's words and its anchors.

Scores are compared only when their fingerprints (and engines) are the same.
"""

import hashlib

from botapp.screening.interviewer import Question

_BETWEEN = "\x1f"  # a character nobody types: keeps "a|b" apart from "a", "b"


def rubric_version(question: Question) -> str:
    """Twelve hex digits that change when, and only when, the question's text or an anchor changes."""
    anchors = (question.rubric.one, question.rubric.three, question.rubric.five) if question.rubric else ()
    return hashlib.sha256(_BETWEEN.join((question.text, *anchors)).encode()).hexdigest()[:12]
