"""What the provider says became of a message of ours, in our words. Pure; a status nobody knows says nothing."""

from botapp.channels.sms.errors import failure_of
from botapp.channels.sms.form import Form
from botapp.messages import DeliveryReport, DeliveryStatus, Failure, FailureKind

_CANCELED = Failure(FailureKind.OTHER, "This text was cancelled before it left.", "canceled")


def read_report(form: Form, *, account: str, outbox_id: str) -> DeliveryReport | None:
    """One status call, or None when it says nothing we can use."""
    external_id = form.first("MessageSid") or form.first("SmsSid")
    status = (form.first("MessageStatus") or form.first("SmsStatus")).strip().lower()

    def report(became: DeliveryStatus, failure: Failure | None = None, passed_on: bool = False) -> DeliveryReport:
        return DeliveryReport(account, became, external_id[:64], outbox_id, failure, passed_on)

    match status:
        case "queued" | "accepted" | "scheduled" | "sending":
            return report(DeliveryStatus.SENT)
        case "sent":
            return report(DeliveryStatus.SENT, passed_on=True)
        case "delivered" | "read":
            return report(DeliveryStatus.DELIVERED, passed_on=True)
        case "undelivered" | "failed":
            return report(DeliveryStatus.FAILED, failure_of(form.first("ErrorCode")))
        case "canceled":
            return report(DeliveryStatus.FAILED, _CANCELED)
        case _:
            return None
