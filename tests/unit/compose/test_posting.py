"""Job pages to text: what a JobPosting states exactly, then the description; else the main text; else nothing."""

import json
from typing import Any

import pytest

from botapp.compose.posting import plain, posting_text

WORDS = "You pick orders by scanner and bring them to the dock. You keep the aisles clean and help with deliveries. "
JOB: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Night Warehouse Picker",
    "hiringOrganization": {"@type": "Organization", "name": "Harbour Foods"},
    "jobLocation": {"@type": "Place", "address": {"addressLocality": "Dayton", "addressRegion": "OH"}},
    "baseSalary": {"currency": "USD", "value": {"minValue": 20, "maxValue": 22.5, "unitText": "HOUR"}},
    "employmentType": ["FULL_TIME"],
    "validThrough": "2026-12-31T00:00:00Z",
    "description": f"<p>{WORDS}</p><ul><li>Forklift licence required</li><li>Nights, 10 pm to 6 am</li></ul>",
}


def page(job: Any, body: str = "<p>Menu</p>") -> str:
    return f'<html><head><script type="application/ld+json">{json.dumps(job)}</script></head><body>{body}</body></html>'


def test_what_a_posting_states_is_taken_exactly() -> None:
    text = posting_text(page(JOB))
    assert text.splitlines()[:6] == [
        "Night Warehouse Picker",
        "Company: Harbour Foods",
        "Location: Dayton, OH",
        "Pay: 20 to 22.50 USD per hour",
        "Employment type: full-time",
        "Apply by: 2026-12-31",
    ]
    assert "- Forklift licence required\n- Nights, 10 pm to 6 am" in text


@pytest.mark.parametrize("wrapped", [[JOB], {"@graph": [{"@type": "WebPage"}, JOB]}, {"mainEntity": JOB}])
def test_a_posting_is_found_wherever_it_is_put(wrapped: Any) -> None:
    assert posting_text(page(wrapped)).startswith("Night Warehouse Picker")


@pytest.mark.parametrize(
    "salary", [None, {}, {"value": {}}, {"value": {"minValue": 0}}, {"value": "competitive"}, {"value": {"value": "x"}}]
)
def test_no_pay_is_made_up(salary: Any) -> None:
    assert "Pay:" not in posting_text(page({**JOB, "baseSalary": salary}))


def test_a_page_without_a_posting_gives_its_main_text() -> None:
    body = f"<nav><a href=/>Home</a></nav><main><h1>Night Warehouse Picker</h1><p>{WORDS}</p><p>{WORDS}</p></main>"
    text = posting_text(page({"@type": "WebPage"}, body))
    assert "You pick orders by scanner" in text and "Home" not in text


@pytest.mark.parametrize("markup", ["", "<html></html>", "<html><body><p>Log in</p></body></html>", "\x00\x01", "{}"])
def test_a_page_with_nothing_to_read_gives_nothing(markup: str) -> None:
    assert posting_text(markup) == ""


@pytest.mark.parametrize(
    "script", ["{", "[[[[", "null", '"x"', "[1, null]", '{"@type": 5}', '{"@graph": {"@graph": 1}}']
)
def test_broken_data_in_a_page_breaks_nothing(script: str) -> None:
    markup = f'<script type="application/ld+json">{script}</script><main><p>{WORDS}</p><p>{WORDS}</p></main>'
    assert "scanner" in posting_text(f"<html><body>{markup}</body></html>")


def test_markup_escaped_twice_is_read() -> None:
    assert plain("&lt;p&gt;Nights&amp;nbsp;only&lt;/p&gt;&lt;li&gt;Lift 20 kg") == "Nights only\n\n- Lift 20 kg"
