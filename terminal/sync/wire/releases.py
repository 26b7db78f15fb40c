"""Releases: what a bundle says of itself, and what the office answers a till about them. No I/O.

A bundle is one uncompressed tar: ``manifest.json``, ``requirements.txt`` with hashes, ``sbom.json``
and ``wheels/``, regular files only. That it is genuine says TUF, never the bundle itself.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from typing import Annotated

from msgspec import Meta, Struct

CHANNEL = "stable"
MANIFEST, REQUIREMENTS, SBOM, WHEELS = "manifest.json", "requirements.txt", "sbom.json", "wheels"

BUNDLE_BYTES_MAX = 512 * 1024 * 1024
UNPACKED_BYTES_MAX = 4 * BUNDLE_BYTES_MAX
MANIFEST_BYTES_MAX = 1024 * 1024
FILES_MAX = 1000
COUNTER_MAX = 2**31 - 1
ASSIGNMENT_BYTES_MAX = 64 * 1024
METADATA_BYTES_MAX = 4 * 1024 * 1024

_END = r"(?![\s\S])"  # $ would let a line feed follow
# Numbers only: two sides that order versions must never disagree which one is newer.
VERSION_PATTERN = r"^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){1,3}" + _END
PLATFORM_PATTERN = r"^[a-z0-9_]{2,16}-[a-z0-9_]{2,64}" + _END
CHANNEL_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,31}" + _END
# Below wheels/ or beside it, never above.
PATH_PATTERN = r"^(wheels/)?[A-Za-z0-9_][A-Za-z0-9_.+!-]{0,199}" + _END

Version = Annotated[str, Meta(pattern=VERSION_PATTERN)]
Counter = Annotated[int, Meta(ge=1, le=COUNTER_MAX)]
Platform = Annotated[str, Meta(pattern=PLATFORM_PATTERN)]
Python = Annotated[str, Meta(pattern=r"^3\.[0-9]{1,2}" + _END)]
Channel = Annotated[str, Meta(pattern=CHANNEL_PATTERN)]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}" + _END)]
Path = Annotated[str, Meta(pattern=PATH_PATTERN)]
Moment = Annotated[str, Meta(max_length=40)]


class Manifest(Struct, frozen=True):
    """What lies in a bundle: every file but ``manifest.json`` itself, with its SHA-256.

    ``counter`` grows with each release of a channel and is what forbids going back; ``min_from`` is
    the oldest version that may be followed by this one, "0.0" for any. ``python`` (``3.11``) and
    ``platform`` (as ``platform_here`` tells it) say where its wheels run.
    """

    version: Version
    counter: Counter
    min_from: Version
    python: Python
    platform: Platform
    files: Annotated[dict[Path, Sha256], Meta(max_length=FILES_MAX)]
    built_at: Moment


class ReleaseCustom(Struct, frozen=True):
    """What the signed metadata says of a bundle, known before a byte of it is fetched.

    ``size_unpacked`` is the sum of what its wheels unpack to, in bytes.
    """

    version: Version
    counter: Counter
    min_from: Version
    python: Python
    platform: Platform
    size_unpacked: Annotated[int, Meta(ge=0, le=UNPACKED_BYTES_MAX)] = 0


class AssignmentCustom(Struct, frozen=True):
    """What a signed assignment says of its one target besides length and hash.

    An assignment is TUF metadata of type ``targets``, signed for the delegated role
    ``assignments``; its version grows with each change of the roll-out and a till takes none older
    than the last one. The target must be the same in the releases' own metadata.

    ``counter`` below the till's floor is allowed only when ``may_go_back``; ``is_forced`` asks for
    an early day close.
    """

    terminal: str
    version: Version
    counter: Counter
    is_forced: bool = False
    may_go_back: bool = False


class ReleaseAnswer(Struct, frozen=True):
    """The program version the office wants this terminal to run; empty when it has no wish.

    A till asks with ``?platform=&channel=``; ``target`` is the TUF target for them, empty when the
    version is not published there. While ``is_paused`` nothing may be fetched or installed.
    ``assignment`` is the JSON of the signed assignment, empty from an office without the key.
    """

    version: str
    target: str = ""
    is_paused: bool = False
    is_forced: bool = False
    assignment: Annotated[str, Meta(max_length=ASSIGNMENT_BYTES_MAX)] = ""


def platform_here() -> str:
    """Interpreter and machine as bundles name them, such as ``cp311-linux_x86_64``."""
    major, minor = sys.version_info[:2]
    return f"cp{major}{minor}-{re.sub('[^a-z0-9]', '_', sysconfig.get_platform().lower())}"


def target_of(channel: str, version: str, platform: str) -> str:
    """The TUF target that is the bundle of a version."""
    return f"kasoterminal/{channel}/kasoterminal-{version}-{platform}.tar"


def version_key(version: str) -> tuple[int, ...]:
    """What orders versions; equal for those that differ in trailing zeros only."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
