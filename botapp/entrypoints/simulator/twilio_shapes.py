"""How Twilio writes things down: messages, pages, numbers and services as JSON, texts as webhook parameters. Pure."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.utils import format_datetime
from typing import Any

from botapp.entrypoints.simulator.twilio_account import Account, number_sid
from botapp.entrypoints.simulator.twilio_ledger import Media, Message

VERSION = "2010-04-01"
_GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = set("\f^{}\\[~]|€")


def segments(text: str) -> int:
    """How many SMS it takes, counted here anew."""
    if set(text) <= _GSM | _GSM_TWO:
        units, one, several = sum(2 if c in _GSM_TWO else 1 for c in text), 160, 153
    else:
        units, one, several = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if units <= one else math.ceil(units / several)


def message(account: str, m: Message) -> dict[str, Any]:
    """A message as the REST interface shows it."""
    uri = f"/{VERSION}/Accounts/{account}/Messages/{m.sid}"
    undecided = m.service and m.status in ("accepted", "scheduled")
    return {
        "account_sid": account,
        "api_version": VERSION,
        "body": m.body,
        "date_created": _moment(m.created),
        "date_sent": _moment(m.sent),
        "date_updated": _moment(m.sent or m.created),
        "direction": m.direction,
        "error_code": m.error_code if m.status in ("failed", "undelivered") and m.error_code else None,
        "error_message": None,
        "from": None if undecided else m.from_,
        "messaging_service_sid": m.service or None,
        "num_media": str(len(m.media)),
        "num_segments": str(m.segments),
        "price": None,
        "price_unit": "USD",
        "sid": m.sid,
        "status": m.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": m.to,
        "uri": f"{uri}.json",
    }


def _moment(when: datetime | None) -> str | None:
    return format_datetime(when.replace(microsecond=0)) if when else None


def fits(m: Message, asked: Mapping[str, str]) -> bool:
    """Whether a message is one that a list call asks for."""
    if asked.get("To", m.to) != m.to or asked.get("From", m.from_) != m.from_:
        return False
    days = {
        name: date.fromisoformat(asked[name][:10]) for name in ("DateSent", "DateSent>", "DateSent<") if name in asked
    }
    if not m.sent:
        return not days
    day = m.sent.date()
    least, most = days.get("DateSent>", day), days.get("DateSent<", day)
    return least <= day <= most and days.get("DateSent", day) == day


def page(account: str, some: Sequence[Message], *, page: int, size: int, more: bool) -> dict[str, Any]:
    uri = f"/{VERSION}/Accounts/{account}/Messages.json"
    return {
        "messages": [message(account, m) for m in some],
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + max(0, len(some) - 1),
        "uri": f"{uri}?PageSize={size}&Page={page}",
        "first_page_uri": f"{uri}?PageSize={size}&Page=0",
        "previous_page_uri": f"{uri}?PageSize={size}&Page={page - 1}" if page else None,
        "next_page_uri": f"{uri}?PageSize={size}&Page={page + 1}" if more else None,
    }


def account(a: Account) -> dict[str, Any]:
    return {
        "sid": a.sid,
        "friendly_name": "The local Twilio",
        "status": "active",
        "type": "Full",
        "owner_account_sid": a.sid,
        "uri": f"/{VERSION}/Accounts/{a.sid}.json",
    }


def number(a: Account, phone_number: str) -> dict[str, Any]:
    webhooks, sid = a.number_webhooks[phone_number], number_sid(phone_number)
    return {
        "sid": sid,
        "account_sid": a.sid,
        "phone_number": phone_number,
        "friendly_name": phone_number,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "sms_url": webhooks.url,
        "sms_method": "POST",
        "sms_fallback_url": webhooks.fallback,
        "sms_fallback_method": "POST",
        "status_callback": webhooks.status,
        "sms_application_sid": None,
        "uri": f"/{VERSION}/Accounts/{a.sid}/IncomingPhoneNumbers/{sid}.json",
    }


def service(a: Account) -> dict[str, Any]:
    webhooks = a.service_webhooks
    return {
        "sid": a.service,
        "account_sid": a.sid,
        "friendly_name": "Interviews",
        "inbound_request_url": webhooks.url or None,
        "inbound_method": "POST",
        "fallback_url": webhooks.fallback or None,
        "fallback_method": "POST",
        "status_callback": webhooks.status or None,
        "use_inbound_webhook_on_number": a.service_defers,
        "us_app_to_person_registered": a.registered,
        "smart_encoding": True,
        "validity_period": 36_000,
        "url": f"https://messaging.twilio.com/v1/Services/{a.service}",
    }


def service_number(a: Account, phone_number: str) -> dict[str, Any]:
    return {
        "sid": number_sid(phone_number),
        "account_sid": a.sid,
        "service_sid": a.service,
        "phone_number": phone_number,
        "country_code": "US",
        "capabilities": ["SMS", "MMS"],
    }


def registrations(a: Account) -> list[dict[str, Any]]:
    if not a.registered:
        return []
    return [{"sid": "QE" + "0" * 32, "account_sid": a.sid, "campaign_status": "VERIFIED", "rate_limits": {}}]


def meta(key: str) -> dict[str, Any]:
    return {"key": key, "page": 0, "page_size": 50, "next_page_url": None, "previous_page_url": None}


def text_params(a: Account, m: Message, media: Sequence[Media], *, base: str, opt_out: str) -> list[tuple[str, str]]:
    """The webhook for a text, with the full set of parameters a US number sends."""
    params = [
        ("ToCountry", "US"),
        ("ToState", "DC"),
        ("SmsMessageSid", m.sid),
        ("NumMedia", str(len(media))),
        ("ToCity", ""),
        ("FromZip", "20001"),
        ("SmsSid", m.sid),
        ("FromState", "DC"),
        ("SmsStatus", "received"),
        ("FromCity", "WASHINGTON"),
        ("Body", m.body),
        ("FromCountry", "US"),
        ("To", m.to),
        ("ToZip", ""),
        ("NumSegments", str(m.segments)),
        ("MessageSid", m.sid),
        ("AccountSid", a.sid),
        ("From", m.from_),
        ("ApiVersion", VERSION),
    ]
    params += [("MessagingServiceSid", a.service)] if a.service else []
    params += [("OptOutType", opt_out.upper())] if opt_out else []
    for place, file in enumerate(media):
        url = f"{base}/{VERSION}/Accounts/{a.sid}/Messages/{m.sid}/Media/{file.sid}"
        params += [(f"MediaContentType{place}", file.content_type), (f"MediaUrl{place}", url)]
    return params


def status_params(a: Account, m: Message, status: str, error_code: int) -> list[tuple[str, str]]:
    """The report that a message has a new status."""
    params = [
        ("SmsSid", m.sid),
        ("SmsStatus", status),
        ("MessageStatus", status),
        ("To", m.to),
        ("MessageSid", m.sid),
        ("AccountSid", a.sid),
        ("From", m.from_),
        ("ApiVersion", VERSION),
    ]
    params += [("MessagingServiceSid", m.service)] if m.service else []
    params += [("ErrorCode", str(error_code))] if error_code else []
    if status in ("delivered", "undelivered") and m.sent:
        params.append(("RawDlrDoneDate", m.sent.strftime("%y%m%d%H%M")))
    return params
