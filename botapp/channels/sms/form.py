"""The provider's call as a form, and the proof that the provider made it.

Guarantees: nothing is believed before the signature fits, over the public address we gave out (never the Host of the
request), with every value of a repeated name. No token, no entry. A body that is not a form, or is too long, is
refused in a sentence. Bytes that are not UTF-8 become the replacement character.
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import SplitResult, parse_qsl, urlsplit

from botapp.channels.base import WebhookRequest
from botapp.errors import BadPayload

MAX_BODY = 64 * 1024
MAX_FIELDS = 500


class Form:
    """Names with all their values, as they came. Has what the vendor's validator asks of such a thing."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __len__(self) -> int:
        return len(self._values)

    def getlist(self, name: str) -> list[str]:
        return self._values[name]

    def first(self, name: str) -> str:
        """The first value, without NUL; "" when there is none."""
        return self._values.get(name, [""])[0].replace("\x00", "")


def read_form(request: WebhookRequest) -> Form:
    """The fields of the body.

    Raises:
        BadPayload: it is no form, or too long.
    """
    kind = header(request, "Content-Type").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadPayload("That is not a form: text messages are posted as one.")
    if len(request.body) > MAX_BODY:
        raise BadPayload("That is longer than any text message.")
    return Form(_pairs(request.body.decode("utf-8", "replace")))


def query_value(request: WebhookRequest, name: str) -> str:
    """The first value of a query parameter, "" when there is none."""
    return Form(_pairs(_taken_apart(request.url).query)).first(name)


def _taken_apart(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise BadPayload("That address can't be read.") from error


def _pairs(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="replace", max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise BadPayload("That form has more fields than any text message.") from error


def header(request: WebhookRequest, name: str) -> str:
    """A header by its name in any case."""
    wanted = name.lower()
    return next((value for key, value in request.headers.items() if key.lower() == wanted), "")


def prove(request: WebhookRequest, form: Form, *, public_url: str, tokens: Sequence[str]) -> None:
    """The signature fits one of the tokens.

    Raises:
        BadPayload: it fits none, or there is none to compare with.
    """
    from twilio.request_validator import RequestValidator

    signature = header(request, "X-Twilio-Signature")
    usable = [token for token in tokens if token]
    if not usable or not signature or not public_url:
        raise BadPayload("This call is not signed, or there is no token to check it with.")
    signed = [url for url in _as_signed(public_url, request.url) if _is_url(url)]
    if not any(RequestValidator(token).validate(url, form, signature) for token in usable for url in signed):
        raise BadPayload("The signature of this call does not fit.")


def _as_signed(public_url: str, called: str) -> Iterator[str]:
    """The address as the provider may have written it when it signed.

    Twilio percent-encodes an apostrophe in the query when it signs, whatever was sent; its own validator does not.
    """
    parts = _taken_apart(called)
    query = f"?{parts.query}" if parts.query else ""
    base = f"{public_url.rstrip('/')}{parts.path}"
    yield from dict.fromkeys(f"{base}{variant}" for variant in (query, query.replace("'", "%27"), _bare(query)))


def _bare(query: str) -> str:
    return query.replace("%27", "'")


def _is_url(url: str) -> bool:
    """The validator must be able to take it apart."""
    try:
        return urlsplit(url).port is not None or bool(urlsplit(url).netloc)
    except ValueError:
        return False


def tokens_in(secrets: Mapping[str, str]) -> list[str]:
    """Every secret that is a token: during a rotation there are two."""
    return [value for name, value in secrets.items() if name.startswith("token") and value]
