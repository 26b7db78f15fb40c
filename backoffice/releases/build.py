"""Builds a release out of a checkout: the project's own wheel, those it needs, the bundle.

The same checkout gives the same bytes: SOURCE_DATE_EPOCH stands for every time in them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backoffice.releases.bundle import Contents, pack
from backoffice.releases.faults import ReleaseFault
from backoffice.releases.wheels import Wheel, closure, hashes_of, read_wheel
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Sequence

REQUIREMENTS = Path("deploy/requirements/run.txt")
EPOCH = "SOURCE_DATE_EPOCH"
_PATIENCE_S = 900
_PART_MAX = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build; without ``wheelhouse`` the wheels are downloaded, each held to its hash."""

    source: Path
    folder: Path
    wheelhouse: Path | None = None
    requirements: Path | None = None
    counter: int = 0
    min_from: str = "0.0"


def build(plan: Plan) -> Path:
    """The bundle of a checkout; raises ``ReleaseFault``."""
    moment = moment_of(plan.source)
    requirements = plan.requirements or plan.source / REQUIREMENTS
    hashes = hashes_of(requirements)
    with tempfile.TemporaryDirectory() as made:
        project = project_wheel(plan.source, Path(made), moment)
        house = plan.wheelhouse or fetched(requirements, Path(made) / "wheelhouse")
        at_hand = [read_wheel(path) for path in sorted(house.glob("*.whl"))]
        contents = Contents(
            project,
            closure(project, [it for it in at_hand if it.name != project.name], hashes),
            pip_of(at_hand),
            plan.counter or counter_of(project.version),
            plan.min_from,
            moment,
        )
        return pack(contents, plan.folder)


def moment_of(source: Path) -> datetime:
    """The time that stands for all times: SOURCE_DATE_EPOCH, else that of the last commit."""
    told = os.environ.get(EPOCH) or _said(["git", "log", "-1", "--format=%ct"], source)
    try:
        return datetime.fromtimestamp(int(told), UTC)
    except (ValueError, OverflowError, OSError):
        raise ReleaseFault(detail=f"{EPOCH} is not a number of seconds: {told!r}") from None


def project_wheel(source: Path, folder: Path, moment: datetime) -> Wheel:
    """The wheel of the checkout, built by the tools that are installed here."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    _said(command, source, {EPOCH: str(int(moment.timestamp()))})
    built = list(folder.glob("*.whl"))
    if len(built) != 1:
        raise ReleaseFault(detail=f"{source}: one wheel expected, built {len(built)}")
    return read_wheel(built[0])


def fetched(requirements: Path, folder: Path) -> Path:
    """A wheelhouse with everything that the requirements name, each wheel of a hash they know."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "--dest", str(folder)]
    _said([*command, "--requirement", str(requirements.resolve())], folder.parent)
    return folder


def pip_of(at_hand: Sequence[Wheel]) -> Wheel:
    """Pip's own wheel: one from the wheelhouse, else the one that Python itself brings along."""
    for wheel in at_hand:
        if wheel.name == "pip":
            return wheel
    import ensurepip  # noqa: PLC0415 (a distribution may lack it, and then only this matters)

    places = [Path(ensurepip.__file__).parent / "_bundled", Path("/usr/share/python-wheels")]
    for path in (path for place in places for path in sorted(place.glob("pip-*.whl"))):
        return read_wheel(path)
    raise ReleaseFault(detail="no wheel of pip: put one into the wheelhouse")


def counter_of(version: str) -> int:
    """The counter of a version whose parts are below a thousand: 1.2.3 is 1002003."""
    parts = [*wire.version_key(version), 0, 0, 0][:3] if _is_plain(version) else []
    if not parts or max(parts) >= _PART_MAX or not any(parts):
        raise ReleaseFault(detail=f"no counter follows from version {version!r}: give --counter")
    major, minor, patch = parts
    return major * _PART_MAX**2 + minor * _PART_MAX + patch


def _is_plain(version: str) -> bool:
    numbers = version.split(".")
    return all(it.isdecimal() for it in numbers) and len(wire.version_key(version)) <= 3  # noqa: PLR2004


def _said(command: list[str], folder: Path, more: dict[str, str] | None = None) -> str:
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program, no shell)
            command,
            cwd=folder,
            env={**os.environ, **(more or {})},
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReleaseFault(detail=f"{command[0]} did not run: {error}") from None
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise ReleaseFault(detail=f"{' '.join(command[:4])} failed: {last}")
    return done.stdout.strip()
