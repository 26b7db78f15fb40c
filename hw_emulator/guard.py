"""Faults of the line for devices that need no station: small ones, and those that answer at once.

A command is whatever one read of the line gives, and has no name: COMMAND is ``*``. What the device
sends of its own accord, such as a scanned code, is an answer to nobody and counts as one more.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hw_emulator.wire import Struck, Wire

if TYPE_CHECKING:
    from hw_emulator.faults import Faults
    from hw_emulator.later import Later
    from hw_emulator.lines import Connect, Send


class Reads:
    """A stream that falls into what each read gives."""

    def cut(self, data: bytes) -> list[bytes]:
        """All of it."""
        return [data]


class Current(threading.local):
    """What is wrong with the command this thread is bringing; None outside of one."""

    struck: Struck | None = None


def guard(connect: Connect, faults: Faults, later: Later) -> Connect:
    """``connect`` of a device, with faults between it and its clients."""

    def connect_guarded(send: Send, interface: int) -> Send:
        current = Current()

        def answer(data: bytes) -> None:
            struck = faults.strike("") if current.struck is None else current.struck
            wire.answer(data, struck)

        def deliver(_wire: Wire, data: bytes, struck: Struck) -> None:
            current.struck = struck
            try:
                feed(data)
            finally:
                current.struck = None

        wire = Wire(send, interface, faults, later, Reads(), lambda _raw: "", deliver)
        feed = connect(answer, interface)
        return wire.feed

    return connect_guarded
