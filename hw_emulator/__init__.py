"""The counter full of devices, without the counter: emulated printers on PTY and TCP.

Tests start one with ``start_posnet`` or ``start_escpos`` and read a fiscal memory with
``read_memory``; people use ``python -m hw_emulator``.
"""

from __future__ import annotations

from hw_emulator.host import RunningEscPos, RunningPosnet, start_escpos, start_posnet
from hw_emulator.posnet.device import Mechanism
from hw_emulator.posnet.memory import MemoryView, read_memory

__all__ = [
    "Mechanism",
    "MemoryView",
    "RunningEscPos",
    "RunningPosnet",
    "read_memory",
    "start_escpos",
    "start_posnet",
]
