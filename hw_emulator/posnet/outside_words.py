"""Words that change the world around a fiscal printer, and let events happen. No I/O.

They may be said from any thread: an event, and all that is written into the memory, waits for the
next command.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from hw_emulator.posnet.fiscal_readout import DETAILS
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.outside import Server
from hw_emulator.posnet.ports import speak_posnet
from hw_emulator.words import Detail, Word

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.posnet.device import Device

_SERVERS = tuple(server.name for server in Server)
_EVENTS = tuple(k.name for k in sorted(DETAILS) if k not in {Kind.RAM_RESET, Kind.READ_ONLY})
_SERVER = Detail("server", str, "how it answers", one_of=_SERVERS)
_UNTIL = Detail("until", str, "last day, such as 2027-12-31")


def outside_words(device: Callable[[], Device]) -> list[Word]:
    """All of them; ``device`` gives the device that is switched on."""
    return [*_servers(device), *_things(device), *_days(device), *_errands(device)]


def _servers(device: Callable[[], Device]) -> list[Word]:
    def repository(server: str) -> None:
        device().outside.repository = Server[server]

    def firmware(server: str, offer: str, *, broken: bool) -> None:
        outside = device().outside
        outside.firmware_offer, outside.firmware_broken = offer, broken
        outside.firmware = Server[server]

    def edocuments(server: str, address: str) -> None:
        servers = device().outside.edocuments
        device().outside.edocuments = {**servers, address: Server[server]}

    offer = Detail("offer", str, "version it has for the printer", "")
    broken = Detail("broken", bool, "whether installing it fails", default=False)
    address = Detail("address", str, "of that server; without it, of all others", "")
    return [
        Word("repository", "let the repository answer or not", repository, (_SERVER,)),
        Word("firmware", "offer a firmware", firmware, (_SERVER, offer, broken)),
        Word("edocuments", "let eDocument servers answer or not", edocuments, (_SERVER, address)),
    ]


def _things(device: Callable[[], Device]) -> list[Word]:
    def jumper(*, set: bool) -> None:  # noqa: A002 - the word in JSON
        device().outside.jumper = set

    def display(*, connected: bool) -> None:
        device().outside.external_display = connected

    def wifi(networks: str) -> None:
        device().outside.wifi_networks = frozenset(networks.split(",")) - {""}

    is_set = Detail("set", bool, "whether it is set")
    is_connected = Detail("connected", bool, "whether it is connected")
    networks = Detail("networks", str, "names, with commas between them")
    return [
        Word("jumper", "set the service jumper or take it out", jumper, (is_set,)),
        Word("display", "connect an external display or take it away", display, (is_connected,)),
        Word("wifi", "tell which networks are in reach", wifi, (networks,)),
    ]


def _days(device: Callable[[], Device]) -> list[Word]:
    def certificates(until: str) -> None:
        device().outside.certificates_until = date.fromisoformat(until)

    def subscription(until: str) -> None:
        device().outside.subscription_until = date.fromisoformat(until)

    return [
        Word("certificates", "set the last day of the certificates", certificates, (_UNTIL,)),
        Word("subscription", "set the last day of the subscription", subscription, (_UNTIL,)),
    ]


def _errands(device: Callable[[], Device]) -> list[Word]:
    def event(kind: str, details: str) -> None:
        found = dict(_detail(part, Kind[kind]) for part in details.split("|") if part)
        device().outside.errands.append(lambda device: device.note_event(Kind[kind], **found))

    def posnet(interface: int) -> None:
        device().outside.errands.append(lambda device: speak_posnet(device, interface))

    kind = Detail("kind", str, "what happened", one_of=_EVENTS)
    details = Detail(
        "details", str, "as the command that reads it tells them: si=ABC|pc=00-001", ""
    )
    interface = Detail("interface", int, "1 or 2", 1)
    return [
        Word("event", "let an event happen, for the fiscal memory", event, (kind, details)),
        Word("posnet", "go back from THERMAL to POSNET", posnet, (interface,)),
    ]


def _detail(part: str, event: Kind) -> tuple[str, object]:
    name, _, value = part.partition("=")
    kind = DETAILS[event].get(name)
    if kind == "n":
        return name, int(value)
    if kind == "b":
        return name, value == "T"
    if kind == "t":
        return name, datetime.fromisoformat(value).isoformat()
    if kind == "s":
        return name, value
    msg = f"{event.name} has no detail {name!r}; it has {', '.join(DETAILS[event]) or 'none'}"
    raise ValueError(msg)
