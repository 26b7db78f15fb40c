"""What the small devices have to say to a cashier, in one sentence each. Pure."""

from __future__ import annotations

from terminal import events
from terminal.i18n import translate
from ui.words import DEVICES, word


def notice(event: object) -> str:
    """The sentence for ``event``; empty when there is nothing to say."""
    match event:
        case events.DeviceChanged(name, False):
            device = word(DEVICES, name)
            return translate("{device} does not answer; selling goes on", device=device)
        case events.DrawerChanged(_, open_s, True):
            return translate("The drawer has been open for {seconds} s", seconds=int(open_s))
    return ""
