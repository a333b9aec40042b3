"""One wish in the words people type, turned into the words the grammar reads. Pure; nothing is added to what was said."""

import re

from botapp.compose.dates import NUMBER

_STAGE = r"(?:chat|form|voice(?: call)?|call|resume|cv|scenario|sms)"
_WISHES: tuple[tuple[str, str], ...] = (
    # wording
    (
        r"^(?:ask|put|say|word|phrase|keep)\s+(?P<ref>.+?)\s+(?:a bit )?(?:more (?:simply|briefly|plainly)"
        r"|in (?:simpler|fewer|plain(?:er)?|less) (?:words|english)|shorter)$",
        r"make \g<ref> shorter",
    ),
    (r"^(?P<ref>.+?) (?:is|reads|sounds) (?:far |way |much )?too (?:long|wordy|complicated)$", r"make \g<ref> shorter"),
    (r"^(?:say|use|put|have) (?P<q>[\"“][^\"”]+[\"”]) (?:for|on|in|as|instead of) (?P<ref>.+)$", r"change \g<ref> to \g<q>"),
    (r"^(?P<ref>(?:q|question |#)\d+|\d+)\s*[:=-]\s*(?P<q>[\"“][^\"”]+[\"”])$", r"change \g<ref> to \g<q>"),
    # head
    (
        r"^(?:change |set |update |make |adjust )?(?:the )?(?:link|slug|url)(?: name)? (?:to match|to fit|accordingly"
        r"|should match|the same|to suit|matching|to go with it)(?: it| that| the title)?$",
        "the link too",
    ),
    # times and limits
    (
        r"^(?:give (?:them|people|candidates|everyone|everybody)|let (?:them|people) (?:apply|start)"
        r"|(?:they|people|candidates|everyone) (?:have|has|get|can apply|can start)"
        r"|(?:keep|leave) (?:it|this|the (?:link|job)) open|open|take (?:people|candidates))"
        r" (?:un)?ti?ll? (?P<when>.+)$",
        r"deadline \g<when>",
    ),
    (r"^(?:close|stop|end)(?: (?:it|this|the link|applications))?(?: on| at)? (?P<when>(?:the )?(?:end of|\w+day|\d|[a-z]{3,9} \d).*)$",
     r"deadline \g<when>"),
    (r"^(?:drop|lower|cut|reduce|raise|bump|move|bring|put) (?:the )?(?:pass(?:ing)? )?(?:bar|mark|score) (?:up |down )?(?:to|at) (?P<n>\d+)\W*$",
     r"pass bar \g<n>"),
    (r"^(?:they|people|candidates|everyone) (?:need|needs|has to get|have to get|must get|must score|need to score)(?: at least)? (?P<n>\d{1,3})"
     r"(?: ?%| percent| points)? (?:to pass|to get through|to move on)$", r"pass bar \g<n>"),
    (r"^no (?:second|other|more) (?:chances?|tries|attempts|goes)$", "no retakes"),
    (r"^(?:they|people|candidates) (?:can|may) (?:only )?(?:do|take|try) it once$", "no retakes"),
    (r"^(?:they|people|candidates|everyone) (?:only )?(?:get|gets|has|have) one (?:shot|go|try|attempt|chance)$", "no retakes"),
    # follow-ups
    (rf"^follow[- ]?ups? (?P<n>{NUMBER}) (?:on|for) (?P<ref>.+)$", r"\g<n> follow-ups on \g<ref>"),
    (r"^(?:don'?t|do not|never) (?:probe|dig|follow up|ask follow[- ]?ups?)(?: on| into| for)? (?P<ref>.+)$", r"no follow-ups on \g<ref>"),
    (rf"^(?:probe|dig|follow up) (?P<ref>.+?) (?P<n>once|twice|up to {NUMBER} times|{NUMBER} times)$", r"\g<n> follow-ups on \g<ref>"),
    # weights
    (
        rf"^(?:make |let |have )?(?:the )?(?P<stage>{_STAGE})(?: stage| part)? (?:should )?(?:counts?|weighs?|be worth|is worth)"
        r" (?P<how>double|twice(?: as much)?|triple)$",
        r"double the weight of the \g<stage> stage",
    ),
    (r"^(?P<ref>.+?) (?:matters|counts) (?:the )?most(?: to us)?$", r"make \g<ref> the most important"),
    (r"^(?:don'?t|do not) (?:count|weigh|grade|mark|rate) (?P<ref>.+)$", r"don't score \g<ref>"),
    (r"^(?P<ref>.+?) (?:shouldn'?t|should not|doesn'?t need to) (?:be (?:graded|rated|marked)|count)$", r"don't score \g<ref>"),
    (r"^(?:just )?ask (?P<ref>(?:q|question |#)?\d+|the .+? (?:one|question)),? (?:but )?(?:don'?t|without) scor\w+(?: it)?$", r"don't score \g<ref>"),
    # must-haves
    (r"^(?:it'?s |we'?re )?(?:ok|okay|fine|alright|all right) (?:if (?:they|people) (?:don'?t|do not|can'?t) have|without) (?P<ref>.+)$",
     r"make \g<ref> optional"),
    (r"^(?P<ref>.+?) (?:isn'?t|is not|aren'?t|are not|not) (?:a )?(?:deal[- ]?breaker|hard (?:rule|line|no)|essential|critical|needed)(?: any ?more| either)?$",
     r"\g<ref> is not a knockout"),
    (r"^(?:loosen|relax|soften|ease) (?:up )?(?:on )?(?P<ref>.+)$", r"make \g<ref> optional"),
    (r"^(?:be strict (?:on|about)|insist on|no exceptions (?:on|for)|hard (?:line|no) on) (?P<ref>.+)$", r"make \g<ref> a knockout"),
    (r"^(?P<ref>.+?) (?:or (?:they'?re|you'?re|it'?s a) (?:out|no))$", r"make \g<ref> a knockout"),
    (rf"^(?P<a>.+ (?:knock ?out|deal ?breaker|must(?:[- ]have)?)) (?:at|from|with|of|for less than|for under|below|under) (?P<n>(?:{NUMBER})\b.*)$",
     r"\g<a> at least \g<n>"),
    (rf"^(?:raise|lower|set|change|make|bump|increase|reduce|put) (?:the )?(?P<ref>.+?) (?:minimum|min|threshold) (?:up |down )?(?:to|at) (?P<n>(?:{NUMBER})\b.*)$",
     r"at least \g<n> on \g<ref>"),
    (rf"^(?:raise|lower|set|change|make|bump|increase|reduce|put) (?:the )?(?:minimum|min|threshold) (?:on|of|for|in) (?P<ref>.+?) (?:up |down )?(?:to|at) (?P<n>(?:{NUMBER})\b.*)$",
     r"at least \g<n> on \g<ref>"),
    (r"^(?:drop|remove|lose|scrap|clear) (?:the |any )?(?:minimum|min|threshold)(?: (?:on|of|for) (?P<r>.+))$", r"remove the knockout on \g<r>"),
    (r"^(?:drop|remove|lose|scrap|clear) (?:the |any )?(?:minimum|min|threshold) (?P<r>.+)$", r"remove the knockout on \g<r>"),
    # adding
    (r"^(?P<what>(?:a |an |another |one more )?(?:\w+ )?question (?:about|on) .+)$", r"add \g<what>"),
    (r"^(?:add|put|insert) (?:a |an |another |one |this )?(?P<k>(?:yes[ /-]?no|open|number|date) )?(?:question |one )?(?P<w>(?:after|before) (?:question |q)?\d+|at the (?:end|start|top|beginning)|first|last)\s*[:,-]\s*(?P<q>[^\"“].{7,})$",
     r'add a \g<k>question "\g<q>" \g<w>'),
    # where
    (r"^(?P<ref>(?:the )?.+? (?:question|one|thing)|(?:q|question |#)\d+) (?:should |has to |must |can )?(?:goes?|comes?|be|sits?) (?:at the (?:very )?)?(?P<w>first|last|end|start|top|bottom)(?: (?:in|of|on) (?:the )?(?:form|chat|voice(?: call)?|call|list)(?: stage)?)?$",
     r"move \g<ref> to the \g<w>"),
    (r"^(?P<q>add .+?),? (?P<w>at the (?:end|start|top)) of (?:the )?(?P<s>form|chat|voice(?: call)?|call)$", r"\g<q> in the \g<s> \g<w>"),
    # weights
    (rf"^(?P<ref>.+?) (?:is|are|be|should be|counts? for|weighs?) (?:worth )?(?P<n>{NUMBER}) points?$", r"weight \g<n> on \g<ref>"),
    (rf"^(?P<ref>.+?) (?:is|are|should be|gets?) worth (?P<n>\d+|{NUMBER})(?: each)?$", r"weight \g<n> on \g<ref>"),
    # limits
    (rf"^(?:max(?:imum)?(?: of)? |at most |no more than )?(?P<n>{NUMBER}) (?:people|candidates|interviews|screenings) (?P<w>a day|per day|daily|in total|altogether)(?: max(?:imum)?| at most| tops)?$",
     r"limit \g<n> interviews \g<w>"),
    (r"^(?:the )?(?:pass(?:ing)? )?(?:bar|mark|pass bar) (?:off|none|away)$", "no pass bar"),
    # order
    (r"^(?:lead|open|begin|start|kick off) with (?P<ref>(?:the )?.+? (?:question|one|thing)|(?:q|question |#)\d+|\d+)$", r"move \g<ref> to the start"),
    (r"^(?:end|finish|close|wrap up) with (?P<ref>(?:the )?.+? (?:question|one|thing)|(?:q|question |#)\d+|\d+)$", r"move \g<ref> to the end"),
    (r"^(?P<ref>(?:the )?.+? (?:question|one|thing)|(?:q|question |#)\d+) (?:should |has to |must )?(?:comes?|goes?|be(?: asked)?) (?P<side>before|after) (?P<other>.+)$",
     r"move \g<ref> \g<side> \g<other>"),
    (r"^(?:i )?(?:don'?t|do not) (?:need|want|like) (?P<ref>(?:the )?.+? (?:question|one|thing)|(?:q|question |#)\d+)(?: any ?more)?$", r"remove \g<ref>"),
    (r"^(?P<ref>(?:the )?.+? (?:question|one|thing)|(?:q|question |#)\d+) (?:is|isn'?t|not) (?:un(?:needed|necessary)|needed|necessary|superfluous|pointless)$",
     r"remove \g<ref>"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.I), said) for pattern, said in _WISHES)


def formal(wish: str) -> str:
    """The wish as the grammar reads it, or as it was said."""
    for pattern, said in _COMPILED:
        if match := pattern.match(wish):
            return _times(re.sub(r"^add (?=question\b)", "add a ", match.expand(said)))
    return wish


def _times(wish: str) -> str:
    wish = re.sub(rf"^up to ({NUMBER}) times (?=follow)", r"at most \1 ", wish, flags=re.I)
    wish = re.sub(rf"^({NUMBER}) times (?=follow)", r"\1 ", wish, flags=re.I)
    return re.sub(r"^(once|twice) (?=follow)", lambda m: "1 " if m[1].lower() == "once" else "2 ", wish, flags=re.I)
