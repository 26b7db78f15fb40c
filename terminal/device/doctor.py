"""All checks of the device in one table, the worst of what they found, and a page of it."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from terminal.device import files, lines, machine
from terminal.device.check import Check, State, bad
from terminal.i18n import translate as _
from terminal.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from terminal.device.check import Scene

_log = logging.getLogger(__name__)

# In the order in which a technician reads them; by name for whoever wants only one.
CHECKS: dict[str, Callable[[Scene], list[Check]]] = {
    "program": machine.program,
    "configuration": files.configuration,
    "folder": files.folder,
    "enrolment": files.identity,
    "disk": files.disk,
    "journal": files.journal,
    "catalogue": files.catalogue,
    "backup": files.safety,
    "printer": lines.printer,
    "devices": lines.devices,
    "office": lines.office,
    "certificates": lines.certificates,
    "unsent": files.unsent,
    "time": machine.clock,
    "unit": machine.unit,
    "slots": machine.slots,
    "updates": machine.updates,
    "letters": machine.letters,
}
EXITS = {State.OK: 0, State.WARN: 1, State.BAD: 2}
_MARKS = {State.OK: " ok ", State.WARN: " !  ", State.BAD: "BAD "}
_NAME_WIDTH = 16


def examine(scene: Scene, names: Iterable[str] = CHECKS) -> Iterator[Check]:
    """Each check of ``names`` in its turn; one that breaks is a finding and stops no other."""
    for name in names:
        try:
            yield from CHECKS[name](scene)
        except Exception as error:  # noqa: BLE001 - whatever it is: the page must come
            _log.exception("check %s", name)
            text = f"{type(error).__name__}: {error}"
            yield bad(name, text, _("our mistake: send the bundle"))


def worst(found: Iterable[Check]) -> State:
    """The worst state among them."""
    return max((one.state for one in found), key=list(State).index, default=State.OK)


def as_lines(one: Check) -> Iterator[str]:
    """A check on the page: state, name, what was found; below it what to do."""
    yield f"{_MARKS[one.state]} {one.name:<{_NAME_WIDTH}} {one.text}"
    if one.remedy:
        yield f"{'':5}{'':<{_NAME_WIDTH}} -> {one.remedy}"


def as_data(scene: Scene, found: list[Check]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "version": VERSION,
        "at": scene.now.isoformat(timespec="seconds"),
        "is_running": scene.is_running,
        "state": worst(found),
        "checks": [asdict(one) for one in found],
    }
