"""The buffer of eDocuments: what waits, what was sent, what never will be. No commands.

Nothing is sent in the background: with every command the printer does what has become due since.
Source: protocol.md §15 and appendix A, "eDocument".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.edocument_servers import RETRIES
from hw_emulator.posnet.outside import Server
from hw_emulator.posnet.settings import flag, number
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books, Record
    from hw_emulator.posnet.device import Device

BUFFER_MAX = 500
TABLE = "edocuments"
_HANDLES = 2**32
_KEPT_AT_LEAST = 10  # of those that are done, so many stay
_NEXT = "flash.edocument.reserved"
_LAST_HANDLE = "flash.edocument.last"


class State(IntEnum):
    """State of an eDocument, as ``eparagonbufferget`` tells it."""

    NEW = 0
    SENT = 1
    RETRY = 2
    FAILED = 3
    RESERVED = 4


_DONE = {State.SENT, State.FAILED}


def edocuments(books: Books) -> dict[str, Record]:
    """All records by handle, oldest first."""
    return books.tables.get(TABLE, {})


def _write(device: Device, handle: str, record: Record | None) -> None:
    device.note(TABLE, {}, rows={TABLE: {handle: record}})


def delete(device: Device, handle: str) -> None:
    """Forget one record."""
    _write(device, handle, None)
    if reserved(device.books) == handle:
        device.keep({_NEXT: ""})


def reserved(books: Books) -> str:
    """Handle of the eDocument that the current or the next receipt will be; "" is none."""
    return str(books.settings.get(_NEXT, ""))


def has_edocument(books: Books, document: int) -> bool:
    """Whether the document at this place of protected memory is an eDocument already."""
    return any(record["di"] == document for record in edocuments(books).values())


def reserve(device: Device, customer: str, address: str) -> str:
    """Let the current or the next receipt be an eDocument; give its handle."""
    handle = _add(device, _blank(customer, address, State.RESERVED))
    device.keep({_NEXT: handle})
    return handle


def register(device: Device, customer: str, address: str, document: int, **more: bool) -> str:
    """Make an eDocument of something that is there already, and try to send it."""
    record = {**_blank(customer, address, State.NEW), "di": document, **more}
    handle = _add(device, record)
    _send_first(device, handle)
    return handle


def _blank(customer: str, address: str, state: State) -> Record:
    codes = {"uc": "", "hc": 0, "cc": 0, "ac": 0}
    dates = {"rd": "", "sd": "", "due": "", "until": ""}
    record: Record = {"ad": address, "di": 0, "id": customer, **codes, **dates}
    return {**record, "st": int(state), "tries": 0, "pr": False}


def _add(device: Device, record: Record) -> str:
    if len(edocuments(device.books)) >= BUFFER_MAX:
        _make_room(device)
    handle = (number(device.books, _LAST_HANDLE) + 1) % _HANDLES
    device.keep({_LAST_HANDLE: handle})
    _write(device, str(handle), record)
    return str(handle)


def _make_room(device: Device) -> None:
    """Drop the oldest record that may be; raises Refused when none may."""
    records = edocuments(device.books)
    done = [handle for handle, record in records.items() if record["st"] in _DONE]
    free = done[:-_KEPT_AT_LEAST]
    if flag(device.books, "flash.eparagonbufferoverride.ov"):
        free += [handle for handle, record in records.items() if record["st"] == State.RETRY]
    if not free:
        raise Refused(SetupCode.EDOCUMENT_QUEUE_FULL)
    delete(device, min(free, key=list(records).index))


def receipt_made(device: Device, *, is_block: bool) -> bool:
    """Send the last document if it is to be an eDocument; tell whether to print it, too."""
    handle = reserved(device.books)
    if not handle:
        return True
    device.keep({_NEXT: ""})
    record = {**edocuments(device.books)[handle], "st": int(State.NEW)}
    record["di"] = device.books.archive.count
    _write(device, handle, record)
    was_sent = _send_first(device, handle) is State.SENT
    is_printed = not (is_block and was_sent)
    _write(device, handle, {**edocuments(device.books)[handle], "pr": is_printed})
    return is_printed


def _send_first(device: Device, handle: str) -> State:
    now = device.clock()
    life = timedelta(seconds=number(device.books, "flash.eparagonschedule.tl"))
    record = edocuments(device.books)[handle]
    dated = {**record, "rd": now.isoformat(), "until": (now + life).isoformat()}
    return _send(device, handle, dated)


def _send(device: Device, handle: str, record: Record) -> State:
    now, server = device.clock(), device.outside.edocument_server(record["ad"])
    application, http, curl = server.value
    state = State.SENT if server is Server.OK else State.RETRY
    changed = {
        "st": int(state),
        "sd": now.isoformat(),
        "ac": application,
        "hc": http,
        "cc": curl,
        "uc": "OK" if state is State.SENT else "",
        "tries": record["tries"] + 1,
        "due": (now + _pause(device.books, record["tries"])).isoformat(),
    }
    _write(device, handle, {**record, **changed})
    return state


def _pause(books: Books, tries: int) -> timedelta:
    retries = [number(books, f"flash.eparagonschedule.{name}") for name in RETRIES]
    retries = [seconds for seconds in retries if seconds]
    if tries < len(retries):
        return timedelta(seconds=retries[tries])
    return timedelta(seconds=number(books, "flash.eparagonschedule.op"))


def send_due(device: Device) -> None:
    """Try again what has become due, and give up what is too old."""
    now = device.clock()
    for handle, record in list(edocuments(device.books).items()):
        if record["st"] not in {State.NEW, State.RETRY}:
            continue
        if now >= datetime.fromisoformat(record["until"]):
            changed = {"st": int(State.FAILED), "sd": now.isoformat()}
            _write(device, handle, {**record, **changed})
        elif now >= datetime.fromisoformat(record["due"]):
            _send(device, handle, record)
