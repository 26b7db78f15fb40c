"""What can go wrong with a device, ordered by one question: did it happen.

    DeviceError
    ├── NotDone        the command had no effect
    │   ├── Refused        the device answered with an error number
    │   ├── Unreachable    nothing was sent: no port, no connection
    │   └── NotReady       paper, cover, temperature: a person must act first
    └── InDoubt        bytes left us and no answer settled it: ask the device's counters

The class is a hint for the message on the screen. Whoever recovers a receipt or a report asks the
printer's counters and believes nothing else.
"""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Grounds of a refusal that a till treats in their own way, whichever protocol named them."""

    OTHER = "other"
    NAME = "name"
    TAX_STEP = "tax_step"
    RATE_INACTIVE = "rate_inactive"
    NO_SALES = "no_sales"
    REPORT_MISSING = "report_missing"
    MEMORY_FULL = "memory_full"
    TOTALS = "totals"
    CLOCK = "clock"
    NO_CASH = "no_cash"


class DeviceError(Exception):
    """A device did not do, or may not have done, what it was asked for."""


class NotDone(DeviceError):
    """The command had no effect on the device."""


class Refused(NotDone):
    """The device understood the command and refused it.

    ``code`` is the device's own number, ``mnemonic`` the name its maker gives it,
    ``command`` what was asked for, ``why`` the ground where the till has its own answer to it,
    ``item`` the name on the receipt line that was refused, when it was one.
    """

    def __init__(
        self,
        code: int,
        mnemonic: str,
        meaning: str,
        command: str,
        why: Why = Why.OTHER,
        item: str = "",
    ) -> None:
        super().__init__(f"{command}: error {code} {mnemonic} ({meaning})")
        self.code = code
        self.mnemonic = mnemonic
        self.meaning = meaning
        self.command = command
        self.why = why
        self.item = item


class Unreachable(NotDone):
    """The device cannot be reached; nothing was sent."""


class NotReady(NotDone):
    """The device waits for a person; ``reason`` is a word such as ``paper`` or ``cover``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"device not ready: {reason}")
        self.reason = reason


class InDoubt(DeviceError):
    """Something was sent and no answer settled it."""
