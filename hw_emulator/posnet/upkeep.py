"""What the printer does of its own accord, with the first command after it has become due.

No threads and no timers: the printer's clock may jump, and everything happens in the order of the
commands. Source: protocol.md §15 and appendix A.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.display import show_waiting
from hw_emulator.posnet.edocument_buffer import send_due
from hw_emulator.posnet.profile import WIDE
from hw_emulator.posnet.repository import connect_when_due
from hw_emulator.posnet.schedule import make_due_changes
from hw_emulator.posnet.settings import keep
from hw_emulator.posnet.settings_table import WIDE_PAPER, set_width

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device

SALES = frozenset({"trinit", "trfvinit", "trpackinit"})


def look_after(device: Device, mnemonic: str) -> None:
    """Do what has become due before ``mnemonic`` is carried out."""
    while device.outside.errands:
        device.outside.errands.popleft()(device)
    set_width(device)
    # A sale after a scheduled change waited for a key, so by now one was pressed.
    make_due_changes(device, is_confirmed=mnemonic in SALES)
    send_due(device)
    connect_when_due(device)
    show_waiting(device)


def start(device: Device) -> None:
    """What a start does once: the paper is looked at, and signatures are verified if wanted."""
    if device.profile.width == WIDE and "prnwidth.wd" not in device.books.settings:
        keep(device, {"prnwidth.wd": WIDE_PAPER})
    set_width(device)
    keep(device, {"verifysignaturesondemand.vs": False})
