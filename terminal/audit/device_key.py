"""The key of this device, as what it signs in its journal: hex in, hex out. Slow imports wait."""

from __future__ import annotations

import base64
import binascii
import logging

_log = logging.getLogger(__name__)


class DeviceKey:
    """``seed`` is the private key of the enrolment, 32 bytes in base64.

    One that is none signs nothing: the journal then says that it is not signed.
    """

    def __init__(self, seed: str = "") -> None:
        self._seed = seed

    def __repr__(self) -> str:
        return "DeviceKey()"

    def public(self) -> str:
        """The public half, 64 hex digits; empty without a key."""
        from terminal.sync.signing import public_half  # noqa: PLC0415 - a third of a second

        if not self._seed:
            return ""
        try:
            return base64.b64decode(public_half(self._seed)).hex()
        except (ValueError, binascii.Error):
            _log.warning("the key of this device is damaged: the journal is not signed")
            return ""

    def sign(self, text: bytes) -> str:
        """The signature, 128 hex digits; empty without a key."""
        from terminal.sync.signing import sign  # noqa: PLC0415 - see above

        return sign(self._seed, text) if self.public() else ""
