"""A score is tied to the words it was given against."""

from botapp.scoring.rubric import rubric_version, with_rubrics_of
from botapp.screening.interviewer import ChatStage, Criterion, Knockout, Question, QuestionKind, ResumeStage, Rubric

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


def test_another_versions_rubrics_score_the_words_that_were_asked() -> None:
    """Its anchors and weights; what it dropped weighs nothing; what only it asks is there, unanswered; gates stay."""
    licence = Question(id="t", kind=QuestionKind.YES_NO, text="Licence?", knockout=Knockout(op="eq", value=True))
    kept = Question(id="a", kind=QuestionKind.OPEN, text="As asked?", rubric=Rubric(one="1", three="3", five="5"))
    dropped = Question(id="b", kind=QuestionKind.OPEN, text="Dropped?")
    new = Question(id="c", kind=QuestionKind.OPEN, text="New?")
    unscored = Question(id="d", kind=QuestionKind.OPEN, text="New, not scored?", weight=0)
    harder = kept.model_copy(
        update={"text": "Put otherwise?", "weight": 4, "rubric": Rubric(one="", three="", five="")}
    )
    looser = licence.model_copy(update={"knockout": None})
    asked = ChatStage(id="s", questions=(licence, kept, dropped))
    other = ChatStage(id="s", weight=4, min_score=70, questions=(looser, harder, new, unscored))
    later = ChatStage(id="n", questions=(looser.model_copy(update={"id": "u"}),))
    (stage,) = with_rubrics_of((asked,), (other, later))
    assert (stage.weight, stage.min_score) == (4, 70)
    assert [(q.id, q.text, q.weight) for q in stage.questions] == [
        ("t", "Licence?", 2),
        ("a", "As asked?", 4),
        ("b", "Dropped?", 0),
        ("c", "New?", 2),
    ]
    assert stage.questions[0] == licence
    assert stage.questions[1].rubric == harder.rubric
    assert rubric_version(stage.questions[1]) not in (rubric_version(kept), rubric_version(harder))


def test_a_resume_is_read_for_the_other_versions_criteria() -> None:
    """They are its rubric; the file is the same."""
    asked = ResumeStage(id="r", criteria=(Criterion(id="c1", text="Has driven a reach truck"),))
    other = ResumeStage(id="r", criteria=(Criterion(id="c1", text="Has led a shift", weight=4),), weight=4)
    (stage,) = with_rubrics_of((asked,), (other,))
    assert stage == other
