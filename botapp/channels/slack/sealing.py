"""Tokens at rest: sealed before they are stored, opened with any of the keys, sealed anew with the first.

Guarantees: what is stored can't be read or changed without a key. A key that is no key stops the start, in a sentence.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from botapp.errors import Permanent


class Sealer:
    """`keys`: Fernet keys, the one in use first, older ones after it while rows are still sealed with them."""

    def __init__(self, keys: Sequence[str], signing_key: str) -> None:
        from cryptography.fernet import Fernet, MultiFernet

        try:
            made = [Fernet(key) for key in keys] or [Fernet(_derived(signing_key))]
        except ValueError as error:
            raise Permanent(
                "BOTAPP_TOKEN_KEYS must be Fernet keys with commas between. Make one with: botapp slack key."
            ) from error
        self._box: Any = MultiFernet(made)

    def seal(self, text: str) -> str:
        sealed: bytes = self._box.encrypt(text.encode())
        return sealed.decode()

    def open(self, sealed: str) -> str:
        """The text.

        Raises:
            Permanent: it was sealed with a key we no longer have, or changed.
        """
        from cryptography.fernet import InvalidToken

        try:
            text: bytes = self._box.decrypt(sealed.encode())
        except InvalidToken as error:
            raise Permanent(
                "Slack's token was sealed with a key that is gone. Please connect Slack again, or bring back the key."
            ) from error
        return text.decode()

    def again(self, sealed: str) -> str:
        """Sealed with the first key, whichever it was sealed with."""
        return self.seal(self.open(sealed))


def keys_in(setting: str) -> list[str]:
    """The keys of BOTAPP_TOKEN_KEYS."""
    return [key.strip() for key in setting.split(",") if key.strip()]


def new_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def _derived(signing_key: str) -> bytes:
    """A key of its own from the signing key: a cookie never opens a token."""
    if not signing_key:
        raise Permanent("There is no key to seal Slack's tokens with. Please set BOTAPP_SECRET_KEY.")
    digest = hmac.new(signing_key.encode(), b"botapp slack tokens", hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest)
