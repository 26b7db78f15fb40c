from __future__ import annotations

import json
from dataclasses import asdict

from hw_emulator.posnet.memory import make_view
from hw_emulator.posnet.views import stored_documents

INVOICE = ("trfvinit", "trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb7|sc0")


def test_everything_a_day_can_hold(bench):
    bench.run("ftrcfg|snSALE-1", "trinit", "trline|naKawa|vt0|pr100", "trpack|pr50", "trend")
    bench.run(*INVOICE, "trline|naMleko|vt1|pr200|il2", "trend", "trfvinit", "prncancel")
    bench.run("trinit", "prncancel", "trpackinit", "trpack|pr1", "trend")
    bench.report()
    view = bench.device.view()
    assert [(r.reference, r.total_gr, r.packs_gr) for r in view.receipts] == [
        ("SALE-1", 100, (50, 0))
    ]
    (invoice,) = view.invoices
    assert (invoice.invoice_no, invoice.buyer, invoice.nip, invoice.total_gr) == (
        "7",
        "Jan",
        "1",
        400,
    )
    assert [line.quantity for line in invoice.lines] == ["2"]
    assert (len(view.cancelled), len(view.cancelled_invoices)) == (1, 1)
    (report,) = view.reports
    assert (report.receipts, report.invoices, report.cancelled, report.cancelled_invoices) == (
        *(1, 1, 1, 1),
    )
    assert report.invoice_totals_gr == (0, 400, 0, 0, 0, 0, 0)
    json.dumps(asdict(view))


def test_protected_memory_is_what_was_printed(bench):
    bench.run(
        "trinit|bm1", "trline|naKawa|vt0|pr100", "trend|fe0", "trftrln|id0|naNOTE", "trftrend"
    )
    bench.run("stocash|kw1")
    bench.report()
    documents = list(bench.memory.documents())
    assert [(d.kind, d.number, d.serial) for d in documents] == [
        ("receipt", 1, 1),
        ("nonfiscal", 2, 0),
        ("report", 3, 1),
    ]
    for document in documents:
        assert all(line in bench.printed for line in document.lines)
    assert any("NOTE" in line for line in documents[0].lines)


def test_reports_and_documents_of_the_first_version():
    at = "2026-03-02T10:00:00+01:00"
    old = {
        "kind": "nonfiscal",
        "at": at,
        "header_no": 4,
        "resets_shift": False,
    }
    (document,) = stored_documents([old])
    assert (document.number, document.lines) == (4, ())
    assert make_view([]).invoices == ()
