"""Programs of ours as processes: the emulated printer, the office. They end with their block."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_END_S = 10.0


def ui(name: str) -> list[str]:
    """A subcommand of ours."""
    return [sys.executable, "-m", "ui", name]


def printer(folder: Path, baud: int) -> list[str]:
    """An emulated printer at ``folder``/printer."""
    return [
        *(sys.executable, "-m", "hw_emulator", "posnet", "--baud", str(baud)),
        *("--pty", str(folder / "printer"), "--memory", str(folder / "memory.jsonl")),
        *("--control", str(folder / "control")),
    ]


def receipt_printer(folder: Path, baud: int) -> list[str]:
    """An emulated receipt printer at ``folder``/slips."""
    return [
        *(sys.executable, "-m", "hw_emulator", "escpos", "--baud", str(baud)),
        *("--pty", str(folder / "slips")),
    ]


@contextmanager
def serve(command: list[str], log: IO[str]) -> Iterator[str]:
    """Run a server; gives its ``ready`` line."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        assert line.startswith("ready"), f"{command} did not start: {line}"
        yield line
    finally:
        process.terminate()
        process.wait(_END_S)
