"""A score is tied to the words it was given against."""

from botapp.scoring.rubric import rubric_version
from botapp.screening.interviewer import Question, QuestionKind, Rubric

BASE = Question(
    id="q",
    kind=QuestionKind.OPEN,
    text="How do you load a van?",
    rubric=Rubric(one="None.", three="Some.", five="All."),
)


def test_the_fingerprint_follows_text_and_anchors_only() -> None:
    """Weight, topic and id do not change it; any word of text or anchors does."""
    version = rubric_version(BASE)
    assert len(version) == 12
    assert rubric_version(BASE.model_copy(update={"weight": 4, "topic": "loading", "id": "other"})) == version
    assert rubric_version(BASE.model_copy(update={"text": "How do you load a truck?"})) != version
    assert (
        rubric_version(BASE.model_copy(update={"rubric": Rubric(one="None.", three="Some.", five="Most.")})) != version
    )
    assert rubric_version(BASE.model_copy(update={"rubric": None})) != version


def test_words_can_not_move_between_anchors_unseen() -> None:
    """The border between two anchors is part of the fingerprint."""
    one = BASE.model_copy(update={"rubric": Rubric(one="a b", three="c", five="d")})
    two = BASE.model_copy(update={"rubric": Rubric(one="a", three="b c", five="d")})
    assert rubric_version(one) != rubric_version(two)
