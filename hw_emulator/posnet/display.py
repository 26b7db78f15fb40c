"""Commands of the customer display and of the keyboard.

What is sent during a transaction waits for its end. Source: protocol.md appendix A, "Hardware
actions, print configuration".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

LINES, COLUMNS = 4, 20
_TEXT_DISPLAY, _HARDWARE_DISPLAY = 0, 1
_LEFT, _CENTRE, _RIGHT = 0, 1, 2
_OWN_TEXTS, _SENT_TEXTS, _CLOCK = 0, 1, 2


def _need(args: Args, display: int) -> None:
    if args.number("id") != display:
        raise Refused(SetupCode.DISPLAY)


def _aligned(line: str, alignment: int) -> str:
    if alignment == _CENTRE:
        return line.center(COLUMNS).rstrip()
    return line.rjust(COLUMNS) if alignment == _RIGHT else line


def _put(device: Device, lines: list[str]) -> None:
    if device.transaction:
        device.ram.waiting_display = lines
    else:
        device.display = lines


def show_waiting(device: Device) -> None:
    """Let on the display what waited for the end of a transaction."""
    if device.ram.waiting_display is not None and not device.transaction:
        device.display, device.ram.waiting_display = device.ram.waiting_display, None


@command("dsptxtline", table="id!i no!i ln!s30 th:i")
def dsptxtline(device: Device, args: Args) -> None:
    """One line; a line the display does not have is ignored."""
    _need(args, _TEXT_DISPLAY)
    line = args.number("no")
    if line >= LINES:
        return
    waiting = device.ram.waiting_display
    lines = list(device.display if waiting is None else waiting)
    lines += [""] * (line + 1 - len(lines))
    lines[line] = _aligned(args.text("ln"), args.number("th"))
    _put(device, lines)


@command("dsptxt", table="id!i st!s th:i")
def dsptxt(device: Device, args: Args) -> None:
    """All lines; an empty text clears them."""
    _need(args, _TEXT_DISPLAY)
    text = args.text("st")
    lines = [_aligned(line, args.number("th")) for line in text.split("\n")[:LINES]]
    _put(device, lines if text else [])


@command("dspcmd", table="id!i st!i")
def dspcmd(device: Device, args: Args) -> None:
    """Choose what is shown: built-in texts, those that were sent, or the clock."""
    _need(args, _TEXT_DISPLAY)
    if args.number("st") in {_OWN_TEXTS, _SENT_TEXTS, _CLOCK}:
        device.ram.display_mode = args.number("st")


def shown(device: Device) -> list[str]:
    """What the customer sees."""
    if device.ram.display_mode == _CLOCK:
        return [device.moment()[:16].replace("T", " ")]
    return [] if device.ram.display_mode == _OWN_TEXTS else list(device.display)


@command("sdspexternal", table="id!i", immediate=True)
def sdspexternal(device: Device, args: Args) -> Fields:
    """Whether the display is a separate one."""
    _need(args, _HARDWARE_DISPLAY)
    return [("id", str(_HARDWARE_DISPLAY)), ("ex", show_flag(device.outside.external_display))]


@command("kbdblockset", table="bl!b", immediate=True)
def kbdblockset(device: Device, args: Args) -> None:
    """Block the keyboard, until the power goes."""
    device.ram.is_keyboard_blocked = args.flag("bl")


@command("kbdblockget", immediate=True)
def kbdblockget(device: Device, _args: Args) -> Fields:
    """Whether the keyboard is blocked."""
    return [("bl", show_flag(device.ram.is_keyboard_blocked))]
