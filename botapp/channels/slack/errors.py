"""Slack's error names: what each means for us, and the sentence a recruiter reads.

Guarantees: every name, known or not, has a kind and a sentence. Names in `MAY_HAVE_HAPPENED` are Slack's own trouble,
after which the message may stand there all the same.
"""

from typing import Final

from botapp.messages import Failure, FailureKind

_CONFIGURATION, _CONTENT, _OTHER = FailureKind.CONFIGURATION, FailureKind.CONTENT, FailureKind.OTHER

MAY_HAVE_HAPPENED: Final = frozenset(
    {"fatal_error", "internal_error", "service_unavailable", "request_timeout", "rollup_error"}
)
SURELY_NOT: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"})
SIGNED_OUT: Final = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked", "not_installed"}
)

_GONE: Final = "This Slack channel is gone, or botapp can't see it. Please choose another one for the interviewer."
_ARCHIVED: Final = "This Slack channel is archived. Please choose another one for the interviewer."
_INVITE: Final = "botapp is not in this Slack channel. Please add it there: /invite @botapp."
_RECONNECT: Final = "Slack no longer accepts our access. Please connect Slack again in the settings."
_REMOVED: Final = "botapp was removed from this Slack workspace. Please add it again to get messages there."
_NOT_CONNECTED: Final = "Slack is not connected for this workspace. Please connect it in the settings."
_FORBIDDEN: Final = "This Slack workspace does not let botapp write there. Please ask its administrator."
_SCOPE: Final = "botapp lacks a permission in Slack. Please add it to Slack again to give it."
_LONG: Final = "This message was longer than Slack allows."
_SHAPE: Final = "Slack could not show this message. It stands in the console."
_NO_WORDS: Final = "This message had no words in it."
_NO_MESSAGE: Final = "The Slack message that was to be changed is no longer there."
_NO_USER: Final = "This person is not in Slack any more, or takes no messages from apps."
_UNKNOWN: Final = "Slack did not take this message. It stands in the console."

_TABLE: Final[dict[str, tuple[FailureKind, str]]] = {
    # The channel.
    "channel_not_found": (_CONFIGURATION, _GONE),
    "is_archived": (_CONFIGURATION, _ARCHIVED),
    "not_in_channel": (_CONFIGURATION, _INVITE),
    "channel_is_archived": (_CONFIGURATION, _ARCHIVED),
    "thread_not_found": (_CONFIGURATION, "This Slack thread is no longer there."),
    "cannot_reply_to_message": (_CONFIGURATION, "This Slack message can't be replied to."),
    "restricted_action": (_CONFIGURATION, _FORBIDDEN),
    "restricted_action_read_only_channel": (_CONFIGURATION, _FORBIDDEN),
    "restricted_action_thread_only_channel": (_CONFIGURATION, _FORBIDDEN),
    "restricted_action_thread_locked": (_CONFIGURATION, _FORBIDDEN),
    "restricted_action_non_threadable_channel": (_CONFIGURATION, _FORBIDDEN),
    "ekm_access_denied": (_CONFIGURATION, _FORBIDDEN),
    "access_denied": (_CONFIGURATION, _FORBIDDEN),
    # The person.
    "user_not_found": (FailureKind.UNUSABLE, _NO_USER),
    "user_disabled": (FailureKind.UNUSABLE, _NO_USER),
    "user_not_visible": (FailureKind.UNUSABLE, _NO_USER),
    "cannot_dm_bot": (FailureKind.UNUSABLE, _NO_USER),
    "messages_tab_disabled": (_CONFIGURATION, "botapp's Messages tab is switched off in Slack."),
    # Our access.
    "not_installed": (_CONFIGURATION, _NOT_CONNECTED),
    "account_inactive": (_CONFIGURATION, _REMOVED),
    "token_revoked": (_CONFIGURATION, _REMOVED),
    "invalid_auth": (_CONFIGURATION, _RECONNECT),
    "not_authed": (_CONFIGURATION, _RECONNECT),
    "token_expired": (_CONFIGURATION, _RECONNECT),
    "org_login_required": (_CONFIGURATION, _RECONNECT),
    "two_factor_setup_required": (_CONFIGURATION, _RECONNECT),
    "not_allowed_token_type": (_CONFIGURATION, _RECONNECT),
    "missing_scope": (_CONFIGURATION, _SCOPE),
    "no_permission": (_CONFIGURATION, _SCOPE),
    # What it said.
    "msg_blocks_too_long": (_CONTENT, _LONG),
    "msg_too_long": (_CONTENT, _LONG),
    "too_many_blocks": (_CONTENT, _LONG),
    "no_text": (_CONTENT, _NO_WORDS),
    "invalid_blocks": (_CONTENT, _SHAPE),
    "invalid_blocks_format": (_CONTENT, _SHAPE),
    "invalid_arguments": (_CONTENT, _SHAPE),
    "invalid_metadata_format": (_CONTENT, _SHAPE),
    "metadata_too_large": (_CONTENT, _SHAPE),
    # A message to change.
    "message_not_found": (_OTHER, _NO_MESSAGE),
    "cant_update_message": (_OTHER, _NO_MESSAGE),
    "edit_window_closed": (_OTHER, "Slack no longer lets us change this message."),
    "duplicate_message_not_found": (_OTHER, _UNKNOWN),
}


def failure_of(code: str) -> Failure:
    """What a refusal means, and the sentence for it."""
    kind, sentence = _TABLE.get(code, (_OTHER, _UNKNOWN))
    return Failure(kind, sentence, code[:32])
