"""Delivery reports, append-only, as they came: also those of rows whose provider id we don't know yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from botapp.messages import DeliveryReport, DeliveryStatus, Failure, FailureKind
from botapp.state.tables import delivery_reports
from botapp.state.unit_of_work import UnitOfWork


def keep(uow: UnitOfWork, workspace_id: str, report: DeliveryReport, now: datetime) -> None:
    """Keep what the provider said, whatever becomes of it."""
    failure = report.failure
    uow.connection.execute(
        insert(delivery_reports).values(
            workspace_id=workspace_id,
            channel_account=report.channel_account,
            outbox_id=report.outbox_id,
            external_id=report.external_id,
            status=report.status.value,
            passed_on=report.passed_on,
            failure={"kind": failure.kind.value, "sentence": failure.sentence, "code": failure.code}
            if failure
            else None,
            at=now,
        )
    )


def of_external_id(uow: UnitOfWork, external_id: str) -> list[DeliveryReport]:
    """Account look-up: what was said about a message before we knew that it is ours, oldest first."""
    query = (
        select(
            delivery_reports.c.channel_account,
            delivery_reports.c.status,
            delivery_reports.c.external_id,
            delivery_reports.c.outbox_id,
            delivery_reports.c.failure,
            delivery_reports.c.passed_on,
        )
        .where(delivery_reports.c.external_id == external_id, delivery_reports.c.outbox_id == "")
        .order_by(delivery_reports.c.id)
    )
    return [
        DeliveryReport(account, DeliveryStatus(status), external, ours, _failure(failure), passed_on)
        for account, status, external, ours, failure, passed_on in uow.connection.execute(query)
    ]


def _failure(stored: Mapping[str, Any] | None) -> Failure | None:
    return Failure(FailureKind(stored["kind"]), stored["sentence"], stored["code"]) if stored else None
