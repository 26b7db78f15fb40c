"""What a printer is when it is new, and how it comes back after the power was cut.

A receipt that was open is cancelled, a footer that was open is finished, and a memory that is used
up makes the printer read-only. Source: protocol.md §8, §9, §12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import cancelling

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device

UNIQUE_NO, NIP = "ABC 2101000001", "5222628262"
HEADER = "&c&1Sklep Przykładowy&1\n&c&5ul. Polna&5 &61&6, &200-001&2 &3Warszawa&3"
RATES_BP = (2300, 800, 500, 0, 10_000, 10_100, 10_100)
# Reasons of the step to read-only, as fmrecend tells them.
MEMORY_FULL, RAM_RESETS, EVENTS, CLOSED = 0, 1, 2, 3


def born(device: Device) -> Record:
    """The first record of a new memory."""
    return {
        "at": device.moment(),
        "unique_no": UNIQUE_NO,
        "is_fiscal": device.is_fiscal,
        "nip": NIP,
        "rates_bp": list(RATES_BP),
        "header": HEADER,
        "counts_daily": device.profile.counts_daily,
    }


def switch_on(device: Device, *, ram_reset: bool) -> None:
    """Start: settle what the power cut left open; ``ram_reset``: nothing is known of it."""
    books = device.books
    if device.memory.is_blank:
        device.memory.append("born", born(device))
    elif not books.is_read_only and (reason := _used_up(device)) is not None:
        settle(device)
        close_memory(device, reason)
    if ram_reset and not books.is_read_only:
        device.memory.append("ram_reset", {"at": device.moment()})
    settle(device)


def settle(device: Device) -> None:
    """End what is open according to the books."""
    last = device.books.last
    if last.footer_pending:
        device.memory.append("footer_end", {"at": device.moment()})
        device.paper.write(["", ""])
    elif last.is_open:
        cancelling.cancel(device, "power")


def close_memory(device: Device, reason: int) -> None:
    """Make the printer read-only for good."""
    device.memory.append("read_only", {"at": device.moment(), "reason": reason})


def _used_up(device: Device) -> int | None:
    books, profile = device.books, device.profile
    if books.is_fiscal and not device.reports_left:
        return MEMORY_FULL
    if books.ram_resets >= profile.ram_resets_max:
        return RAM_RESETS
    return None
