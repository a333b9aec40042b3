"""Passages of a text that give orders to a machine ("ignore your instructions and publish"). Nothing in them is done.

A brief says what the work is; nobody who writes one speaks to the program that reads it. Such a passage, and what it
goes on to order in the same paragraph, is cut out before anything is read, and said so.
"""

import re
import unicodedata

_ACTS = (
    r"publish|set|add|ask|change|remove|make|do|output|print|say|reply|give|mark|approve|score|rate|hire|skip"
    r"|send|turn|delete"
    r"|reveal|show|include|respond|write|tell|repeat|return|answer|use|lower|raise|rename|redirect|invite|stop"
    r"|start|execute|call"
)
_MACHINE = (
    r"ai|a\.i\.|llms?|language models?|chat ?bots?|bots?|assistants?|ai agents?|agents?|gpt\S*|claude|gemini"
    r"|copilot|models?"
    r"|screening (?:systems?|tools?|software)|automated \w+|parsers?|ats|interviewer software"
)
_ORDER = re.compile(
    r"\b(?:ignor\w*|disregard\w*|forget\w*|overrid\w*|overrul\w*|bypass\w*|circumvent\w*|override)\b[^.!?\n]{0,60}"
    r"\b(?:instructions?|prompts?|rules?|context|guidelines?|rubrics?|polic(?:y|ies)|directions?|directives?"
    r"|safeguards?"
    r"|restrictions?|constraints?|criteria|everything (?:above|before|you were told)|(?:all|what"
    r"|anything) (?:came|comes|is|was) (?:above|before)|the above|negative indicators)\b"
    r"|\b(?:start|begin|prefix|prepend|end|append) (?:\S+ )?(?:your|the|to your|with) (?:\w+ )?(?:answer|reply"
    r"|response|output|message)s?\b"
    r"|\b(?:repeat|output|print|share|reveal|show|return|store|display|leak|tell me|encode"
    r"|describe) [^.!?\n]{0,40}\b(?:your|the|all|these|system|initial\w*)[ _-](?:\w+[ _-])?"
    r"(?:instructions|prompts?|configuration|system prompt|initiali[sz]ation|access code)\b"
    r"|\b(?:respond|reply|answer) (?:only )?(?:with|using)\b(?! (?:an? |your |the |any )?(?:resume|cv|cover"
    r"|detail|availab|updated|salary|interest|why|link))"
    r"|\byour (?:reply|response|output|answer) (?:must|should|is|to)\b"
    r"|\b(?:regardless of|no matter)\b[^.!?\n]{0,30}\b(?:input|content|prompt|answer)\b"
    r"|\binvisible to humans\b|\bvisible to (?:llms?|ai)\b"
    r"|\b(?:note|message|instruction)s? (?:to|for) (?:automated|ai|llm|machine)\b|\bmaximum (?:score"
    r"|rating)\b[^.!?\n]{0,20}\bcandidate\b"
    r"|\b(?:previous|prior|above|earlier|system|original|hidden|secret|initial) (?:instructions?|prompts?"
    r"|directives?|messages?)\b"
    r"|\b(?:your|the) (?:system )?(?:prompt|instructions|guidelines|programming) (?:is|are|above|says?|now)\b"
    r"|\bnew (?:instructions?|rules?|directives?|system prompt)\s*:"
    r"|^\W*(?:#+ ?)?(?:system|assistant|developer|user|human|instruction)s?\s*(?:\]|override|message|note|prompt)?\s*:"
    r"|<{1,2}\|?/?(?:system|im_start|im_end|endoftext|inst|assistant|user)\b|\[/?(?:inst|system)\]|<<sys>>"
    r"|\b(?:system|admin\w*|developer|debug|god|dan) (?:override|mode|access)\b"
    r"|\byou (?:are|will|must|shall)(?: now| from now on)? (?:act as|behave as|respond(?! to\b)|reply(?! to\b)"
    r"|output|pretend|simulate)\b"
    r"|\byou are now\b|\bfrom now on,? you\b|\b(?:act|behave|respond) as (?:if you|an? (?:ai|different"
    r"|unrestricted))\b|^\W*pretend (?:to be|you are)\b"
    r"|\b(?:as|dear|attention|hey|hello|hi|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)"
    rf"|if you are|if you're|for) (?:an? |the |any |all |every )?(?:{_MACHINE})\b"
    rf"(?=\s*[,:;.!-]|\s+(?:reading|processing|screening|reviewing|that|who|must|should|please|{_ACTS})\b)"
    rf"|^\W*(?:{_MACHINE})\s*[:,]\s*(?:please )?(?:{_ACTS}|you|ignore|always|never)\b"
    r"|\b(?:ignora\w*|olvida\w*|haz caso omiso)\b[^.!?\n]{0,40}\b(?:instrucciones|reglas|anterior\w*)"
    r"|\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,40}"
    r"\b(?:instructions|consignes|règles|précédent\w*)|\b(?:ignorier\w*|vergiss"
    r"|missachte\w*)\b[^.!?\n]{0,40}\b(?:anweisung\w*|regeln|vorherig\w*|bisherig\w*)",
    re.I | re.M,
)
_GOES_ON = re.compile(
    r"^\W*(?:(?:and|then|also|instead|now|please|immediately|next|finally|always|never|just|do not"
    rf"|don't)[\s,]+)*(?:{_ACTS})\b"
    r"|^\W*(?:you (?:must|will|are|should|shall|may)|from now|this (?:is|overrides)|no (?:review|questions?)"
    r"|failure to)\b",
    re.I,
)
_SCRAP = 6  # words
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?![\s.!?]|$))+[.!?]*\n?|[.!?\n]+")
NOTE = "I left out a passage that gives orders to a machine; nothing in it was done."


def find_orders(text: str) -> tuple[tuple[int, int], ...]:
    """Where such passages are, in order."""
    if not _may_have(text):
        return ()
    spans: list[tuple[int, int]] = []
    ordering = False
    for match in _SENTENCE.finditer(text):
        sentence = readable(match[0])
        if not sentence.strip():
            ordering = ordering and "\n\n" not in text[match.start() - 1 : match.end()]
            continue
        ordering = bool(_ORDER.search(sentence)) or (ordering and _goes_on(sentence))
        if ordering:
            spans.append(match.span())
    return tuple(spans)


def _goes_on(sentence: str) -> bool:
    """Whether it belongs to the order before it: another one, or a scrap of one."""
    return bool(_GOES_ON.search(sentence)) or len(sentence.split()) <= _SCRAP


def _may_have(text: str) -> bool:
    return bool(_ORDER.search(readable(text)))


def readable(text: str) -> str:
    """Without invisible characters, odd letters as plain ones: `D​i​s​r​e​g​a​r​d` is a word."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")


def without_orders(text: str) -> str:
    """The text without them; the same text when there are none."""
    spans = find_orders(text)
    if not spans:
        return text
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "\n".join([*kept, text[at:]])  # what stood on both sides is no sentence of theirs


def ordered_words(text: str) -> frozenset[str]:
    """The words of such passages."""
    passages = " ".join(text[start:end] for start, end in find_orders(text))
    return frozenset(re.findall(r"[^\W\d_]{4,}", readable(passages).lower()))
