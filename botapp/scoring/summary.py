"""What speaks for a candidate and what is in doubt, each sentence bound to a verbatim quote.

Never concludes, ranks or adds a word that is not a score's reason or a quote.
"""

from botapp.llm.tasks import JudgedAnswer, SummariseRequest, Summary
from botapp.scoring.evidence import shown

STRONG, WEAK = 4.0, 2.5
MOST = 3


def summarise(request: SummariseRequest) -> Summary:
    """At most three strengths (best first) and three doubts (weakest first)."""
    quoted = [answer for answer in request.answers if answer.evidence and answer.score is not None]
    strong = sorted((a for a in quoted if _score(a) >= STRONG), key=lambda a: -_score(a))
    weak = sorted((a for a in quoted if _score(a) <= WEAK), key=_score)
    return Summary(
        strengths=tuple(_sentence(answer) for answer in strong[:MOST]),
        doubts=tuple(_sentence(answer) for answer in weak[:MOST]),
    )


def _score(answer: JudgedAnswer) -> float:
    return answer.score or 0.0


def _sentence(answer: JudgedAnswer) -> str:
    """ "How do you lift a load?: names own steps and a result. "I check the straps first" """
    about = answer.question.strip().rstrip(".?: ")
    reason = answer.reason.strip().rstrip(".")
    return f"{about}: {reason[:1].lower() + reason[1:]}. {shown(answer.evidence[0])}"
