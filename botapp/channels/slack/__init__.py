"""The channel of Slack. Everything that knows the provider's words is in this package.

Importing it is light: the vendor's library is loaded when a call is verified, a message is drawn or the API is called.
"""

from botapp.channels.slack.api import SlackApi
from botapp.channels.slack.channel import Slack
from botapp.channels.slack.errors import failure_of

__all__ = ["Slack", "SlackApi", "failure_of"]
