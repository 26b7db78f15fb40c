"""Words of the console that look and change nothing; some of them need no running till."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from terminal.console.told import Fact, Told, facts, table
from terminal.context import ZONE
from terminal.device import doctor
from terminal.device.check import State
from terminal.i18n import gettext_noop as _
from terminal.installed import FISCAL_PRINTER
from terminal.paper.waiting import in_words
from terminal.store import events, exchanges, outbox
from terminal.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from terminal.console.bench import Bench
    from terminal.device.safekeeping import Kept
    from terminal.workshop import Clocks, PrinterFacts

Args = tuple[str, ...]
_USUAL = 20
_FRAME_MAX = 300
# The check of the configuration wants a file; a till may have been built without one.
_OF_FILE = "configuration"


def status(bench: Bench, _args: Args) -> Told:
    """The till in a dozen lines; without one, what its files say."""
    installed = bench.installed
    head = (
        Fact("version", _("Program"), VERSION, f"KasoTerminal {VERSION}"),
        Fact("terminal", _("Terminal"), installed.terminal if installed else ""),
        Fact("shop", _("Shop"), installed.shop if installed else ""),
        Fact("is_running", _("The till runs"), bench.is_live),
    )
    if not bench.is_live:
        with bench.journal() as journal:
            waits = outbox.unsent(journal)
        return facts(*head, *_waiting(waits), is_well=False)
    view = bench.live.ask(bench.live.till.view)
    blocked = view.blocked
    return facts(
        *head,
        Fact("is_logged_in", _("Somebody is logged in"), view.operator is not None),
        Fact("is_receipt_open", _("A receipt is open"), not view.receipt.is_empty),
        Fact("day", _("Day"), str(view.day)),
        Fact("is_printer_online", _("Fiscal printer answers"), view.printer_online),
        Fact("waits_for", _("It waits for"), view.waits_for, in_words(view.waits_for)),
        Fact("is_office_online", _("Back office answers"), view.network_online),
        *_waiting(view.unsent),
        Fact(
            "blocked",
            _("Selling is stopped"),
            str(blocked.code) if blocked else "",
            f"{blocked.code} {blocked.sentence()}" if blocked else None,
        ),
        *(Fact(str(one.code), str(one.code), str(one), one.sentence()) for one in view.notes),
        is_well=blocked is None and view.printer_online,
    )


def _waiting(waits: outbox.Unsent) -> tuple[Fact, ...]:
    return (
        Fact("unsent", _("Not sent to the back office"), waits.count),
        Fact("unsent_since", _("The oldest is of"), waits.oldest_at, _minute(waits.oldest_at)),
        Fact("rejected", _("Rejected documents"), waits.rejected),
    )


def version(bench: Bench, _args: Args) -> Told:
    """Program, terminal, SQLite."""
    installed = bench.installed
    return facts(
        Fact("version", _("Program"), VERSION, f"KasoTerminal {VERSION}"),
        Fact("terminal", _("Terminal"), installed.terminal if installed else ""),
        Fact("epoch", _("Enrolled for the time"), installed.epoch if installed else None),
        Fact("sqlite", "SQLite", sqlite3.sqlite_version),
    )


def printer(bench: Bench, _args: Args) -> Told:
    """What the fiscal printer says of itself now."""
    told: PrinterFacts = bench.live.ask(bench.live.till.workshop.facts)
    return facts(
        Fact("model", _("Fiscal printer"), told.model, f"{told.model} {told.version}"),
        Fact("unique_no", _("Unique number"), told.unique_no),
        Fact("waits_for", _("State"), told.waits_for, in_words(told.waits_for) or "OK"),
        Fact("clock", _("Printer clock"), f"{told.clock:%Y-%m-%d %H:%M}"),
        Fact("reports", _("Daily reports made"), told.reports),
        Fact("reports_left", _("Daily reports left"), told.reports_left),
        Fact("receipts", _("Receipts since"), told.receipts),
        Fact("cancelled", _("Cancelled since"), told.cancelled),
        Fact("last_receipt_no", _("Last receipt"), told.last_receipt_no),
        Fact("is_open", _("Document open"), told.is_open),
    )


def clock(bench: Bench, _args: Args) -> Told:
    """Both clocks, in one look."""
    told: Clocks = bench.live.ask(bench.live.till.workshop.clocks)
    return facts(
        Fact("printer", _("Printer clock"), f"{told.printer:%Y-%m-%d %H:%M:%S}"),
        Fact("till", _("This till's clock"), f"{told.till:%Y-%m-%d %H:%M:%S}"),
        is_well=not told.is_apart,
    )


def frames(bench: Bench, args: Args) -> Told:
    """The last frames on the line of the fiscal printer, without tax numbers."""
    passages = bench.live.tapes.frames(FISCAL_PRINTER)[-_count(args) :]
    lines = [passage.line(ZONE) for passage in passages]
    short = [line if len(line) <= _FRAME_MAX else line[:_FRAME_MAX] + "…" for line in lines]
    return Told(tuple(short), list(lines)) if lines else table((), ())


def devices(bench: Bench, _args: Args) -> Told:
    """What is connected, and the last word of each."""
    lamps = bench.live.till.gear.lamps
    view = bench.live.ask(bench.live.till.view)
    rows = []
    for device in bench.live.till.installed.devices:
        lamp = lamps.get(device.name)
        answers = lamp.is_online if lamp else None
        if device.name == FISCAL_PRINTER:
            answers = view.printer_online
        word = "?" if answers is None else "+" if answers else "!"
        rows.append((word, device.name, device.protocol, device.url))
    return table(("answers", "name", "protocol", "url"), rows)


def network(bench: Bench, _args: Args) -> Told:
    """The way to the office."""
    view, installed = bench.live.ask(bench.live.till.view), bench.live.till.installed
    off = view.office_off
    return facts(
        Fact("office", _("Back office"), installed.office_url),
        Fact("ca", _("Certificates"), installed.ca or "system"),
        Fact("is_online", _("It answers"), view.network_online),
        Fact(
            "heard_at",
            _("Last contact"),
            view.heard_at.isoformat(timespec="seconds") if view.heard_at else None,
        ),
        Fact("office_ahead_s", _("Its clock is ahead (s)"), off and off.total_seconds()),
        Fact("clock", _("This till's clock"), bench.live.till.now().isoformat(timespec="seconds")),
        is_well=view.network_online,
    )


def log(bench: Bench, args: Args) -> Told:
    """The last events of the journal, the newest at the end."""
    with bench.journal() as journal:
        return _logged(events.recent(journal, limit=_count(args)))


def news(bench: Bench, after: tuple[int, int]) -> Told:
    """The events after a place in the chain."""
    with bench.journal() as journal:
        return _logged([one for one in events.recent(journal) if one.place > after])


def _logged(newest_first: list[events.Logged]) -> Told:
    found = newest_first[::-1]
    lines = [
        f"{one.at[:19].replace('T', ' ')}  {one.operator or '-':<14} {one.name}"
        f"  {' '.join(f'{key}={value}' for key, value in one.detail)}".rstrip()
        for one in found
    ]
    return Told(
        tuple(lines),
        [
            {
                "epoch": one.place[0],
                "seq": one.place[1],
                "at": one.at,
                "operator": one.operator,
                "name": one.name,
                "detail": dict(one.detail),
            }
            for one in found
        ],
    )


def unsent(bench: Bench, _args: Args) -> Told:
    """What the office does not have yet, by kind."""
    with bench.journal() as journal:
        waits = outbox.unsent(journal)
        kinds = journal.execute(
            "SELECT kind, count(*) FROM document WHERE epoch = (SELECT epoch FROM delivered)"
            " AND seq > (SELECT hw FROM delivered) GROUP BY kind ORDER BY kind"
        ).fetchall()
    return facts(*_waiting(waits), *(Fact(kind, kind, count) for kind, count in kinds))


def rejected(bench: Bench, _args: Args) -> Told:
    """What the office rejected, newest first, and why."""
    with bench.journal() as journal:
        found = outbox.rejections(journal)
    rows = [
        (f"{it.place.epoch}/{it.place.seq}", _minute(it.made_at), it.kind, it.reason)
        for it in found
    ]
    return table(("place", "at", "kind", "reason"), rows)


def sets(bench: Bench, _args: Args) -> Told:
    """The data sets of the office, their revisions and when they came."""
    with bench.catalogue() as catalogue:
        rows = catalogue.execute(
            "SELECT name, revision, applied_at FROM data_set ORDER BY name"
        ).fetchall()
    return table(("name", "revision", "at"), [(it[0], it[1], _minute(it[2])) for it in rows])


def history(bench: Bench, args: Args) -> Told:
    """The last exchanges with the office, newest first."""
    with bench.journal() as journal:
        found = exchanges.recent(journal)[: _count(args)]
    rows = [
        (_minute(it.at), it.entry, it.cause, it.operator, it.sent, it.moved - it.sent, it.error)
        for it in found
    ]
    return table(("at", "entry", "cause", "operator", "sent", "came", "error"), rows)


def database(bench: Bench, _args: Args) -> Told:
    """Read both databases from end to end, beside the till that works on them."""
    return examined(bench, ("journal", "catalogue", "backup", "disk"))


def checks(bench: Bench, _args: Args) -> Told:
    """Everything the doctor looks at."""
    names = [name for name in doctor.CHECKS if name != _OF_FILE or bench.path.is_file()]
    return examined(bench, names)


def examined(bench: Bench, names: Iterable[str]) -> Told:
    """Some checks of the doctor; one that warns is well enough for a script."""
    scene = bench.scene()
    found = list(doctor.examine(scene, names))
    lines = tuple(line for one in found for line in doctor.as_lines(one))
    return Told(lines, doctor.as_data(scene, found), doctor.worst(found) is not State.BAD)


def copies(bench: Bench, _args: Args) -> Told:
    """Copies of the journal that lie here, newest first."""
    kept: Kept = bench.live.ask(bench.live.till.safe.kept)
    rows = [(f"{it.made_at:%Y-%m-%d %H:%M}", it.size, str(it.path)) for it in kept.copies]
    return table(("at", "bytes", "path"), rows)


def enrolment(bench: Bench, _args: Args) -> Told:
    """Which terminal this is."""
    installed = bench.installed
    return facts(
        Fact("terminal", _("Terminal"), installed.terminal if installed else ""),
        Fact("shop", _("Shop"), installed.shop if installed else ""),
        Fact("office", _("Back office"), installed.office_url if installed else ""),
        Fact("epoch", _("Enrolled for the time"), installed.epoch if installed else None),
        is_well=installed is not None,
    )


def _count(args: Args) -> int:
    return next((int(arg) for arg in args if arg.isdigit()), _USUAL)


def _minute(stamp: str) -> str:
    return stamp[:16].replace("T", " ")
