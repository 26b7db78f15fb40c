"""Words whose work other parts of the till do, where this installation has them (else E-184)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.console.told import Fact, Told, facts, sentence
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.console.bench import Bench
    from terminal.update.search import Found

Args = tuple[str, ...]


def absent(word: str) -> Callable[[Bench, Args], Told]:
    """What says that there is no ``word`` here."""

    def refuse(_bench: Bench, _args: Args) -> Told:
        raise Rejected(Code.NOT_HERE, word=word)

    return refuse


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
