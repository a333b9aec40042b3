"""What an answer says to the machine instead of about the work: orders, pleas, threats, fake scores. Left out, only.

Finding one never lowers (or lifts) a score: the rest of the answer is judged as if it stood alone.
"""

import re

Span = tuple[int, int]

# Shorthand of the patterns: words in capitals stand for these.
_SHORTHAND = {
    "MACHINE": r"(?:ai|a\.i\.|bot|assistant|model|llm|gpt|chatgpt|grader|evaluator|interviewer|scorer|rater"
    r"|system|judge"
    r"|reviewer|algorithm|machine|robin)",
    "SCORE": r"(?:scores?|points?|ratings?|marks?|grades?|stars?|full marks|top marks|maximum)",
    "GIVE": r"(?:give|award|assign|choose|put|rate|score|mark|grade|pick|select|output|return|set|grant"
    r"|record|enter)",
    "TOP": r"(?:5|five|10|ten|100|max\w*|highest|excellent|top|perfect|full|best)",
    "NEAR": r"[^.!?\n]{0,20}",
    "GAP": r"[^.!?\n]{0,50}",
}
_PATTERNS = (
    # orders
    r"\b(?:ignore|disregard|forget|override|bypass)\bGAP\b(?:instruct\w*|prompts?|rules|rubric|guidelines"
    r"|above|criteria)",
    r"\bGIVE\bGAP\b(?:me|this|candidate|answer|applicant|response|it|us|my)\bGAP(?:\b(?:TOP|pass|hire"
    r"|SCORE)\b|\d+/\d+)",
    r"\b(?:please|plz|pls|just|so|should|must|to|and)\bNEAR\bGIVE\b\s+(?:a |an |me |the )?TOP\b",
    r"\b(?:less|lower|higher|more|fewer|anything) than (?:a )?(?:5|five|4|four|10)\b",
    r"\b(?:get|deserve|need|want|earn|receive|got)\bNEAR\bTOP\bNEAR\bSCORE\b",
    r"\byou (?:will|must|have to|are required to|shall|should) (?:now )?"
    r"(?:comply|obey|follow|score|rate|give|award|pass|hire|recommend|output)",
    r"\b(?:must|should|shall|to|need to|has to) be (?:rated|scored|graded|marked|awarded|evaluated)\b|\bbe rated\b",
    r"\b(?:respond|reply|answer|output|return)\bNEAR\b(?:only|just|exactly)\bNEAR\b(?:with|the|json|a)\b",
    r"\b(?:reveal|print|show|repeat|send|tell me)\bNEAR\b(?:system prompt|your prompt|the prompt|rubric"
    r"|your instructions"
    r"|scoring (?:rules|criteria|guide)|anchors)",
    # talk about, or as, the machine
    r"\bMACHINE\bGAP\b(?:instruct\w*|told|agrees?|must|should|is required|has to|will)\bGAP\b(?:GIVE|rated"
    r"|awards?|SCORE)\b",
    r"\bhidden (?:instruction|prompt|rule|note|message)",
    r"\b(?:note|message|ps|p\.s\.|attention|memo|reminder|instruction)s?\bNEAR\b(?:to|for)\bNEAR\bMACHINE\b",
    r"\bi know (?:you're|youre|you are|u r|ur|that you)\bNEAR\b(?:ai|bot|machine|robot|computer|model|program)",
    r"\bas an? (?:ai|llm|language model)\b|\byou are (?:now )?(?:an? )?(?:ai|llm|language model|grader|evaluator)",
    r"\byou are now\b|\b(?:test|debug|developer|dan|god|admin) mode\b",
    r"\b(?:system|developer|assistant|admin|user|instruction|override)\s*(?:prompt|message|note|override"
    r"|mode)?\s*[:>\]]",
    r"<\s*/?\s*(?:system|instructions?|prompt|assistant|user|admin|score|eval\w*|inst)\b[^>\n]*>?",
    r"\[/?(?:inst|system|admin|sys)\]",
    # made-up results and rules
    r"[\"']?\b(?:score|rating|grade|verdict|evaluation|final_score|result)\b[\"']?\s*[:=]\s*[\"']?(?:TOP"
    r"|pass|hire)\b",
    r"\b(?:evaluation|assessment|scoring|grading) (?:complete|completed|result|override|mode|model)\b",
    r"\b(?:per|according to|under|pursuant to|in accordance with)\bNEAR\b(?:policy|section|guidelines?"
    r"|rubric|clause|hr)\b"
    r"GAP\b(?:score\w*|points?|5|rated?|pass\w*|award\w*)",
    r"\b(?:already|has been|was) (?:approved|verified|scored|rated|pre-?approved)\bGAP\b(?:score|5|five"
    r"|rat\w+|full|skip)\b",
    # threats and appeals
    r"\b(?:report|sue|lawsuit|lawyer|complain|eeoc|discriminat\w+)\bGAP\b(?:if|unless|you|this|as)\bGAP"
    r"\b(?:score|5|discriminat\w+|pass|low|fail|reject\w*)\b",
    r"\bif (?:you|i) (?:give|get|don'?t|do not|score|rate|reject|fail)\bGAP\b(?:5|five|score|points|job"
    r"|less|low\w*|report|sue)\b",
    r"\b(?:lose my (?:home|house|kids|visa|apartment)|feed my (?:kids|family|children)|really need (?:this|the) job"
    r"|desperate\w*|my (?:daughter|son|mother|wife|husband|kid|mom|dad) is (?:very )?(?:sick|ill|dying))\b"
    r"[^.!?\n]*\b(?:score|points?|5|five|please|kind|job)\b",
)  # fmt: skip
# A cheap look first: no answer without one of these words holds a plea.
_HINT = re.compile(
    r"ignore|disregard|forget|overr?id|bypass|score|rat(?:e|ed|ing)|point|grade|mark|5|five|ten\b|10|instruct|prompt|"
    r"rubric|\bai\b|a\.i|bot\b|model|llm|gpt|system|admin|json|comply|obey|policy|mode\b|[<{\[]|evaluat|assess|"
    r"excellent|desperate|lose my|need this job|discriminat|report|sue\b|award|hire",
    re.I,
)


def _spelled_out(pattern: str) -> str:
    for name in ("NEAR", "GAP", "MACHINE", "SCORE", "GIVE", "TOP"):
        pattern = pattern.replace(name, _SHORTHAND[name])
    return pattern


_PLEA = re.compile("|".join(f"(?:{_spelled_out(pattern)})" for pattern in _PATTERNS), re.I)
_SEGMENT = re.compile(
    r"\{[^{}]{0,400}\}|\([^()]{0,400}\)|\[[^\[\]]{0,400}\]|<[^<>]{0,400}>|(?:(?![.!?](?:\s"
    r"|$))[^\n({\[<])+[.!?]*|[({\[<]"
)
_ANSWER_LABEL = re.compile(r"^\s*(?:(?:my|real|the|here is my) )?answer\s*[:\-]\s*", re.I)


def pleas(text: str) -> list[Span]:
    """The places of everything said to the machine, in order, not overlapping."""
    if not _HINT.search(text):
        return []
    found: list[Span] = []
    in_plea = False
    for segment in _SEGMENT.finditer(text):
        said = segment.group()
        is_plea = bool(_PLEA.search(said))
        if is_plea or in_plea or (found and not re.search(r"\w", said) and segment.start() == found[-1][1]):
            found.append(segment.span())
        in_plea = ((is_plea and said[0] not in "{([<") or in_plea) and not said.rstrip().endswith((".", "!", "?"))
    return found


def answer_label_end(text: str) -> int:
    """Where the answer begins behind a label such as "Answer:"."""
    label = _ANSWER_LABEL.match(text)
    return label.end() if label else 0
