from __future__ import annotations

import uuid

from backoffice import printer_rates, publish, receive
from backoffice.store.engine import reading, writing
from terminal.sync import wire

OLD = [2300, 800, 500, 0, 10_000, 10_100, 10_100]


def event(name, **detail):
    return wire.EventDoc(
        str(uuid.uuid4()), "K1", "lipa", "2026-03-01T12:00:00+01:00", "", name, detail
    )


def told(engine, clock, books, *events):
    journal = books()
    for each in events:
        journal.add(each)
    push = wire.JournalPush(1, journal.entries)
    receive.receive(engine, "K1", push, clock())


def of_shop(engine):
    with reading(engine) as database:
        return printer_rates.of_shop(database, "lipa")


def want(engine, **rates):
    with writing(engine) as database:
        rows = [{"id": letter, "rate_bp": rate} for letter, rate in rates.items()]
        publish.put(database, "vat_rates", "lipa", rows)


def test_of_a_till_that_told_nothing_nothing_is_known(engine, till):
    want(engine, A=2300)
    assert of_shop(engine) == [printer_rates.PrinterRates("K1", {}, ())]


def test_a_changed_rate_waits_until_the_printer_has_it(engine, till, clock, books):
    want(engine, A=2300, B=800, C=500, D=0, E=10_000)
    told(engine, clock, books, event("rates_programmed", rates=OLD), event("login"))
    assert of_shop(engine)[0].waiting == ()
    want(engine, B=700, F=300)
    (printer,) = of_shop(engine)
    assert (printer.rates["B"], printer.waiting) == (800, ("B", "F"))


def test_the_last_word_of_the_till_counts_and_odd_ones_do_not(engine, till, clock, books):
    want(engine, A=2300)
    new = [*OLD[:5], 300, 10_100]
    odd = [event("login", note='"rates_programmed"'), event("rates_programmed", rates="none")]
    programmed = [event("rates_programmed", rates=OLD), event("rates_programmed", rates=new)]
    told(engine, clock, books, *programmed, *odd)
    assert of_shop(engine)[0].rates["F"] == 300
