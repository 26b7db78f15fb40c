"""The counter full of devices, without the counter: emulated printers on PTY and TCP.

Tests start one with ``start_posnet``, ``start_novitus`` or ``start_escpos`` and read a fiscal
memory with ``read_memory``; people use ``python -m hw_emulator``.
"""

from __future__ import annotations

from hw_emulator.host import (
    RunningEscPos,
    RunningNovitus,
    RunningPosnet,
    start_escpos,
    start_novitus,
    start_posnet,
)
from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.memory import MemoryView, read_memory

__all__ = [
    "Mechanism",
    "MemoryView",
    "RunningEscPos",
    "RunningNovitus",
    "RunningPosnet",
    "read_memory",
    "start_escpos",
    "start_novitus",
    "start_posnet",
]
