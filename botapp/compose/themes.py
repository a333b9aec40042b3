"""Our stock of open questions by theme, each with anchors that can be seen. Used when a text names the theme."""

import re
from dataclasses import dataclass

from botapp.screening.interviewer import Rubric


@dataclass(frozen=True, slots=True)
class Theme:
    """`pattern` finds the theme in a line; `text` asks for an example of it."""

    topic: str
    pattern: re.Pattern[str]
    text: str
    rubric: Rubric
    most: int = 1  # follow-ups at most


def _theme(topic: str, pattern: str, text: str, one: str, three: str, five: str, most: int = 1) -> Theme:
    return Theme(topic, re.compile(pattern, re.I), text, Rubric(one=one, three=three, five=five), most)


THEMES: tuple[Theme, ...] = (
    _theme(
        "care",
        r"\b(?:personal care|caregiv\w+|care (?:plans?|home|needs)|residents|dignity|bathing|toileting"
        r"|companionship|individual needs|support (?:workers?|plans))\b",
        "Tell us about someone you cared for or supported. What did they need, and what did you do?",
        "No person or task named, or only that they like helping.",
        "A person and the tasks they did for them.",
        "A person, what they needed, how they kept their dignity and choice, and what they noted or passed on.",
        2,
    ),
    _theme(
        "patients",
        r"\b(?:patients?|clinical|triage|ward\b|nursing (?:care|assessment)|ICU|emergency room"
        r"|bedside)\b",
        "Tell us about a patient whose condition changed while you were looking after them. What did you do?",
        "No patient or action named.",
        "What changed and the steps they took.",
        "What changed, how they noticed, the steps in order, whom they told and what came of it.",
        2,
    ),
    _theme(
        "teaching",
        r"\b(?:teach(?:ing|es)?|classroom|curriculum|lessons?|instruct(?:ing|ion)|students?|pupils)\b",
        "Tell us about a lesson that did not go as planned. What did you change?",
        "No lesson named, or blames the class.",
        "A lesson, what went wrong and one change.",
        "A lesson, how they noticed, what they changed and how they knew that it helped.",
        2,
    ),
    _theme(
        "children",
        r"\b(?:child care|childcare|young children|toddlers|nanny|kindergarten|play area"
        r"|children(?:'s)?)\b",
        "Tell us about a time you had to calm or redirect a child. What did you do?",
        "No situation named, or only a rule.",
        "A situation and what they did.",
        "A situation, what they did and why, how the child responded and what they told the adults concerned.",
        2,
    ),
    _theme(
        "driving",
        r"\b(?:driving|drivers?|routes|deliveries|pre-trip|vehicle inspection|truck|tractor)\b",
        "What do you check before you drive off, and what do you do when something is wrong?",
        "No checks named.",
        "Some checks, and that they would report a fault.",
        "Checks in order, what stops the trip, and who is told and how it is written down.",
    ),
    _theme(
        "safety",
        r"\b(?:safety|safe work\w*|hazard\w*|OSHA|PPE|SOP[’\']?s?|standard operating|lockout"
        r"|health (?:&|and) safety|GMP)\b",
        "Tell us about a time you saw something unsafe at work. What did you do?",
        "No example, or left it for others.",
        "An example and that they reported or fixed it.",
        "An example, how they made it safe, whom they told and what changed so that it would not happen again.",
    ),
    _theme(
        "picking accuracy",
        r"\b(?:picking|pickers?|order pick\w*|packing|pick rates?|orders? accurately|inventory"
        r"|stock(?:ing)?|shipping (?:and|&) receiving|warehouse|scann(?:er|ing)|pallets?)\b",
        "Tell us about a time you had to work fast with orders or stock and still get it right. How "
        "did you avoid mistakes?",
        "Speed only, or no example.",
        "A real example of working with speed and care.",
        "A real example with a figure, how they checked their work and what they did about an error.",
        2,
    ),
    _theme(
        "machines",
        r"\b(?:operat(?:e|es|ing) (?:\w+ ){0,3}(?:machine(?:s|ry)?|equipment|systems?)"
        r"|process equipment|forklift|assembly|production line|batch(?:ing)?|CNC|machine operator"
        r"|fermentation)\b",
        "Which machines or equipment have you run, and what did you do when one was not running right?",
        "No machine named, or has only watched.",
        "Names the equipment and one problem they met.",
        "Names the equipment, how they noticed the problem, what they did themselves and when they called for help.",
    ),
    _theme(
        "troubleshooting",
        r"\b(?:troubleshoot\w*|fault[- ]find\w*|diagnos\w+|repairs?|maintenance|analy[sz]e problems"
        r"|problem[- ]solving|solve problems|root cause|resolve (?:issues|problems))\b",
        "Tell us about a problem at work that was hard to find. How did you get to the cause?",
        "No problem named, or tried things without order.",
        "A problem and the steps to the cause.",
        "A problem, the steps in order and why, the cause, and how they made sure that it was fixed.",
    ),
    _theme(
        "cooking",
        r"\b(?:cook(?:ing)?|kitchen|food prep\w*|recipes?|menu|line cook|grill|dishes)\b",
        "Tell us about the busiest service you have worked. What did you do to keep your station going?",
        "No service or station named.",
        "A service, their station and what they did.",
        "A service with detail, how they prepared, kept food safe and worked with the others.",
    ),
    _theme(
        "coffee",
        r"\b(?:coffee|espresso|barista|latte|coffee bar)\b",
        "There is a line, and a drink has come back as wrong. What do you do?",
        "No steps, or argues with the guest.",
        "Makes it again and keeps serving.",
        "Says sorry once, makes it again, keeps the line informed and looks for why it went wrong.",
    ),
    _theme(
        "cash",
        r"\b(?:cash(?! ?flow)(?:iering|iers?| handling| register)?|cash registers?|till"
        r"|point[- ]of[- ]sale|POS\b|transactions)\b",
        "Tell us about a time the till or a payment did not add up. What did you do?",
        "No example, or covered it up.",
        "An example and that they told someone.",
        "An example, how they looked for the difference, whom they told and how it was settled.",
    ),
    _theme(
        "selling",
        r"\b(?:sales (?:goals?|targets?|experience)|selling|cold[- ]call\w*|prospect\w*|quotas?"
        r"|outbound|close deals|upsell\w*|account management|leads)\b",
        "Tell us about a sale or a call that began with a no. What did you say next?",
        "No example, or only pushed harder.",
        "An example and what they said.",
        "An example, what they asked to understand the no, what they said next and how it ended, with a figure.",
        2,
    ),
    _theme(
        "customers",
        r"\b(?:customer(?:s)?(?: service| care| satisfaction| support)?|clients?|guests?|hospitality"
        r"|customer-focused|complaints?)\b",
        "Tell us about a time a customer was unhappy. What did you do?",
        "No example, or blames the customer.",
        "An example and the steps they took.",
        "An example, how they listened, what they offered, how it ended and what they passed on.",
        2,
    ),
    _theme(
        "leading people",
        r"\b(?:leadership (?:skills|experience|role|abilit\w+)|passionate leader|to lead\b|lead others"
        r"|supervis(?:e|es|ing) (?:and|of|the|staff|a|employees|others|\w+ staff)|manag(?:e|ing) (?:a "
        r"|the )?(?:team|staff|people)|coach(?:ing)? (?:staff|team|others|and|employees)"
        r"|mentor(?:ing)? (?:others|staff|team|junior)|delegat\w+|train and|lead(?:ing)? a team)\b",
        "Tell us about a time someone in your team was not doing well. What did you do?",
        "No person or action named, or only reported them.",
        "What was wrong and what they said or did.",
        "What was wrong, how they found out why, what they agreed with the person and what changed.",
        2,
    ),
    _theme(
        "reports and figures",
        r"\b(?:reconcil\w+|month[- ]end|forecasts?|financial (?:statements|reports?|records)"
        r"|accounts? (?:payable|receivable)|payroll|bookkeeping|ledger|invoices?|budgets?|variance"
        r"|billing)\b",
        "Tell us about a time figures did not agree. How did you find out why?",
        "No example, or guesses.",
        "An example and where they looked.",
        "An example, where they looked first and why, the cause, and how they made sure that it stayed right.",
        2,
    ),
    _theme(
        "data",
        r"\b(?:data (?:analysis|analytics|pipelines?|sets?|models?|science|quality)|SQL|Python"
        r"|statistic\w*|dashboards?|machine learning|analytics)\b",
        "Tell us about a result in data that you did not believe at first. What did you do?",
        "No example, or took the number as it was.",
        "An example and one check.",
        "An example, the checks they ran, what was wrong or right and whom they told.",
        2,
    ),
    _theme(
        "building software",
        r"\b(?:software|front[- ]end|back[- ]end|web (?:based )?applications?|coding|programming|code"
        r"|APIs?|debug\w*|deploy\w*|architecture|javascript|kubernetes|infrastructure|cloud)\b",
        "Tell us about something you built or fixed that people used. What was your part?",
        "No piece of work named, or the part is not clear.",
        "A piece of work and their own part in it.",
        "A piece of work, their own part, a choice they made with its reasons, and how they knew that it worked.",
        2,
    ),
    _theme(
        "design",
        r"\b(?:user (?:experience|research|interface)|interaction design|wireframes?|prototyp\w+|UX"
        r"|UI\b|visual design)\b",
        "Tell us about a design you changed after watching people use it.",
        "No design or people named.",
        "A design and one change.",
        "A design, what they saw people do, what they changed and what happened then.",
        2,
    ),
    _theme(
        "recruiting",
        r"\b(?:recruiter|recruitment consultant|recruit(?:ing|ment) (?:experience|cycle|process)"
        r"|sourcing candidates|talent acquisition|hiring managers?)\b",
        "Tell us about a role that was hard to fill. What did you do?",
        "No role named.",
        "A role and what they tried.",
        "A role, why it was hard, what they tried in turn, and how it ended, with a figure.",
    ),
    _theme(
        "security work",
        r"\b(?:patrol\w*|surveillance|security officer|incidents? reports?|detention|inmates"
        r"|access control|de-?escalat\w+)\b",
        "Tell us about a time a situation could have got out of hand. What did you do?",
        "No situation named, or used force first.",
        "A situation and how they kept calm.",
        "A situation, what they said and did in order, whom they called and what they wrote down.",
        2,
    ),
    _theme(
        "cleaning",
        r"\b(?:clean(?:ing|liness)?|janitorial|housekeep\w*|sanit\w+|tidy)\b",
        "How do you go about cleaning a room or an area from start to finish?",
        "No order, or only a part of it.",
        "Steps in a sensible order.",
        "Steps in order, the products and what they are for, and how they check that it is done.",
    ),
    _theme(
        "attention to detail",
        r"\b(?:detail(?:ed)?[- ]orient\w*|attention to detail|accura\w+|detailed oriented"
        r"|quality standards|careful|flag it)\b",
        "Tell us about a mistake you caught, yours or someone else's. What did you do?",
        "No mistake named, or left it.",
        "A mistake and that they put it right.",
        "A mistake, how they noticed, what they did, whom they told and how they keep it from happening again.",
    ),
    _theme(
        "working under pressure",
        r"\b(?:fast[- ]pace\w*|pressure|deadlines?|high[- ](?:volume|stress)|busy|multi-?task\w*"
        r"|multiple (?:\w+ )?(?:tasks|projects|priorities|functional))\b",
        "Tell us about a time you had too much to do at once. How did you decide what came first?",
        "No example, or did whatever came.",
        "An example and what they put first.",
        "An example, how they decided, what they let wait and whom they told, and how it ended.",
    ),
    _theme(
        "planning work",
        r"\b(?:organi[sz]\w+ (?:skills|tasks|assigned)|effectively organi[sz]e|well[- ]organi[sz]ed"
        r"|priorit\w+|time management|planning|manage (?:your|their|own)? ?time|follow through)\b",
        "How do you plan a day with more tasks than time? Use a real day as an example.",
        "No plan, or no real day.",
        "A real day and what they put first.",
        "A real day, how they ranked the tasks, what changed and how they made sure that nothing was dropped.",
    ),
    _theme(
        "working alone and in a team",
        r"\b(?:team(?:work| player| environment| members)?|independently|collaborat\w*"
        r"|minimal supervision|limited supervision|own initiative|self-?(?:starter|motivated|directed)"
        r"|with others|individually)\b",
        "Tell us about a time you had to sort something out without your manager, alone or with a colleague.",
        "No example, or waited for someone.",
        "An example and what they did themselves.",
        "An example, what they decided alone, whom they involved and how it ended.",
    ),
    _theme(
        "communication",
        r"\b(?:communicat\w+|interpersonal|verbal|written|listening|presentation skills|oral)\b",
        "Tell us about a time you had to explain something that the other person did not understand at first.",
        "No example, or only repeated it.",
        "An example and how they said it differently.",
        "An example, how they noticed, how they changed the words or the way, and how they checked "
        "that it was understood.",
    ),
    _theme(
        "following instructions",
        r"\b(?:follow (?:\w+ ){0,3}(?:instructions|procedures|directions|recipes)"
        r"|written and oral instructions|read and comprehend|checklists?|comply|policies)\b",
        "Tell us about a time you were given instructions that were not clear. What did you do?",
        "Guessed, or no example.",
        "Asked before going on.",
        "Asked the right person, said what was unclear, did it as agreed and checked the result.",
    ),
    _theme(
        "reliability",
        r"\b(?:reliab(?:le|ility)(?! transport)|punctual\w*|attendance|dependab\w+|on time"
        r"|show(?:ing)? up)\b",
        "Tell us about a time you nearly could not make it to a shift. What did you do?",
        "No example, or did not let anyone know.",
        "Let someone know.",
        "Let the right person know early, looked for a way or for cover, and what they do now to avoid it.",
    ),
    _theme(
        "computers",
        r"\b(?:computers?|MS Office|Microsoft (?:Office|Word|Excel)|Excel|Word\b|software proficiency"
        r"|spreadsheets?|keyboarding|typing|PC skills|windows environment|CRM|systems)\b",
        "Which programs do you use at work, and for what?",
        "No program named, or none used.",
        "Programs and everyday tasks.",
        "Programs, a task in each that takes some skill, and something they set up or made quicker.",
    ),
    _theme(
        "arithmetic",
        r"\b(?:math(?:ematical|s)?|arithmetic|calculat\w+|conversions?|numeracy)\b",
        "Tell us about a time you had to work out amounts at work. How did you check the result?",
        "No example.",
        "An example and the sum they did.",
        "An example, how they worked it out, how they checked it and what would have gone wrong otherwise.",
    ),
    _theme(
        "learning",
        r"\b(?:quick learner|learn (?:quickly|new)|willing(?:ness)? to learn|dedication to learn"
        r"|adapt(?:able|ability|ing)?|constant change)\b",
        "Tell us about the last thing you had to learn for a job. How did you go about it?",
        "Nothing named.",
        "What they learned and how.",
        "What they learned, how they went about it, how long it took and what they can do now.",
    ),
    _theme(
        "dogs",
        r"\b(?:dogs?|animals?|pets?|kennels?)\b",
        "Tell us about a time you handled a difficult or nervous animal. What did you do?",
        "No situation named.",
        "A situation and what they did.",
        "A situation, the signs they saw, what they did and how they kept people and the animal safe.",
    ),
)

CLOSEST_WORK = "Which of your past jobs or tasks is closest to this one, and what did you do there?"
WHY_THIS = "What interests you in this job?"
