from __future__ import annotations

from terminal.store import own_rows, visits
from terminal.store.catalogue import apply
from terminal.store.db import close_writer, open_writer, write
from terminal.sync.wire import Visit, VisitDoc


def planned(visit_id: str, at: str) -> Visit:
    return Visit(visit_id, "c1", at)


def test_a_span_of_days_in_the_order_of_their_time(tmp_path) -> None:
    catalogue = open_writer(tmp_path / "catalogue.db", "catalogue")
    journal = open_writer(tmp_path / "journal.db", "journal")
    early, late = (
        planned("a", "2026-11-25T07:00:00+00:00"),
        planned("b", "2026-11-25T07:30:00+01:00"),
    )
    apply(catalogue, "visits", 1, [early, planned("x", "2026-11-26T00:00:00+01:00")])
    with write(journal):
        own_rows.put(journal, "visits", late, None, "d1")
    assert visits.between(catalogue, journal, "2026-11-25", "2026-11-25") == [late, early]
    assert visits.between(catalogue, journal, "2026-11-26", "2026-11-25") == []
    assert visits.find(catalogue, journal, "b") == late
    assert visits.find(catalogue, journal, "nothing") is None
    close_writer(catalogue)
    close_writer(journal)


def test_a_row_has_all_that_its_document_tells() -> None:
    told = ("v", "c", "at", "done", "subject", 45, "r", "began", "ended", "note", "next")
    document = VisitDoc("rid", "T1", "lipa", "now", "Ewa", "3", *told)
    assert visits.row_of(document) == Visit(
        "v", "c", "at", "subject", 45, "r", "done", "began", "ended", "note", "next"
    )
