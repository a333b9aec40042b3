"""The title of a role and the company, as a text states them; "" when it names none. Never makes one up."""

import difflib
import re

from botapp.compose.source import Line, Section, Source


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADS = _words(
    """
    accountant administrator advisor adviser agent aide ambassador analyst apprentice architect artist assembler
    assistant associate attendant auditor baker banker barista bartender bookkeeper builder butcher buyer captain
    caregiver carer caretaker carpenter cashier chef chemist cleaner clerk coach compounder concierge consultant
    controller cook coordinator copywriter counselor counsellor courier custodian dentist designer developer
    devops director dispatcher doctor driver editor educator electrician engineer estimator executive fabricator
    farmer firefighter fitter florist foreman gardener guard hairdresser handler handyman head helper host hostess
    housekeeper inspector installer instructor intern interpreter investigator janitor journalist laborer labourer
    landscaper lawyer lead leader lecturer librarian lifeguard loader machinist maid manager marketer mason
    mechanic mentor merchandiser midwife mixer mover nanny nurse officer operative operator optometrist organizer
    owner packer painter paralegal paramedic partner pharmacist phlebotomist photographer physician
    physiotherapist picker pilot planner plasterer plumber porter practitioner principal processor producer
    professional professor programmer psychiatrist psychologist receptionist recruiter registrar rep
    representative researcher rider roofer sales salesperson scientist seamstress secretary security server
    solicitor specialist sre stocker stylist superintendent supervisor surgeon surveyor tailor teacher technician
    technologist telemarketer teller tester therapist trainee trainer translator tutor typist unloader underwriter
    valet vet veterinarian waiter waitress warehouseman warden welder worker writer rn rns lpn lvn cna hca sdr bdr
    csr waitstaff crew babysitter steward stewardess dishwasher preparer handlers caregivers pickers packers
    drivers nurses teachers cooks baristas agents reps representatives cleaners technicians assistants associates
    laborers labourers workers officers operators managers engineers guards analysts developers servers clerks
    chefs carers electricians mechanics welders plumbers consultants advisors executives coordinators telesales
    receptionists cashiers housekeepers attendants stockers
    """
)
_EXPAND = (
    (re.compile(r"\bRNs?\b"), "Registered Nurse"),
    (re.compile(r"\bLVNs?\b"), "Licensed Vocational Nurse"),
    (re.compile(r"\bLPNs?\b"), "Licensed Practical Nurse"),
    (re.compile(r"\bCNAs?\b"), "Certified Nursing Assistant"),
    (re.compile(r"^SDRs?\b"), "Sales Development Representative"),
)
_LABEL = re.compile(
    r"^(?:job title|title|position(?: title)?|role(?: title)?|vacancy|post"
    r"|job)\s*[:：–-]\s*(?P<t>.{2,140})$",
    re.I,
)
_SEEKING = re.compile(
    r"\b(?:(?:we(?:'re| are)? |is |are |currently |now |urgently |also )*(?:looking for|seeking"
    r"|hiring|recruiting|in need of|searching for|to hire|hire|looking to (?:hire|recruit|add)"
    r"|recruiting for|needs?|want(?:s|ed)?)|screener? for|interview(?:er)? for|opening for"
    r"|vacancy for|role of|position of|(?:work|join us|opportunity) as|opportunity for)\s+"
    r"(?:our next |some |more |additional |experienced |an? |the |two |three |four |five |several "
    r"|\d+ |new |full[- ]time |part[- ]time |motivated |talented |passionate |friendly |reliable "
    r"|great |dedicated |enthusiastic |skilled |professional |energetic |qualified |highly "
    r"|hard[- ]working |licensed |committed |dynamic )*(?!(?:an? |the )?(?:screener|screening"
    r"|interview))"
    r"(?P<t>[A-Za-z][\w/&'’+#.-]*(?: (?:of the |& |and |of |/ )?[A-Za-z][\w/&'’+#.()-]*){0,6})",
    re.I,
)
_ROLE_IS = re.compile(
    r"^(?:[Aa]n? |[Tt]he )(?P<t>(?:[A-Z][\w/&'’-]*(?: |$)){1,6})(?=[a-z]{2,}s\b|will\b|is\b"
    r"|position\b|responsib|role\b)"
)
_NOISE = (
    re.compile(
        r"\s*[\[(](?:[^)\]]*(?:remote|hybrid|ref|req|id|m/f|f/m|h/f|m/w/d|full|part|hour|shift|nights?"
        r"|days?|perm|temp|contract|£|\$|\d|work at home|w\.?a\.?h|urgent|immediate"
        r"|position [a-z])[^)\]]*)[\])]",
        re.I,
    ),
    re.compile(
        r"[£$€]\s?\d[\d,.]*\s?k?(?:\s?(?:-|–|to)\s?[£$€]?\s?\d[\d,.]*\s?k?)?(?:\s?(?:/|per|an"
        r"|a)\s?(?:hr|hour|year|annum|week|day|mile|month))?\.?",
        re.I,
    ),
    re.compile(r"\b\d[\d,.]*\s?(?:/|per )\s?(?:hr|hour|year)\b", re.I),
    re.compile(r"\*{2,}\s*k?\b|\b\d{2,3}\s?k\b|#\S*"),
    re.compile(
        r"\b(?:apply (?:now|today|online)|now hiring|hiring now|urgent(?:ly)?(?: hiring| needed"
        r"| required)?|needed asap|asap|immediate (?:start|hire|opening|joiner)s?|wanted|needed"
        r"|required|start(?:s)? (?:now|immediately)|job opportunity at .*|job opportunity"
        r"|job description|job at .*|great (?:benefits|pay).*|no experience.*|sign[- ]on bonus.*"
        r"|must love .*|w\.?a\.?h\.?\b|work (?:at|from) home)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:full|part)[- ]?time\b|\bpermanent\b|\btemp(?:orary)?(?: to perm)?\b"
        r"|\b(?:fixed[- ]term )?contract\b(?! (?:manager|administrator|specialist))|\bseasonal\b",
        re.I,
    ),
    re.compile(
        r"(?:\s+[-–—,|:(]?\s*|^)\b(?:waking nights?|nights? shift|night shifts?|(?:day|late|early"
        r"|evening|weekend|1st|2nd|3rd|first|second|third|rotating) shifts?|nights|days|weekends?"
        r"|overnights?)\b\)?\s*$",
        re.I,
    ),
    re.compile(r"\s*[-–—]\s*(?:class code|req|ref|job id|id)\b.*$", re.I),
    re.compile(r"!+|\?+$|^\d*\s*x\s+(?=[A-Z])|\bjobs?\b(?: in [A-Z][\w ]+)?(?= -|$)", re.I),
    re.compile(r"^(?:and|dedicated|skilled|native) +(?=\w+ \w+)", re.I),
)
_AFTER_DASH = re.compile(r"\s+(?:[-–—|]+|@|/(?=\s))\s+|\s+at\s+(?=[A-Z])|:\s+")
_PLACE_END = re.compile(
    r"\s+(?:in|near|for|at)\s+(?:the )?[A-Z][\w, ]{2,40}$|,\s*[A-Z][A-Za-z .]+,?\s*[A-Z]{2}$"
    r"|\s+(?:Central |North |South |East |West |Greater )?London$"
)


def has_role_word(text: str) -> bool:
    """Whether `text` names a kind of worker."""
    return any(word in _HEADS or word.rstrip("s") in _HEADS for word in re.findall(r"[a-z]+", text.lower()))


def clean_title(text: str) -> str:
    """A title without pay, codes, city, shift and slogans."""
    title = re.sub(
        r"^\W*(?:job title|title|position|role)\s*:\s*|^(?:intake|kick-?off)(?: form| notes?"
        r"| call)?\s*[,:–-]\s*",
        "",
        text,
        flags=re.I,
    )
    title = re.sub(r"^\W*(?:we(?:'re| are) )?(?:now |currently )?hiring\b[:!]?\s+(?:for )?", "", title, flags=re.I)
    title = re.sub(r"^(?:an?|the)\s+(?=[A-Za-z])", "", title.strip(" .,:;*_#\"“”'"), flags=re.I)
    for _ in range(2):
        for noise in _NOISE:
            title = noise.sub(" ", title)
        title = re.sub(r"\s+", " ", title).strip(" -–—|,:;./&*•+")
    title = _best_part(title)
    parts = title.split(", ")
    if len(parts) > 1 and has_role_word(parts[0]) and not any(has_role_word(part) for part in parts[1:]):
        title = parts[0]
    shorter = _PLACE_END.sub("", title).strip(" -–—|,:;.")
    title = shorter if len(shorter.split()) > 1 or (has_role_word(shorter) and not shorter.endswith("'s")) else title
    for noise in _NOISE[:8]:
        title = noise.sub(" ", title)
    for pattern, full in _EXPAND:
        title = pattern.sub(full, title)
    return _cased(_spelled(re.sub(r"\s+", " ", title).strip(" -–—|,:;./&*•+")))[:120].rstrip()


def _best_part(title: str) -> str:
    """Of "A - B", the part that names the role; both when B is a field of work or a grade."""
    parts = [part for part in _AFTER_DASH.split(title) if part and part.strip()]
    if len(parts) < 2:
        return title
    named = [part for part in parts if has_role_word(part)]
    if not named:
        return parts[0]
    first = named[0]
    rest = parts[parts.index(first) + 1 :]
    special = [
        p
        for p in rest
        if re.fullmatch(r"(?:[A-Z]{1,5} ?[&/] ?[A-Z]{1,5}|ICU|ER|NICU|PACU|B2B|[\w &/]+ (?:team|department|unit))", p)
        and not re.fullmatch(r"[A-Z]{2}", p)
    ]
    return f"{first} - {special[0]}" if special else first


def _spelled(title: str) -> str:
    """Role words misspelt by a letter or two, put right."""
    words = title.split(" ")
    for index, word in enumerate(words):
        bare = word.strip(",.()").lower()
        if len(bare) < 7 or bare in _HEADS or bare.rstrip("s") in _HEADS:
            continue
        close = difflib.get_close_matches(bare, _LONG_HEADS, 1, 0.88)
        if close and sorted(close[0]) != sorted(bare) and abs(len(close[0]) - len(bare)) > 1:
            continue
        if close and index == len(words) - 1:
            words[index] = close[0].capitalize() if word[0].isupper() else close[0]
    return " ".join(words)


_LONG_HEADS = sorted(word for word in _HEADS if len(word) >= 7)
_SMALL = frozenset(["of", "and", "the", "for", "in", "at", "to", "a", "an", "with", "on"])
_ACRONYMS = frozenset(
    [
        "HVAC",
        "HGV",
        "CDL",
        "RN",
        "ER",
        "ICU",
        "IT",
        "HR",
        "SDR",
        "QA",
        "SRE",
        "CSR",
        "UK",
        "US",
        "UX",
        "UI",
        "LGV",
        "PLC",
        "CNC",
        "CAD",
        "SQL",
        "ICAEW",
        "ACA",
        "FX",
        "AV",
        "II",
        "III",
        "IV",
        "A/C",
        "B2B",
        "SEO",
    ]
)


def _cased(title: str) -> str:
    if not title or not (title.isupper() or title.islower()):
        return title
    shouted = title.isupper()
    out = []
    for index, word in enumerate(title.split(" ")):
        if word.upper() in _ACRONYMS and (shouted or len(word) <= 4):
            out.append(word.upper())
        elif index and word.lower() in _SMALL:
            out.append(word.lower())
        else:
            out.append(re.sub(r"(^|[-/(&])([a-z])", lambda m: m[1] + m[2].upper(), word.lower()))
    return " ".join(out)


_SINGULAR_KEEP = frozenset(["sales", "operations", "business", "customer", "services", "telesales", "news"])


def _singular(title: str) -> str:
    words = title.split(" ")
    last = words[-1].lower()
    if last.endswith("s") and last not in _SINGULAR_KEEP and last[:-1] in _HEADS:
        words[-1] = words[-1][:-1]
    return " ".join(words)


_TALK = re.compile(
    r"\b(?:my|i|i'm|you|we|he|she|they|said|says|hello|hi|thanks|was|were|told|recipe|need|screener)\b", re.I
)


_SPOKEN = re.compile(
    r"^(?:(?:so|right|ok(?:ay)?|well|yeah|hi|hello|and|for|about|on|the|our|this|it's|re:?)\s+)+(?=\S)"
    r"|\s+(?:role|position|job|opening|vacancy)\s+(?:at|for|with|in|is|and)\b.*$",
    re.I,
)
_OF_ROLE_AT = re.compile(
    r"\bthe (?P<t>[A-Z][\w/&'-]*(?: [A-Z][\w/&'-]*){0,4})"
    r"(?: (?:role|position|job|opening|vacancy))? (?:at|with|in|for) (?=[A-Z])"
)


def find_title(source: Source, instructions: str = "") -> str:
    """The title of the (first) role, cleaned, or ""."""
    lines = [line for line in source.lines if line.section is not Section.IGNORE][:250]
    best, first = "", _first_row(source.clean)
    for candidate in _candidates(lines, source.clean):
        title = _SPOKEN.sub("", clean_title(_SPOKEN.sub("", candidate)))
        if not (3 <= len(title) <= 90 and has_role_word(title) and len(title.split()) <= 9 and not _TALK.search(title)):
            continue
        if not best:
            best = title
        elif len(best.split()) == 1 and candidate == first and title.lower().endswith(" " + best.lower()):
            best = title  # the label was cut short, the heading says more
    if best:
        return _singular(best)
    for line in lines[:12]:
        opening = clean_title(_opening(line.text))
        if 2 <= len(opening.split()) <= 4 and not _TALK.search(opening):
            return opening[0].upper() + opening[1:] if not opening.islower() else opening.title()
    asked = _SEEKING.search(instructions)
    if asked and has_role_word(asked["t"]):
        return _singular(clean_title(_until_head(asked["t"])))
    return ""


def _first_row(clean: str) -> str:
    return next((row.strip() for row in clean.split("\n") if re.search(r"\w{3}", row)), "")


def _unmarked(row: str) -> str:
    """A row without the marks of a list or of emphasis."""
    return re.sub(r"\*\*\s*:\s*\**|:\s*\*\*", ": ", re.sub(r"^[\s*_#✅•·-]+|[\s*_]+$", "", row))


def _candidates(lines: list[Line], clean: str) -> list[str]:
    first = [line.text for line in lines[:1] if not line.tail]
    raw_first = _first_row(clean)
    labelled = [m["t"] for line in lines[:40] if (m := _LABEL.match(line.text))]
    raw_labelled = [m["t"] for row in clean.split("\n")[:60] if (m := _LABEL.match(_unmarked(row)))]
    found = raw_labelled + labelled
    if (
        len(raw_first) <= 110
        and not re.search(
            r"[.]$|\?$|^(?:hi|hello|dear|hey|(?:i |we )?(?:need|want)|(?:we(?:'re| are) )?(?:hiring"
            r"|looking for|seeking)|screen|draft|create)\b",
            raw_first,
            re.I,
        )
        and not re.match(r"[\w. ]+:\s", raw_first)
    ):
        found.append(raw_first)
    found += [text for text in first if len(text) <= 110 and not re.search(r"\b(?:we|you|our|i)\b", text, re.I)]
    sought = [_until_head(m["t"]) for line in lines[:120] for m in _SEEKING.finditer(line.text)]
    as_a = [
        m[1]
        for line in lines[:120]
        if (m := re.match(r"^As an? ((?:[A-Z][\w/&'-]*(?: |(?=,))){1,6}),? ?(?:at [A-Z]\w+,? )?you\b", line.text))
    ]
    dashed = [
        m[1]
        for line in lines[:2]
        if (m := re.match(r"^([A-Z][\w/& -]{3,60}?)(?:, [A-Z][\w ,]{3,50})?\s*[—–]\s*[A-Z]", line.text))
    ]
    about = [m["t"] for line in lines[:120] if (m := _ROLE_IS.match(line.text))]
    notes = [
        _until_head(m[1])
        for line in lines[:6]
        if (m := re.match(r"(?:intake|kick-?off|notes?|hm call|call)[^,:–-]*[,:–-]\s*(.{3,60})", line.text, re.I))
    ]
    bullets = [
        _until_head(re.sub(r"^(?:need|screen for|hiring|draft|create)\s+", "", line.text, flags=re.I))
        for line in lines[:8]
        if len(line.text) < 90 or line.bullet
    ]
    loose = [_opening(line.text) for line in lines[:12]]
    loose += [m["t"] for line in lines[:12] for m in _OF_ROLE_AT.finditer(line.text)]
    return [*found, *dashed, *notes, *about, *as_a, *sought, *bullets, *loose]


def _opening(text: str) -> str:
    match = re.search(
        r"\b(?:for|about|re:?) (?:the |our |an? )?((?:[\w-]+ ){0,4}[\w-]+?) (?:role|roles|position"
        r"|positions|opening|openings|vacancy|job|hire)\b",
        text,
        re.I,
    )
    match = match or re.search(r"\bthe ((?:[\w-]+ ){1,4})(?:opening|role|position|vacancy)\b", text, re.I)
    return match[1] if match else ""


def _until_head(text: str) -> str:
    """The words up to and including the last word of the first role named."""
    words = re.split(r"\s+", text)
    kept: list[str] = []
    named = False
    for word in words[:9]:
        bare = re.sub(r"[^a-z]", "", word.lower())
        role = bare in _HEADS or (bare.endswith("s") and bare[:-1] in _HEADS)
        if named and not role:
            break
        if re.fullmatch(
            r"(?:who|that|to|with|for|our|your|their|is|are|will|must|based|join(?:ing)?|on|at|you|we|as)", bare
        ):
            break
        kept.append(word.strip(",;:"))
        named = named or role
        if named and re.search(r"[.,;:)!]$", word):
            break
    return " ".join(kept) if named else ""


_COMPANY_LABEL = re.compile(
    r"^(?:company(?: name)?|employer|organi[sz]ation|client)\s*[:：]\s*(?P<c>[^.;|]{2,60})$", re.I
)
_SUFFIX = (
    r"(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|Corp(?:oration)?|Company|Co|PLC|plc|Group|Association"
    r"|Foundation|Solutions|Services|Network|College|University|Hospital|Trust|Partners"
    r"|Enterprises?|Holdings|Systems|Technologies|Bakery|Kitchen|Coffee|Stores?)"
)
_NAMED = re.compile(rf"\b((?:[A-Z][\w&'’-]*[ ,]+|of |the |and |& ){{1,5}}{_SUFFIX})\b\.?")
_COMPANY_AT = re.compile(
    r"(?:^| )(?:[Aa]t|[Jj]oin|[Aa]bout|[Ww]ork(?:ing)? for|employees? (?:of|at)"
    r"|the role at) ((?:[A-Z][\w&'’-]+)(?: (?:of |the |and |& )?[A-Z][\w&'’-]+){0,3})"
)
_COMPANY_IS = re.compile(
    r"^((?:[A-Z][\w&'’.-]*)(?: (?:of |the |and "
    r"|& )?[A-Z][\w&'’.-]*){0,4})(?: \([A-Za-z ]{2,40}\))?,? (?:is (?:a|an|the|one|proud|now"
    r"|looking|seeking|hiring|serious)|delivers|provides|supports|offers|, formerly|formerly|seeks"
    r"|has been|was founded)\b"
)
_NOT_COMPANY = re.compile(
    r"^(?:The|This|Our|We|You|It|A|An|If|In|As|At|All|Job|About|Role|Position|Monday|Candidates?"
    r"|Applicants?|United States|Us|Fair|Equal|Human Resources|There|Must|Home Office|Health"
    r"|Microsoft|Google|Excel|High School|Bachelor|Salary|College|Work|Please|Successful|Position"
    r"|Team|Knowledge|Proficien\w+|Ability|Experience|Bilingual|Skills?"
    r"|Department of Water)\b(?!.*\b(?:Inc|LLC|Ltd|Group|Association|City)\b)"
)


_COMPANY_LINE = re.compile(
    r"^(?P<c>(?:[A-Z][\w&'’.-]*,? ){1,4}(?:Ltd|Limited|Inc|LLC|PLC|GmbH|Group|Logistics|Foods|Hotels?|Hospital|Clinic"
    r"|Partners|Solutions|Services|Industries|Holdings|Logistik|Systems|Technologies|Labs|Bakery|Stores)\b\.?)"
    r"(?:\s*[,|·–-]\s*[A-Z][\w .'-]{1,40}$"
    r"|\s+(?:in|is|are|has|runs?|makes?|bakes?|serves?|sells?|operates?|needs?)\b|$)"
)


_NAME = r"[A-Z][\w&'’-]+(?: (?:of |the |and |& )?[A-Z][\w&'’-]+){0,3}"
_COMPANY_OF_ROLE = re.compile(
    rf"\b(?:[Rr]ole|[Pp]osition|[Oo]pening|[Jj]ob|[Vv]acancy"
    rf"|(?:[A-Z]\w+)?(?:{'|'.join(sorted(h.capitalize() for h in _HEADS))}))s?"
    rf" (?:at|with) (?:the )?(?P<c>{_NAME})(?= in [A-Z]|\s*[(.,;]|$)"
)


def find_company(source: Source, title: str) -> str:
    """The employer's name when the text states it, or ""."""
    lines = [line for line in source.lines if line.section is not Section.IGNORE and not line.tail][:80]
    for line in lines[:15]:
        if match := _COMPANY_LABEL.match(line.text):
            return match["c"].strip(" .")
    for line in lines[:5]:  # "Harbour Lane Logistics, Leeds" under the title, or "Millbrook Bakery bakes..."
        if match := _COMPANY_LINE.match(line.text):
            return match["c"].strip(" .")
    if match := re.search(r"^\s*\**Company\**\s*:\s*\**\s*([^\n]{2,60})$", source.clean[:6000], re.M | re.I):
        return re.sub(r"\s+", " ", match[1]).strip(" .*")
    if (city := re.search(r"\bCity of [A-Z]\w+(?: [A-Z]\w+)?", source.clean)) and source.clean.count(city[0]) >= 3:
        return city[0]
    for line in lines[:12]:
        if (at := _COMPANY_OF_ROLE.search(line.text)) and _plausible(at["c"], title, source.clean, is_subject=True):
            return at["c"]
    for pattern in (_COMPANY_IS, _NAMED, _COMPANY_AT):
        for line in lines:
            for match in pattern.finditer(re.sub(r"\s*\([^)]{2,40}\)\s*", " ", line.text)):
                name = re.sub(r"^(?:the|The|and|of) ", "", match[1].strip(" ,.&"))
                name = re.sub(r"[’']s$", "", name)
                if _plausible(name, title, source.clean, pattern is _COMPANY_IS):
                    return name
    return ""


def _plausible(name: str, title: str, clean: str, is_subject: bool) -> bool:
    if (
        not 2 < len(name) <= 60
        or _NOT_COMPANY.match(name)
        or name.lower() in title.lower()
        or title.lower() in name.lower()
    ):
        return False
    if re.search(
        r"\b(?:Manager|Driver|Worker|Nurse|Assistant|Officer|Engineer|Teacher|Operator|Barista"
        r"|Developer|Supervisor|Coordinator|Director|Specialist|Analyst|Technician|Representative)s?\b",
        name,
    ):
        return False
    legal = bool(
        re.search(
            r"\b(?:Inc|LLC|Ltd|Limited|GmbH|Corp|Corporation|Company|Co|plc|PLC|Foundation|University"
            r"|College|Hospital|Association|Trust)$",
            name,
        )
    )
    if (
        re.search(
            r"\b(?:POS|DCS|PLC|Support|Human|Customer|Computer|Health|Social|Web|Sales|Teaching|Fiscal"
            r"|Voter)\b",
            name,
        )
        and not legal
    ):
        return False
    return (
        is_subject
        or (legal and len(name.split()) > 1 and "," not in name.removesuffix(", Inc"))
        or len(re.findall(re.escape(name), clean)) >= 2
    )
