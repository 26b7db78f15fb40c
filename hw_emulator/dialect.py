"""What a station has to know of a protocol and its device. Types only.

A printer that carries out commands one by one and answers them needs no thread of its own: it
brings a dialect, and the station brings queue, waiting, faults, power and the daily report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hw_emulator.posnet.device import Mechanism, Wait
    from hw_emulator.wire import Cutter

CommandT = TypeVar("CommandT")


class Reader(Protocol[CommandT]):
    """Commands out of bytes as they arrived, whole or not."""

    def feed(self, data: bytes, /) -> list[CommandT]:
        """Every command that ``data`` completes, also what is none but wants an answer."""


class Dialect(Protocol[CommandT]):
    """A protocol with one device behind it. Only one thread executes at a time.

    Answers are whole frames; an empty one is not sent.
    """

    queue_full: int
    buffer_full: int

    @property
    def cancelled(self) -> int:
        """Error number of a command that was given up with a key."""

    def cutter(self) -> Cutter:
        """For the line of one client, before anything went wrong."""

    def reader(self) -> Reader[CommandT]:
        """For the device's end of it."""

    def name(self, raw: bytes) -> str:
        """Mnemonic of a whole command as it was sent."""

    def is_immediate(self, command: CommandT) -> bool:
        """Whether it is carried out at once, past the queue."""

    def waits_for(self, command: CommandT, interface: int) -> Wait | None:
        """Why it cannot be carried out now."""

    def execute(self, command: CommandT, interface: int) -> bytes:
        """Carry it out; never raises."""

    def execute_now(self, command: CommandT) -> bytes:
        """Carry out an immediate one; never raises."""

    def refuse(self, command: CommandT, code: int) -> bytes:
        """The refusal of a command."""

    def frame_error(self, command: CommandT, code: int) -> bytes:
        """The answer to a frame that is found wrong, or that finds no room."""

    @property
    def mechanism(self) -> Mechanism:
        """State of the printing mechanism."""

    def set_mechanism(self, mechanism: Mechanism) -> None:
        """Paper out, cover open, ... or all well."""

    def set_waiting(self, wait: Wait | None) -> None:
        """What the device shows while a command waits."""

    def watch_queue(self, is_idle: Callable[[], bool]) -> None:
        """How the device learns whether commands are waiting."""

    def clock(self) -> datetime:
        """The device's clock."""

    def jump(self, seconds: int) -> None:
        """Let the clock jump."""

    def hold(self, interface: int) -> None:
        """Let an interface hold the transaction; 0 is nobody."""

    def make_own_report(self) -> bool:
        """The daily report nobody asked for; False when something is open and it has to wait."""

    def boot(self, *, ram_reset: bool) -> None:
        """As after power-on."""

    def end_document(self) -> None:
        """A command was carried out: if it ended a printout, the next one begins another."""
