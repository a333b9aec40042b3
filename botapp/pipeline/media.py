"""Files that came with a message: fetched from the provider once, by a worker, and kept as they are.

Nothing is read or opened here. A file that can't be had is kept as a row with the reason, so that a person sees it.
"""

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from botapp.errors import Permanent
from botapp.pipeline.attachments import kind_of
from botapp.pipeline.services import Services, derived_id
from botapp.state import attachments
from botapp.state.attachments import Attachment
from botapp.state.tasks import Task

MAX_FILES = 20


@runtime_checkable
class FetchesMedia(Protocol):
    """A channel whose files lie with the provider.

    Raises:
        Retryable: not now. Permanent: never, with the reason.
    """

    def fetch_media(self, url: str) -> tuple[bytes, str]: ...


def keep_media(services: Services, task: Task) -> dict[str, Any]:
    """The files of one message; each is kept once however often this runs.

    Raises:
        Retryable: the provider can't be reached now; what was fetched is kept.
    """
    inbox_id = str(task.payload["inbox_id"])
    channel = services.channel_for(str(task.payload["address"]))
    problems, documents = 0, []
    for number, media in enumerate(list(task.payload["media"])[:MAX_FILES]):
        id = derived_id("attachment", inbox_id, number)
        with services.database.reading() as uow:
            known = attachments.problem_of(uow, id)
        if known is None:
            kept = _fetched(channel, media)
            known = kept.problem
            with services.database.writing() as uow:
                attachments.keep(
                    uow, id=id, workspace_id=task.workspace_id, inbox_id=inbox_id, file=kept, now=services.now()
                )
            if not known and may_be_read(kept):
                documents.append(id)
        problems += bool(known)
    return {"files": len(task.payload["media"]), "problems": problems, "documents": documents}


def may_be_read(file: Attachment) -> bool:
    """Whether it is something with words in it, by its first bytes: a resume may come as a message, a photo may not."""
    return file.content is not None and kind_of(file.content, file.name, file.content_type) in ("pdf", "docx", "text")


def _fetched(channel: object, media: Mapping[str, str]) -> Attachment:
    url, claimed = str(media.get("url", "")), str(media.get("type", ""))
    name = str(media.get("name", ""))
    if not isinstance(channel, FetchesMedia):
        return Attachment(name, claimed, url, None, "This channel can't fetch files.")
    try:
        content, content_type = channel.fetch_media(url)
    except Permanent as error:
        return Attachment(name, claimed, url, None, str(error))
    return Attachment(name, content_type or claimed, url, content, "")
