"""Our own numbers and services: which workspace each belongs to. Account look-ups: a webhook names them."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from botapp.state.tables import addresses, senders
from botapp.state.unit_of_work import UnitOfWork


def workspace_of(uow: UnitOfWork, scheme: str, account: str, sender: str) -> str | None:
    """Account look-up: whose sender this is, under this account of the provider. None: nobody's here."""
    query = select(senders.c.workspace_id).where(
        senders.c.scheme == scheme, senders.c.account == account, senders.c.sender == sender
    )
    found: str | None = uow.connection.execute(query).scalar_one_or_none()
    return found


def workspace_of_account(uow: UnitOfWork, scheme: str, account: str) -> str | None:
    """Account look-up: whose account of the provider this is."""
    query = select(senders.c.workspace_id).where(senders.c.scheme == scheme, senders.c.account == account).limit(1)
    found: str | None = uow.connection.execute(query).scalar_one_or_none()
    return found


def senders_of(uow: UnitOfWork, workspace_id: str, scheme: str) -> list[str]:
    """The workspace's senders, its own choice first."""
    query = (
        select(senders.c.sender)
        .where(senders.c.workspace_id == workspace_id, senders.c.scheme == scheme)
        .order_by(senders.c.position, senders.c.sender)
    )
    return list(uow.connection.execute(query).scalars())


def choose(uow: UnitOfWork, workspace_id: str, scheme: str, address: str) -> str:
    """The sender to write to `address` from: the one it wrote to last, else the workspace's first; "" when none.

    A service that stands first picks the number itself, for a person always the same.
    """
    ours = senders_of(uow, workspace_id, scheme)
    if ours and not ours[0].startswith("+"):
        return ours[0]
    query = select(addresses.c.heard_on).where(addresses.c.workspace_id == workspace_id, addresses.c.address == address)
    last = uow.connection.execute(query).scalar_one_or_none()
    return last if last in ours else next(iter(ours), "")


def replace(uow: UnitOfWork, workspace_id: str, scheme: str, account: str, ours: Sequence[str]) -> None:
    """What the settings say is what there is: numbers that are gone from them belong to nobody."""
    if senders_of(uow, workspace_id, scheme) == list(ours) and (
        not ours or workspace_of_account(uow, scheme, account) == workspace_id
    ):
        return
    uow.connection.execute(delete(senders).where(senders.c.workspace_id == workspace_id, senders.c.scheme == scheme))
    for position, sender in enumerate(ours):
        uow.connection.execute(
            insert(senders).values(
                workspace_id=workspace_id, scheme=scheme, account=account, sender=sender, position=position
            )
        )
