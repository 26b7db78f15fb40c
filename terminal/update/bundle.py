"""Reads and unpacks a bundle as if an enemy had made it, although it is proven by then.

A bundle is an uncompressed tar in the plainest form (ustar) of regular files whose names are those
of a bundle: whatever else a tar can hold, links, devices, extended headers, is refused by its type.
Nothing is written before the manifest is read, and nothing stays whose hash is not in it.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from terminal.sync.wire.releases import (
    BUNDLE_BYTES_MAX,
    FILES_MAX,
    MANIFEST,
    MANIFEST_BYTES_MAX,
    PATH_PATTERN,
    REQUIREMENTS,
    UNPACKED_BYTES_MAX,
    WHEELS,
    Manifest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK = 512
_CHUNK = 256 * 1024
_MAGIC = b"ustar\x0000"
_REGULAR = (b"0", b"\x00")
_NAME = re.compile(PATH_PATTERN)
_OCTAL = re.compile(rb"[0-7]{1,11}[ \x00]*")
_IN_WHEEL_MAX = 20_000


class BadBundle(Exception):
    """The file is no bundle of ours; the text says what is wrong with it, and where."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a bundle, and where its bytes lie."""

    name: str
    offset: int
    size: int


def read_manifest(path: Path) -> Manifest:
    """What a bundle says of itself. Raises ``BadBundle``, ``OSError``."""
    with path.open("rb") as file:
        return _manifest(file, _members(file))


def unpack(path: Path, folder: Path) -> Manifest:
    """Put the files of a bundle into ``folder``, which is made; gives what it says of itself.

    Raises ``BadBundle`` when anything is not as the manifest says, ``OSError`` when the disk is
    full; what has been written by then is left for the caller to clear away.
    """
    with path.open("rb") as file:
        members = _members(file)
        manifest = _manifest(file, members)
        folder.mkdir()
        (folder / WHEELS).mkdir()
        for name, digest in manifest.files.items():
            _write(file, members[name], folder / name, digest)
    _weigh(folder / WHEELS)
    return manifest


def _members(file: BinaryIO) -> dict[str, Member]:
    """All files by their names; the content is passed over."""
    length = file.seek(0, os.SEEK_END)
    if length > BUNDLE_BYTES_MAX:
        msg = f"it has {length} bytes, more than {BUNDLE_BYTES_MAX}"
        raise BadBundle(msg)
    members: dict[str, Member] = {}
    for member in _headers(file, length):
        if member.name in members:
            msg = f"{member.name} is in it twice"
            raise BadBundle(msg)
        members[member.name] = member
        if len(members) > FILES_MAX:
            msg = f"it has more than {FILES_MAX} files"
            raise BadBundle(msg)
    return members


def _headers(file: BinaryIO, length: int) -> Iterator[Member]:
    offset = 0
    while True:
        file.seek(offset)
        header = file.read(_BLOCK)
        if header == bytes(_BLOCK):
            return
        member = _header(header, offset)
        offset = member.offset + -(-member.size // _BLOCK) * _BLOCK
        if offset > length:
            msg = f"{member.name} is cut off"
            raise BadBundle(msg)
        yield member


def _header(header: bytes, offset: int) -> Member:
    """One header of the form that POSIX calls ustar, of a regular file."""
    if len(header) < _BLOCK or header[257:265] != _MAGIC:
        msg = f"there is no ustar header at byte {offset}"
        raise BadBundle(msg)
    blank = header[:148] + b" " * 8 + header[156:]
    if _number(header[148:156], offset) != sum(blank):
        msg = f"the header at byte {offset} is damaged"
        raise BadBundle(msg)
    before, name = (_text(header[at:to]) for at, to in ((345, 500), (0, 100)))
    whole = f"{before}/{name}" if before else name
    if header[156:157] not in _REGULAR or not _NAME.match(whole) or whole == WHEELS:
        msg = f"{whole!r:.100} is no file that a bundle holds"
        raise BadBundle(msg)
    return Member(whole, offset + _BLOCK, _number(header[124:136], offset))


def _text(field: bytes) -> str:
    return field.split(b"\x00", 1)[0].decode("ascii", "replace")


def _number(field: bytes, offset: int) -> int:
    if not _OCTAL.fullmatch(field):
        msg = f"the header at byte {offset} holds no number where one belongs"
        raise BadBundle(msg)
    return int(field.rstrip(b" \x00"), 8)


def _manifest(file: BinaryIO, members: dict[str, Member]) -> Manifest:
    """What the bundle says of itself; it names each of the other files, and no more."""
    found = members.get(MANIFEST)
    if found is None or found.size > MANIFEST_BYTES_MAX:
        msg = f"it has no {MANIFEST}, or one that is too big"
        raise BadBundle(msg)
    file.seek(found.offset)
    try:
        manifest = msgspec.json.decode(file.read(found.size), type=Manifest)
    except (ValueError, RecursionError) as error:
        msg = f"{MANIFEST}: {error}"
        raise BadBundle(msg) from error
    named, there = set(manifest.files), set(members) - {MANIFEST}
    if named != there or REQUIREMENTS not in named:
        odd = sorted(named ^ there) or [REQUIREMENTS]
        msg = f"manifest and files do not agree: {', '.join(odd)[:200]}"
        raise BadBundle(msg)
    return manifest


def _write(file: BinaryIO, member: Member, target: Path, digest: str) -> None:
    file.seek(member.offset)
    found, left = hashlib.sha256(), member.size
    with target.open("xb") as out:
        while left:
            data = file.read(min(_CHUNK, left))
            if not data:
                msg = f"{member.name} is cut off"
                raise BadBundle(msg)
            found.update(data)
            out.write(data)
            left -= len(data)
    if found.hexdigest() != digest:
        msg = f"{member.name} is not what the manifest says"
        raise BadBundle(msg)


def _weigh(wheels: Path) -> None:
    """A small archive may unpack to a full disk: all of them together have a limit."""
    size = count = 0
    for wheel in sorted(wheels.iterdir()):
        try:
            with zipfile.ZipFile(wheel) as archive:
                inside = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            msg = f"{wheel.name}: {error}"
            raise BadBundle(msg) from error
        size += sum(one.file_size for one in inside)
        count += len(inside)
        if size > UNPACKED_BYTES_MAX or count > _IN_WHEEL_MAX:
            msg = f"{wheel.name}: the wheels unpack to too much ({size} bytes, {count} files)"
            raise BadBundle(msg)
