from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from terminal import events
from terminal.errors import Code, Rejected, SyncError
from terminal.sync.wire import Shop
from terminal.version import VERSION


async def test_who_this_till_is_and_what_the_office_offers(sale, till):
    till.shelf.sets["shop"] = [Shop("shop", "Lipa sp. z o.o.", "5260250274", "Sklep Lipa")]
    till.version = "9.9"
    sale.keys("f10", "7", "4")
    await sale.until(VERSION, "9.9", "T1 (2)", "Sklep Lipa", "5260250274", "ABC 2101000001")
    sale.keys("enter", "f10", "7", "4")
    await sale.until("Version and update")


async def test_what_cannot_be_asked_says_why(sale, till):
    till.workshop.refuse = Rejected(Code.NO_PRINTER)

    def find_release():
        def fail():
            raise SyncError(Code.NO_NETWORK)

        return till.lookup.call(fail)

    till.find_release = find_release
    sale.keys("f10", "7", "4")
    await sale.until("E-50", "E-05", "lipa")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "the same"), (90, "ahead by 90 s"), (-3600, "behind by 3600 s")],
)
async def test_the_offices_clock(sale, till, seconds, told):
    sale.keys("f10", "8", "2")
    await sale.until("https://office.example.com", "TLS, certificates of the system", "never")
    await sale.until("not known yet")
    till.engine.tell(events.OfficeClock(timedelta(seconds=seconds)))
    await sale.until(told)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ca": "/etc/ca.pem"}, "TLS, certificates of /etc/ca.pem"),
        ({"office_url": "http://127.0.0.1:8440"}, "none: this machine only"),
    ],
)
async def test_how_safe_the_way_is(sale, till, changes, told):
    till.installed = replace(till.installed, **changes)
    sale.keys("f10", "8", "2")
    await sale.until(told)


async def test_enrolment_is_seen_without_a_login(screen):
    await screen.until("Identifier")
    screen.keys("f12", "1", "4")
    await screen.until("Enrolment", "T1", "lipa", "kasoterminal enrol CODE")
