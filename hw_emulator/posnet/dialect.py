"""POSNET for the station: frames in, frames out, and the device behind them. No threads."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeAlias

from drivers.posnet.frame import TOO_LONG, Frame, Malformed, Scanner, encode
from hw_emulator.posnet.answers import SILENCE, frame_error
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.registry import State
from hw_emulator.posnet.reports import make_daily_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hw_emulator.posnet.device import Device, Mechanism, Wait

log = logging.getLogger(__name__)

NAME_MAX = 32

Command: TypeAlias = "Frame | Malformed"


class PosnetDialect:
    """``make`` builds the device as after power-on, given whether its RAM was lost.

    ``keeps_receipt`` is a printer whose RAM outlives a power cut: an open receipt stays open.
    """

    queue_full: int = Code.QUEUE_FULL
    buffer_full: int = TOO_LONG

    def __init__(
        self,
        make: Callable[[bool], Device],
        *,
        strict: bool = False,
        keeps_receipt: bool = False,
        ram_reset: bool = False,
    ) -> None:
        self._make = make
        self._strict, self._keeps_receipt = strict, keeps_receipt
        self._is_idle: Callable[[], bool] = lambda: True
        self.device = self._build(ram_reset=ram_reset)
        self._printouts = self.device.books.header_no

    def cutter(self) -> Scanner:
        """A scanner that cuts."""
        return Scanner()

    def reader(self) -> Scanner:
        """A scanner that reads."""
        return Scanner(strict=self._strict)

    def name(self, raw: bytes) -> str:
        """Mnemonic without ``!``; what is none at all has none."""
        found = raw[1:].partition(b"\t")[0].removeprefix(b"!")
        return found.decode("ascii")[:NAME_MAX] if found.isascii() and found.isalnum() else ""

    def is_immediate(self, command: Command) -> bool:
        """Whether it came with ``!``."""
        return isinstance(command, Frame) and command.immediate

    def waits_for(self, command: Command, interface: int) -> Wait | None:
        """A key or the mechanism."""
        return self.device.waits_for(command, interface)

    def execute(self, command: Command, interface: int) -> bytes:
        """Answer of a synchronous command; some have none."""
        answer = self.device.execute(command, interface)
        return b"" if answer is SILENCE else encode(answer)

    def execute_now(self, command: Command) -> bytes:
        """Answer of an immediate command."""
        return encode(self.device.execute_now(command)) if isinstance(command, Frame) else b""

    def refuse(self, command: Command, code: int) -> bytes:
        """``mnemonic ?code``."""
        return encode(Frame(command.mnemonic, (), command.token, code))

    def frame_error(self, command: Command, code: int) -> bytes:
        """``ERR ?code``."""
        return encode(frame_error(code, command.mnemonic, token=command.token))

    @property
    def cancelled(self) -> int:
        """Error number of what was given up at the keyboard."""
        return self.device.profile.cancelled_code

    @property
    def mechanism(self) -> Mechanism:
        """As ``sprn`` tells it."""
        return self.device.mechanism

    def set_mechanism(self, mechanism: Mechanism) -> None:
        """Change it."""
        self.device.mechanism = mechanism

    def set_waiting(self, wait: Wait | None) -> None:
        """As ``sdev`` tells it."""
        self.device.waiting = wait

    def watch_queue(self, is_idle: Callable[[], bool]) -> None:
        """As ``sdev`` tells it."""
        self._is_idle = self.device.is_idle = is_idle

    def clock(self) -> datetime:
        """As ``rtcget`` tells it."""
        return self.device.clock()

    def jump(self, seconds: int) -> None:
        """Let it jump."""
        self.device.jump(seconds)

    def hold(self, interface: int) -> None:
        """As if that interface had a transaction open."""
        self.device.held_by = interface

    def make_own_report(self) -> bool:
        """The daily report at midnight."""
        if self.device.state is not State.IDLE:
            log.debug("no daily report of its own yet: %s", self.device.state.name)
            return False
        try:
            make_daily_report(self.device)
        except Refused as refused:
            log.info("no daily report of its own: %s", refused.code)
        self.end_document()
        return True

    def boot(self, *, ram_reset: bool) -> None:
        """As after power-on; what somebody did to paper, cover, drawer and clock stays done."""
        if self._keeps_receipt and not ram_reset:
            self.device.waiting = None
            return
        self.device = self._build(self.device, ram_reset=ram_reset)
        self.end_document()

    def end_document(self) -> None:
        """Each printout has its number, and a receipt whose footer is still to come is not over."""
        books = self.device.books
        if books.header_no != self._printouts and not books.last.footer_pending:
            self._printouts = books.header_no
            self.device.paper.columns = self.device.width
            self.device.paper.end_document()

    def _build(self, before: Device | None = None, *, ram_reset: bool) -> Device:
        device = self._make(ram_reset)
        device.is_idle = self._is_idle
        if before:
            device.mechanism, device.drift = before.mechanism, before.drift
            device.paper_low, device.drawer_open = before.paper_low, before.drawer_open
            device.conditions, device.outside = before.conditions, before.outside
        return device
