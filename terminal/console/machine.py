"""Words about the program and its machine: updates, slots, copies, a new start."""

from __future__ import annotations

import os
import subprocess
from threading import Timer
from typing import TYPE_CHECKING

from terminal.console.told import Fact, Told, facts, sentence, table
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.update.installation import installation
from terminal.update.launcher import AGAIN
from terminal.update.slots import Slots

if TYPE_CHECKING:
    from terminal.console.bench import Bench
    from terminal.device.copies import Copy
    from terminal.update.search import Found
    from terminal.update.updates import Updates

Args = tuple[str, ...]
# One fixed command: nothing of a line becomes a part of it.
REBOOT = ("/usr/bin/systemctl", "reboot")
_SYSTEM_S = 20.0
_SOON_S = 1.0


def slots(_bench: Bench, _args: Args) -> Told:
    """Which versions are installed, and where each stands."""
    here = installation(os.environ, None)
    if here is None:
        raise Rejected(Code.NOT_HERE, word="slots")
    standing = Slots(here.prefix).standing()
    rows = [(it.slot, it.version, it.counter, str(it.state)) for it in standing]
    return table(("slot", "version", "counter", "state"), rows)


def rollback(bench: Bench, _args: Args) -> Told:
    """The version before, when the day is closed; the program ends for it."""
    version = bench.live.act(bench.live.till.updates.go_back)
    return sentence(translate("Version {version} starts now", version=version), version=version)


def restart(bench: Bench, _args: Args) -> Told:
    """End the program, for whoever started it to start it again."""
    updates = bench.live.till.updates
    bench.live.act(_leave_soon, updates)
    return sentence(translate("The program ends and is started again"))


def _leave_soon(updates: Updates) -> None:
    updates.exit_code = AGAIN
    # The answer is to be on the line before the end.
    Timer(_SOON_S, updates.leave).start()


def reboot(bench: Bench, _args: Args) -> Told:
    """Have the machine start anew, where its rules let the till's user do that."""
    bench.live.act(int)
    try:
        done = subprocess.run(  # noqa: S603 - see REBOOT
            REBOOT, capture_output=True, text=True, timeout=_SYSTEM_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return sentence(str(error), is_well=False)
    if done.returncode:
        return sentence(" ".join(done.stderr.split()), is_well=False)
    return sentence(translate("The machine starts anew"))


def backup(bench: Bench, _args: Args) -> Told:
    """Copy the journal beside itself now."""
    copy: Copy = bench.live.act(bench.live.till.safe.make)
    return facts(
        Fact("path", _("Copy"), str(copy.path)),
        Fact("bytes", _("Size"), copy.size),
    )


def update_status(bench: Bench, _args: Args) -> Told:
    """What is prepared for the day close, and how the last search ended."""
    finder, state = bench.live.till.finder, bench.live.till.updates.state
    prepared, trouble = finder.prepared, finder.trouble
    return facts(
        Fact("is_on", _("Looks for new versions"), finder.is_on),
        Fact("is_installable", _("Can install them"), finder.is_installable),
        Fact("prepared", _("Prepared for the daily report"), prepared.version if prepared else ""),
        Fact("phase", _("State"), str(state.phase)),
        Fact("rolled_back", _("Given up here"), state.rolled_back),
        Fact(
            "trouble",
            _("Trouble"),
            str(trouble.code) if trouble else "",
            f"{trouble.code} {trouble.sentence()}" if trouble else None,
        ),
        is_well=trouble is None,
    )


def find_update(bench: Bench, _args: Args) -> Told:
    """What the office offers now."""
    found: Found = bench.live.act(bench.live.till.finder.look)
    if not found.version:
        return sentence(translate("The program is up to date."), version="")
    return facts(
        Fact("version", _("The back office offers"), found.version),
        Fact("size", _("Size"), found.size),
        Fact("received", _("Of it here"), found.received),
        Fact("is_prepared", _("Prepared for the daily report"), found.is_prepared),
        Fact("is_paused", _("Stopped by the back office"), found.is_paused),
    )


def fetch_update(bench: Bench, _args: Args) -> Told:
    """Fetch and prove it; the day close installs it."""
    prepared = bench.live.act(bench.live.till.finder.fetch)
    if prepared is None:
        return sentence(translate("The program is up to date."), version="")
    return facts(Fact("prepared", _("Prepared for the daily report"), prepared.version))
