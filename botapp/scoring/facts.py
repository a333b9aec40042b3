"""A candidate's question answered from the facts the recruiter gave, or not at all.

Never guesses, never softens "not known", never tells a silent overview. Questions about this chat itself get fixed,
honest sentences. What is not known has no topic in the reply: the caller passes it on.
"""

import re
from collections.abc import Iterator, Sequence

from botapp.llm.tasks import CandidateQuestion, FactReply
from botapp.scoring.fact_topics import ABOUT_CHAT, ASKED_AS, NARROW, SAME_TOPIC
from botapp.scoring.vocabulary import words
from botapp.screening.interviewer import DeliveryMode, Fact, Overview, Overviews

_CHAT = tuple((topic, re.compile(rf"\b(?:{'|'.join(asked)})\b", re.I), reply) for topic, asked, reply in ABOUT_CHAT)
_TOPIC = {topic: re.compile(rf"\b(?:{'|'.join(asked)})\b", re.I) for topic, asked in ASKED_AS.items()}
_NARROW = {topic: [re.compile(rf"\b(?:{p})\b", re.I) for p in patterns] for topic, patterns in NARROW.items()}
_WORD = re.compile(r"[a-z][a-z'-]+")
_EMPTY_WORDS = words(
    "the a an is are was be do does did you your yours i my me we us our it its this that there here and or of to in",
    "on at for from with by as if can could will would should may might have has had get gets got any some what when",
    "where who why how which much many about tell know need want please thanks thank hi hello ok okay so just also too",
    "like really actually job work working position role question ask asking one they them their guys yall not no yes",
)
_OVERVIEW_ASKED = {
    "company": re.compile(
        r"\b(?:what (?:does|do) (?:the company|they|you)(?: guys)? do|about (?:the|your) (?:company|employer))\b"
    ),
    "job": re.compile(
        r"\b(?:about the (?:job|role|position|work)|(?:job|role|work) (?:about|like|involve)"
        r"|what (?:will|would|do) i (?:be )?do|the duties|day to day|responsibilities|job description)"
    ),
    "process": re.compile(
        r"\b(?:the process|next steps?|what (?:happens|comes) (?:next|after)|after this|how many (?:rounds|steps))\b"
    ),
}
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_LONGEST_QUESTION = 2000
_LONGEST_QUOTE = 400


def answer_candidate(request: CandidateQuestion) -> FactReply:
    """Every part that is known, joined; `text` None when nothing is. `topics` names what was answered."""
    asked = _plain(request.text)
    found = [*_about_chat(asked, request)]
    if not (found and _is_one_question(asked)):
        found += [(canonical(fact.topic), _sentence(fact.answer)) for fact in _matching_facts(asked, request.facts)]
    if not found:
        found = list(_from_overviews(asked, request.overviews))
    if not found:
        return FactReply(text=None)
    replies = dict.fromkeys(reply for _, reply in found)
    return FactReply(text=" ".join(replies), topics=tuple(dict.fromkeys(topic for topic, _ in found)))


def canonical(topic: str) -> str:
    """The name a topic goes by here: "start_date" and "Start date" are both "start"."""
    plain = topic.strip().lower().replace("_", " ")
    return SAME_TOPIC.get(plain, plain)


def topics_asked(text: str) -> tuple[str, ...]:
    """The job topics a question is about, by the words it uses, in the order of the table."""
    asked = _plain(text)
    whole = [topic for topic, pattern in _TOPIC.items() if pattern.search(asked)]
    parts = [topic for topic in _NARROW if topic not in whole and _narrow_parts(topic, asked)]
    return (*whole, *parts)


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST_QUESTION].lower().replace("’", "'").split())


def _about_chat(asked: str, request: CandidateQuestion) -> Iterator[tuple[str, str]]:
    names = {"company": request.company or "the employer", "title": request.title or "this job"}
    for topic, pattern, reply in _CHAT:
        if pattern.search(asked):
            yield topic, reply.format(**names)


def _is_one_question(asked: str) -> bool:
    return asked.count("?") <= 1 and " and " not in asked


def _matching_facts(asked: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that answer the question: by topic, down to the part that was asked for; else by shared words."""
    topics = topics_asked(asked)
    by_topic = [
        fact for topic in topics for fact in facts if canonical(fact.topic) == topic and _speaks_of(fact, topic, asked)
    ]
    if by_topic:
        return by_topic[:4]
    asked_words = _words(asked)
    return [fact for fact in facts if _overlap(asked_words, f"{fact.topic} {fact.answer}") >= _enough(asked_words)][:2]


def _narrow_parts(topic: str, asked: str) -> list[re.Pattern[str]]:
    return [part for part in _NARROW.get(topic, []) if part.search(asked)]


def _speaks_of(fact: Fact, topic: str, asked: str) -> bool:
    """Whether a fact of the topic tells the part that was asked for; every fact does when the whole was asked."""
    parts = _narrow_parts(topic, asked)
    return not parts or any(part.search(fact.answer) for part in parts)


def _enough(asked: frozenset[str]) -> int:
    """How many shared words make a match: the only one of a short question, two of a longer one."""
    return 1 if len(asked) == 1 else 2


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY_WORDS)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _overlap(wanted: frozenset[str], text: str) -> int:
    return len(wanted & _words(text))


def _from_overviews(asked: str, overviews: Overviews) -> Iterator[tuple[str, str]]:
    """The sentence of an overview (never a silent one) that shares most words with the question."""
    wanted = _words(asked)
    told: tuple[tuple[str, Overview], ...] = (
        ("company", overviews.company),
        ("job", overviews.job),
        ("process", overviews.process),
    )
    for topic, overview in told:
        if overview.mode is DeliveryMode.SILENT or not overview.text.strip():
            continue
        sentences = [sentence.strip() for sentence in _SENTENCE.findall(overview.text)]
        best = max(sentences, key=lambda sentence: _overlap(wanted, sentence), default="")
        asks_for_it = topic in topics_asked(asked) or bool(_OVERVIEW_ASKED[topic].search(asked))
        if best and wanted and _overlap(wanted, best) >= _enough(wanted):
            yield topic, _sentence(best)
        elif asks_for_it:
            yield topic, _sentence(_whole_sentences(overview.text.strip()))


def _whole_sentences(text: str) -> str:
    """The text, or as many whole sentences of it as a message takes."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(". ", 1)[0]


def _sentence(text: str) -> str:
    plain = " ".join(text.split())
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."
