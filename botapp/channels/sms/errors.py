"""The provider's error codes: what each means for us, and the sentence a recruiter reads.

Guarantees: every code, known or not, has a kind and a sentence. Sources: Twilio's error dictionary (2026-04) and the
list of codes it publishes; where prose and practice differ (30003), the kinder reading is tried first.
"""

from typing import Final

from botapp.messages import Failure, FailureKind

_OPTED_OUT, _UNREACHABLE, _UNUSABLE = FailureKind.OPTED_OUT, FailureKind.UNREACHABLE, FailureKind.UNUSABLE
_CONTENT, _CONFIGURATION = FailureKind.CONTENT, FailureKind.CONFIGURATION
_TEMPORARY, _OTHER = FailureKind.TEMPORARY, FailureKind.OTHER

_NOT_A_NUMBER: Final = "This is not a phone number that can be texted. Please check it, or send the web link."
_NOT_MOBILE: Final = "This number can't receive texts; it may be a landline. Please send the web link instead."
_OUR_NUMBER: Final = "Our number can't send texts. Please check the Twilio number in the settings."
_SERVICE: Final = "The Twilio Messaging Service is not ready to send. Please check it in the Twilio console."
_UNREGISTERED: Final = "Our number is not registered for texting in the US yet. This text did not go out."
_TOLL_FREE: Final = "Our toll-free number is not verified yet. This text did not go out."
_CREDENTIALS: Final = "Twilio does not accept our account or token. Please check them in the settings."
_TOO_LONG: Final = "This text is longer than a text message may be."
_NO_WORDS: Final = "This text had no words in it, or words that can't be sent."
_FILTERED: Final = "The phone company filtered this text because of what it said."
_CAP: Final = "Today's limit for texts from our number is reached. Texts continue tomorrow."
_BUSY: Final = "Too many texts are waiting at the moment. This one is tried again."
_TROUBLE: Final = "Twilio had trouble with this text. It is tried again."
_ROUTE: Final = "Texts can't reach this phone from our number. Please send the web link instead."
_SETTINGS: Final = "Twilio refused this text because of a setting of ours. Please run botapp doctor twilio."
_BLOCKED_ACCOUNT: Final = "Our Twilio account may not send at the moment. Please look into the Twilio console."
_MEDIA: Final = "The file in this text could not be sent."
_UNKNOWN: Final = "This text was not delivered, and the phone company did not say why."

_TABLE: Final[dict[int, tuple[FailureKind, str]]] = {
    # The person.
    21610: (_OPTED_OUT, "This person opted out of texts from us. Nothing more is sent to them."),
    63014: (_OPTED_OUT, "This person blocked messages from us. Nothing more is sent to them."),
    63033: (_OPTED_OUT, "This person blocked messages from us. Nothing more is sent to them."),
    30003: (_UNREACHABLE, "The phone can't be reached; it may be switched off or out of range."),
    30008: (_UNREACHABLE, _UNKNOWN),
    # The number.
    21211: (_UNUSABLE, _NOT_A_NUMBER),
    21214: (_UNUSABLE, _NOT_A_NUMBER),
    21217: (_UNUSABLE, _NOT_A_NUMBER),
    21401: (_UNUSABLE, _NOT_A_NUMBER),
    21421: (_UNUSABLE, _NOT_A_NUMBER),
    21604: (_UNUSABLE, "There is no phone number to text."),
    21612: (_UNUSABLE, _ROUTE),
    21614: (_UNUSABLE, _NOT_MOBILE),
    30004: (_UNUSABLE, "This phone or its phone company blocks our texts. Please send the web link instead."),
    30005: (_UNUSABLE, "This number is unknown or no longer in use. Please check it, or send the web link."),
    30006: (_UNUSABLE, "This is a landline, or its phone company can't be reached. Please send the web link instead."),
    30014: (_UNUSABLE, _NOT_A_NUMBER),
    63003: (_UNUSABLE, _NOT_A_NUMBER),
    63024: (_UNUSABLE, _NOT_A_NUMBER),
    # What it said.
    21602: (_CONTENT, _NO_WORDS),
    21605: (_CONTENT, _TOO_LONG),
    21617: (_CONTENT, _TOO_LONG),
    21618: (_CONTENT, _NO_WORDS),
    21620: (_CONTENT, _MEDIA),
    21623: (_CONTENT, _MEDIA),
    30007: (_CONTENT, _FILTERED),
    30019: (_CONTENT, "This text is larger than the phone company allows."),
    63005: (_CONTENT, _FILTERED),
    63013: (_CONTENT, _FILTERED),
    63021: (_CONTENT, _NO_WORDS),
    63026: (_CONTENT, _FILTERED),
    # Our account, number and registration.
    20003: (_CONFIGURATION, _CREDENTIALS),
    20404: (_CONFIGURATION, "Twilio does not know the account or number we send with. Please check the settings."),
    21408: (_CONFIGURATION, "Texting to this country is not switched on in our Twilio account."),
    21601: (_CONFIGURATION, _OUR_NUMBER),
    21603: (_CONFIGURATION, "There is no number of ours to send from. Please check the Twilio settings."),
    21606: (_CONFIGURATION, _OUR_NUMBER),
    21607: (_CONFIGURATION, "A trial account of Twilio sends from its own number only. Please check the settings."),
    21608: (_CONFIGURATION, "A trial account of Twilio texts verified numbers only, and this one is not."),
    21609: (_CONFIGURATION, "Twilio can't report back to our address. Please check the public URL in the settings."),
    21613: (_CONFIGURATION, _OUR_NUMBER),
    21615: (_CONFIGURATION, _OUR_NUMBER),
    21616: (_CONFIGURATION, _OUR_NUMBER),
    21624: (_CONFIGURATION, _SETTINGS),
    21910: (_CONFIGURATION, _OUR_NUMBER),
    30002: (_CONFIGURATION, "Our Twilio account is suspended. Please look into the Twilio console."),
    30010: (_CONFIGURATION, "This text costs more than the price limit that is set for it."),
    30018: (_CONFIGURATION, "This phone company wants our number to be registered first."),
    30023: (_CONFIGURATION, _CAP),
    30024: (_CONFIGURATION, _OUR_NUMBER),
    30027: (_CONFIGURATION, _CAP),
    30032: (_CONFIGURATION, _TOLL_FREE),
    30034: (_CONFIGURATION, _UNREGISTERED),
    30035: (_CONFIGURATION, _UNREGISTERED),
    30038: (_CONTENT, _FILTERED),
    63038: (_CONFIGURATION, _CAP),
    # Nothing to do about it.
    30009: (_OTHER, "A part of a long text got lost on the way."),
    30011: (_OTHER, "This phone can't receive pictures or files in its region."),
    30036: (_OTHER, "This text could not leave in time, so it was dropped rather than sent late."),
    # Passing trouble.
    20429: (_TEMPORARY, _BUSY),
    20500: (_TEMPORARY, _TROUBLE),
    20503: (_TEMPORARY, _TROUBLE),
    21611: (_TEMPORARY, _BUSY),
    21619: (_TEMPORARY, _TROUBLE),
    30001: (_TEMPORARY, _BUSY),
    30017: (_TEMPORARY, "The phone company's network is full at the moment. This text is tried again."),
    30020: (_TEMPORARY, _TROUBLE),
    30021: (_TEMPORARY, _TROUBLE),
    30022: (_TEMPORARY, _BUSY),
    30410: (_TEMPORARY, _TROUBLE),
    63009: (_TEMPORARY, _TROUBLE),
    63010: (_TEMPORARY, _TROUBLE),
    63012: (_TEMPORARY, _TROUBLE),
    63017: (_TEMPORARY, _BUSY),
    63018: (_TEMPORARY, _BUSY),
}

# Whole families whose members only differ in which setting is wrong.
_FAMILIES: Final[tuple[tuple[range, FailureKind, str], ...]] = (
    (range(20000, 20500), _CONFIGURATION, _CREDENTIALS),
    (range(20500, 20600), _TEMPORARY, _TROUBLE),
    (range(21470, 21480), _CONFIGURATION, _BLOCKED_ACCOUNT),
    (range(21620, 21630), _CONFIGURATION, _SETTINGS),
    (range(21700, 21730), _CONFIGURATION, _SERVICE),
    (range(30030, 30036), _CONFIGURATION, _UNREGISTERED),
    (range(30100, 30140), _CONFIGURATION, _SETTINGS),
    (range(30440, 30460), _CONFIGURATION, _TOLL_FREE),
)


def failure_of(code: str | int | None) -> Failure:
    """The failure a code stands for; an unknown one is `OTHER`, with a sentence all the same."""
    written = str(code or "").strip()[:20]
    number = int(written) if written.isascii() and written.isdigit() else 0
    kind, sentence = _TABLE.get(number) or _family(number) or _unknown(written)
    return Failure(kind, sentence, written)


def _family(number: int) -> tuple[FailureKind, str] | None:
    return next(((kind, sentence) for codes, kind, sentence in _FAMILIES if number in codes), None)


def _unknown(written: str) -> tuple[FailureKind, str]:
    return _OTHER, f"This text was not delivered (Twilio error {written})." if written.isalnum() else _UNKNOWN
