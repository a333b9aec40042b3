"""The page that draws our Slack cards: in development, on this machine, for a member; with everything a card has."""

import pytest

from botapp.entrypoints.web.app import create_app
from botapp.pipeline.slack_preview import Preview
from tests.support.fake_services import FakeServices, FakeSettings
from tests.unit.channels.slack_renderers import HOME, drawn

SAID = "<script>alert(1)</script> <!channel>"


def page(*, here: bool = True, signed_in: bool = True, caller: str = "127.0.0.1") -> tuple[int, str]:
    services = FakeServices(settings=FakeSettings(in_development=here))
    services.previews = [
        Preview(f"p{number}", name, tuple(made["blocks"]), made if "type" in made else {})
        for number, (name, _, made) in enumerate(drawn(SAID))
    ]
    client = create_app(services).test_client()
    if signed_in:
        client.post("/signin/owner-link")
    answer = client.get("/dev/slack", environ_base={"REMOTE_ADDR": caller}, headers={"Host": "localhost:8000"})
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("asked", "status"), [({"here": False}, 404), ({"caller": "10.0.0.7"}, 404), ({"signed_in": False}, 401)]
)
def test_for_everybody_else_it_is_not_there(asked: dict[str, bool], status: int) -> None:
    assert page(**asked)[0] == status  # type: ignore[arg-type]


def test_every_card_is_drawn_and_nothing_in_it_does_anything() -> None:
    status, text = page()
    assert status == 200
    assert SAID not in text and "&lt;script&gt;" in text
    for shown in ("Publish", "Show details", "Full report", "Shortlist", "⋯", "Find an interviewer", "Reason"):
        assert shown in text
    assert text.count('class="shot"') == len(list(drawn(SAID)))
    assert any(kind == HOME for _, kind, _ in drawn(SAID))
