"""Chooses the wheels that a till needs: for this interpreter, of known hashes, and none besides."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from functools import cache
from hashlib import file_digest
from typing import TYPE_CHECKING

from packaging.requirements import InvalidRequirement, Requirement
from packaging.tags import Tag, sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from backoffice.releases.faults import ReleaseFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

METADATA_BYTES_MAX = 1024 * 1024
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel; ``needs`` are its requirements as written, ``unpacked`` its bytes on the disk."""

    path: Path
    name: str
    version: str
    tags: frozenset[Tag]
    sha256: str
    needs: tuple[str, ...]
    unpacked: int

    @property
    def pinned(self) -> str:
        """How a requirements file names it, and nothing but it."""
        return f"{self.name}=={self.version} --hash=sha256:{self.sha256}"


def read_wheel(path: Path) -> Wheel:
    """What a wheel says of itself; raises ``ReleaseFault`` for what is none."""
    try:
        name, version, _, tags = parse_wheel_filename(path.name)
        with zipfile.ZipFile(path) as opened:
            inside = [it for it in opened.infolist() if _is_metadata(it.filename)]
            if len(inside) != 1 or inside[0].file_size > METADATA_BYTES_MAX:
                raise ReleaseFault(detail=f"{path}: not a wheel: it has no METADATA")
            told = BytesHeaderParser().parsebytes(opened.read(inside[0]))
            unpacked = sum(it.file_size for it in opened.infolist())
        with path.open("rb") as read:
            sha256 = file_digest(read, "sha256").hexdigest()
    except (InvalidWheelFilename, zipfile.BadZipFile, OSError) as error:
        raise ReleaseFault(detail=f"{path}: not a wheel: {error}") from None
    needs = tuple(str(it) for it in told.get_all("Requires-Dist", []))
    return Wheel(path, str(name), str(version), tags, sha256, needs, unpacked)


def hashes_of(requirements: Path) -> dict[str, set[str]]:
    """Hashes that a requirements file allows, by name; a line without any is refused."""
    try:
        text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseFault(detail=f"{requirements}: cannot be read: {error}") from None
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        bare = line.partition(" #")[0].strip()
        if not bare or bare.startswith("#"):
            continue
        hashes = set(_HASH.findall(bare))
        if not hashes:
            raise ReleaseFault(detail=f"{requirements}: no hash for {bare!r}")
        try:
            name = Requirement(bare.partition("--hash")[0].strip()).name
        except InvalidRequirement as error:
            raise ReleaseFault(detail=f"{requirements}: {bare!r}: {error}") from None
        found.setdefault(canonicalize_name(name), set()).update(hashes)
    return found


def closure(
    project: Wheel, wheelhouse: Iterable[Wheel], hashes: Mapping[str, set[str]]
) -> list[Wheel]:
    """The wheels that ``project`` needs here, itself not among them, by name.

    Raises ``ReleaseFault`` for one that is missing, has a hash that nobody vouches for, does not
    satisfy a requirement or does not run on this machine.
    """
    at_hand: dict[str, list[Wheel]] = {}
    for wheel in wheelhouse:
        at_hand.setdefault(wheel.name, []).append(wheel)
    chosen: dict[str, Wheel] = {}
    seen: set[tuple[str, str]] = set()
    open_ends = [(project, "")]
    while open_ends:
        wheel, extra = open_ends.pop()
        for needed in _needs(wheel, extra):
            name = canonicalize_name(needed.name)
            if name not in chosen:
                chosen[name] = _choose(name, at_hand.get(name, []), hashes.get(name, set()))
            if not needed.specifier.contains(chosen[name].version, prereleases=True):
                detail = f"{wheel.name} needs {needed}, there is {chosen[name].version}"
                raise ReleaseFault(detail=detail)
            for each in ("", *sorted(needed.extras)):
                if (name, each) not in seen:
                    seen.add((name, each))
                    open_ends.append((chosen[name], each))
    return [chosen[name] for name in sorted(chosen)]


def check_platform(wheel: Wheel) -> None:
    """Raise ``ReleaseFault`` for a wheel that this interpreter could not install."""
    if not wheel.tags & _own_tags():
        tags = ", ".join(sorted(map(str, wheel.tags)))
        detail = f"{wheel.path.name}: wrong platform: it is for {tags}"
        raise ReleaseFault(detail=f"{detail}; build on a machine like the till, or fetch its wheel")


def _choose(name: str, wheels: list[Wheel], hashes: set[str]) -> Wheel:
    if not hashes:
        raise ReleaseFault(detail=f"{name}: needed, and the requirements have no hash for it")
    if not wheels:
        raise ReleaseFault(detail=f"{name}: needed, and the wheelhouse has no wheel of it")
    known = [it for it in wheels if it.sha256 in hashes]
    if not known:
        names = ", ".join(it.path.name for it in wheels)
        detail = f"{names}: its hash is not one of the requirements: damaged or not what was locked"
        raise ReleaseFault(detail=detail)
    fitting = [it for it in known if it.tags & _own_tags()]
    if not fitting:
        check_platform(known[0])
    best = _ranks()
    return min(fitting, key=lambda it: min(best[tag] for tag in it.tags if tag in best))


def _needs(wheel: Wheel, extra: str) -> list[Requirement]:
    try:
        needed = [Requirement(line) for line in wheel.needs]
    except InvalidRequirement as error:
        raise ReleaseFault(detail=f"{wheel.path.name}: {error}") from None
    return [it for it in needed if it.marker is None or it.marker.evaluate({"extra": extra})]


def _is_metadata(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return name == "METADATA" and folder.endswith(".dist-info") and "/" not in folder


@cache
def _ranks() -> dict[Tag, int]:
    return {tag: rank for rank, tag in enumerate(sys_tags())}


@cache
def _own_tags() -> frozenset[Tag]:
    return frozenset(_ranks())
