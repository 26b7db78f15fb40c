"""The tar that a till installs from: packs one, the same bytes each time, and reads one."""

from __future__ import annotations

import io
import os
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

import msgspec

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.sbom import sbom
from backoffice.releases.wheels import check_platform
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from backoffice.releases.wheels import Wheel

_SHOWN_MAX = 5


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a bundle; ``parts`` are what ``project`` needs, ``pip`` installs them."""

    project: Wheel
    parts: Sequence[Wheel]
    pip: Wheel
    counter: int
    min_from: str
    built_at: datetime


def pack(contents: Contents, folder: Path) -> Path:
    """Write the bundle of these contents into ``folder``."""
    wheels = (contents.project, *contents.parts, contents.pip)
    for wheel in wheels:
        check_platform(wheel)
    installed = sorted((contents.project, *contents.parts), key=lambda it: it.name)
    small = {
        wire.REQUIREMENTS: "".join(f"{it.pinned}\n" for it in installed).encode(),
        wire.SBOM: sbom(contents.project, contents.parts, contents.pip, contents.built_at),
    }
    hashes = {name: sha256(content).hexdigest() for name, content in small.items()}
    hashes |= {f"{wire.WHEELS}/{it.path.name}": it.sha256 for it in wheels}
    manifest = _manifest(contents, hashes)
    target = wire.target_of(wire.CHANNEL, manifest.version, manifest.platform)
    path = folder / Path(target).name
    folder.mkdir(parents=True, exist_ok=True)
    small = {wire.MANIFEST: msgspec.json.encode(manifest, order="sorted"), **small}
    files = {f"{wire.WHEELS}/{it.path.name}": it.path for it in wheels}
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as opened:
        part = Path(opened.name)
        try:
            _write(opened, small, files, int(contents.built_at.timestamp()))
            opened.flush()
            os.fsync(opened.fileno())
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    if path.stat().st_size > wire.BUNDLE_BYTES_MAX:
        raise ReleaseFault(detail=f"{path}: larger than {wire.BUNDLE_BYTES_MAX} bytes")
    return path


def read_bundle(path: Path) -> tuple[wire.Manifest, int]:
    """The manifest of a bundle, and what its wheels take once unpacked, in bytes.

    Raises ``ReleaseFault`` unless every file in it is as the manifest says and there is no other.
    """
    try:
        with tarfile.open(path, "r:") as opened:
            members = _members(opened, path)
            manifest = msgspec.json.decode(_content(opened, members[0]), type=wire.Manifest)
            found = {it.name: _sum(opened, it) for it in members[1:]}
            size = sum(_unpacked(opened, it) for it in members if it.name.endswith(".whl"))
    except (OSError, tarfile.TarError, zipfile.BadZipFile, msgspec.DecodeError) as error:
        raise ReleaseFault(detail=f"{path}: not a bundle: {error}") from None
    wrong = sorted({name for name, _ in found.items() ^ manifest.files.items()})
    if wrong or len(found) != len(members) - 1:
        detail = f"{path}: not what its manifest says: {', '.join(wrong[:_SHOWN_MAX])}"
        raise ReleaseFault(detail=detail)
    return manifest, size


def sbom_of(path: Path) -> bytes:
    """The list of parts in a bundle that was read before."""
    with tarfile.open(path, "r:") as opened:
        return _content(opened, opened.getmember(wire.SBOM))


def _manifest(contents: Contents, hashes: dict[str, str]) -> wire.Manifest:
    told = {
        "version": contents.project.version,
        "counter": contents.counter,
        "min_from": contents.min_from,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": wire.platform_here(),
        "files": hashes,
        "built_at": contents.built_at.isoformat(),
    }
    try:
        return msgspec.convert(told, wire.Manifest)
    except msgspec.ValidationError as error:
        raise ReleaseFault(detail=f"no till would take this bundle: {error}") from None


def _write(
    opened: IO[bytes], small: dict[str, bytes], files: dict[str, Path], moment_s: int
) -> None:
    """The manifest first, the others by name; owners, modes and times say nothing."""
    with tarfile.open(fileobj=opened, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        order = sorted({**small, **files}, key=lambda name: (name != wire.MANIFEST, name))
        for name in order:
            member = tarfile.TarInfo(name)
            member.mtime, member.mode = moment_s, 0o644
            if name in small:
                member.size = len(small[name])
                tar.addfile(member, io.BytesIO(small[name]))
                continue
            member.size = files[name].stat().st_size
            with files[name].open("rb") as wheel:
                tar.addfile(member, wheel)


def _members(tar: tarfile.TarFile, path: Path) -> list[tarfile.TarInfo]:
    members: list[tarfile.TarInfo] = []
    for member in tar:
        if not member.isreg() or len(members) > wire.FILES_MAX:
            raise ReleaseFault(detail=f"{path}: {member.name}: regular files only, and not so many")
        members.append(member)
    if not members or members[0].name != wire.MANIFEST:
        raise ReleaseFault(detail=f"{path}: not a bundle: {wire.MANIFEST} must come first")
    return members


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = tar.extractfile(member)
    if opened is None or member.size > wire.MANIFEST_BYTES_MAX:
        raise ReleaseFault(detail=f"{member.name}: too large")
    return opened.read()


def _sum(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    opened = tar.extractfile(member)
    # The reader of a tar's member is whole enough for it, though its type does not say so.
    return file_digest(cast("io.BufferedReader", opened), "sha256").hexdigest()


def _unpacked(tar: tarfile.TarFile, member: tarfile.TarInfo) -> int:
    opened = tar.extractfile(member)
    with zipfile.ZipFile(cast("BinaryIO", opened)) as wheel:
        return sum(it.file_size for it in wheel.infolist())
