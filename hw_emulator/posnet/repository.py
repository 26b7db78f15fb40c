"""Commands of the online register: the ministry's repository (CRK) and new firmware.

The printer connects by itself every two hours of its clock, with the first command that comes then.
Source: protocol.md §15 and appendix A, "Online register".
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hw_emulator.posnet.answers import NoAnswer
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.outside import Server
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import DEFAULTS, keep, number, text
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import show_flag, show_iso, show_moment

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

PERIOD_S = 7200
FIRMWARE_PERIOD_S = 86_400
FIRMWARE_SOURCE = "https://aktualizacje.example.pl/"
_PAUSE_S = 60
_NOTHING, _OFFERED, _READY = "Brak aktualizacji", "Dostępna aktualizacja: ", "Aktualizacja gotowa: "
_UNREGISTERED, _FAILED, _UNKNOWN = 0, 1, 2
_SENT_KINDS = ("bi", "cb", "in", "ci", "dr", "nf", "ev", "fr")
_UPDATE_ENDED_BADLY = 3712

DEFAULTS.update(
    {
        **{f"flash.crk.{hub}.{name}": "" for hub in ("eh", "wa") for name in ("da", "ds", "df")},
        "flash.crk.sent": 0,
        "flash.crk.unregistered": _UNKNOWN,
        "flash.firmware.state": _NOTHING,
        "flash.firmware.at": "",
        "flash.firmware.name": "",
    }
)


def _need_fiscal(device: Device) -> None:
    if not device.books.is_fiscal:
        raise Refused(Code.NOT_FISCAL)


def _last(books: Books, hub: str) -> datetime | None:
    at = text(books, f"flash.crk.{hub}.da")
    return datetime.fromisoformat(at) if at else None


def _connect(device: Device, hub: str) -> None:
    """Connect to EventHub ("eh"), which takes documents, or WebAPI ("wa"), which has orders."""
    at = device.moment()
    is_ok = device.outside.repository is Server.OK
    values: dict[str, str | int] = {
        f"flash.crk.{hub}.da": at,
        f"flash.crk.{hub}.{'ds' if is_ok else 'df'}": at,
    }
    if is_ok and hub == "eh":
        values["flash.crk.sent"] = device.books.archive.count
    failed = 0 if is_ok or hub == "wa" else 1
    device.note("connection", values, failed_transfers=failed)


def connect_when_due(device: Device) -> None:
    """What the printer does by itself: send its documents, ask for orders."""
    if not device.books.is_fiscal:
        return
    now = device.clock()
    born_at = datetime.fromisoformat(device.books.born_at)
    for hub in ("eh", "wa"):
        if now - (_last(device.books, hub) or born_at) >= timedelta(seconds=PERIOD_S):
            _connect(device, hub)


def _trigger(device: Device, hub: str) -> None:
    _need_fiscal(device)
    last = _last(device.books, hub)
    if last and timedelta() <= device.clock() - last < timedelta(seconds=_PAUSE_S):
        raise Refused(SetupCode.TOO_EARLY)
    _connect(device, hub)


@command("rtcsync", row="idle")
def rtcsync(device: Device, _args: Args) -> None:
    """Set the clock by the ministry's."""
    if device.outside.repository is not Server.OK:
        raise Refused(SetupCode.NO_CLOCK_SERVER)
    before = device.moment()
    device.drift = timedelta()
    device.keep({"clock_offset_s": 0})
    after = device.moment()
    if after[:16] != before[:16]:
        device.note_event(Kind.CLOCK, ot=before, oi=before, nt=after, ni=after)


@command("repositoryeventhubtrigger")
def repositoryeventhubtrigger(device: Device, _args: Args) -> None:
    """Send documents now; how that went is told by …state."""
    _trigger(device, "eh")


@command("repositorywebapitrigger")
def repositorywebapitrigger(device: Device, _args: Args) -> None:
    """Ask for orders now."""
    _trigger(device, "wa")


def _state(device: Device, hub: str) -> Fields:
    books = device.books
    dates = {name: text(books, f"flash.crk.{hub}.{name}") for name in ("da", "ds", "df")}
    is_ok = bool(dates["da"]) and dates["da"] == dates["ds"]
    told = [(name, show_iso(at)) for name, at in dates.items()]
    return [*told, ("lr", show_flag(is_ok)), ("ac", "N")]


@command("repositoryeventhubstate")
def repositoryeventhubstate(device: Device, _args: Args) -> Fields:
    """How sending documents went."""
    return _state(device, "eh")


@command("repositorywebapistate")
def repositorywebapistate(device: Device, _args: Args) -> Fields:
    """How asking for orders went."""
    return _state(device, "wa")


@command("connectionscheduleinfoget")
def connectionscheduleinfoget(device: Device, _args: Args) -> Fields:
    """When the printer connects, and what it sends."""
    number_ = device.books.unique_no.replace(" ", "")
    return [
        ("co", f"TFD.{number_}.{device.books.born_at[:19]}.000Z"),
        ("of", "N"),
        ("eh", str(PERIOD_S)),
        ("wa", str(PERIOD_S)),
        *((name, "T") for name in _SENT_KINDS),
    ]


@command("repositorysenddatacheck")
def repositorysenddatacheck(device: Device, _args: Args) -> Fields:
    """Whether documents should be sent: some are not, and it is time or it failed."""
    _need_fiscal(device)
    books = device.books
    last, good = text(books, "flash.crk.eh.da"), text(books, "flash.crk.eh.ds")
    since = datetime.fromisoformat(good or books.born_at)
    is_late = device.clock() - since >= timedelta(seconds=PERIOD_S) or last != good
    has_unsent = books.archive.count > number(books, "flash.crk.sent")
    return [("cs", show_flag(has_unsent and is_late))]


def _need_read_only(device: Device) -> None:
    if not device.books.ledger.of(Kind.READ_ONLY):
        raise Refused(SetupCode.NOT_READ_ONLY)


@command("repositoryunregister")
def repositoryunregister(device: Device, _args: Args) -> None:
    """Take the printer out of the repository, after its settlement report."""
    _need_read_only(device)
    is_ok = device.outside.repository is Server.OK
    keep(device, {"flash.crk.unregistered": _UNREGISTERED if is_ok else _FAILED})


@command("repositoryunregistercheck")
def repositoryunregistercheck(device: Device, _args: Args) -> Fields:
    """Whether the printer is out of the repository."""
    _need_read_only(device)
    return [("st", str(number(device.books, "flash.crk.unregistered")))]


@command("schedulefirmwareupdateget")
def schedulefirmwareupdateget(_device: Device, _args: Args) -> Fields:
    """Seconds between two looks for new firmware."""
    return [("sd", str(FIRMWARE_PERIOD_S))]


@command("firmwareupdatesourceget")
def firmwareupdatesourceget(_device: Device, _args: Args) -> Fields:
    """Where new firmware comes from."""
    return [("ur", FIRMWARE_SOURCE)]


def _set_firmware(device: Device, state: str, name: str = "") -> None:
    values = {"state": state, "at": device.moment(), "name": name}
    keep(device, {f"flash.firmware.{key}": value for key, value in values.items()})


def _need_firmware_server(device: Device) -> None:
    if device.outside.firmware is not Server.OK:
        raise Refused(SetupCode.FIRMWARE_SERVER)


@command("firmwareupdaterequest")
def firmwareupdaterequest(device: Device, _args: Args) -> None:
    """Look for new firmware."""
    _need_firmware_server(device)
    offer = device.outside.firmware_offer
    _set_firmware(device, _OFFERED + offer if offer else _NOTHING, offer)


@command("firmwareupdatestateget")
def firmwareupdatestateget(device: Device, _args: Args) -> Fields:
    """What came of it."""
    at = text(device.books, "flash.firmware.at")
    state = text(device.books, "flash.firmware.state")
    return [("op", state), ("da", show_moment(at)), ("tm", show_iso(at))]


@command("firmwareupdatedownload")
def firmwareupdatedownload(device: Device, _args: Args) -> None:
    """Fetch the firmware that is offered."""
    _need_firmware_server(device)
    state, name = (text(device.books, f"flash.firmware.{key}") for key in ("state", "name"))
    if state == _READY + name:
        raise Refused(SetupCode.FIRMWARE_READY)
    if not name:
        raise Refused(SetupCode.FIRMWARE_INVALID)
    _set_firmware(device, _READY + name, name)


@command("firmwareupdateinstall", row="idle")
def firmwareupdateinstall(device: Device, _args: Args) -> None:
    """Install the firmware that was fetched; the printer starts anew and never answers."""
    state, name = (text(device.books, f"flash.firmware.{key}") for key in ("state", "name"))
    if not name or state != _READY + name:
        raise Refused(SetupCode.FIRMWARE_INVALID)
    if not device.books.totals_are_zero:
        raise Refused(Code.TOTALS_NOT_ZERO)
    _set_firmware(device, _NOTHING)
    if device.outside.firmware_broken:
        device.note_event(Kind.FIRMWARE_FAILED, ec=_UPDATE_ENDED_BADLY)
    else:
        device.outside.firmware_offer = ""
        checksum = hashlib.sha256(name.encode()).hexdigest().upper()
        device.note_event(Kind.FIRMWARE, fn=name, ch=checksum)
    device.restart()
    raise NoAnswer
