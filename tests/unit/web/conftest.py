"""The pages over the fakes, with a test client for each kind of person."""

import pytest
from flask.testing import FlaskClient

from botapp.entrypoints.web.app import create_app
from tests.support.fake_services import FakeServices


@pytest.fixture
def services() -> FakeServices:
    return FakeServices(delay=0.02)


@pytest.fixture
def client(services: FakeServices) -> FlaskClient:
    return create_app(services).test_client()


@pytest.fixture
def owner(client: FlaskClient) -> FlaskClient:
    client.post("/signin/owner-link")
    return client


@pytest.fixture
def csrf(owner: FlaskClient) -> str:
    with owner.session_transaction() as session:
        return str(session["csrf"])


@pytest.fixture
def token(services: FakeServices) -> str:
    return services.start_interview(slug="warehouse-associate", name="Maria Santos", contact="maria@example.com")
