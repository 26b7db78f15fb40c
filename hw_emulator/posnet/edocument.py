"""Commands of eDocuments: whose the receipt is, and what became of it.

Source: protocol.md §15 and appendix A, "eDocument"; errors 4250 to 4277.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.edocument_buffer import (
    BUFFER_MAX,
    State,
    delete,
    edocuments,
    has_edocument,
    register,
    reserve,
    reserved,
)
from hw_emulator.posnet.edocument_servers import server_for
from hw_emulator.posnet.image_store import stored_slots
from hw_emulator.posnet.images import slot_of
from hw_emulator.posnet.registry import State as Doing
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import flag
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import show_flag, show_iso

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Record
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

CUSTOMER_MAX = 128
_BY_DATE = 0


def _customer(device: Device, args: Args) -> str:
    if not device.books.is_fiscal:
        raise Refused(Code.NOT_FISCAL)
    if not flag(device.books, "flash.eparagonstatus.st"):
        raise Refused(SetupCode.BLOCKED)
    customer = args.text("id").strip()
    if not 0 < len(customer) <= CUSTOMER_MAX or not customer.isprintable():
        raise Refused(SetupCode.EDOCUMENT_CUSTOMER)
    return customer


@command("eparagonidznext", table="id!s ad:s")
def eparagonidznext(device: Device, args: Args) -> Fields:
    """Make an eDocument of the current or the next receipt, for the customer ``id``."""
    customer = _customer(device, args)
    if device.state is Doing.FOOTER:
        raise Refused(Code.WRONG_STATE)
    if reserved(device.books):
        raise Refused(SetupCode.EDOCUMENT_CUSTOMER_SET)
    server = server_for(device.books, args.text("ad"))
    return [("ha", reserve(device, customer, server["ad"]))]


@command("eparagonidzcancel")
def eparagonidzcancel(device: Device, _args: Args) -> None:
    """Make no eDocument of the current or the next receipt after all."""
    if handle := reserved(device.books):
        delete(device, handle)


@command("eparagonidzprev", table="id!s ad:s", row="idle")
def eparagonidzprev(device: Device, args: Args) -> Fields:
    """Make an eDocument of the last receipt or invoice."""
    customer, books = _customer(device, args), device.books
    document = max(books.archive.last.get(kind, 0) for kind in ("receipt", "invoice"))
    if not document:
        raise Refused(Code.DOCUMENT_NOT_FOUND)
    if has_edocument(books, document):
        raise Refused(SetupCode.EDOCUMENT_EXISTS)
    server = server_for(books, args.text("ad"))
    return [("ha", register(device, customer, server["ad"], document, pr=True))]


def _shown(handle: str, record: Record) -> Fields:
    return [
        ("ad", record["ad"]),
        ("di", str(record["di"])),
        ("id", record["id"]),
        ("hd", handle),
        ("rd", show_iso(record["rd"])),
        ("uc", record["uc"]),
        ("hc", str(record["hc"])),
        ("cc", str(record["cc"])),
        ("ac", str(record["ac"])),
        ("st", str(record["st"])),
        ("sd", show_iso(record["sd"])),
        ("pr", show_flag(record["pr"])),
    ]


def _handle(device: Device, args: Args) -> str:
    handle = str(args.number("hd"))
    if handle not in edocuments(device.books):
        raise Refused(SetupCode.NO_RECORD)
    return handle


@command("eparagonbufferget", table="hd!i")
def eparagonbufferget(device: Device, args: Args) -> Fields:
    """Read one eDocument."""
    handle = _handle(device, args)
    return _shown(handle, edocuments(device.books)[handle])


@command("eparagonbufferdelall")
def eparagonbufferdelall(device: Device, _args: Args) -> None:
    """Forget all eDocuments, but not the one of the open receipt."""
    kept = reserved(device.books) if device.transaction else ""
    for handle in list(edocuments(device.books)):
        if handle != kept:
            delete(device, handle)


@command("eparagonbufferdelrec", table="hd!i")
def eparagonbufferdelrec(device: Device, args: Args) -> None:
    """Forget one eDocument."""
    handle = _handle(device, args)
    if device.transaction and handle == reserved(device.books):
        raise Refused(SetupCode.EDOCUMENT_SENDING)
    delete(device, handle)


@command("eparagonbuffercontextset", table="ty!i")
def eparagonbuffercontextset(device: Device, args: Args) -> None:
    """Begin to read all eDocuments, in the order they were registered in."""
    if args.number("ty") != _BY_DATE:
        raise Refused(SetupCode.BAD_CONTEXT)
    records = edocuments(device.books)
    device.ram.edocuments_to_read = sorted(records, key=lambda one: records[one]["rd"])


@command("eparagonbuffercontextget")
def eparagonbuffercontextget(device: Device, _args: Args) -> Fields:
    """Read the next eDocument."""
    waiting, records = device.ram.edocuments_to_read, edocuments(device.books)
    if waiting is None:
        raise Refused(SetupCode.BAD_CONTEXT)
    while waiting:
        handle = waiting.pop(0)
        if handle in records:
            return _shown(handle, records[handle])
    raise Refused(SetupCode.CONTEXT_END)


def _send_image(device: Device, slot: int, address: str) -> str:
    # An image has no customer; the path that names it stands in its place.
    path = f"{device.books.unique_no.replace(' ', '')}-1-{slot}"
    document = device.books.settings[f"flash.image.{slot}"]["document"]
    return register(device, path, address, document)


@command("eparagongraphicsend", table="ad:s id!i")
def eparagongraphicsend(device: Device, args: Args) -> Fields:
    """Send one image to a server."""
    slot = slot_of(device, args, "id")
    if slot not in stored_slots(device.books):
        raise Refused(SetupCode.EDOCUMENT_NO_IMAGE)
    server = server_for(device.books, args.text("ad"))
    return [("hd", _send_image(device, slot, server["ad"]))]


@command("eparagongraphicsendall", table="ad:s")
def eparagongraphicsendall(device: Device, args: Args) -> Fields:
    """Send all images to a server, as many as the buffer takes."""
    slots = stored_slots(device.books)
    if not slots:
        raise Refused(SetupCode.EDOCUMENT_NO_IMAGE)
    server = server_for(device.books, args.text("ad"))
    sent = 0
    try:
        for slot in slots:
            _send_image(device, slot, server["ad"])
            sent += 1
    except Refused:
        pass  # the buffer is full; the answer tells how many were taken
    return [("bs", str(sent)), ("bn", str(len(slots)))]


@command("eparagonbufferfreecntget")
def eparagonbufferfreecntget(device: Device, _args: Args) -> Fields:
    """Free records of the buffer."""
    return [("rc", str(BUFFER_MAX - len(edocuments(device.books))))]


@command("eparagonbuffersummaryget")
def eparagonbuffersummaryget(device: Device, _args: Args) -> Fields:
    """How many records there are of each state."""
    states = [record["st"] for record in edocuments(device.books).values()]
    names = (
        ("ne", State.NEW),
        ("ok", State.SENT),
        ("fi", State.RETRY),
        ("ft", State.FAILED),
        ("re", State.RESERVED),
    )
    counts = [(name, str(states.count(state))) for name, state in names]
    return [("fr", str(BUFFER_MAX - len(states))), *counts]
