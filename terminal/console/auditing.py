"""Words for whoever audits the till: check the journal, take it away. Nothing is changed.

The verifier is one file of the standard library and runs as a program of its own: opening the
journal past SQLite, and closing it again, would take the locks away that SQLite holds for us.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from terminal.console.told import Fact, Told, facts, sentence
from terminal.context import local_now
from terminal.device.check import IDENTITY, JOURNAL
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.reports.medium import place
from terminal.sync import enrolment

if TYPE_CHECKING:
    from terminal.console.bench import Bench

Args = tuple[str, ...]
_VERIFY_S = 100.0
_FINE, _NOT_ALL_CHECKED = 0, 3
_LINES_MAX, _CONTROL = 40, 8
_PACKAGE = "terminal.audit"
_VERIFIER = f"{_PACKAGE}.verify"


def verify(bench: Bench, _args: Args) -> Told:
    """Chain, gaps, running totals, signed days."""
    here = find_spec(_VERIFIER) if find_spec(_PACKAGE) else None
    if here is None or here.origin is None:
        raise Rejected(Code.NOT_HERE, word="journal verify")
    words = (sys.executable, "-I", here.origin, str(bench.folder / JOURNAL), "--json")
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
    try:
        writer, keys = import_module(f"{_PACKAGE}.export"), import_module(f"{_PACKAGE}.device_key")
    except ImportError:
        raise Rejected(Code.NOT_HERE, word="export") from None
    identity = enrolment.load(bench.folder / IDENTITY)
    if identity is None:
        raise Rejected(Code.NOT_HERE, word="export")
    now = local_now()
    path = place(bench.config.export.path) / f"{identity.terminal}-{now:%Y%m%dT%H%M%S}.jsonl"
    with bench.journal() as journal:
        stamp = now.isoformat(timespec="seconds")
        done = writer.export(journal, keys.DeviceKey(identity.key), path, stamp)
    return facts(
        Fact("path", _("Written"), str(path)),
        Fact("documents", _("Documents"), done.documents),
        Fact("withheld", _("Withheld, for they tell of persons"), done.withheld),
        Fact("hash", _("Control number"), done.hash[:_CONTROL]),
    )
