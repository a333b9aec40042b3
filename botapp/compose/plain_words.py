"""Other ways of saying the same, turned into the one the grammar reads; and what needs no grammar. Pure.

Only whole messages are turned, and only where nothing is lost by it; everything else passes as it was said.
"""

import re
from collections.abc import Callable

from botapp.compose.references import Answered, ask_which, refuse
from botapp.llm import Plan, PlanIntent

HELP = (
    "Say what to change, for example: make the licence a knockout, swap 2 and 3, double the weight on 6, "
    "add a question about teamwork, pass bar 70, undo. Or ask: show me the rubric of 6. "
    "Say “publish” when it is ready."
)
_STAGE = r"(?:form|resume|r[eé]sum[eé]|cv|voice|scenario|chat)"
_HARD = re.compile(r"\bknock ?out|\bdeal ?breaker|\bmust\b", re.I)
_REWRITES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            r"^\W*(?:please )?(?:add (?:(?:a|the|this|another|one more) )?|new |another "
            r"|one more )question\s*[:–-]?\s*[\"“]?"
            r"(?P<q>(?:can|could|do|does|did|are|is|have|has|will|would|how|what|which|why|when|where"
            r"|tell)\b[^\"”\n]{4,400}?\?(?:\s+[^?\n]{2,60}\?)?)"
            r"[\"”]?(?P<rest>[^?\n]{0,40})$",
            re.I,
        ),
        lambda m: f'add a question "{m["q"]}"' + (", knock out if they can't" if _HARD.search(m["rest"]) else ""),
    ),
    (
        re.compile(
            r"^(?P<said>[^.?!\n]{8,200}?)\s*[,;.–-]\s*(?:please |and )?(?:tell|let) (?:them|people|candidates|everyone)"
            r"(?: know)?(?: that| this| so| about (?:it|that))?\W*$",
            re.I,
        ),
        lambda m: f"tell them {m['said']}",
    ),
    (
        re.compile(r"^\W*(?:turn|switch) (?:the )?knock ?outs? (?P<way>off|on)\W*$", re.I),
        lambda m: "don't enforce knockouts" if m["way"].lower() == "off" else "enforce knockouts",
    ),
    (
        re.compile(r"^\W*(?:turn|switch) (?P<way>off|on) (?:the )?knock ?outs?\W*$", re.I),
        lambda m: "don't enforce knockouts" if m["way"].lower() == "off" else "enforce knockouts",
    ),
    (
        re.compile(
            r"^\W*(?:set )?(?:the )?follow[- ]?ups? (?:on|for|of) (?:question )?(?P<n>\d+)\s*[:,]?\s*(?:to )?"
            r"(?:at least|min(?:imum)?) (?P<a>\d)[, ]+(?:and )?(?:at most|max(?:imum)?) (?P<b>\d)\W*$",
            re.I,
        ),
        lambda m: f"{m['a']} to {m['b']} follow-ups on question {m['n']}",
    ),
    (
        re.compile(
            r"^\W*at least (?P<a>\d)[, ]+(?:and )?at most (?P<b>\d) follow[- ]?ups? (?:on|for) "
            r"(?:question )?(?P<n>\d+)\W*$",
            re.I,
        ),
        lambda m: f"{m['a']} to {m['b']} follow-ups on question {m['n']}",
    ),
    (
        re.compile(
            rf"^\W*(?P<verb>remove|drop|delete|switch off|turn off) (?:the )?(?P<list>{_STAGE}(?: stages?)?"
            rf"(?:(?:,| and)+ (?:the )?{_STAGE}(?: stages?)?)+)\W*$",
            re.I,
        ),
        lambda m: " and ".join(f"{m['verb']} the {stage} stage" for stage in re.findall(_STAGE, m["list"], re.I)),
    ),
)
_TONE = re.compile(
    r"^\W*(?:please |can you |could you )*(?:make|keep|sound|be|write|turn|word)?\s*(?P<ref>it|this|everything"
    r"|the (?:questions|tone|whole thing"
    r"|draft)|them|all of (?:it|them)|q(?:uestion)? ?\d+|\d+)?\s*(?:sound |be |to be )?(?:a (?:bit|little) "
    r"|more |less |much )*"
    r"(?:friendl\w+|warm\w*|formal\w*|informal\w*|casual\w*|fun\w*|profession\w+|polite\w*|human\w*|robotic"
    r"|stiff|personal|relaxed|chatty"
    r"|upbeat|nicer?|kinder|softer|conversational)\W*$",
    re.I,
)
_CANT_SOUND = (
    "I can't change how it sounds by rule, so nothing was changed. Tell me the words for a question, say “shorten 3”, "
    "or connect a language model."
)
# Turned anywhere in a message, before it is told apart into wishes.
_WITHIN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), said)
    for pattern, said in (
        (r"(?P<a>\b(?:remove|drop|clear|take) (?:the )?(?:knock ?out|deal ?breaker)\b[^.;]{2,60}?) and (?:add"
         r"|put|set|make) (?:one|it|a knock ?out)"
         r" (?:on|for) (?P<b>[^.;]+)", r"\g<a> and make \g<b> a knockout"),
        (r"\b(?P<a>add (?:a question|one|something|questions?) (?:about|on) [^.;,]{2,60}?),? and (?:another "
         r"|a question |one |another one )(?:about|on) ",
         r"\g<a> and add a question about "),
        (r"\b(?P<a>follow[- ]?ups? (?:on|for) [^.;,]{2,50}?),? and (?:none|no more|nothing) (?:on|for) ",
         r"\g<a> and no follow-ups on "),
        (r"\band (?:is )?worth (?P<n>\w+)\b", r"and make it worth \g<n>"),
        (r"\?\s+(?:the |with )?(?:options|choices|answers)(?: are)?\s*:?\s+", " options "),
        (r"\bcould you tell me (?=why|how|what|which|who|when)|\bcan you tell me (?=why|how|what|which|who|when)", ""),
    )
)  # fmt: skip
_ADD_THAT = re.compile(
    r"^(?P<said>(?:the|our|we|pay|there|it|parking|training|shifts?"
    r"|location)\b[^?\n]{6,200}?)[,;.]\s*(?:please )?(?:add|note|include|save|mention)"
    r" (?:that|this|it)(?: (?:too|please|as a fact|to the facts))?\W*$",
    re.I,
)
_EACH_WEIGHT = re.compile(r"((?:q|question |#)?\d+)\s*(?:=|:|to|is|->|gets)?\s*(\d+)", re.I)
_WEIGHTS = re.compile(
    rf"^\W*(?:set )?(?:the )?weights?\s*[:=-]\s*(?P<list>{_EACH_WEIGHT.pattern}(?:\s*(?:,|;"
    rf"|and)+\s*(?:{_EACH_WEIGHT.pattern}))*)\W*$",
    re.I,
)
_NOT_ONE = re.compile(r"\bnot (?:be )?an? (?:knock ?out|deal ?breaker|must)|\bno longer an? (?:knock ?out|must)", re.I)
_ONE = re.compile(r"(?<!not )(?<!not be )(?<!longer )\ban? (?:knock ?out|deal ?breaker|must)", re.I)
_TAKES_BACK = re.compile(r"\b(?:no|actually|wait|sorry|scratch|instead|rather|second thought|i mean)\b", re.I)
_BAD_LINK = re.compile(r"^\W*(?:redirect|send) (?:them |people |candidates )?to (?!https?://)(?=\S*:)\S+\W*$", re.I)


def said_plainly(text: str) -> str:
    """The message in the words the grammar reads.

    Raises:
        Answered: help was asked for, or the message can't be done as it stands.
    """
    if re.fullmatch(r"\W*(?:help|help me|what can i say|how does this work)\W*", text, re.I):
        raise Answered(Plan(intent=PlanIntent.ANSWER, reason="question", reply=HELP))
    if _TONE.match(text):
        raise refuse(_CANT_SOUND, "not_understood")
    if _BAD_LINK.match(text):
        raise refuse("A redirect link starts with https:// or http://.", "out_of_range")
    if _wants_both(text):
        raise ask_which("You asked for a knockout and for none. Which one should I do?", "contradiction")
    if match := _WEIGHTS.match(text):
        return " and ".join(f"weight {n} on {q}" for q, n in _EACH_WEIGHT.findall(match["list"]))
    for pattern, plainly in _REWRITES:
        if match := pattern.match(text):
            return plainly(match)
    if match := _ADD_THAT.match(text):
        return f"tell them {match['said']}"
    for pattern, within in _WITHIN:
        text = pattern.sub(within, text)
    return text


def _wants_both(text: str) -> bool:
    """One question that is to be a knockout and none, without a word that takes the first back."""
    about_one = len(set(re.findall(r"\d+", text))) == 1
    return about_one and bool(_NOT_ONE.search(text) and _ONE.search(text)) and not _TAKES_BACK.search(text)
