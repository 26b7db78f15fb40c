"""Words of the console that change something; each asks the till for what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.console.looking import rejected
from terminal.console.told import Fact, Told, facts, sentence, table
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import ntranslate, translate

if TYPE_CHECKING:
    from terminal.console.bench import Bench
    from terminal.events import Pulled

Args = tuple[str, ...]
_SCAN_S = 20.0
# The reason in the document for the office, whatever language the console speaks.
_TEST = "technician"


def save_tapes(bench: Bench, _args: Args) -> Told:
    """Have the tapes of all devices saved."""
    bench.live.tapes.save_all("asked for by a technician")
    return sentence(
        translate("The tapes are being saved: {folder}", folder=bench.live.tapes.folder)
    )


def set_clock(bench: Bench, _args: Args) -> Told:
    """Give the printer the till's time."""
    clocks = bench.live.act(bench.live.till.workshop.set_clock)
    return facts(
        Fact("printer", _("Printer clock"), f"{clocks.printer:%Y-%m-%d %H:%M:%S}"),
        Fact("till", _("This till's clock"), f"{clocks.till:%Y-%m-%d %H:%M:%S}"),
        is_well=not clocks.is_apart,
    )


def cancel_open(bench: Bench, _args: Args) -> Told:
    """Cancel what is open in the printer."""
    was_open = bench.live.act(bench.live.till.workshop.cancel_open)
    text = _("It was cancelled") if was_open else _("Nothing was open there")
    return sentence(translate(text), was_open=bool(was_open))


def try_printer(bench: Bench, _args: Args) -> Told:
    """A form of the fiscal printer that is no receipt."""
    bench.live.act(bench.live.till.workshop.print_trial)
    return sentence(translate("Sent to the printer"))


def try_slip(bench: Bench, _args: Args) -> Told:
    """A slip of the receipt printer."""
    bench.live.act(bench.live.till.slips.print_trial)
    return sentence(translate("Sent to the printer"))


def try_drawer(bench: Bench, _args: Args) -> Told:
    """Open the drawer; the office hears of it as of any other time."""
    bench.live.act(bench.live.till.shifts.open_drawer, _TEST)
    return sentence(translate("The drawer was told to open"))


def try_scale(bench: Bench, _args: Args) -> Told:
    """Weigh what lies on the scale."""
    qty_milli = bench.live.act(bench.live.till.gear.weigh)
    return facts(Fact("qty_milli", _("Weight"), qty_milli, f"{qty_milli / 1000:.3f}"))


def try_display(bench: Bench, _args: Args) -> Told:
    """Show something to the customers until the next sale."""
    display = bench.live.till.gear.display
    if display is None:
        raise Rejected(Code.NOT_HERE, word="display")
    bench.live.act(display.try_out)
    return sentence(translate("Look at the customer display: it says TEST 123,45"))


def try_scanner(bench: Bench, _args: Args) -> Told:
    """Wait for a scan, with nobody logged in: else it would be sold."""
    live = bench.live
    if live.ask(live.till.view).operator is not None:
        text = translate("Lock the till first (menu 1): what is scanned would be sold")
        return sentence(text, is_well=False)
    scan = live.scans.wait(_SCAN_S)
    if scan is None:
        return sentence(translate("Nothing was scanned"), is_well=False)
    return facts(Fact("code", _("Read"), scan.code))


def pull(bench: Bench, args: Args) -> Told:
    """Fetch what changed, or with ``ever`` all there is, of a menu entry."""
    is_ever = "ever" in args
    entry = next((one for one in args if one != "ever"), "all")
    return _came(bench.live.act(bench.live.till.pull, entry, ever=is_ever))


def push(bench: Bench, _args: Args) -> Told:
    """Send what is unsent."""
    count = bench.live.act(bench.live.till.push)
    return sentence(
        ntranslate("{count} document sent", "{count} documents sent", count), sent=count
    )


def sync(bench: Bench, args: Args) -> Told:
    """Send what is unsent, then fetch what changed."""
    sent, came = push(bench, args), pull(bench, ())
    return Told((*sent.lines, *came.lines), {"push": sent.data, "pull": came.data})


def retry_rejected(bench: Bench, args: Args) -> Told:
    """Ask the office how it judges by now what it rejected."""
    push(bench, args)
    return rejected(bench, args)


def _came(pulled: list[Pulled]) -> Told:
    names = ("name", "added", "changed", "removed", "refused", "is_staged")
    rows = [
        (it.name, it.added, it.changed, it.removed, len(it.refused), it.is_staged) for it in pulled
    ]
    told = table(names, rows)
    shown = tuple(
        f"{it.name:<16} +{it.added} ~{it.changed} -{it.removed} !{len(it.refused)}" for it in pulled
    )
    reasons = tuple(f"! {what}: {why}" for it in pulled for what, why in it.refused[:20])
    return Told((*shown, *reasons) or told.lines, told.data)
