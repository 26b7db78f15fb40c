"""Hashes of operators' PINs, as the tills check them. Who has which role lies in the data sets."""

from __future__ import annotations

import base64
import hashlib
import secrets

SALT_BYTES = 16
HASH_BYTES = 32
LN = 14
BLOCKS = 8
LANES = 1
_MEMORY_MAX = 64 * 1024 * 1024


def hash_pin(pin: str) -> str:
    """``$scrypt$ln=14,r=8,p=1$salt$hash`` of a PIN, both parts in base64; about 50 ms."""
    salt = secrets.token_bytes(SALT_BYTES)
    digest = hashlib.scrypt(
        pin.encode(), salt=salt, n=2**LN, r=BLOCKS, p=LANES, maxmem=_MEMORY_MAX, dklen=HASH_BYTES
    )
    coded = (base64.b64encode(part).decode() for part in (salt, digest))
    return f"$scrypt$ln={LN},r={BLOCKS},p={LANES}$" + "$".join(coded)
