"""One file with all that somebody far away needs to help: checks, log, configuration, tapes.

Nothing in it is a secret, and nothing in it is about a person: tax numbers, addresses of mail and
whatever looks like a key are blotted out, and neither databases nor the identity are in it.
"""

from __future__ import annotations

import io
import json
import os
import platform
import re
import sqlite3
import sys
import tarfile
from dataclasses import replace
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any

from terminal.device.doctor import as_data, as_lines
from terminal.gear.saved_tapes import NotATape, read_tape, saved_tapes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from terminal.device.check import Check, Scene

_LOG_BYTES_MAX = 5_000_000
_TAPES_MAX = 3
_BLOT = "***"
_PERSONAL = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(\.[\w-]+)+)"
    r"|(?<![\w-])(PL)?\d{3}-?\d{3}-?\d{2}-?\d{2}(?![\w-])|(?<![\w-])(PL)?\d{3}-?\d{2}-?\d{2}-?\d{3}(?![\w-])"
    r"|(?<!\w)(\d{11}|\d{26})(?!\w)"
)
_SECRET_VALUE = re.compile(
    r"""(?ix)( [\w."'-]* (?:pass|pin\b|secret|token|key|code|login) [\w"'-]* \s* [=:] \s* )
    (?: "[^"]*" | '[^']*' | [^\s"',}]+ )"""
)
_LOGIN_IN_URL = re.compile(r"(?<=://)[^\s/@]+@")
_RID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONG_KEY = re.compile(r"(?<![\w/+-])[\w/+-]{32,}={0,2}(?![\w/+-])")


def write(target: Path, scene: Scene, found: list[Check]) -> None:
    """Write the bundle; raises ``OSError``. Only its owner may read it."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as tar:
        for name, text in _parts(scene, found):
            content = text.encode("utf-8", "replace")
            member = tarfile.TarInfo(f"kasoterminal/{name}")
            member.size, member.mtime, member.mode = len(content), int(scene.now.timestamp()), 0o600
            tar.addfile(member, io.BytesIO(content))


def blotted(text: str) -> str:
    """``text`` without what is secret, or about a person."""
    text = _LOGIN_IN_URL.sub(f"{_BLOT}@", text)
    text = _SECRET_VALUE.sub(rf"\1{_BLOT}", text)
    text = _PERSONAL.sub(_BLOT, text)
    return _LONG_KEY.sub(_blot_key, text)


def told(scene: Scene, found: list[Check], bytes_max: int) -> tuple[str, str]:
    """The checks and the end of the log, at most so long each, for whoever gets no file."""
    shown = [blotted(line) for one in found for line in as_lines(one)]
    logs = sorted(scene.folder.glob("till.log*"), reverse=True) if scene.folder else []
    end = "".join(blotted(_end_of(log, bytes_max)) for log in logs)
    return _cut("\n".join(shown), bytes_max), _cut(end, bytes_max)


def _cut(text: str, bytes_max: int) -> str:
    """The end of ``text``; a letter that was cut in two is gone."""
    return text.encode()[-bytes_max:].decode(errors="ignore")


def _blot_key(found: re.Match[str]) -> str:
    """A path is as long, and so is the name of a document; neither is a secret."""
    return found[0] if found[0].startswith("/") or _RID.fullmatch(found[0]) else _BLOT


def _parts(scene: Scene, found: list[Check]) -> Iterator[tuple[str, str]]:
    shown = [replace(one, text=blotted(one.text), remedy=blotted(one.remedy)) for one in found]
    yield "checks.txt", "".join(f"{line}\n" for one in shown for line in as_lines(one))
    yield "checks.json", json.dumps(as_data(scene, shown), ensure_ascii=False, indent=1)
    yield "versions.json", json.dumps(_versions(), indent=1)
    if scene.path.is_file():
        yield "till.toml", blotted(scene.path.read_text(encoding="utf-8", errors="replace"))
    if scene.folder is None:
        return
    for log in sorted(scene.folder.glob("till.log*")):
        yield log.name, blotted(_end_of(log))
    for saved in saved_tapes(scene.folder)[:_TAPES_MAX]:
        try:
            tape = read_tape(saved.path).masked(words=True)
        except (OSError, NotATape):
            continue
        yield f"tapes/{saved.path.name}", "".join(tape.file_lines())


def _end_of(log: Path, bytes_max: int = _LOG_BYTES_MAX) -> str:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - bytes_max))
        return file.read().decode("utf-8", "replace")


def _versions() -> dict[str, Any]:
    return {
        "python": sys.version,
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "packages": sorted(f"{one.name} {one.version}" for one in distributions()),
    }
