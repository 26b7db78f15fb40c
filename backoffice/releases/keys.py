"""Key files: a private half in PEM for its holder alone, and a public half to pass on.

Ed25519. The private half may be locked with a passphrase; it never leaves its file.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from msgspec import Meta
from securesystemslib.signer import CryptoSigner, Key, SSlibKey

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.roles import DUTIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PRIVATE, PUBLIC = ".pem", ".pub.json"
# The name of a key travels with it, so that a ceremony speaks of people and not of hashes.
NAME = "x-name"
KEY_BYTES_MAX = 16 * 1024
_NAME = r"^(root|targets|releases|snapshot|timestamp|assignments)-[A-Za-z0-9_.]{1,40}(?!\n)$"


class PublicHalf(msgspec.Struct, frozen=True):
    """What a public file holds: the name of the key, and its 32 bytes in hex."""

    name: Annotated[str, Meta(pattern=_NAME)]
    public: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


def make_key(folder: Path, name: str, passphrase: str = "") -> Path:
    """Make a key called ``ROLE-WHOEVER`` and give its private file; none is ever overwritten."""
    if not re.search(_NAME, name):
        said = f"{name!r}: a key is called ROLE-NAME, such as root-anna; roles: {', '.join(DUTIES)}"
        raise ReleaseFault(detail=said)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    path = folder / f"{name}{PRIVATE}"
    _write_new(path, content, 0o600)
    half = PublicHalf(name, private.public_key().public_bytes_raw().hex())
    _write_new(folder / f"{name}{PUBLIC}", msgspec.json.encode(half) + b"\n", 0o644)
    return path


def public_keys(folders: Iterable[Path]) -> dict[str, list[Key]]:
    """The public halves below folders, by role; raises ``ReleaseFault`` for what is none."""
    found: dict[str, list[Key]] = {role: [] for role in DUTIES}
    for folder in folders:
        for path in sorted(folder.glob(f"*{PUBLIC}")):
            key = public_key(path)
            found[role_of(key)].append(key)
    return found


def public_key(path: Path) -> Key:
    """One public half, with its name."""
    try:
        told = msgspec.json.decode(_bytes(path), type=PublicHalf)
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told.public))
    except ValueError as error:  # msgspec's are of that kind too
        raise ReleaseFault(detail=f"{path}: not the public half of a key: {error}") from None
    key = SSlibKey.from_crypto(public)
    key.unrecognized_fields[NAME] = told.name
    return key


def signer(path: Path, ask: Callable[[Path], str] | None = None) -> CryptoSigner:
    """Whoever signs with a private file; ``ask`` gives the passphrase of one that is locked."""
    if not path.is_file():
        raise ReleaseFault(detail=f"{path}: there is no such key file")
    if path.stat().st_mode & 0o077:
        raise ReleaseFault(detail=f"{path}: others may read this key: chmod 600 {path}")
    content = _bytes(path)
    try:
        if b"BEGIN ENCRYPTED" in content:
            if ask is None:
                raise ReleaseFault(detail=f"{path}: the key is locked with a passphrase")
            private = load_pem_private_key(content, ask(path).encode())
        else:
            private = load_pem_private_key(content, None)
    except (ValueError, TypeError):
        raise ReleaseFault(detail=f"{path}: no private key in it, or a wrong passphrase") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise ReleaseFault(detail=f"{path}: not an Ed25519 key: make one with `release keys`")
    return CryptoSigner(private, SSlibKey.from_crypto(private.public_key()))


def online_signers(folder: Path, roles: Iterable[str]) -> list[CryptoSigner]:
    """The keys of ``roles`` that lie in a folder on the office's machine."""
    return [signer(path) for role in roles for path in sorted(folder.glob(f"{role}-*{PRIVATE}"))]


def role_of(key: Key) -> str:
    """The role that the name of a key says."""
    return name_of(key).partition("-")[0]


def name_of(key: Key) -> str:
    """The name of a key, or the start of its id when it has none."""
    return str(key.unrecognized_fields.get(NAME) or key.keyid[:12])


def _write_new(path: Path, content: bytes, mode: int) -> None:
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise ReleaseFault(detail=f"{path} is there already: keys are never overwritten") from None
    with os.fdopen(number, "wb") as opened:
        # Whatever the umask took away or the file system added.
        os.fchmod(opened.fileno(), mode)
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            content = opened.read(KEY_BYTES_MAX + 1)
    except OSError as error:
        raise ReleaseFault(detail=f"{path}: cannot be read: {error.strerror}") from None
    if len(content) > KEY_BYTES_MAX:
        raise ReleaseFault(detail=f"{path}: too large for a key")
    return content
