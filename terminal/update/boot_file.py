"""The till's word in the pointer ``boot.json``: what is tried, and how that ended. Pure.

The file itself, how it is written and what every start counts in it, is the launcher's, which no
update replaces: the two never write at the same time, for it writes only while no till runs.
"""

from __future__ import annotations

from dataclasses import replace

from terminal.update import launcher
from terminal.update.launcher import TRIES, Boot, version_of

GONE_BACK = "gone back by hand"


def armed(boot: Boot, slot: str) -> Boot:
    """``slot`` is started from now on, and tried."""
    return replace(boot, active=slot, tries=TRIES, why="")


def confirmed(boot: Boot, counter: int) -> Boot:
    """The active slot is well; no release with a lower ``counter`` may ever follow."""
    return replace(boot, good=boot.active, tries=0, why="", floor=max(boot.floor, counter))


def waiting(boot: Boot) -> Boot:
    """Nothing is wrong but that the printer is silent: this start has used up no try."""
    return replace(boot, tries=min(TRIES, boot.tries + 1))


def unwell(boot: Boot, why: str) -> Boot:
    """The active slot is not well; the launcher counts, and knows ``why`` when it gives up."""
    return replace(boot, why=why)


def given_up(boot: Boot, why: str) -> Boot:
    """Back to the last slot that was well, now."""
    return replace(launcher.given_up(boot), why=why)


def barred(boot: Boot, version: str) -> Boot:
    """``version`` is never installed here."""
    return replace(boot, bad=tuple(dict.fromkeys((*boot.bad, version))))


def sent_back(boot: Boot, slot: str) -> Boot:
    """Somebody wants the older ``slot`` again: it is tried like a new one; the newer is barred."""
    return armed(barred(boot, version_of(boot.good)), slot)
