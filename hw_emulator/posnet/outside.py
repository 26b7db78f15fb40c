"""The world around the printer, as tests and the control socket set it: servers, jumper, trouble.

Everything here is deterministic: a server answers as it is told to, and a change takes effect with
the next command. Nothing of it outlives the process. No I/O.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.settings import text
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from hw_emulator.posnet.device import Device

Errand: TypeAlias = "Callable[[Device], None]"


class Server(Enum):
    """How a server answers; the values are (application code, HTTP code, CURL code)."""

    OK = (0, 200, 0)
    FAILS = (1, 500, 0)
    UNREACHABLE = (1, 0, 7)


@dataclass(slots=True)
class Outside:
    """What can be set from outside at any moment.

    ``jumper`` is the service jumper. ``edocuments`` maps the address of an eDocument server to its
    behaviour, "" is every other one. ``errands`` are done before the next command, by whoever
    brings it, so that any thread may leave one. Why nothing can be sold is in ``conditions``.
    """

    jumper: bool = False
    repository: Server = Server.OK
    firmware: Server = Server.OK
    firmware_offer: str = ""
    firmware_broken: bool = False
    edocuments: dict[str, Server] = field(default_factory=dict)
    certificates_until: date = date(2031, 12, 31)
    subscription_until: date = date(2088, 1, 5)
    wifi_networks: frozenset[str] = frozenset({"SKLEP"})
    external_display: bool = False
    errands: deque[Errand] = field(default_factory=deque)

    def edocument_server(self, address: str) -> Server:
        """Behaviour of the eDocument server at ``address``."""
        return self.edocuments.get(address, self.edocuments.get("", Server.OK))


def outdated(device: Device) -> set[Condition]:
    """Conditions that keep a printer from selling since their day is over."""
    today = device.clock().date()
    authorised = text(device.books, "flash.authorised_until")
    found = set()
    if authorised and date.fromisoformat(authorised) < today:
        found.add(Condition.AUTHORISATION_OVER)
    if device.outside.subscription_until < today:
        found.add(Condition.SUBSCRIPTION_OVER)
    if device.books.is_fiscal and device.outside.certificates_until < today:
        found.add(Condition.CERTIFICATES_NEEDED)
    return found


def need_jumper(device: Device) -> None:
    """Refuse what a technician has to confirm with the service jumper."""
    if not device.outside.jumper:
        raise Refused(SetupCode.NO_JUMPER)
