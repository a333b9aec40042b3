"""Candidates and the addresses that are theirs. An address is one person's at a time; a number may change hands."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, or_, select, update

from botapp.state.prepared import Prepared
from botapp.state.tables import addresses, candidate_addresses, candidates, conversation_addresses, interviews
from botapp.state.unit_of_work import UnitOfWork

_ZONE_RANK = {"": 0, "place": 1, "words": 2}


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    id: str
    name: str
    contact: str
    zone: str  # IANA name, "" while unknown


def address_of(contact: str) -> str:
    """The address a contact stands for: an e-mail address or an E.164 number."""
    return f"mailto:{contact}" if "@" in contact else f"tel:{contact}"


def contact_of(address: str) -> str:
    """The inverse of `address_of`."""
    return address.partition(":")[2]


_CANDIDATE = select(candidates.c.id, candidates.c.name, candidates.c.contact, candidates.c.zone)
_GET = Prepared(_CANDIDATE.where(candidates.c.id == bindparam("which")))
_BY_CONTACT = Prepared(
    _CANDIDATE.where(candidates.c.workspace_id == bindparam("workspace"), candidates.c.contact == bindparam("contact"))
)
_HOLDER = Prepared(
    select(candidate_addresses.c.candidate_id, candidate_addresses.c.left_at).where(
        candidate_addresses.c.workspace_id == bindparam("workspace"),
        candidate_addresses.c.address == bindparam("which"),
    )
)


def get(uow: UnitOfWork, candidate_id: str) -> StoredCandidate:
    """By id (account look-up: the id came from a scoped row)."""
    row = _GET.row(uow, {"which": candidate_id})
    assert row is not None
    return StoredCandidate(*row)


def at_address(uow: UnitOfWork, workspace_id: str, address: str) -> StoredCandidate | None:
    """Whose address this is now; None when nobody's, or when it has left the person who had it."""
    held = _HOLDER.row(uow, {"workspace": workspace_id, "which": address})
    if held is not None:
        return None if held[1] else get(uow, held[0])
    row = _BY_CONTACT.row(uow, {"workspace": workspace_id, "contact": contact_of(address)})
    return StoredCandidate(*row) if row else None


_ADD = Prepared(insert(candidates), *("id", "workspace_id", "name", "contact", "zone", "zone_from", "created_at"))


def add(uow: UnitOfWork, *, id: str, workspace_id: str, name: str, contact: str, now: datetime) -> StoredCandidate:
    """A new person. A contact that is another candidate's is a Conflict."""
    _ADD.run(
        uow,
        {
            "id": id,
            "workspace_id": workspace_id,
            "name": name,
            "contact": contact,
            "zone": "",
            "zone_from": "",
            "created_at": now,
        },
    )
    return StoredCandidate(id, name, contact, "")


def set_name(uow: UnitOfWork, candidate_id: str, name: str) -> None:
    uow.connection.execute(update(candidates).where(candidates.c.id == candidate_id).values(name=name))


def set_zone(uow: UnitOfWork, candidate_id: str, zone: str, source: str) -> bool:
    """Where the person is: their own words beat a guess by place. False: something better is known."""
    known = uow.connection.execute(select(candidates.c.zone_from).where(candidates.c.id == candidate_id)).scalar_one()
    if _ZONE_RANK[known] > _ZONE_RANK[source]:
        return False
    uow.connection.execute(
        update(candidates).where(candidates.c.id == candidate_id).values(zone=zone, zone_from=source)
    )
    return True


_ZONE = Prepared(
    select(candidates.c.zone)
    .join(candidate_addresses, candidate_addresses.c.candidate_id == candidates.c.id)
    .where(
        candidate_addresses.c.workspace_id == bindparam("workspace"),
        candidate_addresses.c.address == bindparam("which"),
        candidate_addresses.c.left_at.is_(None),
    )
)


def zone_of_address(uow: UnitOfWork, workspace_id: str, address: str) -> str:
    """The IANA zone of whoever has this address, "" while unknown."""
    row = _ZONE.row(uow, {"workspace": workspace_id, "which": address})
    return row[0] if row else ""


_TAKE_OVER = Prepared(
    update(candidate_addresses)
    .where(
        candidate_addresses.c.workspace_id == bindparam("workspace"),
        candidate_addresses.c.address == bindparam("which"),
    )
    .values(
        candidate_id=bindparam("candidate"),
        added_at=bindparam("now", type_=candidate_addresses.c.added_at.type),
        left_at=None,
    )
)
_ADD_ADDRESS = Prepared(insert(candidate_addresses), *("workspace_id", "address", "candidate_id", "added_at"))


def add_address(uow: UnitOfWork, workspace_id: str, address: str, candidate_id: str, now: datetime) -> None:
    """This address is theirs from now on (the caller has seen that it is nobody else's)."""
    held = _HOLDER.row(uow, {"workspace": workspace_id, "which": address})
    if held is not None and held[0] == candidate_id and held[1] is None:
        return
    values = {"workspace": workspace_id, "which": address, "candidate": candidate_id, "now": now}
    if held is not None:
        _TAKE_OVER.run(uow, values)
        return
    _ADD_ADDRESS.run(
        uow, {"workspace_id": workspace_id, "address": address, "candidate_id": candidate_id, "added_at": now}
    )


def addresses_of(uow: UnitOfWork, workspace_id: str, candidate_id: str) -> list[str]:
    """The addresses that are theirs now."""
    query = (
        select(candidate_addresses.c.address)
        .where(
            candidate_addresses.c.workspace_id == workspace_id,
            candidate_addresses.c.candidate_id == candidate_id,
            candidate_addresses.c.left_at.is_(None),
        )
        .order_by(candidate_addresses.c.added_at)
    )
    return list(uow.connection.execute(query).scalars())


def leave_address(uow: UnitOfWork, workspace_id: str, address: str, candidate_id: str, now: datetime) -> None:
    """The number has changed hands: no more this person's, nor their contact, and their threads leave it.

    Interviews keep their answers; whoever has the number now starts with the front desk.
    """
    add_address(uow, workspace_id, address, candidate_id, now)
    uow.connection.execute(
        update(candidate_addresses)
        .where(candidate_addresses.c.workspace_id == workspace_id, candidate_addresses.c.address == address)
        .values(left_at=now)
    )
    _free_contact(uow, workspace_id, address, candidate_id, now)
    theirs = select(interviews.c.conversation_id).where(
        interviews.c.workspace_id == workspace_id, interviews.c.candidate_id == candidate_id
    )
    uow.connection.execute(
        update(conversation_addresses)
        .where(
            conversation_addresses.c.workspace_id == workspace_id,
            conversation_addresses.c.address == address,
            conversation_addresses.c.conversation_id.in_(theirs),
        )
        .values(open=False)
    )


def _free_contact(uow: UnitOfWork, workspace_id: str, address: str, candidate_id: str, now: datetime) -> None:
    """A contact is one candidate's: the next owner of the number needs it."""
    contact = contact_of(address)
    query = select(candidates.c.id).where(candidates.c.id == candidate_id, candidates.c.contact == contact)
    if uow.connection.execute(query).one_or_none() is None:
        return
    others = [a for a in addresses_of(uow, workspace_id, candidate_id) if a != address]
    past = f"{contact} (until {now.day} {now:%B %Y})"
    like = select(func.count()).where(candidates.c.workspace_id == workspace_id, candidates.c.contact.like(f"{past}%"))
    same_day = uow.connection.execute(like).scalar_one()
    new = contact_of(others[0]) if others else f"{past} {same_day + 1}" if same_day else past
    if others and _BY_CONTACT.row(uow, {"workspace": workspace_id, "contact": new}):
        new = past
    uow.connection.execute(update(candidates).where(candidates.c.id == candidate_id).values(contact=new))


_IS_OVER = (
    select(interviews.c.id)
    .where(
        interviews.c.conversation_id == conversation_addresses.c.conversation_id,
        or_(*(interviews.c.status == over for over in ("completed", "ended", "expired"))),
    )
    .exists()
)
_FINISHED_LEAVE = Prepared(
    update(conversation_addresses)
    .where(
        conversation_addresses.c.address == bindparam("which"),
        conversation_addresses.c.workspace_id == bindparam("workspace"),
        conversation_addresses.c.open,
        _IS_OVER,
    )
    .values(open=False)
)


def finished_leave(uow: UnitOfWork, workspace_id: str, address: str) -> None:
    """Something new begins at this address: interviews that are over leave it, so that an answer has one meaning."""
    _FINISHED_LEAVE.run(uow, {"workspace": workspace_id, "which": address})


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether an address can be written to at all."""

    opted_out_at: datetime | None = None
    unusable: str = ""


_REACH = Prepared(
    select(addresses.c.opted_out_at, addresses.c.unusable).where(
        addresses.c.workspace_id == bindparam("workspace"), addresses.c.address == bindparam("which")
    )
)


def reach(uow: UnitOfWork, workspace_id: str, address: str) -> Reach:
    """What an opt-out and earlier failures say about an address; the send gate asks again when something leaves."""
    row = _REACH.row(uow, {"workspace": workspace_id, "which": address})
    return Reach(*row) if row else Reach()
