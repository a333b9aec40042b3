"""Messages that are not edits: undo, publish, invitations, questions, thanks. Returns None for anything else."""

import re

from botapp.compose.answers import answer
from botapp.compose.dates import NUMBER, number_of
from botapp.compose.references import Answered, Reading, resolve
from botapp.compose.wording import rubric_text
from botapp.llm import Plan, PlanIntent, PlanRequest


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_YES = _rx(
    r"^\W*(?:yes|yep|yeah|yup|ya|sure|ok(?:ay)?|y|do it|go ahead|go for it|please do"
    r"|confirm(?:ed)?|correct|right|of course|absolutely|definitely|sounds good|yes please"
    r"|that'?s right|publish(?: it)?|ship it)(?:[\s,.!]+(?:please|thanks|do it|go ahead"
    r"|publish(?: it)?|thank you|yes))*\W*$"
)
_NO = _rx(
    r"^\W*(?:(?:wait|oh|um+|hm+|actually|sorry|ah)[\s,.!]+)*(?:no|nope|nah|n|not (?:yet|now)|don'?t"
    r"|do not|cancel|stop|wait|never ?mind|hold (?:on"
    r"|off)|leave it|forget it|no,? thanks?|no thank you|rather not|later)(?:[\s,.!]+(?:please"
    r"|thanks|thank you|yet|now|don'?t|it))*\W*$"
)
_THANKS = _rx(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|super|cool|nice|lovely|awesome|brilliant|good|wonderful"
    r"|excellent|thanks?|thank you|thx|ty|cheers|ta|much appreciated|appreciate it|got it|fine"
    r"|looks? (?:good|great|fine)|love it|well done|not bad|great work|(?:good|nice) (?:job|work|morning"
    r"|afternoon|evening)|hi"
    r"|hello|hey|hey there|bye|see you|that'?s (?:great|perfect|fine|all|it)|so much|a lot"
    r"|very much|all good|no problem|understood|makes sense|lol|haha|hm+|nothing(?: else)?|for now"
    r"|you'?re (?:great|the best)|there|everyone|team)\b[\s,.!:)]*)+$"
)
_UNDO = _rx(
    r"^(?:(?:no|wait|oh|oops|hmm|actually|sorry|whoops)[\s,.!]+)*(?:undo|revert|roll ?back"
    r"|take (?:that|it) back|go back|back ?out|reverse|step back|put (?:it|that) back(?: (?:how"
    r"|the way) it was)?)\b(?:\s+(?:that|this|it|please|the|last|my|your|change|changes|edit|edits"
    r"|one|thing|of|those|all|to|what|you|just|did|previous|step|steps|version"
    rf"|a))*\s*(?P<n>{NUMBER}|twice)?\s*(?:of (?:them|those)|changes?|edits?|steps?|times?|things?)?"
    r"\s*(?:back|please|again)?\W*$"
    r"|^(?:no,? )?(?:change (?:it|that) back|that was wrong|not what i (?:meant|wanted))\W*$"
)
_REDO = _rx(
    r"^(?:redo|re-do|do (?:it|that) again|bring (?:it|that) back|put (?:it|that) back in"
    r"|undo the undo|actually keep (?:it|that)|restore (?:it|that)|reapply)\b(?:\s+(?:that|this|it"
    rf"|please|the|last|change|changes|one))*\s*(?P<n>{NUMBER}|twice)?\s*(?:changes?|steps?"
    r"|times?)?\W*$"
)
_PUBLISH = _rx(
    r"^(?:(?:ok(?:ay)?|great|perfect|good|looks? good|now|and|then|please|let'?s|ready|alright"
    r"|yes)[\s,.!:]*)*(?:publish|go live|launch|make it live|put it live|ship it|release it"
    r"|take it live|we'?re good to go|send it out|activate)(?:\s+(?:it|this|now|please"
    r"|the (?:interviewer|draft|thing)|then|today))*\W*$"
)
_STATUS = (
    (
        "resume",
        _rx(
            r"^(?:un-?pause|resume|reopen|re-open|restart|reactivate|continue|start)\s*(?:it|this"
            r"|the interviewer|again|screening|now|interviews)?(?: again| now| please)?\W*$"
        ),
    ),
    (
        "pause",
        _rx(
            r"^(?:pause|hold|suspend|freeze|put (?:it|this) on hold|stop taking (?:people|candidates"
            r"|answers)|take it offline|unpublish)\s*(?:it|this|the interviewer|screening|for now|now"
            r"|please|interviews)*\W*$"
        ),
    ),
    ("unarchive", _rx(r"^(?:un-?archive|bring it back from the archive|restore from (?:the )?archive)\b.{0,30}$")),
    (
        "archive",
        _rx(
            r"^(?:archive|retire|put (?:it|this) away|close (?:it|this) for good)\s*(?:it|this"
            r"|the interviewer|the (?:job|role)|now|please)*\W*$"
        ),
    ),
)
_CLONE = _rx(
    r"^(?:clone|copy|duplicate|(?:make|create|do|give|get)(?: me| us)? (?:a|another) (?:copy|clone|version|duplicate)"
    r"|fork)\b\s*(?:of )?(?:this one|the whole thing|all of it|everything|it|this|that"
    r"|the (?:interviewer|draft|role|screener)"
    r"|one)?\s*(?:(?:and )?(?:call|name|title)\b(?: it| the copy)?|as|for|called|named|titled"
    r"|with the title|under|to make|into)?\s*(?:an? |the )?(?P<t>.*)$"
)
_LIKE = _rx(
    r"^(?:(?:i |we )?(?:need|want|would like|'d like|make|build|create|set up|do|give)(?: me| us)? )?"
    r"(?:(?:the )?same(?: again| thing| one)?|another one|one more|(?:(?:something "
    r"|one )?(?:just )?like (?:this(?: one)?|it"
    r"|the (?P<like>[\w' -]{2,40}?)(?: (?:one|interviewer|role|screener|draft))?)))"
    r",?\s+(?:(?:but|just|only)\s+)?(?:for|with|in|at|called|named)\s+(?:the |an? )?(?P<t>.{2,80})$"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d ()./-]{7,}\d")
_INVITE = _rx(
    r"^(?:please |can you |could you )?(?:invite|send (?:the |a |an )?(?:link|invite|invitation"
    r"|interview) to|add (?:the )?candidate|screen|text|email)\b\s*(?P<who>.*)$"
)
_TEAM = _rx(
    r"\b(?:team ?mates?|colleagues?|co-?workers?|members?|recruiter|viewer|owner|to (?:the|my"
    r"|our) (?:team|workspace))\b"
)
_SHOW = _rx(
    r"^(?:please )?(?:show|display|print|list|let me see|see|give me|read me|open|what(?:'s| is"
    r"| are))\s+(?:me |us )?(?P<what>.+?)(?:\s+again)?\s*\??$"
)
_QUESTION = _rx(
    r"^(?:explain|what|how|which|who|when|where|why|is|are|does|do|did|has|have|was|were|should|am|will it"
    r"|would it|can (?:they|candidates|people|it|i)|could (?:they|candidates|it|i))\b|\?\s*$"
)
_REQUEST = _rx(
    r"^(?:can|could|would|will) (?:you|we)\b|^(?:can|could) i (?:get|have)\b|^let'?s\b|^(?:how about"
    r"|what about|what if we|why don'?t (?:you"
    r"|we)|shall we|should we)\b.*\b(?:add|drop|remove|make|swap|move|change)\b"
)
_SOME_DAY = _rx(
    r"\b(?:tomorrow|later|next week|next month|some ?day|one day|at some point|eventually"
    r"|another time|down the road|after (?:the )?(?:weekend|holidays|meeting)|on monday"
    r"|when i(?:'m| am) back|in a (?:bit|while))\b"
)
_NOT_SURE = _rx(
    r"^(?:maybe|perhaps|possibly|not sure|i wonder|i'?m (?:not sure|wondering|thinking))\b.*\b(?:will|'ll"
    r"|going to|gonna|let me"
    r"|need to|have to|i) (?:ask|check|think|talk|see|find out|come back|let you know)\b.*$"
    r"|^(?:not sure|i wonder|i'?m not sure|i'?m wondering|i'?m thinking)\b.*$"
)
_PLAN_TALK = _rx(
    r"\b(?:let'?s (?:talk|discuss|see)|(?:i|we) (?:have|need) to (?:check|ask|think|talk)|(?:will|gonna"
    r"|must) (?:check|ask) (?!(?:them|if"
    r"|about|for|how|what)\b)|i'?ll|i will|we'?ll|we will|we might|i might|we may|i may|i'?m going to|we'?re going to"
    r"|i was thinking|thinking (?:of|about)|maybe|perhaps|probably|we should|let me (?:check|think"
    r"|ask)|i need to (?:check|ask|think|talk)|remind me|she will|he will|they'?ll)\b"
)


def talk(request: PlanRequest, text: str, reading: Reading) -> Plan | None:
    """The plan of a whole message that changes nothing by itself."""
    bare, whole = text.strip(), request.text.strip()
    if request.pending and (plan := _pending(bare)):
        return plan
    return (
        _history(bare, request) or _life(bare) or _people(bare) or _shown(bare, reading) or _small(bare, whole, reading)
    )


def _pending(text: str) -> Plan | None:
    if _YES.match(text):
        return Plan(intent=PlanIntent.CONFIRM)
    return Plan(intent=PlanIntent.DECLINE, reply="Nothing was done.") if _NO.match(text) else None


_AGAIN = _rx(r"^(?:please )?(?P<w>undo|redo)(?:[\s,.!]+(?:and )?(?:then )?(?:undo|redo)(?: (?:that|it|again))?)+\W*$")


def _repeated(text: str) -> Plan | None:
    """`undo undo` is two steps; `undo redo` cancels itself out."""
    if not (match := _AGAIN.match(text)):
        return None
    words = [word.lower() for word in re.findall(r"undo|redo", text, re.I)]
    if len(set(words)) > 1:
        return Plan(intent=PlanIntent.ANSWER, reason="question", reply="Undo and redo cancel each other out.")
    return Plan(intent=PlanIntent(match["w"].lower()), value={"steps": len(words)})


def _steps(shown: str | None) -> int:
    return 2 if shown and shown.lower() == "twice" else number_of(shown) if shown else 1


def _history(text: str, request: PlanRequest) -> Plan | None:
    text = re.sub(r"\b(?:x ?|times )(\d)\b", r"\1", text)
    if (again := _repeated(text)) and again.intent is PlanIntent.ANSWER:
        return again
    if again and again.value["steps"] <= max(
        1, request.can_undo if again.intent is PlanIntent.UNDO else request.can_redo
    ):
        return again
    if again:
        text = f"{again.intent.value} {again.value['steps']}"
    for pattern, intent, has, none in (
        (_REDO, PlanIntent.REDO, request.can_redo, "There is nothing to redo."),
        (_UNDO, PlanIntent.UNDO, request.can_undo, "There is nothing to undo yet."),
    ):
        if match := pattern.match(text):
            steps = _steps(match["n"]) if match["n"] else 1
            if has and steps > has:
                changes = "one change" if has == 1 else f"{has} changes"
                return Plan(
                    intent=PlanIntent.REFUSE, reason="out_of_range", reply=f"I can go {changes} that way, not {steps}."
                )
            return Plan(intent=intent, value={"steps": max(1, steps)}, reply="" if has else none)
    return None


_LIVE_LATER = _rx(
    r"^(?:publish|launch|go live|make it live|put it live|ship it|release it)\b.*\b(?:tomorrow|later|next week"
    r"|on \w+day|in the morning|when|once|after)\b"
)


def _life(text: str) -> Plan | None:
    if _LIVE_LATER.match(text):
        return Plan(
            intent=PlanIntent.CHATTER, reason="chatter", reply="Nothing was published. Say “publish” when it is time."
        )
    if _PUBLISH.match(text):
        return Plan(intent=PlanIntent.PUBLISH)
    for status, pattern in _STATUS:
        if pattern.match(text):
            return Plan(intent=PlanIntent.STATUS, value={"status": status})
    return None


def clone(text: str, reading: Reading) -> Plan | None:
    """A copy of the whole interviewer under another title; of another one than this (`like`) when it is named."""
    if like := _LIKE.match(text):
        return _cloned_like(like, reading)
    match = _CLONE.match(text)
    if not match or re.search(r"\bquestion\b|\bq\d", text, re.I):
        return None
    said = re.sub(
        r"^(?:call(?:ed)?|name[d]?|title[d]?|it|as|for|the|and|to)\s+", "", match["t"].strip(" .,:\"“”'"), flags=re.I
    ).strip(" .,:\"“”'")
    said = re.sub(r"\s+(?:too|as well|please)$", "", said)
    if not said:
        title = f"{reading.draft.title} (copy)"
    elif re.match(r".*\b(?:as|called|named|call it|title)\b", text, re.I) or (
        said[:1].isupper()
        and len(said.split()) >= 2
        and not re.search(r"\bfor (?:the |a |our )?" + re.escape(said), text)
    ):
        title = said
    else:
        title = f"{reading.draft.title} ({said})"
    return Plan(intent=PlanIntent.CLONE, value={"title": title})


def _cloned_like(match: re.Match[str], reading: Reading) -> Plan:
    """`like the warehouse one, but for nights`: of this one when its title has the word."""
    said = match["t"].strip(" .,:;\"“”'")
    other = (match["like"] or "").strip()
    is_this = not other or all(word in reading.draft.title.lower() for word in other.lower().split())
    named = re.search(r"\b(?:called|named)\s+(?:the |an? )?" + re.escape(match["t"]), match[0])
    title = said if named else f"{reading.draft.title if is_this else other.capitalize()} ({said})"
    like = {} if is_this else {"like": other, "changes": said}
    return Plan(intent=PlanIntent.CLONE, value={"title": title, **like})


def _people(text: str) -> Plan | None:
    match = _INVITE.match(text)
    if not match:
        return None
    who = match["who"]
    email, phone = _EMAIL.search(who), _PHONE.search(who)
    if _TEAM.search(who) and (email or re.search(r"\binvite\b", text, re.I)):
        return _teammate(who, email)
    if not (email or phone):
        if not re.match(r"(?:please )?invite\b", text, re.I):
            return None
        return Plan(
            intent=PlanIntent.ASK_WHICH,
            reason="no_value",
            reply="Whom should I invite, and at which email address or phone number?",
        )
    contact = email[0].rstrip(".") if email else phone[0].strip() if phone else ""
    name = who.replace(contact, " ")
    name = re.sub(
        r"\b(?:at|on|via|by|to|candidate|email|phone|the|a|please|mobile|her|his|is|name|named"
        r"|for the interview|today)\b|[<>(),;:]",
        " ",
        name,
        flags=re.I,
    )
    return Plan(intent=PlanIntent.INVITE, value={"name": re.sub(r"\s+", " ", name).strip(" .-"), "contact": contact})


def _teammate(who: str, email: re.Match[str] | None) -> Plan:
    if not email:
        return Plan(
            intent=PlanIntent.ASK_WHICH,
            reason="no_value",
            reply="What is their email address, and should they be owner, recruiter or viewer?",
        )
    role = re.search(r"\b(owner|recruiter|viewer)\b", who, re.I)
    name = who.replace(email[0], " ")
    name = re.sub(
        r"\b(?:a|my|our|the|new|as|an|team ?mates?|colleagues?|co-?workers?|members?|recruiter|viewer"
        r"|owner|to|team|workspace|at|with|email|role|and|please)\b|[<>(),;:]",
        " ",
        name,
        flags=re.I,
    )
    value = {
        "name": re.sub(r"\s+", " ", name).strip(" ."),
        "email": email[0].rstrip("."),
        "role": role[1].lower() if role else "recruiter",
    }
    return Plan(intent=PlanIntent.INVITE_TEAMMATE, value=value)


def _shown(text: str, reading: Reading) -> Plan | None:
    match = _SHOW.match(text)
    if not match:
        return None
    what = match["what"]
    if re.search(r"\brubric", what, re.I):
        ref = re.sub(r"^.*?\brubric\b\s*(?:of|for|on|behind)?\s*", "", what, flags=re.I) or re.sub(
            r"\s*rubric.*$", "", what, flags=re.I
        )
        ref = re.sub(r"'s$", "", ref.strip() or "it")
        number = resolve(ref, reading)[0]
        return Plan(
            intent=PlanIntent.SHOW,
            value={"what": "rubric", "question": number},
            reply=rubric_text(reading.questions[number], number),
            focus=number,
        )
    if not re.match(
        r"(?:please )?(?:show|display|print|list|let me see|see|give me|read me|open)\b", text, re.I
    ) or re.match(r"give (?:them|it|q|question|the \w+ question)", text, re.I):
        return None
    if re.search(
        r"^(?:the )?(?:whole |full |entire |current )?(?:draft|interviewer|everything|it all|all of it"
        r"|whole thing|it)$",
        what,
        re.I,
    ):
        return Plan(intent=PlanIntent.SHOW, value={"what": "draft"})
    said, number_or_none = answer(what, reading)
    if said.startswith("Nothing was changed."):
        try:
            number = resolve(what, reading)[0]
        except Answered as answered:
            return answered.plan
        return Plan(
            intent=PlanIntent.SHOW,
            value={"what": "question", "question": number},
            reply=rubric_text(reading.questions[number], number),
            focus=number,
        )
    return Plan(intent=PlanIntent.SHOW, value={"what": "answer"}, reply=said, focus=number_or_none)


def _small(text: str, whole: str, reading: Reading) -> Plan | None:
    if _THANKS.match(text) or _THANKS.match(whole):
        greeting = re.match(r"\W*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b", text, re.I)
        reply = (
            "Hello. Tell me what to change, or say publish."
            if greeting
            else "Anything else? Say publish when you are ready."
        )
        return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply=reply)
    if (_SOME_DAY.search(whole) and _PLAN_TALK.search(whole)) or re.match(
        r"^(?:i'?ll|we'?ll|i will|we will|i might|we might|let me|i need to (?:check|ask|think"
        r"|talk))\b",
        text,
        re.I,
    ):
        return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply="Nothing was changed. Tell me when it is time.")
    if _NOT_SURE.match(whole):
        return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply="Nothing was changed. Tell me when you know.")
    told = re.search(
        r"\b(?:should|must|has to|needs to) (?:be|become) (?:a |an |the )?(?:\w+ ?){1,3}", text, re.I
    ) and not whole.endswith("?")
    wants_words = re.match(r"(?:can|could|would|will) you (?:please )?(?:explain|tell me|say)\b", whole, re.I)
    is_request = _REQUEST.search(whole) and not wants_words
    if _QUESTION.search(text) and not told and not is_request and not text.endswith('"'):
        said, number = answer(text, reading)
        return Plan(intent=PlanIntent.ANSWER, reason="question", reply=said, focus=number)
    if _YES.match(text) or _NO.match(text):
        return Plan(intent=PlanIntent.CHATTER, reason="chatter", reply="There is nothing waiting for a yes or no.")
    return None
