"""What the language model took so far, and which cap stops it. What has no cap is not counted."""

from botapp.pipeline.services import Services
from botapp.policy.model_budget import Cap, ModelCaps, ModelUse, reached
from botapp.state.model_calls import use_of, use_since


def use_today(services: Services, workspace_id: str) -> ModelUse:
    """What a workspace's model calls used since midnight (UTC)."""
    midnight = services.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return use_since(services.database, workspace_id, midnight)


def cap_reached(services: Services, caps: ModelCaps, workspace_id: str, interview: str = "") -> Cap:
    """`interview` is the conversation of one, or "" for composing."""
    today, here = ModelUse(), ModelUse()
    if caps.has_day:
        today = use_today(services, workspace_id)
    if interview and caps.interview_cost > 0:
        with services.database.reading() as uow:
            here = use_of(uow, workspace_id, interview)
    return reached(caps, today, here)
