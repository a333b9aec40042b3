"""What processes that run turns are given: graphs compiled, the engine chosen."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from botapp.bootstrap.shared import services
from botapp.channels.slack import SlackApi
from botapp.clock import Clock
from botapp.config import Settings
from botapp.llm import Language
from botapp.pipeline.fetch import Guard
from botapp.pipeline.model_use import cap_reached
from botapp.pipeline.services import Services
from botapp.pipeline.slack_worker import status_line
from botapp.policy.model_budget import Cap
from botapp.state.model_calls import DurableCalls
from botapp.turnstile import Turnstile

if TYPE_CHECKING:
    from botapp.pipeline.turn import TurnServices

STATUS_WITHIN = timedelta(seconds=2)


def worker_services(settings: Settings, clock: Clock | None = None) -> "TurnServices":
    """For processes that run turns: graphs compiled, the engine chosen. Importing them costs seconds."""
    os.environ["LANGSMITH_TRACING"] = "false"  # nothing about a conversation leaves this machine unasked
    from botapp.graphs.compose import graph as compose
    from botapp.graphs.frontdesk import graph as frontdesk
    from botapp.graphs.interview import graph as interview
    from botapp.pipeline.turn import LeaseKeeper, TurnServices

    shared, turnstile = services(settings, clock), Turnstile()
    return TurnServices(
        database=shared.database,
        wakeups=shared.wakeups,
        channels=shared.channels,
        clock=shared.clock,
        base_url=shared.base_url,
        terms=shared.terms,
        secrets=shared.secrets,
        signing_key=shared.signing_key,
        graphs={
            "interview": interview.build_interview_graph(),
            "compose": compose.build_compose_graph(),
            "frontdesk": frontdesk.build_frontdesk_graph(),
        },
        status_lines={
            "interview": interview.STATUS_LINES,
            "compose": compose.STATUS_LINES,
            "frontdesk": frontdesk.STATUS_LINES,
        },
        language_for=_language_maker(settings, shared, turnstile),
        shows_progress=bool(settings.llm_model),
        show_status=status_line(shared, SlackApi(settings.slack_base_url, STATUS_WITHIN)),
        leases=LeaseKeeper(shared),
        turnstile=turnstile,
        guard=Guard(loopback=True, ports=None) if settings.fetch_loopback and settings.in_development else Guard(),
    )


def _language_maker(settings: Settings, shared: Services, turnstile: Turnstile) -> Callable[[str, str], Language]:
    """Who answers language tasks in one conversation: rules, or a model with rules behind it."""
    from botapp.engines.rules import RulesLanguage

    rules = RulesLanguage()
    if not settings.llm_model:
        return lambda _workspace_id, _conversation_id: rules
    return _model_maker(settings, shared, rules, turnstile)


def _model_maker(
    settings: Settings, shared: Services, rules: Language, turnstile: Turnstile
) -> Callable[[str, str], Language]:
    from botapp.engines.fallback import FallbackLanguage
    from botapp.engines.openai import OPENAI_URL, ModelSettings, OpenAILanguage
    from botapp.engines.recorder import CallContext, Prices, Recorder

    model = OpenAILanguage(
        ModelSettings(
            model=settings.llm_model,
            base_url=settings.llm_base_url or OPENAI_URL,
            api_key=settings.llm_api_key.get_secret_value(),
            timeout_s=settings.llm_timeout,
        ),
        turnstile=turnstile,
    )
    model.load()
    prices = Prices(settings.llm_price_in, settings.llm_price_out)

    def language_for(workspace_id: str, conversation_id: str) -> Language:
        store = DurableCalls(shared.database, workspace_id, shared.now())
        recorder = Recorder(model, store, CallContext(conversation_id, prices))

        def cap(interview: bool) -> Cap:
            return cap_reached(shared, settings.model_caps, workspace_id, conversation_id if interview else "")

        return FallbackLanguage(recorder, rules, cap, settings.judge_passes)

    return language_for
