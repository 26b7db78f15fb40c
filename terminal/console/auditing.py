"""Words for whoever audits the till: check the journal, take it away. Nothing is changed.

The verifier is one file of the standard library and runs as a program of its own: opening the
journal past SQLite, and closing it again, would take the locks away that SQLite holds for us.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from terminal.audit import export as writer
from terminal.audit import verify as verifier
from terminal.console.told import Fact, Told, facts, sentence
from terminal.device.check import JOURNAL
from terminal.i18n import gettext_noop as _
from terminal.reports.medium import place

if TYPE_CHECKING:
    from terminal.console.bench import Bench

Args = tuple[str, ...]
_VERIFY_S = 100.0
_FINE, _NOT_ALL_CHECKED = 0, 3
_LINES_MAX, _CONTROL = 40, 8
VERIFIER = verifier.__file__


def verify(bench: Bench, _args: Args) -> Told:
    """Chain, gaps, running totals, signed days."""
    words = (sys.executable, "-I", VERIFIER, str(bench.folder / JOURNAL), "--json")
    done = subprocess.run(words, capture_output=True, text=True, timeout=_VERIFY_S, check=False)  # noqa: S603 - our own file
    report: dict[str, Any] = json.loads(done.stdout)
    if "error" in report:
        return sentence(str(report["error"]), is_well=False)
    told = facts(
        Fact("documents", _("Documents"), report["documents"]),
        Fact("days", _("Days with a signed head"), len(report["days"])),
        Fact("seals", _("Of them sealed by the office"), report["seals"]),
        Fact("wrong", _("Not as it was written"), report["wrong"]),
    )
    left = tuple(f"? {what}" for what in report["unchecked"])
    found = tuple(f"! {it['place']}: {it['what']}" for it in report["findings"][:_LINES_MAX])
    lines = (*told.lines, *left, *found)
    return Told(lines, report, done.returncode in {_FINE, _NOT_ALL_CHECKED})


def export(bench: Bench, _args: Args) -> Told:
    """The whole journal onto the medium, signed, without what tells of persons."""
    context = bench.live.context
    now = context.now()
    path = place(bench.config.export.path) / f"{context.terminal}-{now:%Y%m%dT%H%M%S}.jsonl"
    with bench.journal() as journal:
        stamp = now.isoformat(timespec="seconds")
        done = writer.export(journal, context.device_key, path, stamp)
    return facts(
        Fact("path", _("Written"), str(path)),
        Fact("documents", _("Documents"), done.documents),
        Fact("withheld", _("Withheld, for they tell of persons"), done.withheld),
        Fact("hash", _("Control number"), done.hash[:_CONTROL]),
    )
