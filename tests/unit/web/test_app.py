"""What holds for every page: headers, weight, errors without a trace, health."""

import re

import pytest
from flask.testing import FlaskClient

from tests.support.fake_services import FakeServices

WEIGHT_LIMIT = 60_000


def _size(client: FlaskClient, path: str) -> int:
    with client.get(path) as answer:
        return len(answer.data)


@pytest.mark.parametrize("path", ["/", "/i/warehouse-associate", "/i/x", "/c/x", "/console", "/healthz", "/nothing"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    """Nothing is loaded from elsewhere, framed, sniffed or told to other sites."""
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self';" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/i/warehouse-associate", "/console/interviewers/i1", "/console/interviews/v1"])
def test_a_page_weighs_little(owner: FlaskClient, path: str) -> None:
    """A page and all it loads stay under 60 kB, and it loads nothing from elsewhere."""
    page = owner.get(path).text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(page.encode()) + sum(_size(owner, f) for f in files) < WEIGHT_LIMIT
    assert not re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="(?:https?:)?//', page)


def test_chat_page_weighs_little(client: FlaskClient, token: str) -> None:
    """The candidate's page too; its script is at most 25 kB."""
    page = client.get(f"/c/{token}").text
    sizes = {f: _size(client, f) for f in re.findall(r'(?:href|src)="(/static/[^"]+)"', page)}
    assert len(page.encode()) + sum(sizes.values()) < WEIGHT_LIMIT
    assert max(size for f, size in sizes.items() if "chat.js" in f) <= 25_000


def test_the_unforeseen_has_a_reference_and_no_trace(services: FakeServices, client: FlaskClient) -> None:
    """A defect of ours: what was kept, what to do, a reference, and not a word of code."""

    def broken(slug: str) -> None:
        raise RuntimeError(f"secret detail {slug}")

    services.public_interviewer = broken  # type: ignore[assignment,method-assign]
    answer = client.get("/i/anything")
    assert answer.status_code == 500
    assert re.search(r"Reference: <code>[0-9a-f]{8}</code>", answer.text)
    assert "secret detail" not in answer.text and "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "code"), [("GET", "/nope", 404), ("DELETE", "/", 405), ("PUT", "/i/x", 405)]
)
def test_errors_of_http_are_pages(client: FlaskClient, method: str, path: str, code: int) -> None:
    """Never a bare code."""
    answer = client.open(path, method=method)
    assert answer.status_code == code
    assert "Reference:" in answer.text


def test_health_and_readiness(services: FakeServices, client: FlaskClient) -> None:
    """Up is up; ready only when every check is ok, and it says which is not."""
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").status_code == 200
    services.checks["redis"] = "Redis does not answer. Polling goes on without it."
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert "does not answer" in answer.json["checks"]["redis"]
