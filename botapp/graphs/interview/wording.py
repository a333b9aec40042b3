"""What an interview says to a candidate that no language engine writes: catalogue sentences with names and facts.

Pure. Every sentence is in the language of the conversation (`context.spoken`).
"""

import re

from botapp.graphs.context import InterviewContext
from botapp.graphs.interview.help_lines import emergency_number, help_line
from botapp.graphs.interview.promising import promise, promise_made
from botapp.graphs.interview.speech import DEFAULT, say, several
from botapp.graphs.interview.values import must_be
from botapp.messages import QuickReply
from botapp.screening.interviewer import (
    RUNNABLE_STAGES,
    DeliveryMode,
    Overview,
    Question,
    QuestionKind,
    StageKind,
)

_OPTIONS_MAX = 6
_SUMMARY_MAX = 240
# What is said after an open answer says no more than that it was read: nothing about how good it was.
_BRIEF, _FULL = 5, 25  # words


def tell(context: InterviewContext, key: str, **values: object) -> str:
    """The sentence in the language of this conversation; `{people}` and `{People}` are who reviews."""
    people = people_of(context)
    return say(key, context.spoken, people=people, People=capital(people), **values)


def people_of(context: InterviewContext) -> str:
    """Who reviews, in the middle of a sentence."""
    return context.people or team_of(context, employer_of(context))


def team_of(context: InterviewContext, employer: str) -> str:
    """The team that hires, with the employer's name or without."""
    named = say("who.team_at", context.spoken, employer=employer)
    return named if employer else say("who.team", context.spoken)


def employer_of(context: InterviewContext) -> str:
    """Who hires: the company of the role, else the workspace."""
    return context.interviewer.company or context.employer


def first_name(context: InterviewContext) -> str:
    """What the candidate is called; "" when nobody knows."""
    return short(context.candidate.name.strip().split(" ")[0], 40)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def in_their_words(question: Question, context: InterviewContext) -> Question:
    """The question without the words that would stand foreign in a sentence of another language."""
    own = (context.interviewer.language or DEFAULT)[:2].lower()
    return question if own == context.spoken else question.model_copy(update={"topic": "", "unit": ""})


def overviews(context: InterviewContext) -> str:
    """What the employer wants told at the start, in the order company, job, process; "" when nothing."""
    told = context.interviewer.overviews
    return "\n\n".join(filter(None, (_told(overview) for overview in (told.company, told.job, told.process))))


def _told(overview: Overview) -> str:
    match overview.mode:
        case DeliveryMode.EXACT:
            return overview.text.strip()
        case DeliveryMode.SUMMARISED:
            return _first_sentences(overview.text.strip())
        case _:
            return ""


def _first_sentences(text: str) -> str:
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if kept and len(kept) + len(sentence) >= _SUMMARY_MAX:
            break
        kept = f"{kept} {sentence}".strip()
    return short(kept, _SUMMARY_MAX)


def short(text: str, most: int) -> str:
    """The text, cut with dots when it is longer than `most`."""
    return text if len(text) <= most else f"{text[: max(most, 8) - 3].rstrip()}..."


def quick_replies(question: Question, language: str = DEFAULT) -> tuple[QuickReply, ...]:
    """Buttons for a question with few exact answers. Their value carries the question's id."""
    if question.kind is QuestionKind.YES_NO:
        yes, no = say("values.button_yes", language), say("values.button_no", language)
        return (QuickReply(yes, f"{question.id}:yes"), QuickReply(no, f"{question.id}:no"))
    if question.kind is QuestionKind.CHOICE and not question.multiple and len(question.options) <= _OPTIONS_MAX:
        return tuple(QuickReply(option, f"{question.id}:{option}") for option in question.options)
    return ()


def first_wording(question: Question, language: str = DEFAULT) -> str:
    """The question as it is asked first, with its options when no buttons show them."""
    if question.kind is QuestionKind.CHOICE and not quick_replies(question):
        more = f" {say('values.several', language)}" if question.multiple else ""
        return f"{question.text} {'; '.join(question.options)}.{more}"
    return question.text


def open_acknowledgement(turn: int, text: str, language: str = DEFAULT) -> str:
    """A few words after an open answer, fit to its length; they change from turn to turn."""
    length = len(text.split())
    acks = several(
        "talk.ack_brief" if length <= _BRIEF else "talk.ack_full" if length >= _FULL else "talk.ack", language
    )
    return acks[turn % len(acks)]


def probe(asked: tuple[str, ...], language: str = DEFAULT) -> str:
    """A neutral follow-up for when one must be asked and the engine has none."""
    probes = several("talk.probes", language)
    return next((text for text in probes if text not in asked), probes[-1])


def passed_on(context: InterviewContext, wish: bool = False) -> str:
    """For what no fact answers; a `wish` is something to do, not to know."""
    return tell(context, "talk.wish_passed_on" if wish else "talk.passed_on")


def stopped_for_deletion(context: InterviewContext) -> str:
    """They stop and want their data gone; by text the one confirmation of an opt-out is one segment."""
    if not context.by_text:
        return tell(context, "leaving.deletion")
    who = short(employer_of(context), 40)
    return tell(context, "leaving.deletion_by_text" if who else "leaving.deletion_by_text_unnamed", who=who)


def person_called(context: InterviewContext) -> str:
    return tell(context, "talk.person_called")


def accommodation(context: InterviewContext) -> str:
    return tell(context, "talk.accommodation")


def distress(context: InterviewContext) -> str:
    """A fixed caring reply with the help line of where they are."""
    emergency = emergency_number(context.zone) or say("distress.any_emergency", context.spoken)
    line = say(f"distress.{help_line(context.zone, context.spoken)}", context.spoken)
    return tell(context, "distress.reply", emergency=emergency, line=line)


def still_waiting(context: InterviewContext) -> str:
    return tell(context, "talk.still_waiting")


def still_waiting_in_distress(context: InterviewContext) -> str:
    return tell(context, "talk.still_waiting_in_distress")


def objection(context: InterviewContext) -> str:
    return tell(context, "talk.objection")


def welcome_back(context: InterviewContext) -> str:
    """To somebody who asked for later, when that moment has come."""
    name = first_name(context)
    return tell(context, "talk.here_again_name" if name else "talk.here_again", name=name)


def reminder(context: InterviewContext, last: bool, *, about: str = "talk") -> str:
    """One question is open (`about` "stages": one step); the last reminder says so."""
    name, job = first_name(context), short(context.interviewer.title, 60)
    text = tell(context, f"{about}.reminder_name" if name else f"{about}.reminder", name=name, job=job)
    return f"{text} {tell(context, 'talk.last_reminder')}" if last else text


def expired(context: InterviewContext) -> str:
    return tell(context, "leaving.expired")


def next_steps(context: InterviewContext, by_when: str | None = None) -> str:
    """What happens after the end and by when: for somebody who finishes now, or in the words of `by_when`."""
    link = context.interviewer.settings.redirect_url
    where = tell(context, "ending.go_on_at", link=link) if link else ""
    when = promise(context) if by_when is None else by_when
    return " ".join(filter(None, [tell(context, "ending.next_steps"), when, where]))


def thanks(context: InterviewContext) -> str:
    name = first_name(context)
    return tell(context, "ending.thanks_name" if name else "ending.thanks", name=name, next=next_steps(context))


def thanks_after(context: InterviewContext, *, below: bool) -> str:
    """The end, in words that fit how it came: a last question, a last stage of another kind, or a minimum score."""
    stages = [stage for stage in context.interviewer.running_stages() if stage.kind in RUNNABLE_STAGES]
    if not below and stages and stages[-1].kind is StageKind.CHAT:
        return thanks(context)
    name = first_name(context)
    key = "stages.below" if below else "stages.thanks"
    return tell(context, f"{key}_name" if name else key, name=name, next=next_steps(context))


def thanks_but(context: InterviewContext, question: Question) -> str:
    """The end after a must-have that is not met: honest about it, and that a person looks."""
    need = question.topic or question.text.rstrip("?")
    if question.knockout and not isinstance(question.knockout.value, bool):
        need = f"{need}: {must_be(question, context.spoken)}"
    return tell(context, "ending.thanks_but", need=need, next=next_steps(context))


def already_over(context: InterviewContext, outcome: str) -> str:
    """The one line for somebody who writes after the end."""
    match outcome:
        case "stopped" | "not_interested":
            return tell(context, "leaving.over_stopped")
        case "wrong_person" | "expired":
            return tell(context, f"leaving.over_{outcome}")
        case _:
            return tell(context, "leaving.over")


_IS_IT_A_BOT = re.compile(
    r"\b(?:are you|is this|am i (?:talking|speaking|chatting))\b.*"
    r"\b(?:bot|robot|ai|human|machine|real|person|automated)\b"
    r"|\b(?:eres|es usted|hablo con|es esto)\b.*\b(?:bot|robot|m[aá]quina|persona|humano|ia)\b"
    r"|\b(?:[eê]tes[- ]vous|es[- ]tu|parl[eé]\w* (?:[aà]|avec)|c'est)\b.*"
    r"\b(?:bot|robot|machine|humain|vraie personne|ia)\b"
    r"|\b(?:sind sie|bist du|ist das|spreche ich mit|rede ich mit)\b.*"
    r"\b(?:bot|roboter|maschine|mensch|menschen|computer|ki)\b",
    re.IGNORECASE,
)
_WHO_IS_THIS = re.compile(
    r"^\W*(?:who(?:'s| is| are)? (?:this|you|u)|what(?:'s| is)? (?:your|ur) name"
    r"|qui[eé]n (?:es|eres)(?: usted)?|c[oó]mo se llama(?: usted)?"
    r"|qui [eê]tes[- ]vous|qui es[- ]tu|c'est qui|wer (?:sind sie|bist du|ist da)|wie hei(?:ß|ss)en sie)\W*$",
    re.IGNORECASE,
)
_WHAT_COMES_NEXT = re.compile(
    r"\bwhen\b.*\bhear\b|\bhear (?:back|from (?:you|someone|anyone|them))\b"
    r"|\b(?:what|whats|what's)\b.*\b(?:next|after this)\b|\bnext steps?\b"
    r"|\bcu[aá]ndo\b.*\b(?:sabr[eé]|noticias|respuesta|responden|contestan|escriben|llaman)\b"
    r"|\bqu[eé] (?:pasa|sigue|viene)\b.*\b(?:ahora|despu[eé]s|luego)\b|\bpr[oó]ximos pasos\b"
    r"|\bquand\b.*\b(?:r[eé]ponse|nouvelles|rappel\w*|saurai)\b|\bet (?:apr[eè]s|maintenant)\b|\bla suite\b"
    r"|\bwann\b.*\b(?:h[oö]re|antwort|bescheid|melde[nt]|r[uü]ckmeldung)\b|\bwie geht es weiter\b|\bwas kommt (?:dann"
    r"|danach|als n[aä]chstes)\b",
    re.IGNORECASE,
)
_HOW_MUCH_IS_LEFT = re.compile(
    r"\bhow (?:many|much)\b.*\b(?:questions?|more|left)\b"
    r"|\bhow (?:much )?long(?:er)?\b.*\b(?:this take|interview|chat|survey|questions)\b"
    r"|\bcu[aá]nt[ao]s? (?:preguntas|m[aá]s|falta\w*|quedan?)\b|\bcu[aá]nto (?:tarda|dura)\b.*\b(?:esto|entrevista)\b"
    r"|\bcombien de (?:questions|temps)\b.*(?:\b(?:reste\w*|encore|dure|prend|[cç]a|questions)\b|\?)"
    r"|\bwie ?viele? (?:fragen|noch)\b|\bwie lange (?:dauert|noch|geht)\b",
    re.IGNORECASE,
)
_WHY_ASKED = re.compile(
    r"^\W*(?:but |and |sorry |ok )*why(?: not)?\W*$|\bwhy (?:do|does|did|are|would|is) (?:you|u|they|it|that|this)\b.*"
    r"\b(?:ask(?:ing)?|need|want|know|matter|important|relevant)\b|\bwhy (?:this|that) question\b"
    r"|^\W*(?:¿\s*)?por qu[eé]\W*$|\b(?:por|para) qu[eé]\b.*\b(?:pregunta\w*|quiere\w*|necesita\w*|importa)\b"
    r"|^\W*pourquoi\W*$|\bpourquoi\b.*\b(?:question|demande[zr]?|voulez|savoir)\b"
    r"|^\W*(?:warum|wieso|weshalb)\W*$|\b(?:warum|wieso|wozu)\b.*\b(?:frage\w*|wissen|wichtig)\b",
    re.IGNORECASE,
)
_HOW_IT_WENT = re.compile(
    r"\bhow (?:did|have|am|was|were) (?:i|my|that|it)\b.*\b(?:do|done|doing|go|answers?|score)\b"
    r"|\bdid i (?:pass|do (?:well|ok|okay|good)|get (?:it|the job))\b|\b(?:what(?:'s| is|s)?|see"
    r"|know) my (?:score|result)s?\b"
    r"|\b(?:was|is) (?:that|my answer|this) (?:ok|okay|good|right|correct|enough)\b"
    r"|\b(?:c[oó]mo (?:me )?(?:fue|ha ido|lo hice)|(?:mi|ver mi) (?:puntuaci[oó]n|nota|resultado)|estuvo bien"
    r"|aprob[eé])\b"
    r"|\b(?:comment (?:[cç]a s'est pass[eé]|j'ai fait)|ma note|mon (?:score|r[eé]sultat)|c'[eé]tait bien)\b"
    r"|\b(?:wie (?:war ich|lief es|habe ich|war das)|mein(?:e)? (?:punktzahl|ergebnis|bewertung)|habe ich bestanden"
    r"|war das (?:gut|richtig|ok))\b",
    re.IGNORECASE,
)
_WHO_READS = re.compile(
    r"\bwho\b.*\b(?:reads?|sees?|reviews?|decides?)\b|\bqui[eé]n(?:es)?\b.*\b(?:lee|leen|ve|ven|revisa|decide)\b"
    r"|\bqui\b.*\b(?:lit|voit|relit|d[eé]cide)\b|\bwer\b.*\b(?:liest|sieht|pr[uü]ft|entscheidet)\b",
    re.IGNORECASE,
)


def about_this_chat(text: str, context: InterviewContext, left: int) -> str | None:
    """The answer to a question about the chat itself, which no fact holds; None when it is about something else."""
    text = text.replace("\u2019", "'")
    if _IS_IT_A_BOT.search(text) or _WHO_IS_THIS.search(text):
        return tell(context, "about.bot", agent=context.interviewer.settings.agent_name)
    if _HOW_MUCH_IS_LEFT.search(text):
        key = "about.none_left" if not left else "about.one_left" if left == 1 else "about.left"
        return tell(context, key, count=left)
    if _HOW_IT_WENT.search(text):
        return tell(context, "about.how_it_went")
    if _WHY_ASKED.search(text):
        return tell(context, "about.why")
    if _WHO_READS.search(text):
        return tell(context, "about.who_reads")
    return None


def about_what_comes_next(text: str, context: InterviewContext, promised: str | None) -> str | None:
    """What happens after the interview, when no fact says it better.

    `promised`: the day that was told at the end, "" before the end, None when that day has passed.
    """
    return (
        next_steps(context, "" if promised is None else promise_made(promised, context))
        if _WHAT_COMES_NEXT.search(text)
        else None
    )
