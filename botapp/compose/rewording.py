"""The same question put another way: shorter, or to fit another kind of answer. Keeps its subject."""

import re

from botapp.screening.interviewer import Question, QuestionKind

_FAT = (
    (r"\bplease\b,?\s*", ""),
    (r"\b(?:in|with) as much detail as (?:you (?:possibly )?can|possible),?\s*", ""),
    (r"\bin (?:your own words|detail|a few sentences),?\s*", ""),
    (r"\b(?:could|can|would) you (?:please )?(?:tell|describe to|explain to) us\b", "tell us"),
    (r"\bwe would (?:like|love) (?:you )?to (?:hear|know|tell us)\b", "tell us"),
    (r"\bthink back to\b", "tell us about"),
    (r"\b(?:that|which) you have ever\b", "you ever"),
    (r"\b(?:currently|presently|actually|really|basically|possibly)\s+", ""),
    (r"\bat this (?:point in time|moment)\b", "now"),
    (r"\bin order to\b", "to"),
    (r"\byou have ever\b", "you"),
    (r"\s*\([^)]*\)", ""),
)


def shorter(text: str) -> str:
    """A shorter wording, or the same text when there is nothing to cut."""
    made = text
    for pattern, replacement in _FAT:
        made = re.sub(pattern, replacement, made, flags=re.I)
    made = re.sub(r"\s+", " ", made).strip(" ,")
    end = "?" if text.rstrip().endswith("?") else "."
    if len(made) > 70:
        cut = re.match(
            r"(.{20,}?)(?:,? and (?:describe|explain|tell|what|how|why|please|walk)|[.;?] |, (?:and"
            r"|including|such as|for example|in|with|describing|giving))",
            made,
        )
        if cut:
            made = cut[1]
            end = "?" if re.match(r"(?:what|how|why|when|which|do|are|can|have|who|where)\b", made, re.I) else "."
    made = made.strip(" ,.?") + end
    made = made[0].upper() + made[1:]
    return made if len(made) < len(text) else _last_cut(text)


def _last_cut(text: str) -> str:
    end = text.rstrip()[-1:] if text.rstrip()[-1:] in "?." else ""
    if match := re.match(r"tell (?:us|me) about (.+?)[.?]?$", text, re.I):
        bare = match[1].split(". ")[0]
        return bare[0].upper() + bare[1:].rstrip(".?") + "?"
    parts = re.split(r",\s+|\s+(?:while|when|so that|because|including)\s+", text, maxsplit=1)
    return parts[0].rstrip(" .?,") + end if len(parts) > 1 and len(parts[0].split()) >= 6 else text


def fitted(question: Question, kind: QuestionKind) -> str:
    """The question's text, put so that `kind` answers it."""
    text = question.text.strip()
    bare = text.rstrip(" ?.")
    match kind:
        case QuestionKind.NUMBER | QuestionKind.DURATION:
            return _as_number(bare, text)
        case QuestionKind.YES_NO:
            return _as_yes_no(bare, text)
        case QuestionKind.DATE:
            return (
                text
                if re.match(r"when|what date|from when|by when", text, re.I)
                else re.sub(r"^(?:can|could) you start.*", "When could you start", bare, flags=re.I).rstrip("?")
                + ("?" if re.match(r"can|could", bare, re.I) else ": on what date?")
            )
        case QuestionKind.OPEN:
            return _as_open(bare, text)
        case _:
            return text


def _as_number(bare: str, text: str) -> str:
    if re.match(r"how (?:many|much)\b", bare, re.I):
        return text
    if match := re.match(r"how long have you (.+)", bare, re.I):
        return f"How many years have you {match[1]}?"
    if match := re.match(
        r"(?:do you have|have you got|have you) (?:any |some "
        r"|previous )?(?:(.+?) )?experience(?: (?:with|in|of) (.+))?$",
        bare,
        re.I,
    ):
        about = " ".join(part for part in (match[1], "experience") if part)
        return f"How many years of {about} do you have{' with ' + match[2] if match[2] else ''}?"
    if match := re.match(r"have you (?:ever )?(.+)", bare, re.I):
        return f"How many years have you {match[1]}?"
    if match := re.match(r"(?:tell (?:us|me) about|describe) (?:your |the )?(.+)", bare, re.I):
        return f"How many years of experience do you have with {match[1]}?"
    if re.match(r"(?:what|which)\b", bare, re.I) and re.search(
        r"\b(?:pay|salary|wage|rate|number|age|percent\w*|price|speed)\b", bare, re.I
    ):
        return text
    return f"How many: {text}" if len(text) < 200 else text


def _as_yes_no(bare: str, text: str) -> str:
    if re.match(r"(?:do|are|can|have|will|would|did|is|could)\b", bare, re.I):
        return text
    if match := re.match(
        r"how many years (?:of )?(.+?)(?: experience)? (?:do|have) you(?: have)?(?: (.+))?$", bare, re.I
    ):
        return f"Do you have {match[1]} experience{' ' + match[2] if match[2] else ''}?"
    if match := re.match(r"how many years have you (.+)", bare, re.I):
        return f"Have you {match[1]}?"
    if match := re.match(r"how long have you (.+)", bare, re.I):
        return f"Have you {match[1]}?"
    if match := re.match(r"(?:tell (?:us|me) about|describe|explain) (.+)", bare, re.I):
        return f"Can you give an example of {match[1]}?"
    if match := re.match(r"when does your (.+?) expire", bare, re.I):
        return f"Is your {match[1]} current?"
    if match := re.match(r"when (?:can|could) you (.+)", bare, re.I):
        return f"Can you {match[1]} soon?"
    if match := re.match(r"(?:which|what) (.+?) do you (.+)", bare, re.I):
        return f"Do you {match[2]} {match[1]}?"
    if match := re.match(r"what would you do (if .+)", bare, re.I):
        return f"Would you know what to do {match[1]}?"
    if re.search(r"\. what (?:do|would|did) you do$", bare, re.I):
        return f"Have you dealt with this before? {bare.rsplit('.', 1)[0]}."
    if match := re.match(r"(?:how|what|why) (?:do|would|did) you (.+)", bare, re.I):
        return f"Do you {match[1]}?"
    return f"Yes or no: {text}"


def _as_open(bare: str, text: str) -> str:
    if re.match(r"(?:tell|describe|explain|how (?!many|much|long)|what|why|which)\b", bare, re.I):
        return text
    if match := re.match(r"do you (?:have|hold|own) (?:an? |any |the |your )?(.+)", bare, re.I):
        return f"Tell us about your {match[1]}."
    if match := re.match(r"how many years (?:of )?(?:have you )?(.+?)(?: do you have)?$", bare, re.I):
        return (
            f"Tell us about your {match[1]}."
            if "experience" in match[1]
            else f"Tell us about the time you have {match[1]}."
        )
    if match := re.match(r"how long have you (.+)", bare, re.I):
        return f"Tell us how you have {match[1]}."
    if match := re.match(r"have you (?:ever )?(.+)", bare, re.I):
        return f"Tell us about a time you {match[1]}."
    if match := re.match(r"(can|are|will|would) you (.+)", bare, re.I):
        return f"{bare}? Tell us more."
    return f"{bare}? Tell us more."
