"""Walk (c): daily report, VAT rates that waited, synchronisation, the next version found."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from backoffice import publish, rollouts
from backoffice.store.engine import writing
from hw_emulator.posnet.memory import read_memory
from terminal import events
from tests.crash.books import check
from tests.shop import counter, wait_until


@pytest.fixture
def one(tmp_path):
    with counter(tmp_path) as counted:
        counted.start_till()
        counted.ready()
        yield counted


def close(one):
    since = one.heard.mark()
    one.till.close_day().result(20)
    return one.heard.wait((events.DayClosed, events.Failed), since)


def wrong(one):
    return check(one.till_folder / "journal.db", one.memory_file, one.folder / "office.db")


def report_at_the_office(one):
    with closing(sqlite3.connect(one.folder / "office.db")) as db:
        return db.execute(
            "SELECT report_no, receipts, printer_total_gr, local_total_gr FROM daily_report"
        ).fetchall()


def test_report_then_rates_then_data_then_the_next_version(one):
    one.sell("1", "2")
    one.sell("1", method=one.method("card"))
    with writing(one.office.office.engine) as database:
        # Sold under 5 % until the report; under 3 % from then on.
        publish.merge(database, "vat_rates", "lipa", "C", {"rate_bp": 300})
        publish.merge(database, "products", "lipa", "1", {"price_gr": 565})
        wanted = rollouts.Rollout("", "9.9.9")
        rollouts.begin(database, wanted, one.office.office.clock())
    one.till.pull("configuration").result(10)
    assert one.sell("1").receipt.lines[0].rate_bp == 500
    assert read_memory(one.memory_file).books.rates_bp[2] == 500
    since = one.heard.mark()
    closed = close(one)
    assert (closed.report_no, closed.receipts, closed.total_gr) == (1, 3, 549 * 3 + 799)
    assert closed.notes == ()
    assert one.till.find_release().result(10) == "9.9.9"
    steps = [it.step for it in one.heard.events[since:] if isinstance(it, events.ClosingStep)]
    assert steps[:4] == ["INTENT", "REPORTED", "SETTINGS", "PUSH"]
    assert steps[4:] == ["CONFIGURATION", "USERS", "PRODUCTS", "CUSTOMERS", "RELEASE"]

    # Rates changed with zero totals, after the report and not before.
    printed = read_memory(one.memory_file)
    assert printed.books.rates_bp[2] == 300
    assert printed.books.vat_changes == 1
    (report,) = printed.reports
    ((local, told),) = one.journal(
        "SELECT local_gr, (SELECT body FROM document WHERE kind = 'report') FROM closing"
    )
    assert json.loads(local) == list(report.totals_gr) == json.loads(told)["printer_gr"]
    one.till.push().result(10)
    assert report_at_the_office(one) == [(1, 3, closed.total_gr, closed.total_gr)]
    assert wrong(one) == []

    # The next day: new prices, new rates, nobody logged in.
    assert one.view().operator is None
    one.do(one.till.login, "2", "2222")
    (line,) = one.sell("1").receipt.lines
    assert (line.price_gr, line.rate_bp) == (565, 300)
    assert wrong(one) == []


def test_the_day_closes_without_an_office_and_everything_arrives_later(one):
    one.sell("1", "2")
    one.till.push().result(10)
    one.stop_office()
    one.sell("3")
    closed = close(one)
    assert isinstance(closed, events.DayClosed)
    assert closed.notes
    assert (closed.receipts, one.view().day) == (2, "EMPTY")
    ((step, notes),) = one.journal("SELECT step, notes FROM closing")
    assert (step, json.loads(notes)) == ("DONE", list(closed.notes))
    unsent = one.view().unsent.count
    assert unsent >= 2
    assert report_at_the_office(one) == []
    one.start_office()
    one.till.push().result(10)
    wait_until(lambda: one.view().unsent.count == 0, "everything sent")
    assert report_at_the_office(one) == [(1, 2, closed.total_gr, closed.total_gr)]
    assert wrong(one) == []


def test_a_second_day_counts_from_nothing(one):
    for report_no in (1, 2):
        one.sell("1")
        closed = close(one)
        assert (closed.report_no, closed.receipts, closed.total_gr) == (report_no, 1, 549)
        one.do(one.till.login, "2", "2222")
    one.till.push().result(10)
    assert [row[0] for row in report_at_the_office(one)] == [1, 2]
    assert wrong(one) == []


def test_a_report_made_at_the_printer_is_booked_before_the_next_sale(one):
    one.sell("1")
    one.printer.station.midnight()
    printed = one.sell("2")
    assert printed.receipt_no == 1
    assert one.journal("SELECT report_no FROM receipt ORDER BY closed_at") == [(1,), (2,)]
    one.till.push().result(10)
    ((body,),) = one.journal("SELECT body FROM document WHERE kind = 'report'")
    assert json.loads(body)["route"] == "external"
    assert wrong(one) == []
