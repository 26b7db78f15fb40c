"""The office's authority over technicians: its key in a file, and the certificates it gives.

The key never goes to the server: whoever runs these commands keeps it, and only its public half is
a setting of the shops.
"""

from __future__ import annotations

import base64
import os
import stat
from typing import TYPE_CHECKING

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from terminal.sync.wire import Certificate, Certified
from terminal.sync.wire.technician import CERTIFICATE_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from terminal.sync.wire import Scope

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_HOUR_S = 3600


class BadKey(Exception):
    """A key cannot be used; the text says why."""


def make_authority(path: Path) -> str:
    """The public half of the authority's key in ``path``, which is made when there is none."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _public(_loaded(path))
    key = Ed25519PrivateKey.generate()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(key.private_bytes_raw()).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return _public(key)


def certify(
    path: Path,
    name: str,
    public_key: str,
    scopes: Sequence[Scope],
    terminals: Sequence[str],
    issued: int,
    hours: int,
) -> str:
    """A certificate as a line of base64; raises ``BadKey`` for what no till would take."""
    authority = _loaded(path)
    try:
        told = Certificate(
            name,
            base64.b64decode(public_key, validate=True),
            list(scopes),
            list(terminals),
            issued,
            issued + hours * _HOUR_S,
        )
        body = msgspec.msgpack.encode(told)
        msgspec.msgpack.decode(body, type=Certificate)
    except ValueError as error:
        raise BadKey(str(error)) from None
    signed = Certified(body, authority.sign(CERTIFICATE_MARK + body))
    return base64.b64encode(msgspec.msgpack.encode(signed)).decode()


def _loaded(path: Path) -> Ed25519PrivateKey:
    if path.stat().st_mode & _OTHERS:
        msg = f"{path} may be read by others: chmod 600 it"
        raise BadKey(msg)
    try:
        raw = base64.b64decode(path.read_text(encoding="ascii").strip(), validate=True)
        return Ed25519PrivateKey.from_private_bytes(raw)
    except ValueError:
        msg = f"{path} is no key"
        raise BadKey(msg) from None


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()
