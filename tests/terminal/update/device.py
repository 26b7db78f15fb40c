"""A device to install on: tiny bundles, slots with a few files, and a program that is a script."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING

from terminal.sync.wire.releases import platform_here
from terminal.update.launcher import Boot, keep
from terminal.update.prepared import Prepared
from terminal.update.slots import Slots, Trade

if TYPE_CHECKING:
    from pathlib import Path

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
OLD, NEW = "0.1.0", "0.2.0"


def wheel(version: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(zipfile.ZipInfo("program.py"), f"version = {version!r}\n")
    return held.getvalue()


def contents(version: str, counter: int, /, **changes: object) -> dict[str, bytes]:
    """The files of a bundle, the manifest first."""
    files = {
        "requirements.txt": f"kasoterminal=={version}\n".encode(),
        "sbom.json": b"{}",
        "wheels/kasoterminal.whl": wheel(version),
    }
    manifest = {
        "version": version,
        "counter": counter,
        "min_from": "0.0",
        "python": HERE,
        "platform": platform_here(),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "built_at": "2026-11-26T10:00:00Z",
    }
    return {"manifest.json": json.dumps(manifest | changes).encode(), **files}


def tar(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as out:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return path


def prepared(folder: Path, version: str, counter: int, /, **changes: object) -> Prepared:
    """A bundle on the disk, and what is noted of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = tar(folder / f"kasoterminal-{version}.tar", contents(version, counter, **changes))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Prepared(version, counter, "0.0", path, digest, f"kasoterminal/stable/{path.name}")


def build(slot: Path, bundle: Path, _final: Path, is_stopping: object = None) -> None:
    """Instead of a venv: a script that is started, and what it is made of."""
    with zipfile.ZipFile(bundle / "wheels" / "kasoterminal.whl") as archive:
        program = archive.read("program.py")
    (slot / "venv" / "bin").mkdir(parents=True)
    (slot / "venv" / "lib").mkdir()
    (slot / "venv" / "lib" / "program.py").write_bytes(program)
    (slot / "venv" / "lib" / "big").write_bytes(program * 200)
    (slot / "venv" / "bin" / "python").symlink_to(sys.executable)


TRADE = Trade(build, lambda _slot: None)


def device(folder: Path) -> Slots:
    """A device on which the old version is installed and confirmed."""
    prefix = folder / "prefix"
    prefix.mkdir(parents=True)
    slots = Slots(prefix)
    slot = slots.install(prepared(folder / "first", OLD, 1), TRADE)
    keep(prefix, Boot(slot, slot, floor=1))
    return slots
