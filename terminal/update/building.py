"""Builds the program of a bundle into a slot: a venv of its own, offline, by the bundle's own pip.

Each step is a process that the screen does not wait for. Nothing is fetched and nothing of the
running program is used but its interpreter.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from terminal.sync.wire.releases import REQUIREMENTS, WHEELS
from terminal.update.bundle import BadBundle

if TYPE_CHECKING:
    from collections.abc import Callable

_STEP_S = 900.0
_KEPT = {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "KASO_CONFIG"}
_SAID_BYTES = 400


class StepFailed(Exception):
    """A step of the building ended badly; the text is the last that it said."""


def build(slot: Path, bundle: Path, final: Path, is_stopping: Callable[[], bool]) -> None:
    """Make ``slot`` / venv out of an unpacked bundle; it will be renamed to ``final``.

    Raises ``StepFailed``, ``BadBundle`` when there is no pip in it.
    """
    venv = slot / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", str(venv)], is_stopping)
    python = venv / "bin" / "python"
    run(
        [
            *(str(python), "-I", f"{_pip(bundle / WHEELS)}/pip", "install"),
            *("--no-index", "--find-links", str(bundle / WHEELS)),
            *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
            *("--no-compile", "--no-cache-dir", "--no-input", "--disable-pip-version-check"),
            *("--quiet", "--requirement", str(bundle / REQUIREMENTS)),
        ],
        is_stopping,
    )
    _name_finally(venv / "bin", slot, final)
    places = ["-s", str(slot), "-p", str(final)]
    run([str(python), "-I", "-m", "compileall", "-qq", *places, str(venv / "lib")], is_stopping)


def run(command: list[str], is_stopping: Callable[[], bool] = lambda: False) -> str:
    """Run one step to its end; gives what it said. Raises ``StepFailed``.

    A till that is switched off does not wait for it.
    """
    environment = {name: value for name, value in os.environ.items() if name in _KEPT}
    # What pip and Python would take from the surroundings has no say in what is installed.
    environment |= {"PIP_CONFIG_FILE": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(  # noqa: S603 - paths of ours
        command,
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        said = _until_end(process, is_stopping)
    if process.returncode:
        words = " ".join(said[-_SAID_BYTES:].split())
        msg = f"{Path(command[0]).name} ended with {process.returncode}: {words}"
        raise StepFailed(msg)
    return said


def _until_end(process: subprocess.Popen[bytes], is_stopping: Callable[[], bool]) -> str:
    waited_s = 0.0
    while True:
        try:
            said, _ = process.communicate(timeout=1.0)
        except subprocess.TimeoutExpired:
            waited_s += 1.0
            if is_stopping() or waited_s > _STEP_S:
                process.kill()
        else:
            return said.decode(errors="replace")


def _pip(wheels: Path) -> Path:
    found = sorted(wheels.glob("pip-*.whl"))
    if len(found) != 1:
        msg = f"it has {len(found)} wheels of pip, not one"
        raise BadBundle(msg)
    return found[0]


def _name_finally(scripts: Path, built_in: Path, final: Path) -> None:
    """Scripts name their interpreter by its whole path, and that one is about to change."""
    was, will_be = str(built_in).encode(), str(final).encode()
    for script in scripts.iterdir():
        if script.is_file() and not script.is_symlink():
            text = script.read_bytes()
            if was in text:
                script.write_bytes(text.replace(was, will_be))
