"""Links to stages that are done on a page. The link itself is the proof: whose run, which stage, and a signature.

Nothing is stored for a link. It can't be guessed or altered, and leads to one stage of one interview, for ever.
"""

import base64
import binascii
import hmac
import uuid
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from botapp.pipeline.services import Services
from botapp.screening.interviewer import HAS_A_PAGE, Interviewer, StageKind

_ID_BYTES, _PROOF_BYTES = 16, 16
_LETTERS = 44  # of 33 bytes: interview, place of the stage, proof


def stage_links(services: Services, interview_id: str, interviewer: Interviewer) -> Mapping[str, str]:
    """The address of every page of this run, by stage id."""
    return {
        stage.id: f"{services.base_url}/s/{link_token(services.signing_key(), interview_id, place)}"
        for place, stage in enumerate(interviewer.stages)
        if stage.enabled and stage.kind in HAS_A_PAGE
    }


def wanted_resume(key: str, interview_id: str, interviewer: Interviewer, memory: Mapping[str, Any]) -> str:
    """The token of the resume stage that this run waits at, by what its conversation remembers; "" when at none."""
    stages = memory.get("stages", {})
    for place, stage in enumerate(interviewer.stages):
        known = stages.get(stage.id, {})
        wanted = stage.enabled and known.get("announced") and not known.get("done")
        if stage.kind is StageKind.RESUME and wanted and memory.get("status") in ("in_progress", "paused"):
            return link_token(key, interview_id, place)
    return ""


def link_token(key: str, interview_id: str, place: int) -> str:
    """What stands in the link to the stage at `place` (from 0) of an interview."""
    named = uuid.UUID(interview_id).bytes + bytes([place])
    return base64.urlsafe_b64encode(named + _proof(key, named)).decode()


def read_token(key: str, token: str) -> tuple[str, int] | None:
    """(interview id, place of the stage), or None when this is no link of ours."""
    if len(token) != _LETTERS or not token.isascii():
        return None
    try:
        raw = base64.b64decode(token, altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    named, proof = raw[:-_PROOF_BYTES], raw[-_PROOF_BYTES:]
    if not hmac.compare_digest(proof, _proof(key, named)):
        return None
    return str(uuid.UUID(bytes=named[:_ID_BYTES])), named[_ID_BYTES]


def _proof(key: str, named: bytes) -> bytes:
    return hmac.digest(key.encode(), b"stage link\x00" + named, sha256)[:_PROOF_BYTES]
