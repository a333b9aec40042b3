"""The channel of text messages. Everything that knows the provider's words is in this package."""

from botapp.channels.sms.account import SmsAccount, fallback_url, status_url, webhook_url
from botapp.channels.sms.channel import Sms
from botapp.channels.sms.errors import failure_of

__all__ = ["Sms", "SmsAccount", "failure_of", "fallback_url", "status_url", "webhook_url"]
