"""A recruiter's message as single wishes in order: what was taken back is gone, what was corrected is as said last."""

import re

from botapp.compose.dates import NUMBER

_FILLER = re.compile(
    r"^(?:(?:ok(?:ay)?|um+|uh+|so|well|right|hey|hi|hello|please|pls|also|and|then|just|now|oh|but"
    r"|plus|next|finally|first off|alright|great|thanks|thank you|perfect|yeah|yes please|yep|hmm+"
    r"|let'?s|lets|go ahead and|i (?:think )?(?:want|need|would like|'d like)(?: you)? to"
    r"|i'?d like (?:you )?to|we (?:want|need) to|we should|you should|can (?:you|we)|could (?:you"
    r"|we)|would you|will you|please can you|maybe)\b[\s,.!:;-]*)+",
    re.I,
)
_TAIL = re.compile(
    r"(?:(?<=\s)|(?<=[\s,.!;:]))(?:please|pls|thanks|thank you|thx|ta|cheers|ok(?:ay)?|altogether"
    r"|for me|if you can|then|as well|for now|for the moment)[\s,.!;]*$",
    re.I,
)
COMMAND = (
    r"(?:make|set|drop|erase|remove|delete|lose|scrap|kill|cut|take|get rid|ditch|bin|add|put|insert"
    r"|include|move|swap|switch|exchange|change|rename|retitle|call it|call the|name the|double"
    r"|triple|halve|lower|raise|increase|reduce|bump|turn|publish|undo|redo|revert|go live|clone"
    r"|copy|duplicate|archive|unarchive|pause|invite|allow|give|redirect|send|knock|"
    r"no (?:follow|retake|knock|deadline|pass|more)|(?:one|two|three|\d+) (?:retake|follow)"
    r"|pass (?:bar|mark)|deadline|budget|for (?:q\d|question|number|the|all|every)|q ?\d"
    r"|question (?:\d|one|two|three|four|five|six|seven|eight)|ask|reword|rephrase|rewrite|shorten"
    r"|translate|offer|enable|disable|show|let (?:them|candidates|people)|use|only ask"
    r"|if (?:anyone|anybody|they|someone|somebody|people|candidates) asks?|tell (?:them|people"
    r"|candidates)|"
    r"link\b|slug\b|title\b|weigh|weights?\b|don'?t|do not|leave|keep|the (?:link|slug|title|deadline"
    r"|pass bar|budget|weight|rubric)|last (?:one|question) first|min(?:imum)? score|alerts?\b"
    r"|bring back|open it|close it|clear|require|skip|limit|cap|extend|merge|split|start|stop"
    r"|update|replace|rank|reorder|score|count|treat|mark|resume (?:last|first|to|at)|cv (?:last"
    r"|first)|the [\w' -]{2,40}? (?:question|one|thing|stage) (?:should|must|is|isn'?t|needs|has|can|goes"
    r"|comes)|voice (?:last|first)|form (?:last|first)|chat (?:last|first))"
)
_SPLIT = re.compile(
    rf"(?:\s*[;\n]+\s*|(?<=[^.\d])\.+\s+|(?<=\d)\.\s+(?=[A-Za-z])|\.{{2,}}\s*|\s*[!?]+\s+"
    r"|,?\s+(?:and then|and also|then|and|but|also|plus|&)\s+(?:also |then |please |uh "
    rf"|um )*(?={COMMAND}\b)|,\s+(?:and |then |also |please |but )*(?={COMMAND}\b))",
    re.I,
)
_TAKE_BACK = re.compile(
    r"^(?:(?:no|nah|oh|hmm|wait|actually|sorry)[\s,]*)*(?:never ?mind(?: that| about (?:that|it))?"
    r"|forget (?:it|that|about (?:it|that))|scratch that|scrap that|ignore that|cancel that"
    r"|don'?t (?:do that|bother)|leave (?:it|that)(?: as (?:it )?is| alone)?|actually,? don'?t"
    r"|(?:(?:wait|actually|no|oh)[\s,]+)+(?:keep|leave) (?:it|that|them)(?: in| as (?:it )?is)?"
    r"|(?:actually )?scrap that"
    r"|no,? don'?t|on second thoughts?,? (?:no|don'?t|leave it))[\s.!]*",
    re.I,
)
_CORRECTING = re.compile(
    r"[\s,.;:–—-]*\b(?:no,? (?:wait|make (?:that|it)|sorry|actually|i mean|not that)|wait,? (?:no"
    r"|make (?:that|it)|actually)?|oh wait|actually,?(?: make (?:that|it)| no)?"
    r"|sorry,?(?: i mean(?:t)?| make (?:that|it))?|i mean(?:t)?|make that|scratch that|or rather"
    r"|rather|correction:?|hm+ no|no no|no)\b[\s,:-]*",
    re.I,
)
_QUOTED = re.compile(r"[\"“]([^\"”]{1,400})[\"”]")
_VALUE = re.compile(
    rf"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)\w*\.? \d{{1,2}}(?:st|nd|rd"
    rf"|th)?|\d{{1,2}}/\d{{1,2}}|none|nothing|#?q?(?:{NUMBER}|no)\b%?)",
    re.I,
)
_FRAGMENT = re.compile(
    r"^(?:(?:to|at|on|for|it'?s|just|only|until|by|question|q|number|the"
    rf"|number)\s*)*(?:#?q?(?:{NUMBER})%?|none|zero|nothing|no"
    rf"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)\w*\.? \d{{1,2}}"
    rf"(?:st|nd|rd|th)?|\d{{1,2}}/\d{{1,2}})(?: (?:of them|days?|retakes?|instead|please))?[\s.!]*$",
    re.I,
)


def _hidden(text: str) -> tuple[str, list[str]]:
    """Quoted stretches replaced by marks, so that nothing inside them is read as a command."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\x00{len(kept) - 1}\x00"

    return _QUOTED.sub(keep, text), kept


def _shown(text: str, kept: list[str]) -> str:
    return re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], text)


def split_wishes(message: str) -> list[str]:
    """Each wish of the message in order, corrections applied."""
    hidden, kept = _hidden(message.strip())
    wishes: list[str] = []
    for piece in _SPLIT.split(hidden):
        _take(piece, wishes)
    return [_shown(wish, kept) for wish in wishes if wish]


def _take(piece: str, wishes: list[str]) -> None:
    """Adds a piece to the wishes, or corrects the one before by it."""
    piece = piece.strip(" ,.;:!-–—")
    if not piece:
        return
    kept = re.search(
        r",?\s+(?:oh |no |actually )*(?:wait|actually|no),? (?:(?:keep|leave) (?:it|that|them)(?: in)?"
        r"|(?:scrap|forget|ignore|cancel)"
        r" (?:that|it))$",
        piece,
        re.I,
    )
    if kept and kept.start():
        return
    if back := _TAKE_BACK.match(piece):
        if wishes:
            wishes.pop()
        _take(piece[back.end() :], wishes)
        return
    opened = _CORRECTING.match(piece)
    if (
        opened
        and wishes
        and not re.match(r"no (?:follow|retake|knock|deadline|pass|more|limit|budget|redirect)", piece, re.I)
    ):
        rest = piece[opened.end() :].strip(" ,.")
        wishes.append(_corrected(wishes.pop(), rest))
        return
    inside = _inner_correction(piece)
    if inside and (back := _TAKE_BACK.match(inside[1])) and not inside[1][back.end() :].strip():
        return
    if inside:
        wishes.append(_corrected(bare(inside[0]), inside[1]))
        return
    if wish := bare(piece):
        wishes.append(wish)


def _inner_correction(piece: str) -> tuple[str, str] | None:
    for match in _CORRECTING.finditer(piece):
        left, right = piece[: match.start()].strip(" ,"), piece[match.end() :].strip(" ,.")
        plain_no = match[0].strip(" ,.;:–—-").lower() in ("no", "rather", "actually", "sorry", "wait")
        if (
            left
            and right
            and (_FRAGMENT.match(right) or (not plain_no and len(right.split()) <= 8))
            and len(left.split()) >= 2
        ):
            if plain_no and not re.search(
                r"[,.;–—-]\s*$|\s-\s*$", piece[: match.start() + len(match[0]) - len(match[0].lstrip(" ,.;:–—-"))]
            ):
                continue
            return left, right
    return None


def _corrected(left: str, right: str) -> str:
    """`drop 2` corrected by `3` is `drop 3`; a whole command stands by itself."""
    right = bare(right)
    if not right or (re.match(rf"{COMMAND}\b", right, re.I) and not _FRAGMENT.match(right)):
        return right
    values = list(_VALUE.finditer(left))
    if _FRAGMENT.match(right) and values:
        last = values[-1]
        new = re.sub(r"^(?:(?:to|at|on|for|it'?s|just|only|question|number|the|until|by)\s+)*", "", right, flags=re.I)
        new = re.sub(r"\s+(?:of them|instead|please|retakes?|days?)[\s.!]*$", "", new, flags=re.I)
        return (left[: last.start()] + new + left[last.end() :]).strip()
    verb = re.match(rf"{COMMAND}\b", left, re.I)
    return f"{verb[0]} {right}" if verb else right


def bare(wish: str) -> str:
    """A wish without what people say around it."""
    previous = None
    while previous != wish:
        previous = wish
        wish = _FILLER.sub("", wish, count=1).strip()
    return _TAIL.sub("", wish.strip(" ,.;!")).strip(" ,.;")


_OFFERED = re.compile(
    r"^(?:and )?(?:free|paid|uniform|parking|lunch|meals?|training|pension|bonus|tips|overtime|holidays?"
    r"|vacation|pto|insurance"
    r"|health|dental|pay|benefits|transport|we (?:offer|give|provide|have|pay|cover)|there(?:'s| is| are)"
    r"|(?:the )?(?:location|site"
    r"|shifts?|start date|dress code))\b",
    re.I,
)


def states_a_fact(wish: str) -> bool:
    """Whether it says what the job gives, so that it must not get lost."""
    return bool(_OFFERED.match(wish))


def told_apart(wishes: list[str]) -> list[str]:
    """`uniform provided, free lunch, and parking is behind the home` as three statements."""
    found: list[str] = []
    for wish in wishes:
        parts = [
            part.strip()
            for part in re.split(r",\s*(?:and\s+)?|\s+and\s+(?=(?:free|paid|we|there|the)\b)", wish)
            if part.strip()
        ]
        several = len(parts) > 1 and all(_OFFERED.match(part) and len(part.split()) <= 14 for part in parts)
        found += [re.sub(r"^and ", "", part) for part in parts] if several else [wish]
    return found
