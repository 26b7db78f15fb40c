"""The office's authority over technicians: its key in a file, and the certificates it gives.

The key never goes to the server: whoever runs these commands keeps it, and only its public half is
a setting of the shops.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backoffice import private_file
from backoffice.errors import BadSetting
from terminal.sync.wire import Certificate, Certified
from terminal.sync.wire.technician import CERTIFICATE_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from terminal.sync.wire import Scope

_HOUR_S = 3600


def make_authority(path: Path) -> str:
    """The public half of the authority's key in ``path``, which is made when there is none.

    Raises ``BadSetting`` for a file that holds no key, or that others may read.
    """
    return _public(_key(path, private_file.kept(path, _new)))


def certify(
    path: Path,
    name: str,
    public_key: str,
    scopes: Sequence[Scope],
    terminals: Sequence[str],
    issued: int,
    hours: int,
) -> str:
    """A certificate as a line of base64; raises ``BadSetting`` for what no till would take."""
    authority = _key(path, private_file.read(path))
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
        raise BadSetting(detail=str(error)) from None
    signed = Certified(body, authority.sign(CERTIFICATE_MARK + body))
    return base64.b64encode(msgspec.msgpack.encode(signed)).decode()


def _new() -> str:
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def _key(path: Path, text: str) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
    except ValueError:
        raise BadSetting(detail=f"{path} is no key") from None


def _public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()
