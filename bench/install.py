"""An update into its slot, proven, sealed and on the disk, beside a bare venv of the same wheels.

The wheels are made of what is installed here, so that nothing is fetched; the project's own is
built from this checkout. Ours unpacks, builds, tests itself, seals, syncs and arms.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from functools import partial
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, distribution
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from backoffice.releases.build import moment_of, pip_of, project_wheel
from backoffice.releases.bundle import Contents, pack
from backoffice.releases.wheels import read_wheel
from bench.measure import Row, in_turn, middle, ratio, timed
from terminal.update.building import build, run
from terminal.update.bundle import read_manifest
from terminal.update.launcher import Boot, keep
from terminal.update.prepared import Prepared
from terminal.update.slots import Slots, Trade, slot_of

if TYPE_CHECKING:
    from bench.measure import Run

GOAL = 1.3
_ROOT = Path(__file__).parent.parent
_REQUIREMENTS = _ROOT / "deploy" / "requirements" / "run.txt"


def rows(run: Run) -> list[Row]:
    """One figure."""
    bundle, wheels = _bundle(run.folder / "release")
    numbers = count()
    rounds = run.some(5, 1)
    ours, bare = in_turn(
        rounds,
        lambda: _ours(run.folder / f"device{next(numbers)}", bundle),
        lambda: _bare(run.folder / f"venv{next(numbers)}", wheels),
    )
    manifest = read_manifest(bundle)
    return [
        Row(
            "update installed, tested, sealed, on the disk",
            middle(ours, 1.0, " s"),
            f"python -m venv, pip install --no-index {middle(bare, 1.0, ' s')}",
            ratio(ours, bare),
            GOAL,
            f"{rounds} in turn, {len(manifest.files) - 2} wheels",
        )
    ]


def _ours(prefix: Path, bundle: Path) -> float:
    """From the bundle to the armed slot."""
    slots, prepared = Slots(prefix), _prepared(bundle)
    prefix.mkdir()

    def try_out(slot: Path) -> None:
        run([str(slot / "venv" / "bin" / "python"), "-P", "-m", "ui", "selftest"])

    def install() -> None:
        slot = slots.install(prepared, Trade(partial(build, is_stopping=bool), try_out))
        keep(prefix, Boot(slot, "", 3))

    seconds = timed(install)
    assert slots.differences(slot_of(prepared)) == []
    return seconds


def _bare(venv: Path, wheels: Path) -> float:
    def install() -> None:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [venv / "bin" / "pip", "install", "--quiet", "--no-index", "--no-deps"]
        quiet = ["--disable-pip-version-check", "--find-links", wheels]
        names = wheels / "requirements.txt"
        subprocess.run([*pip, *quiet, "--requirement", names], check=True)

    seconds = timed(install)
    shutil.rmtree(venv)
    return seconds


def _prepared(bundle: Path) -> Prepared:
    manifest = read_manifest(bundle)
    with bundle.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Prepared(manifest.version, manifest.counter, "0.0", bundle, digest, bundle.name)


def _bundle(folder: Path) -> tuple[Path, Path]:
    """A bundle of this checkout, and the same wheels in a folder for pip."""
    house = folder / "wheels"
    house.mkdir(parents=True)
    names = re.findall(r"^([A-Za-z0-9._-]+)==", _REQUIREMENTS.read_text(), re.MULTILINE)
    parts = [read_wheel(path) for path in (_packed(name, house) for name in names) if path]
    moment = moment_of(_ROOT)
    built = folder / "built"
    built.mkdir()
    project = read_wheel(Path(shutil.copy(project_wheel(_ROOT, built, moment).path, house)))
    pip = pip_of([])
    bundle = pack(Contents(project, parts, pip, 1, "0.0", moment), folder)
    pinned = "".join(f"{it.name}=={it.version}\n" for it in (project, *parts))
    (house / "requirements.txt").write_text(pinned)
    return bundle, house


def _packed(name: str, folder: Path) -> Path | None:
    """The wheel of an installed package, made of its files."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    tags = re.findall(r"^Tag: (.+)$", found.read_text("WHEEL") or "", re.MULTILINE)
    # A name holds all of the tags at once: py2.py3-none-any.
    tag = "-".join(
        ".".join(sorted(set(part))) for part in zip(*(it.split("-") for it in tags), strict=True)
    )
    plain = re.sub(r"[-_.]+", "_", found.name)
    path = folder / f"{plain}-{found.version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in found.files or ():
            is_made = file.suffix == ".pyc" or file.name in {"INSTALLER", "REQUESTED"}
            if not is_made and not str(file).startswith(".."):
                wheel.write(found.locate_file(file), str(file))
    return path
