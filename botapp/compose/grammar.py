"""What a recruiter's message asks for, as one plan. A message is done whole or not at all.

Never guesses between two questions, never adds a question on a protected trait, never cuts a value to fit in silence.
"""

import re
from collections.abc import Callable

from botapp.compose import edit_reading, fact_edit_reading, question_edit_reading, setting_reading
from botapp.compose.casual_words import formal
from botapp.compose.clauses import COMMAND, bare, split_wishes, states_a_fact, told_apart
from botapp.compose.code_reading import join_code
from botapp.compose.edits import EditRefused, apply_edits
from botapp.compose.foreign_words import in_english
from botapp.compose.knockout_reading import knockouts
from botapp.compose.lawful import protected_topic, refusal
from botapp.compose.must_reading import must_have
from botapp.compose.option_reading import options
from botapp.compose.orders import without_orders
from botapp.compose.people_settings import people_settings
from botapp.compose.plain_words import said_plainly
from botapp.compose.references import Answered, Reading, ask_which, refuse
from botapp.compose.roles import looks_like_brief
from botapp.compose.rubric_reading import rubric
from botapp.compose.settings_edits import slug_of
from botapp.compose.spelling import mended
from botapp.compose.stage_reading import stages
from botapp.compose.talk import clone, talk
from botapp.compose.tongues import offered, told_of_languages, translation
from botapp.llm import Plan, PlanIntent, PlanRequest
from botapp.screening.edits import Edit, EditOp

LONGEST = 4000
_HELP = (
    "I didn't catch what to change. For example: make the licence a knockout, swap 2 and 3, "
    "add a question about teamwork, set the deadline to December 18."
)
_ORDERED = "That gives orders to a machine, so nothing was done. Tell me what to change in the draft."
_START = (
    "Paste a job description or your notes, and I will draft the interviewer. Or tell me the role and the must-haves."
)

_Reader = Callable[[str, Reading], list[Edit] | None]
_READERS: tuple[_Reader, ...] = (
    edit_reading.leave,
    offered,
    setting_reading.title,
    setting_reading.slug,
    join_code,
    people_settings,
    fact_edit_reading.told,
    setting_reading.other_settings,
    setting_reading.retakes,
    question_edit_reading.follow_ups,
    setting_reading.budget,
    setting_reading.deadline,
    setting_reading.days,
    stages,
    rubric,
    options,
    question_edit_reading.kind,
    must_have,
    knockouts,
    question_edit_reading.text,
    edit_reading.swap,
    edit_reading.move,
    edit_reading.weight,
    setting_reading.pass_bar,
    fact_edit_reading.facts,
    question_edit_reading.add,
    edit_reading.remove,
    fact_edit_reading.offers,
)


def plan_edits(request: PlanRequest) -> Plan:
    """One plan for one message."""
    text = _readable(request.text)
    own = without_orders(text).strip()
    if text and not re.search(r"\w", own):
        return Plan(intent=PlanIntent.REFUSE, reason="not_understood", reply=_ORDERED)
    text = own
    if request.draft is None:
        return _without_draft(text)
    if looks_like_brief(text):
        return Plan(intent=PlanIntent.NEW_DRAFT)
    if not text:
        return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply="There was nothing in that message.")
    if len(text) > LONGEST:
        return Plan(
            intent=PlanIntent.REFUSE,
            reason="not_understood",
            reply="That is too long for a change. Say it in a few sentences.",
        )
    reading = Reading(request.draft, request.last_question, request.today, message=text)
    try:
        return _planned(request, text, reading)
    except Answered as answered:
        return answered.plan


def _readable(text: str) -> str:
    """The message without invisible characters, quotes made plain."""
    text = re.sub(r"[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", text)
    return text.replace("’", "'").replace("‘", "'").strip()


_WALKS = re.compile(r"^\W*(?:please |ok |oh )*(?P<way>undo|redo)\b.{0,20}$", re.I)


def _without_draft(text: str) -> Plan:
    if match := _WALKS.match(text):  # the draft may have been undone as a whole
        return Plan(intent=PlanIntent(match["way"].lower()), value={"steps": 1})
    if looks_like_brief(text, first=True):
        return Plan(intent=PlanIntent.NEW_DRAFT)
    return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply=_START)


def _planned(request: PlanRequest, text: str, reading: Reading) -> Plan:
    words = re.findall(r"[A-Za-z]+", " ".join([q.text + " " + q.topic for q in reading.questions.values()]))
    _refuse_unlawful(text, reading)
    text = said_plainly(in_english(text))
    told, own = _their_words(text)
    text = _mended_outside_quotes(told, words) + own
    _refuse_unlawful(text, reading)
    if plan := talk(request, bare(text) or text, reading) or clone(bare(text), reading) or translation(text):
        return plan
    return _edited(text, reading)


# "reword 6: Tell us ... What did you do?": from there on it is their wording, not ours to mend, split or answer.
_NEW_WORDS = re.compile(
    r"^(?P<told>(?:reword|rephrase|rewrite|replace|change|set|make)\s+[^\n:\"“?]{1,60}?(?::|\b(?:to|with|say"
    r"|as))\s*:?\s*)"
    r"(?P<own>(?:how|what|which|why|when|where|who|tell|describe|do|does|did|can|could|are|is|have|has|will"
    r"|would|give)\b"
    r"[^\"“]{8,}[.?])\s*$",
    re.I,
)


def _their_words(text: str) -> tuple[str, str]:
    """The message up to a question worded by the recruiter, and that in quotes; the whole and "" when there is none."""
    match = _NEW_WORDS.match(text)
    return (match["told"], f'"{match["own"]}"') if match else (text, "")


def _mended_outside_quotes(text: str, words: list[str]) -> str:
    pieces = re.split(r"(\"[^\"]{1,400}\"|“[^”]{1,400}”)", text)
    return "".join(piece if number % 2 else mended(piece, words) for number, piece in enumerate(pieces))


_ASKING = re.compile(
    r"\b(?:ask\w*|add|question|find out|knock|screen|reject|only (?:want|hire|take)|prefer|require"
    r"|check|see if|need to know|want to know|exclude|avoid|filter|make sure|probe|include"
    r"|no (?:one|body)|reword|change|must|have to|has to|needs? to be|nobody|anybody|anyone|has to be"
    r"|quiero saber|pregunt\w*|añad\w*|demand\w*|ajout\w*|savoir|frag\w*|füge?|wissen|sol[oa]|seulement|nur"
    r"|ohne|keine?)\b"
    r"|^\W*(?:please )?(?:only|no|just)\b|\bonly\W*(?:please)?\W*$",
    re.I,
)
_ASKING_THAT = re.compile(r"(?:add|ask|include|put|use) (?:that|this|it|one|them)\b", re.I)
_TAKING_OUT = re.compile(
    r"^(?:please |can you |could you )?(?:drop|remove|delete|cut|scrap|lose|take out|get rid"
    r"|don'?t (?:ask|add)|do not ask|never ask|stop asking)\b",
    re.I,
)


def _refuse_unlawful(text: str, reading: Reading) -> None:
    sentences = re.split(r"(?<=[.?!;\n])\s+|\band then\b", text)
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        found = protected_topic(sentence)
        asks = _ASKING.search(sentence) or _ASKING_THAT.match(bare(following))
        if found and asks and not _TAKING_OUT.match(bare(sentence)):
            raise refuse(refusal(found) + question_edit_reading.already_asked(found.alternative, reading), "unlawful")


def _refuse_made(edits: list[Edit], reading: Reading) -> None:
    """What was made of the message is checked too, not only the message."""
    for edit in edits:
        value = edit.value if isinstance(edit.value, dict) else {"text": edit.value}
        if edit.op in (EditOp.ADD_QUESTION, EditOp.SET_TEXT, EditOp.SET_KIND, EditOp.SET_OPTIONS):
            asked = " ".join([str(value.get("text") or ""), *map(str, value.get("options") or ())])
            if found := protected_topic(asked):
                raise refuse(
                    refusal(found) + question_edit_reading.already_asked(found.alternative, reading), "unlawful"
                )


def _edited(text: str, reading: Reading) -> Plan:
    edits: list[Edit] = []
    unread: list[str] = []
    wishes = told_apart(split_wishes(text))
    known, added = False, ""
    for wish in wishes:
        if _completes(wish, edits, added, reading):
            continue
        read = _read(_joined(wish), reading)
        if read is None:
            unread.append(wish)
            continue
        added = wish if read and read[-1].op is EditOp.ADD_QUESTION else ""
        known = True
        edits += read
    edits = _settled(edits, reading)
    if unread and (whole := rubric(_joined(text.strip(" .!")), reading)):
        wishes, unread, edits = [text], [], whole  # commas and verbs inside what a strong answer says
    _refuse_made(edits, reading)
    lost = [wish for wish in unread if re.match(rf"{COMMAND}\b", wish, re.I) or states_a_fact(wish)]
    if not edits:
        return _nothing(known, wishes, unread, reading.focus)
    if lost:
        raise refuse(f"I didn't catch this part, so I changed nothing yet: “{lost[0][:120]}”", "not_understood")
    return _checked(edits, reading)


def _joined(wish: str) -> str:
    return formal(re.sub(r"\s+", " ", wish).strip())


def _read(wish: str, reading: Reading) -> list[Edit] | None:
    for reader in _READERS:
        edits = reader(wish, reading)
        if edits is not None:
            return edits
    return None


_OF_THE_NEW = re.compile(
    r"^(?:(?:and )?(?:knock|kick) ?(?:them |people )?out|knock ?out|deal ?breaker|must(?:[- ]have)?|required"
    r"|mandatory)$"
    r"|^(?:knock|kick|fail|reject)\s*(?:them |people |anyone )?(?:out )?(?:if|when|unless|who"
    r"|anyone who|those who)?\s*(?:they|she|he|you)?\s*"
    r"(?:can'?t|cannot|don'?t|do not|doesn'?t|won'?t|haven'?t|hasn'?t|aren'?t|isn'?t|not|say no"
    r"|says no|no|can not)?(?: have (?:it|one|that)| do (?:it|that))?$"
    r"|^(?:make|put|treat|have|mark|it'?s) (?:it|that|this)?\s*(?:as )?(?:a "
    r"|an )?(?P<rest>(?:knock ?out|dealbreaker|must(?:[- ]have)?|required|first|last|at .+"
    r"|in the .+|after .+|before .+|to the .+))$",
    re.I,
)


def _completes(wish: str, edits: list[Edit], added: str, reading: Reading) -> bool:
    """A clause that only completes the added question before it: "knock out if they can't", "make it first"."""
    match = _OF_THE_NEW.match(wish)
    if not added or not match or not edits:
        return False
    rest = match["rest"] or "knock out if they can't"
    again = question_edit_reading.add(f"{added}, {re.sub(r'^to the', 'at the', rest)}", reading)
    if again:
        edits[-1] = again[0]
    return bool(again)


def _settled(edits: list[Edit], reading: Reading) -> list[Edit]:
    """Twice the same is once; two values for one thing contradict each other; a bare "link too" follows the title."""
    title = next((edit.value for edit in edits if edit.op is EditOp.SET_TITLE), reading.draft.title)
    settled: list[Edit] = []
    taken: set[str] = set()
    for edit in edits:
        if edit.op is EditOp.SET_SLUG and edit.value is None:
            edit = edit.model_copy(update={"value": slug_of(title)})
        if edit.op is EditOp.ADD_QUESTION:
            value = dict(edit.value)
            number = int(str(value["id"])[1:]) if str(value.get("id", ""))[1:].isdigit() else 1
            while f"q{number}" in taken:
                number += 1
            value["id"] = f"q{number}"
            taken.add(value["id"])
            edit = edit.model_copy(update={"value": value})
        clash = next((other for other in settled if _clashes(other, edit)), None)
        if clash is not None and clash != edit:
            raise _contradiction(edit)
        if edit not in settled:
            settled.append(edit)
    return settled


_KNOCKS = frozenset({EditOp.SET_KNOCKOUT, EditOp.CLEAR_KNOCKOUT})
_ONCE = frozenset(
    {
        EditOp.SET_TITLE,
        EditOp.SET_SLUG,
        EditOp.SET_SETTING,
        EditOp.SET_WEIGHT,
        EditOp.SET_FOLLOW_UPS,
        EditOp.SET_KIND,
        EditOp.SET_TEXT,
        EditOp.MOVE_QUESTION,
        EditOp.SET_STAGE_ENABLED,
        EditOp.MOVE_STAGE,
    }
)


def _clashes(one: Edit, other: Edit) -> bool:
    if one.target != other.target or one == other:
        return False
    if one.op is other.op:
        return one.op in _ONCE or one.op is EditOp.SET_KNOCKOUT
    if {one.op, other.op} == _KNOCKS:
        return True
    if {one.op, other.op} == {EditOp.REMOVE_STAGE, EditOp.MOVE_STAGE}:
        return True
    changes = {
        EditOp.SET_KNOCKOUT,
        EditOp.SET_WEIGHT,
        EditOp.SET_TEXT,
        EditOp.MOVE_QUESTION,
        EditOp.SET_FOLLOW_UPS,
        EditOp.SET_RUBRIC,
        EditOp.SET_KIND,
    }
    return EditOp.REMOVE_QUESTION in (one.op, other.op) and bool(changes & {one.op, other.op})


def _contradiction(edit: Edit) -> Answered:
    numbers = [edit.target["question"]] if isinstance(edit.target, dict) and edit.target.get("question") else []
    about = f"question {numbers[0]}" if numbers else "that"
    return ask_which(
        f"You asked for two different things for {about}. Which one should I do?",
        "contradiction",
        [n for n in numbers if n],
    )


def _nothing(known: bool, wishes: list[str], unread: list[str], focus: int | None) -> Plan:
    if not wishes:
        return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply="Nothing was changed.")
    if known and not unread:
        reply = "It is that way already, so nothing was changed."
        return Plan(intent=PlanIntent.ANSWER, reason="question", reply=reply, focus=focus)
    return Plan(intent=PlanIntent.REFUSE, reason="not_understood", reply=_HELP)


def _checked(edits: list[Edit], reading: Reading) -> Plan:
    """The plan, tried on the draft: what can't be done is refused here, with the reason."""
    try:
        after = apply_edits(reading.draft, edits)
    except EditRefused as refused:
        return Plan(intent=PlanIntent.REFUSE, reason="out_of_range", reply=str(refused))
    if after == reading.draft:
        return Plan(
            intent=PlanIntent.ANSWER,
            reason="question",
            reply="It is that way already, so nothing was changed.",
            focus=reading.focus,
        )
    return Plan(intent=PlanIntent.EDIT, edits=tuple(edits), reply=told_of_languages(edits), focus=reading.focus)
