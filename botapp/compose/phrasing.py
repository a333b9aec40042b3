"""Turns a line of an advert into a question to a candidate, in plain English. Adds no content of its own."""

import re

_LEADS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), replacement)
    for pattern, replacement in (
        (
            r"^(?:must|should|need to|needs to|required to|has to|have to|will|you must|you should"
            r"|you will|you'll|candidates? must|applicants? must|the (?:ideal|successful"
            r"|right) candidate (?:must|will|should))\s+(?:also )?(?=be |have |hold |possess |pass |own "
            r"|live |speak |love |work |a |an )",
            "",
        ),
        (r"^(?:this (?:position|role|job) )?requires? (?:the )?(?:ability to|that you|you to)\s+", "be able to "),
        (r"^(?:must )?(?:have|has|possess) (?:the |an? )?(?:ability to)\s+", "be able to "),
        (r"^(?:the )?(?:demonstrated |proven )?ability (?:and willingness )?to\s+", "be able to "),
        (r"^(?:able|capable) (?:to|of)\s+", "be able to "),
        (r"^willing(?:ness)? to\s+", "be willing to "),
        (
            r"^(?:possess(?:ion of|es)?|holds?|holding|has|having|requires?|we need|we require|you have"
            r"|you hold|you possess|you(?:'ll)? need)\s+",
            "have ",
        ),
    )
)
_TRAILS = re.compile(
    r"(?:,? (?:and )?that(?:'s| is) a must|[\s,;:–—-]*(?:\((?:required|essential|must|must have|mandatory)\)|(?:is"
    r"|are)? ?(?:strictly |absolutely )?(?:required|essential|mandatory|necessary|needed"
    r"|a must)\b(?: for (?:this|the) (?:role|position|job))?))?[\s.!;,?:*]*$",
    re.I,
)
_LICENSE_NOISE = re.compile(r"\s*\((?:required|essential|copy|proof)[^)]{0,40}\)", re.I)


def core(text: str) -> str:
    """The requirement itself: without "must have", "required", full stops."""
    bare = _LICENSE_NOISE.sub("", text).strip(" -–—•*")
    bare = re.sub(
        r"[\s,(]*\b(?:(?:is|are|would be|but)\s+)?(?:strongly |highly |very )?(?:preferred|desirable"
        r"|desired|a (?:big |huge |definite )?plus|an? (?:added )?(?:advantage|bonus|asset)"
        r"|nice to have|helpful|beneficial|advantageous).*$",
        "",
        bare,
        flags=re.I,
    )
    bare = re.sub(
        r"^(?:required|requirements?|essential|mandatory|minimum(?: requirement)?|must"
        r"|note)\s*[:–—-]\s*",
        "",
        bare,
        flags=re.I,
    )
    bare = _TRAILS.sub("", bare)
    for pattern, replacement in _LEADS:
        bare = pattern.sub(replacement, bare, count=1)
    return bare.strip()


def lower_first(text: str) -> str:
    """Lower case at the start, but for names and initials."""
    word = re.match(r"[\w'’./+-]+", text)
    if not word or (len(word[0]) == 1 and word[0] in "IA" and text[1:2] != " "):
        return text
    if re.search(r"[A-Z0-9].*[A-Z]|[A-Z]\.|\d", word[0]) or word[0] in _NAMES | _STATES:
        return text
    if re.match(r"[A-Z]\w+ [A-Z]", text) and word[0].lower() not in _ADJECTIVES:
        return text  # a name of two words: Key Holder
    return text[0].lower() + text[1:]


_ADJECTIVES = frozenset(
    [
        "current",
        "valid",
        "active",
        "previous",
        "prior",
        "proven",
        "successful",
        "good",
        "strong",
        "basic",
        "full",
        "previous",
        "relevant",
        "recent",
    ]
)
_STATES = frozenset(
    [
        *(
            [
                "Alabama",
                "Alaska",
                "Arizona",
                "Arkansas",
                "Colorado",
                "Connecticut",
                "Delaware",
                "Georgia",
                "Hawaii",
                "Idaho",
                "Illinois",
                "Indiana",
                "Iowa",
                "Kansas",
            ]
        ),
        *(
            [
                "Kentucky",
                "Louisiana",
                "Maine",
                "Maryland",
                "Massachusetts",
                "Michigan",
                "Mississippi",
                "Missouri",
                "Montana",
                "Nebraska",
                "Nevada",
                "New",
            ]
        ),
        *(
            [
                "North",
                "Ohio",
                "Oklahoma",
                "Oregon",
                "Pennsylvania",
                "Rhode",
                "South",
                "Tennessee",
                "Utah",
                "Vermont",
                "Virginia",
                "Washington",
                "West",
                "Wisconsin",
            ]
        ),
        *(
            [
                "Wyoming",
                "Ontario",
                "Scotland",
                "Wales",
                "England",
                "Ireland",
                "Leeds",
                "Manchester",
                "Boston",
                "Chicago",
                "Houston",
                "Austin",
                "Denver",
                "Seattle",
            ]
        ),
    ]
)
_NAMES = frozenset(
    [
        "English",
        "Spanish",
        "French",
        "German",
        "Polish",
        "Italian",
        "Portuguese",
        "Mandarin",
        "Arabic",
        "Texas",
        "California",
        "Florida",
        "York",
        "Excel",
        "Word",
        "Python",
        "Java",
        "Microsoft",
        "Google",
        "Salesforce",
        "Windows",
        "Linux",
        "Oracle",
        "Photoshop",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "American",
        "British",
        "European",
        "Minnesota",
        "London",
        "I",
        "Class",
        "Level",
        "Tier",
        "Home",
        "Act",
        "Section",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Current",
    ]
) - {"Current", "Class", "Level", "Home", "Act", "Section", "May", "March", "Word"}


def article(noun: str) -> str:
    """`noun` with "a" or "an" where it lacks one and wants it."""
    if re.match(r"(?:an?|the|any|your|some|at least|either|one|two|three|\d|both|valid and current)\b", noun, re.I):
        return noun
    head = re.split(r"\s+(?:to|in|for|with|from|or|and|of|as)\s+|[,(]", noun, maxsplit=1)[0].strip()
    if re.search(
        r"(?:[^s]s|training|experience|registration|transport(?:ation)?|certification|accreditation"
        r"|knowledge|status|clearance|eligibility|endorsement)$",
        head,
        re.I,
    ) and not re.search(r"(?:licen[cs]e|pass|class)$", head, re.I):
        return (
            noun
            if not re.search(r"(?:registration|certification|accreditation|clearance|endorsement)$", head, re.I)
            or re.match(r"[A-Z]", head)
            else _with_article(noun)
        )
    return _with_article(noun)


def _with_article(noun: str) -> str:
    first = re.match(r"[\w.&/-]+", noun)
    word = first[0] if first else noun
    spelled = bool(re.fullmatch(r"[A-Z0-9][A-Z0-9.&/-]*s?", word))  # read letter by letter: an RN licence, a CDL
    vowel = (
        word[0] in "AEFHILMNORSX8"
        if spelled and len(word) <= 4
        else word[0].lower() in "aeio" or word.lower().startswith(("un", "up"))
    )
    return f"{'an' if vowel else 'a'} {noun}"


def question(text: str) -> str:
    """A yes or no question that asks for the requirement `text`."""
    bare = core(text)
    lowered = bare.lower()
    if re.match(r"certified (?!in\b|to\b)[A-Z]", bare, re.I) and not re.search(r"certificat", bare, re.I):
        return _end("Are you " + _with_article(lower_first(bare)))
    if lowered.startswith("be able to "):
        return _end(f"Can you {lower_first(bare[11:])}")
    if lowered.startswith("be willing to "):
        return _end(f"Are you willing to {lower_first(bare[14:])}")
    if lowered.startswith("be "):
        return _end(f"Are you {lower_first(bare[3:])}")
    if match := re.match(r"(have|hold|own|speak|love|live) (.+)", bare, re.I):
        verb, rest = match[1].lower(), lower_first(match[2])
        return _end(f"Do you {verb} {article(rest) if verb in ('have', 'hold', 'own') else rest}")
    if match := re.match(
        r"(pass|work|lift|carry|stand|walk|travel|drive|operate|provide|read|write|attend|complete"
        r"|start|commit) ",
        bare,
        re.I,
    ):
        return _end(f"Can you {match[1].lower()} {bare[match.end() :]}")
    if re.search(r"\b(?:qualified|certified|licensed|registered|trained|accredited|chartered)$", bare, re.I):
        return _end(f"Are you {lower_first(bare)}")
    return _end(f"Do you have {article(lower_first(bare))}")


def _end(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" .;:,!?*-–—")
    text = re.sub(r"\b(?:the candidate|the applicant|the employee|he/she|s/he)\b", "you", text, flags=re.I)
    text = re.sub(r"\b(?:his/her|his or her|their own|one's own)\b", "your own", text, flags=re.I)
    return text[:280].rstrip(" ,;") + "?"


def clip(text: str, words: int = 12) -> str:
    """At most `words` words, cut at a natural place."""
    bare = re.split(r"[.;:]\s|\s[–—-]\s|\s\(|, (?:and|including|preferabl|ideally|with|such|as)\b", text, maxsplit=1)[0]
    parts = bare.split()
    if len(parts) <= words:
        return bare.strip(" ,")
    shorter = " ".join(parts[:words])
    cut = re.match(r"(.{12,})(?:,| and | or | with | in | for | to | of )", shorter)
    return (cut[1] if cut else shorter).strip(" ,")
