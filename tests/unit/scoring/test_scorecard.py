"""The scorecard: reproducible, bound to quotes, and in words."""

from botapp.llm.tasks import Judgement
from botapp.messages import CardKind
from botapp.scoring.aggregation import Weighed, stage_score
from botapp.scoring.scorecard import Overrides, StoredAnswer, build_scorecard, score_answer_from, scorecard_card
from botapp.screening.interview import AnswerStatus, Evidence, Reading, ReadingStatus, Score, SpokenPart
from botapp.screening.interviewer import ChatStage, Interviewer, Knockout, Question, QuestionKind, Settings

LICENCE = Question(
    id="q1",
    kind=QuestionKind.YES_NO,
    text="Licence?",
    topic="licence",
    knockout=Knockout(op="eq", value=True),
    weight=10,
)
LOADING = Question(id="q2", kind=QuestionKind.OPEN, text="How do you load a van?", topic="loading", weight=2)
TEAM = Question(id="q3", kind=QuestionKind.OPEN, text="How do you help others?", topic="team work", weight=4)
UNSCORED = Question(id="q4", kind=QuestionKind.OPEN, text="Anything to add?", weight=0)
INTERVIEWER = Interviewer(
    title="Van driver",
    slug="van-driver",
    stages=(ChatStage(id="s", questions=(LICENCE, LOADING, TEAM, UNSCORED)),),
    settings=Settings(pass_bar=60),
)
SAID = (SpokenPart(message_id="m2", text="I strap it and check twice."),)
ANSWERS = (
    StoredAnswer(
        "q1",
        "s",
        AnswerStatus.ANSWERED,
        (SpokenPart(message_id="m1", text="yep"),),
        Reading(status=ReadingStatus.CLEAR, value=True),
    ),
    StoredAnswer("q2", "s", AnswerStatus.ANSWERED, SAID),
    StoredAnswer("q3", "s", AnswerStatus.ANSWERED, (SpokenPart(message_id="m3", text="I carry boxes for them."),)),
)
STRAP = Evidence(message_id="m2", text="strap it", start=2)


def scored(question: Question, value: float, evidence: Evidence) -> Score:
    return Score(
        question_id=question.id,
        status="scored",
        score=value,
        reason="Has own steps.",
        evidence=(evidence,),
        engine="rules/1",
        rubric_version="abc",
    )


SCORES = (scored(LOADING, 5, STRAP), scored(TEAM, 3, Evidence(message_id="m3", text="carry boxes", start=2)))


def test_every_number_can_be_recomputed_from_its_lines() -> None:
    """The stored answers, weights and scores give the stage score and the overall again."""
    card = build_scorecard(INTERVIEWER, ANSWERS, SCORES)
    terms = [
        Weighed(line.weight, line.score.score if line.score else None) for line in card.answers if line.kind == "open"
    ]
    assert card.stages[0].score == stage_score(terms) == card.overall == 66.6667
    assert (card.answered, card.counted) == (2, 2)


def test_a_typed_answer_is_a_gate_and_not_a_score() -> None:
    """Whatever its weight, it does not move the number."""
    card = build_scorecard(INTERVIEWER, ANSWERS, SCORES)
    assert [gate.outcome for gate in card.gates] == ["passed", "passed"]
    assert card.recommendation == "Above the bar, all gates passed: worth a look."


def test_an_answer_that_is_not_judged_is_a_calm_line_and_no_failure() -> None:
    """Coverage shows it, the minimum score needs a person."""
    card = build_scorecard(INTERVIEWER, ANSWERS, SCORES[:1])
    assert (card.answered, card.counted, card.overall) == (1, 2, 100.0)
    assert card.not_judged == ("Question 3: judging is still to come.",)
    assert card.gates[1].outcome == "needs_person"
    assert card.recommendation == "A gate needs a person: Minimum score."


def test_a_recruiters_score_replaces_the_engines() -> None:
    """And the card is computed anew."""
    over = SCORES[1].model_copy(update={"score": 5.0, "overridden_by": "ann", "original_score": 3.0})
    assert build_scorecard(INTERVIEWER, ANSWERS, SCORES, Overrides(scores={"q3": over})).overall == 100.0


def test_a_switched_off_stage_counts_nowhere() -> None:
    """Neither gates nor answers nor coverage."""
    off = INTERVIEWER.model_copy(update={"stages": (INTERVIEWER.stages[0].model_copy(update={"enabled": False}),)})
    card = build_scorecard(off, ANSWERS, SCORES)
    assert (card.gates, card.answers, card.counted, card.overall) == ((), (), 0, None)


def test_a_score_without_a_verbatim_quote_is_refused() -> None:
    """It becomes unavailable; the number is dropped."""
    judgement = Judgement(status="scored", score=5, reason="Good.", evidence=(STRAP.model_copy(update={"start": 3}),))
    score = score_answer_from(judgement, LOADING, "rules/1", SAID)
    assert (score.status, score.score, score.evidence) == ("unavailable", None, ())
    kept = score_answer_from(judgement.model_copy(update={"evidence": (STRAP,)}), LOADING, "rules/1", SAID)
    assert (kept.status, kept.score, kept.evidence) == ("scored", 5, (STRAP,))


def test_the_card_says_gates_first_then_the_score_then_quotes() -> None:
    """In plain text that any channel can show."""
    card = scorecard_card(build_scorecard(INTERVIEWER, ANSWERS, SCORES), "Maria", "Van driver")
    assert card.kind is CardKind.SCORECARD
    lines = card.plain.splitlines()
    assert lines[:3] == ["Maria, Van driver", "Licence: yes", "Minimum score: 66, at least 60"]
    assert lines[4] == "66, from 2 of 2 answers"
    assert '- Loading: has own steps. "strap it"' in lines
    assert card.data["headline"] == "66, from 2 of 2 answers"


def test_an_interview_without_answers_has_a_card_too() -> None:
    """Nothing is invented for it."""
    card = build_scorecard(INTERVIEWER, (), ())
    assert card.overall is None
    assert "No score yet" in scorecard_card(card, "Maria", "Van driver").plain
