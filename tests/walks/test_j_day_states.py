"""Walk: the states of the day at a real counter, with reports that the printer makes by itself."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from backoffice import publish
from backoffice.store.engine import writing
from hw_emulator.posnet.profile import Profile
from terminal import events
from terminal.errors import Code, TillError
from tests.crash.books import check
from tests.shop import WAIT_S, counter

A_DAY_S = int(timedelta(days=1).total_seconds())


@pytest.fixture
def one(tmp_path):
    with counter(tmp_path) as counted:
        counted.start_till()
        counted.ready()
        yield counted


def wrong(one):
    return check(one.till_folder / "journal.db", one.memory_file, one.folder / "office.db")


def at_the_office(one, sql):
    with closing(sqlite3.connect(one.folder / "office.db")) as db:
        return db.execute(sql).fetchall()


def reports(one):
    rows = one.journal("SELECT body FROM document WHERE kind = 'report' ORDER BY seq")
    return [json.loads(body) for (body,) in rows]


@pytest.mark.parametrize("how_many", [1, 2])
def test_what_the_printer_made_at_midnight_or_in_its_menu_is_imported_with_the_login(one, how_many):
    one.sell("1", "2")
    one.do(one.till.lock)
    for _ in range(how_many):
        one.printer.station.midnight()
    since = one.heard.mark()
    one.do(one.till.login, "2", "2222")
    told = one.heard.wait(events.ReportImported, since)
    assert (told.report_no, told.printer_gr, told.local_gr) == (1, 1348, 1348)
    one.sell("1")
    assert [report["route"] for report in reports(one)] == ["external"] * how_many
    assert [report["report_no"] for report in reports(one)] == [1, 2][:how_many]
    assert (one.view().day, one.view().blocked) == ("OPEN", None)
    one.till.push().result(WAIT_S)
    assert wrong(one) == []


def test_a_till_that_was_off_at_midnight_imports_at_its_start_and_nothing_stops(one):
    one.sell("1")
    one.stop_till()
    one.printer.station.midnight()
    one.start_till()
    assert one.heard.wait(events.ReportImported).report_no == 1
    one.ready()
    assert (one.view().day, one.view().blocked) == ("EMPTY", None)
    one.sell("2")
    one.till.push().result(WAIT_S)
    assert wrong(one) == []


def test_a_printer_that_refuses_the_new_day_leads_into_its_report(tmp_path):
    with counter(tmp_path, profile=Profile(needs_daily_report=True)) as one:
        one.start_till()
        one.ready()
        one.sell("1")
        one.printer.device.jump(A_DAY_S)
        since = one.heard.mark()
        one.do(one.till.sell, "1")
        one.do(one.till.pay, one.method("cash"))
        refused = one.heard.wait((events.ReceiptNotPrinted, events.ReceiptPrinted), since)
        assert refused.reason.code is Code.REPORT_MISSING
        assert one.heard.wait(events.ReportWanted, since).day == "FORCED"
        assert one.view().day == "FORCED"
        one.do(one.till.take_back_payments)
        with pytest.raises(TillError) as caught:
            one.do(one.till.pay, one.method("cash"))
        assert caught.value.code is Code.REPORT_MISSING
        one.printer.device.jump(-A_DAY_S)
        one.do(one.till.drop_receipt, "the report comes first")
        since = one.heard.mark()
        one.till.close_day().result(WAIT_S)
        assert one.heard.wait((events.DayClosed, events.Failed), since).report_no == 1
        one.do(one.till.login, "2", "2222")
        one.sell("1")
        one.till.push().result(WAIT_S)
        assert wrong(one) == []


def test_an_opening_without_an_office_reaches_it_once(one):
    with writing(one.office.office.engine) as database:
        fields = {"cash_management": True}
        publish.merge(database, "settings", "lipa", "settings", fields)
    one.till.pull("configuration").result(WAIT_S)
    one.till.push().result(WAIT_S)
    one.stop_office()
    since = one.heard.mark()
    one.do(one.till.login, "2", "2222")
    wanted = one.heard.wait(events.ShiftWanted, since)
    one.do(one.till.shifts.open, wanted.proposed_gr or 20_000)
    assert one.heard.wait(events.CashMoved, since).amount_gr == 20_000
    # What the login would fetch comes later: a sale need not wait for it.
    one.sell("1")
    assert one.view().unsent.count
    # The till goes off with all of it still unsent.
    one.stop_till()
    one.start_till()
    one.start_office()
    for _ in range(2):
        one.till.push().result(WAIT_S)
    assert one.view().unsent.count == 0
    opened = "SELECT opening_gr FROM shift"
    assert at_the_office(one, opened) == [(20_000,)]
    assert at_the_office(one, "SELECT reason FROM verdict WHERE NOT is_accepted") == []
    assert wrong(one) == []
