"""What the office asks, from its table to its table: a till, a printer and an office that run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from backoffice import errands, fleet, till_logs
from backoffice.store.engine import reading, writing
from terminal.store import exchanges
from tests.shop import MILK, Counter, counter, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "haslo-kanarka"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with counter(tmp_path_factory.mktemp("errands")) as one:
        one.start_till()
        one.ready()
        log: Path = one.till_folder / "till.log"
        log.write_text(f"token={SECRET} kanarek@example.com\nthe last words\n", encoding="utf-8")
        yield one


def ask(shop: Counter, kind: str, what: str = "") -> errands.Asked:
    """Ask the till, have it beat, and give what became of it."""
    office = shop.office.office
    with writing(office.engine) as database:
        errand = errands.ask(database, "T1", kind, what, "Ewa", office.clock())
    hurry(shop)

    def ended() -> errands.Asked | None:
        with reading(office.engine) as database:
            found = errands.of_terminal(database, "T1", office.clock())
        known = next(it for it in found if it.id == errand)
        return None if known.is_open else known

    return wait_until(ended, f"the end of {kind}")


def hurry(shop: Counter) -> None:
    shop.till.engine.call(shop.till.report).result(10)


def test_data_are_loaded_anew_and_it_is_in_the_history(shop: Counter) -> None:
    shop.till.pull("products").result(10)
    told = ask(shop, "reload", "units")
    assert (told.state, told.why) == ("done", "")
    last = shop.till.engine.call(exchanges.recent, shop.running.context.journal).result(10)[0]
    assert (last.entry, last.cause, last.error) == ("units", "keys", "")
    assert last.operator


def test_a_log_comes_without_secrets_and_with_the_checks(shop: Counter) -> None:
    told = ask(shop, "send_log")
    assert (told.state, told.why) == ("done", "")
    office = shop.office.office
    with reading(office.engine) as database:
        kept = till_logs.log_of(database, "T1", told.id, office.clock())
    assert "the last words" in kept.log
    assert SECRET not in kept.log
    assert "kanarek@" not in kept.log
    assert "disk" in kept.checks
    assert "journal " not in kept.checks


def test_a_report_meets_the_printer_anew(shop: Counter) -> None:
    office = shop.office.office
    with writing(office.engine) as database:
        before = fleet.all_terminals(database)[0].seen_at
    assert ask(shop, "report").state == "done"

    def heard() -> bool:
        with reading(office.engine) as database:
            row = fleet.all_terminals(database)[0]
        return row.seen_at > before and row.reports_left is not None and row.sets != ""

    wait_until(heard, "a heartbeat after it")


def test_the_till_is_locked_after_its_receipt(shop: Counter) -> None:
    till = shop.till
    shop.do(till.sell, MILK)
    office = shop.office.office
    with writing(office.engine) as database:
        errands.ask(database, "T1", "lock", "", "Ewa", office.clock())
    hurry(shop)

    def state() -> str:
        with reading(office.engine) as database:
            return errands.of_terminal(database, "T1", office.clock())[0].state

    wait_until(lambda: state() == "taken", "taken up")
    assert till.operator is not None
    shop.do(till.drop_receipt, "")
    wait_until(lambda: state() == "done", "done")
    assert till.operator is None


def test_data_that_no_till_has_are_refused(shop: Counter) -> None:
    office = shop.office.office
    with writing(office.engine) as database:
        errand = errands.ask(database, "T1", "reload", "stock", "Ewa", office.clock())
        database.execute(
            errands.errand.update().where(errands.errand.c.id == errand).values(what="secrets")
        )
    hurry(shop)

    def refused() -> str:
        with reading(office.engine) as database:
            known = errands.of_terminal(database, "T1", office.clock())[0]
        return known.why if known.state == "refused" else ""

    assert "secrets" in wait_until(refused, "a refusal")
