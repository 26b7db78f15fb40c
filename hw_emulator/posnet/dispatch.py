"""From a frame to a command that may be carried out, or to the error that says why not. No I/O.

The order of the checks: the frame, the command, its parameters, the interface, read-only, the state
table, what is refused before a key is asked for; everything further is the command's own.
Source: protocol.md §1, §4, §6, §8, §9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.frame import Malformed
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.ports import is_thermal
from hw_emulator.posnet.registry import Prints, State, find_command
from hw_emulator.posnet.schedule import waits_for_vat
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import Args, read_args

if TYPE_CHECKING:
    from drivers.posnet.frame import Frame
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.registry import Command

_SECOND = 2


def prepare(device: Device, frame: Frame | Malformed, interface: int) -> tuple[Command, Args]:
    """The command of ``frame`` and its parameters; raises BadField and Refused."""
    if isinstance(frame, Malformed):
        raise BadField(frame.code, frame.field)
    profile = device.profile
    found = find_command(frame.mnemonic, is_old=profile.is_old)
    if not found or not device.model.knows(found.name):
        raise BadField(Code.UNKNOWN_COMMAND)
    if is_thermal(device.books, interface):
        raise Refused(SetupCode.THERMAL_IS_ACTIVE)
    args = read_args(found.params, frame, is_strict=profile.is_strict)
    is_asking = found.row == "any" and found.prints is Prints.NEVER
    if profile.second_only_reads and interface == _SECOND and not is_asking:
        raise Refused(Code.NOT_ON_THIS_INTERFACE)
    if found.row != "any" and device.owner not in {0, interface}:
        raise Refused(Code.BUSY)
    if device.books.is_read_only and not found.is_read_only:
        raise Refused(Code.READ_ONLY)
    if code := found.refusal(args, device.state):
        raise Refused(code)
    if found.check:
        found.check(device, args)
    return found, args


def needs_key(device: Device, found: Command, args: Args) -> bool:
    """Whether an operator has to press a key before the command is carried out."""
    if found.key_without and not args.has(found.key_without):
        return True
    if found.row == "open" and waits_for_vat(device):
        return True
    is_invoice_end = found.row == "end" and device.state is State.INVOICE
    return is_invoice_end and device.profile.invoice_needs_key


def needs_mechanism(device: Device, found: Command, args: Args) -> bool:
    """Whether the command prints, so that it waits for paper and cover."""
    is_block = device.transaction.is_block if device.transaction else args.flag("bm")
    return {
        Prints.NEVER: False,
        Prints.ALWAYS: True,
        Prints.WHEN_ONLINE: not is_block,
        Prints.WHEN_OPEN: device.state is not State.IDLE,
        Prints.WHEN_ASKED: args.flag("dr"),
    }[found.prints]
