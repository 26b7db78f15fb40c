"""A shop scale: a pan with a load, and three protocols that tell of it. No lines.

``hand`` does to it what happens in a shop: goods come and go, the pan swings, somebody leans on it,
the scale is switched off or slow, the line spoils a byte. Each protocol is written from its own
description, not from the driver.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CAPACITY_MILLI = 15_000
DIVISION_MILLI = 5
PROTOCOLS = ("cas", "toledo", "elzab")
_ENQ, _ACK, _NAK, _DC1, _DC2 = b"\x05", b"\x06", b"\x15", b"\x11", b"\x12"
_ELZAB_ASKS = b"\x1bM\x03"
_ELZAB_KINDS = (0x62, 0x72, 0x82)
_PENDING_MAX = 64
# What a hand may change, as words of the control socket.
SETTINGS: tuple[tuple[str, str, type], ...] = (
    ("load_milli", "put so many thousandths of a kilogram on the pan", int),
    ("tare_milli", "take so much off what is shown", int),
    ("swing_milli", "let the pan swing by so much; 0 makes it steady", int),
    ("drift_milli", "let each look add so much", int),
    ("is_silent", "answer nothing", bool),
    ("is_garbled", "spoil a byte of each answer", bool),
    ("is_lazy", "tell a weight once, then only that nothing changed", bool),
    ("delay_s", "answer so much later", float),
)


@dataclass(slots=True)
class Pan:
    """What lies on the scale, in thousandths; ``swing_milli`` makes it unsteady."""

    load_milli: int = 0
    tare_milli: int = 0
    zero_milli: int = 0
    swing_milli: int = 0
    drift_milli: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311

    @property
    def is_steady(self) -> bool:
        """Whether nothing moves."""
        return not self.swing_milli

    @property
    def gross_milli(self) -> int:
        """What the cell feels now, to the division."""
        swing = self.dice.randint(-self.swing_milli, self.swing_milli) if self.swing_milli else 0
        felt = self.load_milli - self.zero_milli + swing
        self.load_milli += self.drift_milli
        return round(felt / DIVISION_MILLI) * DIVISION_MILLI

    def press_zero(self) -> bool:
        """Make this the zero; only near it, and only when nothing moves."""
        is_near = abs(self.load_milli - self.zero_milli) <= CAPACITY_MILLI // 50
        if self.is_steady and is_near and not self.tare_milli:
            self.zero_milli = self.load_milli
            return True
        return False

    def press_tare(self) -> bool:
        """Take what lies there off everything that follows."""
        load_milli = self.load_milli - self.zero_milli
        if self.is_steady and 0 < load_milli <= CAPACITY_MILLI:
            self.tare_milli = load_milli
            return True
        return False


@dataclass(slots=True)
class Scale:
    """One scale speaking ``protocol``; any number of clients.

    ``is_silent``, ``delay_s``, ``is_garbled`` spoil its answers; ``is_lazy`` tells a weight once
    and then only that nothing has changed, as some scales of the 8217 protocol do.
    """

    protocol: str = "cas"
    pan: Pan = field(default_factory=Pan)
    is_silent: bool = False
    is_garbled: bool = False
    is_lazy: bool = False
    delay_s: float = 0.0
    asked: int = 0
    _told_milli: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        if self.protocol not in PROTOCOLS:
            msg = f"{self.protocol!r} is none of the protocols {', '.join(PROTOCOLS)}"
            raise ValueError(msg)

    def start(self) -> None:
        """Nothing to start: whoever brings bytes is answered."""

    def stop(self) -> None:
        """Nothing to stop."""

    def connect(self, send: Callable[[bytes], None], _interface: int) -> Callable[[bytes], None]:
        """Take a client; give the function that takes its bytes."""
        pending = bytearray()

        def feed(data: bytes) -> None:
            for byte in data:
                pending.append(byte)
                del pending[:-_PENDING_MAX]
                with self._lock:
                    answer = self._answer(pending)
                if answer:
                    pending.clear()
                    self._send(send, answer)

        return feed

    def hand(self, **changes: float) -> None:
        """Change the pan or the scale while it works; raises ValueError for no such setting."""
        kinds = {name: kind for name, _, kind in SETTINGS}
        with self._lock:
            for name, value in changes.items():
                if name not in kinds:
                    msg = f"a scale has no {name}"
                    raise ValueError(msg)
                setattr(self.pan if hasattr(self.pan, name) else self, name, kinds[name](value))

    def _send(self, send: Callable[[bytes], None], answer: bytes) -> None:
        self.asked += 1
        if self.is_silent:
            return
        if self.delay_s:
            time.sleep(self.delay_s)
        if self.is_garbled:
            place = self.pan.dice.randrange(len(answer))
            answer = answer[:place] + bytes([answer[place] ^ 0x41]) + answer[place + 1 :]
        send(answer)

    def _answer(self, pending: bytearray) -> bytes:
        return {"cas": self._cas, "toledo": self._toledo, "elzab": self._elzab}[self.protocol](
            bytes(pending)
        )

    def _cas(self, asked: bytes) -> bytes:
        if asked.endswith(_ENQ):
            return _ACK
        if not asked.endswith((_DC1, _DC2)):
            return b""
        gross = self.pan.gross_milli
        net = gross - self.pan.tare_milli
        status = b"S" if self.pan.is_steady else b"U"
        if gross > CAPACITY_MILLI:
            body = status + b"FFFFFFFkg"
        else:
            sign = b"-" if net < 0 else b" "
            body = status + sign + f"{abs(net) // 1000:02}.{abs(net) % 1000:03}kg".encode()
        return b"\x01" + _cas_block(body) + b"\x04"

    def _toledo(self, asked: bytes) -> bytes:
        gross = self.pan.gross_milli
        if asked.endswith(b"Z"):
            self.pan.press_zero()
            return self._toledo_status(self.pan.gross_milli)
        if asked.endswith(b"T"):
            self.pan.press_tare()
            return self._toledo_status(gross)
        if not asked.endswith(b"W"):
            return b""
        net = gross - self.pan.tare_milli
        is_told = self.is_lazy and self._told_milli == net
        if not self.pan.is_steady or net < 0 or gross > CAPACITY_MILLI or is_told:
            return self._toledo_status(gross)
        self._told_milli = net
        mark = b"N" if self.pan.tare_milli else b""
        return b"\x02" + f"{net // 1000:02}.{net % 1000:03}".encode() + mark + b"\r"

    def _toledo_status(self, gross: int) -> bytes:
        pan = self.pan
        bits = (
            (not pan.is_steady, 0x01),
            (gross > CAPACITY_MILLI, 0x02),
            (gross - pan.tare_milli < 0, 0x04),
            (gross == 0, 0x10),
            (pan.tare_milli > 0, 0x20),
        )
        status = 0x40 + sum(bit for is_set, bit in bits if is_set)
        return b"\x02?" + bytes([status]) + b"\r"

    def _elzab(self, asked: bytes) -> bytes:
        if not (asked.endswith(b"\n") and asked[-5:-2] == _ELZAB_ASKS):
            return b""
        if asked[-2] not in _ELZAB_KINDS:
            return b""
        net = self.pan.gross_milli - self.pan.tare_milli
        if net > CAPACITY_MILLI:
            return b""  # an overloaded scale says so on its own display only
        status = b"S" if self.pan.is_steady else b"U"
        sign = b"-" if net < 0 else b" "
        number = f"{abs(net) // 1000:2}.{abs(net) % 1000:03}".encode()
        return b"\x1b" + status + sign + number + b"\r\n"


def _cas_block(body: bytes) -> bytes:
    check = 0
    for byte in body:
        check ^= byte
    return b"\x02" + body + bytes([check]) + b"\x03"
