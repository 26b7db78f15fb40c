"""What the message line says, and what small devices have to say there, in one sentence. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from terminal import events
from terminal.i18n import translate
from ui.amounts import zloty
from ui.words import DEVICES, word


@dataclass(frozen=True, slots=True)
class Said:
    """What the message line shows until the next key."""

    text: str
    is_error: bool = False


def notice(event: object) -> str:
    """The sentence for ``event``; empty when there is nothing to say."""
    match event:
        case events.BillMade(bill, number):
            return translate(
                "Non-fiscal bill {number}, {total} zł: make a receipt of it (menu 5)",
                number=number,
                total=zloty(bill.total_gr),
            )
        case events.ReleasePrepared(version, True):
            return translate(
                "Version {version} is urgent: the back office asks for an early day close (menu 3)",
                version=version,
            )
        case events.DeviceChanged(name, False):
            device = word(DEVICES, name)
            return translate("{device} does not answer; selling goes on", device=device)
        case events.DrawerChanged(_, open_s, True):
            return translate("The drawer has been open for {seconds} s", seconds=int(open_s))
    return ""
