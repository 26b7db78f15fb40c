"""Verifies operators' PINs against the hashes that the back office made. Stores and logs nothing.

The form is ``$scrypt$ln=14,r=8,p=1$salt$hash`` with salt and hash in base64. A PIN of four digits
is weak behind any hash: the lock-out carries the security, the hash keeps PINs out of sight.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re

_FORM = re.compile(r"\$scrypt\$ln=14,r=8,p=1\$([A-Za-z0-9+/]+=*)\$([A-Za-z0-9+/]+=*)")
_HASH_MAX = 256
_PIN_MAX = 64
_N, _R, _P = 2**14, 8, 1
_SALT_BYTES = 16
_KEY_BYTES = 32
# scrypt needs 128 * n * r bytes; twice that leaves room for the library's own.
_MEMORY_MAX = 2 * 128 * _N * _R

# What a PIN is held against when there is no hash to hold it against; no PIN can match it.
_NOBODY = (bytes(_SALT_BYTES), b"")


def verify(pin: str, pin_hash: str) -> bool:
    """Whether ``pin`` belongs to ``pin_hash``; a malformed or missing hash never matches.

    Costs the same, one scrypt of 16 MiB, whether or not there is a hash: an unknown identifier
    must not answer sooner than a wrong PIN.
    """
    salt, expected = _read(pin_hash) or _NOBODY
    typed = pin[:_PIN_MAX].encode("utf-8", "replace")
    key = hashlib.scrypt(typed, salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY_MAX, dklen=_KEY_BYTES)
    return hmac.compare_digest(key, expected) and 0 < len(pin) <= _PIN_MAX


def _read(pin_hash: str) -> tuple[bytes, bytes] | None:
    """Salt and key of a hash, or None when it is not one of ours."""
    form = _FORM.fullmatch(pin_hash) if len(pin_hash) <= _HASH_MAX else None
    if form is None:
        return None
    try:
        salt, key = (_decode(part) for part in form.groups())
    except binascii.Error:
        return None
    return (salt, key) if len(salt) >= _SALT_BYTES and len(key) == _KEY_BYTES else None


def _decode(text: str) -> bytes:
    """Base64 with or without its padding: makers of such hashes differ."""
    bare = text.rstrip("=")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
