"""A till is destroyed in the middle of a day; another device takes its place and goes on."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import pytest

from backoffice import fleet
from backoffice.store.engine import writing
from terminal import config, enrolling, events
from terminal.errors import Code
from terminal.store import receipts
from terminal.sync.wire import Heartbeat
from tests.shop import MILK, WAIT_S, counter, wait_until

MANAGER, OWNER = ("2", "2222"), ("3", "3333")
# What a till keeps of what it sold; columns that say where in the journal are compared as well.
TABLES = ("receipt", "receipt_line", "payment", "goods", "sold", "document")


@pytest.fixture
def shop(tmp_path):
    with counter(tmp_path, tcp=False) as one:
        one.start_till()
        one.ready()
        yield one


def sell_a_day_and_a_half(shop):
    till = shop.till
    shop.sell("1", "2")
    since = shop.heard.mark()
    shop.do(till.move_cash, 5_000, "rozmiana")
    shop.heard.wait(events.CashMoved, since)
    shop.do(till.sell, "3")
    shop.do(till.drop_receipt, "klient zrezygnował")
    close_day(shop)
    shop.do(till.sell, "1", 2000)
    shop.do(till.sell, "2")
    shop.do(till.void_line, 1)
    shop.do(till.discount_line, 0, percent_bp=1000)
    shop.do(till.set_nip, "5260001246")
    shop.sell("4", paid_gr=20_000)
    shop.do(till.sell, "6")
    shop.do(till.drop_receipt, "za drogo")
    shop.do(till.sell, "1")
    shop.do(till.discount_receipt, percent_bp=500)
    shop.sell("3")


def close_day(shop):
    since = shop.heard.mark()
    shop.till.close_day().result(WAIT_S)
    shop.heard.wait(events.DayClosed, since)
    shop.do(shop.till.login, *MANAGER)


def await_sent(shop):
    # What was pulled at the start is told as well, once it has come.
    shop.running.context.net.call(int).result(WAIT_S)
    shop.do(int)
    wait_until(lambda: not shop.view().unsent.count, "everything sent")


def destroy(shop):
    shop.stop_till()
    shutil.rmtree(shop.till_folder)


def replace_device(shop):
    """A technician with a code, and a device that knows nothing but where its office is."""
    office = config.Office(url=shop.office.url)
    chosen = config.Config(printer=shop.config.printer, store=shop.config.store, office=office)
    enrolled = enrolling.enrol(chosen, shop.office.enrol_code("T1"))
    shop.start_till()
    return enrolled


def picture(shop):
    """What the till shows and counts, as far as it does not say which device it is."""
    (counters,) = shop.journal("SELECT value FROM setting WHERE key = 'printer.counters'")
    number = json.loads(counters[0])["reports"] + 1
    sales = shop.till.lookup.call(shop.till.shelf.sales).result(WAIT_S)
    shown = shop.till.lookup.call(lambda: [shop.till.shelf.case(it.rid) for it in sales])
    journal = shop.running.context.journal
    return {
        **{name: shop.journal(f"SELECT * FROM {name}") for name in TABLES},  # noqa: S608
        "sales": sales,
        "shown": shown.result(WAIT_S),
        "counters": counters,
        "day": shop.view().day,
        "totals": shop.do(receipts.day_totals, journal, number),
    }


def rejected(shop):
    with writing(shop.office.office.engine) as database:
        found = database.exec_driver_sql("SELECT seq, reason FROM verdict WHERE NOT is_accepted")
        alarms = database.exec_driver_sql("SELECT kind, detail FROM alarm")
        return [*found.all(), *alarms.all()]


def test_a_new_device_knows_what_the_old_one_did_and_goes_on(shop):
    sell_a_day_and_a_half(shop)
    await_sent(shop)
    before = picture(shop)
    destroy(shop)
    enrolled = replace_device(shop)
    assert enrolled.identity.epoch == 2
    assert enrolled.restored.documents == len(before["document"])
    after = picture(shop)
    told = [row for row in after["document"] if row[0] == 2]
    assert [row[3] for row in told] == ["event"]
    after["document"] = after["document"][: len(before["document"])]
    assert after == before
    shop.ready()
    assert shop.view().blocked is None
    shop.sell("1")
    shop.sell("2")
    close_day(shop)
    await_sent(shop)
    assert rejected(shop) == []
    ((body,),) = shop.journal("SELECT body FROM document WHERE kind = 'report' AND epoch = 2")
    report = json.loads(body)
    assert (report["report_no"], report["receipts"], report["first_epoch"]) == (2, 4, 1)
    assert report["local_gr"] == report["printer_gr"]
    assert report["first_at"] < report["last_at"] < report["at"]
    assert report["first_at"] in {row[8] for row in before["receipt"]}
    assert report["printed_at"][:10] == report["at"][:10]
    assert shop.view().day == "EMPTY"


def test_what_was_never_sent_is_lost_and_nobody_can_miss_it(shop):
    shop.sell("1")
    await_sent(shop)
    shop.stop_office()
    for _ in range(3):
        shop.sell("2")
    unsent = shop.view().unsent
    assert unsent.count == 3
    kept = shop.journal("SELECT count(*) FROM document")[0][0] - unsent.count
    destroy(shop)
    shop.start_office()
    said = Heartbeat("1", unsent.count, unsent.oldest_at, "OPEN", "ready", "Marek")
    with writing(shop.office.office.engine) as database:
        fleet.beat(database, "T1", said, datetime.now(UTC))
    enrolled = replace_device(shop)
    assert enrolled.identity.last_words.unsent == 3
    assert enrolled.identity.last_words.oldest_unsent_at == unsent.oldest_at
    assert enrolled.restored.documents == kept
    # The printer has sold more than anybody told: a technician looks at both pictures first.
    wait_until(lambda: shop.view().blocked, "selling is stopped")
    assert shop.view().blocked.code is Code.DISAGREES
    find = shop.till.shelf.find
    wait_until(lambda: shop.till.lookup.call(find, MILK).result(WAIT_S), "goods")
    shop.do(shop.till.login, *OWNER)
    shop.till.accept_printer().result(WAIT_S)
    wait_until(lambda: shop.view().blocked is None, "selling goes on")
    shop.do(shop.till.login, *MANAGER)
    shop.sell("1")
    close_day(shop)
    await_sent(shop)
    assert rejected(shop) == []
    ((body,),) = shop.journal("SELECT body FROM document WHERE kind = 'report'")
    report = json.loads(body)
    assert report["receipts"] == 5
    assert sum(report["printer_gr"]) > sum(report["local_gr"]) > 0
