"""Rows of the table: electronic documents, the tax authority's repository."""

from __future__ import annotations

from drivers.posnet.spec import Seen, guarded, row

_LINK = "da!DT ds!DT df!DT lr!b ac!b"

ROWS = (
    row("eparagondefaultset", 329, "the server they go to", "ad!s80", seen=Seen.DRIVERS),
    row("eparagonstatusget", 331, "is the service on", "", "st!b", seen=Seen.DRIVERS),
    row("eparagonstatusset", 332, "switch the service", "st!b", seen=Seen.DRIVERS),
    row(
        "eparagonidznext",
        334,
        "send the open or the next receipt to this buyer",
        "id!s128",
        "ha!n",
        seen=Seen.DRIVERS,
        twice=guarded("a second one is refused: a buyer is set"),
    ),
    row(
        "eparagonidzprev",
        335,
        "send the last receipt to this buyer",
        "id!s128",
        "ha!n",
        seen=Seen.DRIVERS,
        twice=guarded("a second one is refused: it is registered"),
    ),
    row("eparagonidzcancel", 333, "send the next receipt to nobody"),
    row(
        "eparagonbufferget",
        345,
        "how far one document got",
        "hd!n4294967295",
        "di!n hd!n hc!n st!n pr!b",
    ),
    row(
        "eparagonbuffersummaryget", 358, "how many stand where", "", "fr!n ne!n ok!n fi!n ft!n re!n"
    ),
    row("repositoryeventhubstate", 177, "how documents reach the repository", "", _LINK),
    row("repositorywebapistate", 178, "how commands come from it", "", _LINK),
    row("repositoryeventhubtrigger", 175, "send documents now"),
    row("repositorywebapitrigger", 176, "fetch commands now"),
)
