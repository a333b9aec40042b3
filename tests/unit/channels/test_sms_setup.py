"""What must be set so that texts reach us, and what the doctor says of what it read. Pure: nobody is called."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from botapp.channels.sms import setup
from botapp.channels.sms.setup import Campaign, Inbound, Number, Service, Standing
from botapp.entrypoints.cli_operate import Finding
from botapp.entrypoints.cli_twilio import judged
from botapp.entrypoints.simulator.twilio import NUMBER
from tests.support.twilio import PUBLIC_URL, sms_account

SERVICE = "MG" + "1" * 32
OTHER = "+12025550109"
US = setup.expected(sms_account())
NOTHING = Inbound("", "POST", "", "POST")


def number(inbound: Inbound = US, *, number: str = NUMBER, **changes: Any) -> Number:
    return replace(Number("PN1", number, True, inbound), **changes)


def service(inbound: Inbound = US, **changes: Any) -> Service:
    usual = Service(SERVICE, "Interviews", inbound, False, (NUMBER,), False, (Campaign("VERIFIED"),))
    return replace(usual, **changes)


def standing(*numbers: Number, service: Service | None = None, **changes: Any) -> Standing:
    return replace(Standing("active", "Full", {one.number: one for one in numbers}, service), **changes)


def fields(found: Iterable[setup.Change]) -> dict[str, str]:
    return {change.field: change.new for change in found}


def said(read: Standing, level: str, **changes: Any) -> list[str]:
    return [finding.what for finding in judged(read, sms_account(**changes)) if finding.level == level]


def test_the_addresses_carry_their_retry_settings() -> None:
    assert US.url == f"{PUBLIC_URL}/hooks/twilio/sms#rc=3&rp=all"
    assert US.fallback == f"{PUBLIC_URL}/hooks/twilio/fallback#rc=3&rp=all"


def test_what_is_right_is_left_alone() -> None:
    assert setup.changes(standing(number()), sms_account()) == []


def test_a_fresh_number_gets_both_addresses() -> None:
    found = setup.changes(standing(number(NOTHING)), sms_account())
    assert fields(found) == {"sms_url": US.url, "sms_fallback_url": US.fallback}
    assert {change.old for change in found} == {""}


def test_an_app_that_takes_the_texts_is_taken_off() -> None:
    found = setup.changes(standing(number(application="AP1")), sms_account())
    assert fields(found) == {"sms_application_sid": ""}


def test_methods_become_post() -> None:
    got = replace(US, method="GET", fallback_method="GET")
    assert fields(setup.changes(standing(number(got)), sms_account())) == {
        "sms_method": "POST",
        "sms_fallback_method": "POST",
    }


def test_a_service_takes_the_place_of_its_numbers() -> None:
    """Its numbers' own addresses are not used, so they are not touched; another number's are."""
    read = standing(number(NOTHING), number(NOTHING, number=OTHER, sid="PN2"), service=service(NOTHING))
    found = setup.changes(read, sms_account())
    assert {change.sid for change in found} == {SERVICE, "PN2"}
    assert found[0].field == "inbound_request_url"


def test_a_service_that_defers_leaves_it_to_its_numbers() -> None:
    read = standing(number(NOTHING), service=service(NOTHING, defers=True))
    assert {change.sid for change in setup.changes(read, sms_account())} == {"PN1"}


def test_all_is_well() -> None:
    assert {finding.level for finding in judged(standing(number(), service=service()), sms_account())} == {"ok"}


def test_other_retry_settings_are_a_note() -> None:
    plain = Inbound(setup.without_rules(US.url), "POST", US.fallback, "POST")
    read = standing(number(plain))
    assert said(read, "problem") == []
    assert said(read, "note")[0] == f"{NUMBER}: texts go to the right address, with other retry settings."


@pytest.mark.parametrize(
    ("read", "problem"),
    [
        (standing(), "is not a number of this account"),
        (standing(number(sends_texts=False)), "can't text"),
        (standing(number(NOTHING)), "texts go to nowhere"),
        (standing(number(replace(US, url="https://other.example/sms"))), "texts go to https://other.example/sms"),
        (standing(number(replace(US, fallback=""))), "when that fails, to nowhere"),
        (standing(number(replace(US, method="GET"))), "not posted"),
        (standing(number(application="AP1")), "an app takes its texts"),
        (standing(number(), status="suspended"), "The account is suspended"),
        (standing(number(), service=service(NOTHING)), "Messaging service Interviews: texts go to nowhere"),
        (standing(number(), service=service(numbers=())), "has no numbers"),
        (standing(number(), service=service(numbers=(NUMBER, OTHER))), f"{OTHER} sends for"),
        (standing(number(), service=service(campaigns=())), "Not registered"),
        (standing(number(), service=service(campaigns=(Campaign("FAILED", ("No website.",)),))), "No website."),
    ],
)
def test_each_problem_is_said_with_what_to_do(read: Standing, problem: str) -> None:
    found: list[Finding] = [finding for finding in judged(read, sms_account()) if finding.level == "problem"]
    assert [finding for finding in found if problem in finding.what], found
    assert all(finding.mend for finding in found)


@pytest.mark.parametrize(
    ("read", "note"),
    [
        (standing(number()), "can't be told without a messaging service"),
        (standing(number(), kind="Trial"), "trial account"),
        (standing(number(), service=service(campaigns=(Campaign("IN_PROGRESS"),))), "is in progress"),
    ],
)
def test_what_works_but_should_be_known(read: Standing, note: str) -> None:
    assert [what for what in said(read, "note") if note in what]
    assert said(read, "problem") == []


def test_a_verified_campaign_counts_beside_a_failed_one() -> None:
    read = standing(number(), service=service(campaigns=(Campaign("FAILED"), Campaign("VERIFIED"))))
    assert said(read, "problem") == []


def test_a_toll_free_number_is_sent_to_the_console() -> None:
    """It needs another registration, and no campaign."""
    free = "+18885550100"
    read = standing(number(number=free), service=service(numbers=(free,), campaigns=()))
    assert said(read, "problem", numbers=(free,)) == []
    assert "verified can't be told" in said(read, "note", numbers=(free,))[0]


def test_numbers_abroad_need_no_us_registration() -> None:
    abroad = "+447700900123"
    read = standing(number(number=abroad))
    assert said(read, "note", numbers=(abroad,)) == []
