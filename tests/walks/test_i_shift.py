"""Walk: a shift at a real counter. Printer, till and office must count the same cash."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from backoffice import publish
from backoffice.store.engine import writing
from terminal import events
from terminal.store.shifts import Count
from tests.shop import counter


@pytest.fixture
def one(tmp_path):
    with counter(tmp_path) as counted:
        counted.start_till()
        with writing(counted.office.office.engine) as database:
            fields = {"cash_management": True, "drawer_rule": "reason"}
            publish.merge(database, "settings", "lipa", "settings", fields)
        counted.ready()
        counted.till.pull("configuration").result(20)
        yield counted


def do(one, verb, *args, **kwargs):
    """A verb, and the Future that comes of it."""
    done = one.do(verb, *args, **kwargs)
    return done.result(20) if hasattr(done, "result") else done


def moved(one, verb, *args):
    since = one.heard.mark()
    do(one, verb, *args)
    return one.heard.wait((events.CashMoved, events.Failed), since)


def at_the_office(one, sql):
    with closing(sqlite3.connect(one.folder / "office.db")) as db:
        return db.execute(sql).fetchall()


def test_opening_sale_movement_end_and_reports(one):
    till = one.till
    assert moved(one, till.shifts.open, 20_000) == events.CashMoved(20_000, 20_000)
    one.sell("1", paid_gr=1_000)
    one.sell("2", method=one.method("card"))
    assert moved(one, till.move_cash, -5_000, "to_bank").amount_gr == -5_000
    do(one, till.shifts.open_drawer, "check")
    state = do(one, till.shifts.state)
    expected_gr = 20_000 + 549 - 5_000
    assert state.takings.expected_gr == expected_gr
    # The fiscal printer has counted the same drawer.
    assert (
        one.running.context.devices.call(one.running.context.printer.cash_state).result(20)
        == expected_gr
    )
    do(one, till.shifts.end, Count(expected_gr - 100), "wrong_change")
    assert one.view().operator is None
    till.push().result(20)
    shifts = at_the_office(
        one,
        "SELECT closed_at <> '', expected_gr, counted_gr, difference_gr, receipts FROM shift"
        " ORDER BY id",
    )
    assert shifts == [(0, 0, None, 0, 0), (1, expected_gr, expected_gr - 100, -100, 2)]
    assert at_the_office(one, "SELECT reason FROM verdict WHERE NOT is_accepted") == []


def test_the_printer_prints_its_month_after_a_daily_report(one):
    till = one.till
    do(one, till.shifts.open, None)
    one.sell("1")
    preview = do(one, till.reports.preview)
    assert preview.total[1:] == (549, 549, 0)
    since = one.heard.mark()
    till.close_day().result(20)
    closed = one.heard.wait((events.DayClosed, events.Failed), since)
    assert isinstance(closed, events.DayClosed)
    one.ready()
    today = till.now().date()
    do(one, till.reports.print_dates, today, today, is_summary=True)
    do(one, till.reports.print_numbers, 1, 1, is_summary=False)
    do(one, till.reports.print_monthly, today, is_summary=False)
    assert "RAPORT" in one.paper
    till.push().result(20)
    kinds = at_the_office(one, "SELECT kind, count(*) FROM journal_entry GROUP BY kind")
    assert dict(kinds)["printed_report"] == 3
    # The day closed the open shift, uncounted.
    assert dict(kinds)["shift"] == 2
    assert at_the_office(one, "SELECT counted_gr FROM shift WHERE closed_at <> ''") == [(None,)]
    assert at_the_office(one, "SELECT reason FROM verdict WHERE NOT is_accepted") == []
