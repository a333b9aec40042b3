"""Who may hand in a text: only who signed it with one of our tokens, over the address we gave out."""

from typing import Any
from urllib.parse import urlencode

import pytest

from botapp.channels.base import WebhookRequest
from botapp.channels.sms import Sms
from botapp.channels.sms.form import Form, prove
from botapp.entrypoints.simulator.twilio_webhooks import sign
from botapp.errors import BadPayload
from tests.support.twilio import AUTH_TOKEN, FORM, PAYLOADS, needs_payloads, payload, request_of, sms_account, text_form

PATH = "/hooks/twilio/sms"


def _verify(request: WebhookRequest, public_url: str = "https://interviews.example.com", *tokens: str) -> None:
    account = sms_account(public_url=public_url, tokens=tokens or (AUTH_TOKEN,))
    Sms(account).verify(request, account.secrets)


@pytest.mark.parametrize(
    "public_url", ["https://a.example", "http://a.example", "https://a.example:8443", "http://[::1]:8000"]
)
@pytest.mark.parametrize("query", ["", "?a=1", "?a=1&a=2&b=", "?ob=x%2Fy&q=a+b", "?q=%F0%9F%98%80"])
@pytest.mark.parametrize("body", ["Yes", "", "😀 señor & 100% +1", "two\r\nlines", "It's 'quoted' + more", "\x00"])
def test_a_signed_text_is_let_in(public_url: str, query: str, body: str) -> None:
    """Over http and https, with a port, a query, empty values, emoji."""
    request = request_of(text_form(body), PATH + query, public_url=public_url)
    _verify(request, public_url)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_usual_port_may_be_written_or_not(scheme: str) -> None:
    """Twilio signs with or without it."""
    port = {"http": 80, "https": 443}[scheme]
    for signed, ours in (
        (f"{scheme}://a.example:{port}", f"{scheme}://a.example"),
        (f"{scheme}://a.example", f"{scheme}://a.example:{port}"),
    ):
        _verify(request_of(text_form(), PATH, public_url=signed), ours)


@pytest.mark.parametrize("sent", ["?Body=It's+amazing", "?Body=It%27s+amazing", "?a='%27+'"])
@pytest.mark.parametrize("signed", ["'", "%27"])
def test_an_apostrophe_in_the_query_is_no_obstacle(sent: str, signed: str) -> None:
    """The vendor's own validator refuses some of these."""
    as_signed = sent.replace("%27", "'").replace("'", signed)
    genuine = request_of(text_form(), PATH + as_signed)
    _verify(WebhookRequest(PATH + sent, genuine.headers, genuine.body))


def test_the_host_of_the_request_counts_for_nothing() -> None:
    """A full URL, a forged host: only the path and the query are taken from the call."""
    genuine = request_of(text_form())
    _verify(WebhookRequest(f"http://10.0.0.7:9000{PATH}", genuine.headers | {"Host": "evil.example"}, genuine.body))
    forged = request_of(text_form(), public_url="https://evil.example")
    with pytest.raises(BadPayload, match="does not fit"):
        _verify(WebhookRequest(f"https://evil.example{PATH}", forged.headers | {"Host": "evil.example"}, forged.body))


def test_either_token_is_good_during_a_rotation() -> None:
    """And neither another account's nor an empty one."""
    for token in ("new", "old"):
        _verify(request_of(text_form(), token=token), "https://interviews.example.com", "new", "old")
    for token in ("other", ""):
        with pytest.raises(BadPayload):
            _verify(request_of(text_form(), token=token), "https://interviews.example.com", "new", "old", "")


def test_without_a_token_nobody_gets_in() -> None:
    """Not even with a signature made with no token."""
    for secrets in ({}, {"token": ""}, {"other": "x"}):
        with pytest.raises(BadPayload, match="no token"):
            Sms(sms_account(tokens=())).verify(request_of(text_form(), token=""), secrets)


def test_a_text_for_another_account_is_refused() -> None:
    """Though it is signed with our token."""
    with pytest.raises(BadPayload, match="another account"):
        _verify(request_of(text_form(AccountSid="AC" + "9" * 32)))


def test_every_value_of_a_repeated_name_is_signed() -> None:
    """Swapping or dropping one breaks the signature; order and doubles do not matter, as with Twilio."""
    pairs = [*text_form(), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
    genuine = request_of(pairs)
    _verify(genuine)
    _verify(WebhookRequest(PATH, genuine.headers, urlencode([*reversed(pairs)]).encode()))
    for tampered in (pairs[:-2], [*pairs, ("Digits", "9")], [*pairs[:-1], ("Digits", "")]):
        with pytest.raises(BadPayload):
            _verify(WebhookRequest(PATH, genuine.headers, urlencode(tampered).encode()))


def _changed(request: WebhookRequest, **changes: Any) -> WebhookRequest:
    parts = {"url": request.url, "headers": request.headers, "body": request.body} | changes
    return WebhookRequest(**parts)


@pytest.mark.parametrize(
    "changes",
    [
        {"url": PATH + "?more=1"},
        {"url": "/hooks/twilio/status"},
        {"url": "http://[bad"},
        {"body": urlencode(text_form("No")).encode()},
        {"body": b""},
        {"headers": {"Content-Type": FORM}},
        {"headers": {"Content-Type": FORM, "X-Twilio-Signature": ""}},
        {"headers": {"Content-Type": FORM, "X-Twilio-Signature": "é" * 28}},
        {"headers": {"Content-Type": FORM, "X-Twilio-Signature": "A" * 28}},
    ],
)
def test_what_was_changed_on_the_way_is_refused(changes: dict[str, Any]) -> None:
    """Another query, another path, other words, no signature, a wrong one."""
    with pytest.raises(BadPayload, match=r"\.$"):
        _verify(_changed(request_of(text_form()), **changes))


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_only_a_form_is_read(kind: str) -> None:
    """JSON with a body hash in the query is another product of Twilio's, not a text."""
    genuine = request_of(text_form())
    with pytest.raises(BadPayload, match="not a form"):
        _verify(_changed(genuine, headers=dict(genuine.headers) | {"Content-Type": kind}))


def test_headers_are_found_in_any_case() -> None:
    genuine = request_of(text_form())
    _verify(_changed(genuine, headers={name.lower(): value for name, value in genuine.headers.items()}))


def test_a_hundred_kilobytes_are_refused() -> None:
    with pytest.raises(BadPayload, match="longer"):
        _verify(request_of(text_form("x" * 100_000)))


def test_thousands_of_fields_are_refused() -> None:
    with pytest.raises(BadPayload, match="more fields"):
        _verify(request_of([(f"f{n}", "") for n in range(3000)]))


@needs_payloads
def test_the_vendors_own_vectors_hold() -> None:
    """Those of four of Twilio's libraries, with their verdicts."""
    told = payload("signature_vectors.json")["twilio"]
    judged = [case for case in told["cases"] if "params" in case]
    assert len(judged) >= 15
    for case in judged:
        pairs = [(name, value) for name, value in case["params"]]
        base, _, rest = case["url"].partition("/myapp.php")
        request = WebhookRequest(f"/myapp.php{rest}", {"X-Twilio-Signature": case["sig"]}, b"")
        accepted = True
        try:
            prove(request, Form(pairs), public_url=base, tokens=[told["auth_token"]])
        except BadPayload:
            accepted = False
        assert accepted is case["valid"], case["id"]


@needs_payloads
def test_the_local_twilio_signs_as_the_vendor_does() -> None:
    """Our stand-in's signature is written anew: the vectors keep it honest."""
    told = payload("signature_vectors.json")["twilio"]
    plain = [
        c
        for c in told["cases"]
        if c["valid"]
        and "params" in c
        and c["id"] in ("tw-basic", "tw-dup-params", "tw-http-port-1234", "tw-sort-prefix-keys")
    ]
    assert len(plain) == 4
    for case in plain:
        assert (
            sign(told["auth_token"], f"{case['url']}#rc=3&rp=all", [(n, v) for n, v in case["params"]]) == case["sig"]
        )


def test_the_payloads_lie_where_the_tests_look() -> None:
    """The folder above this checkout."""
    assert PAYLOADS.parts[-3:] == ("shared", "data", "payloads")
