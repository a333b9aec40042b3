"""Says what there is to say when no question follows."""

from botapp.graphs.interview.state import InterviewState, InterviewUpdate
from botapp.messages import OutboundMessage, outbound_to_json


def say(state: InterviewState) -> InterviewUpdate:
    """The turn's lines as one message; nothing when there are none."""
    text = " ".join(state.get("lines", []))
    return {"replies": [outbound_to_json(OutboundMessage(text))]} if text else {}
