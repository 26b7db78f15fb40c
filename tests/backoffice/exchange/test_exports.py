from __future__ import annotations

import gc

from sqlalchemy import select

from backoffice.exchange import channels, exports
from backoffice.exchange.channels import Channel
from backoffice.jobs.work import FIRST, Fate
from backoffice.store.engine import reading, writing
from backoffice.store.tables import exchange_later, exchange_seen
from tests.backoffice.exchange.programs import fill, moved, product

DONE, REFUSED, WAITING = Fate.DONE, Fate.REFUSED, Fate.WAITING


def test_everything_goes_into_every_shop_and_a_second_run_moves_nothing(runner, erp, rows):
    fill(erp)
    first = runner.run()
    assert {it.fate for it in first} == {DONE}
    assert len(first) == 8
    for shop in ("kino", "lipa"):
        assert rows("products", shop)["p1"]["category"] == "food"
        assert set(rows("stock", shop)) == set(rows("products", shop)) == {"p1"}
        assert set(rows("customers", shop)) == {"k1"}
    assert runner.run() == []
    whole = runner.run(is_whole=True)
    assert [it.fate for it in whole] == [Fate.SAME] * 8
    assert ("articles", str(erp.number)) in erp.put_away


def test_only_what_was_chosen_and_what_changed_since_goes(runner, erp, rows):
    fill(erp)
    runner.run("categories")
    assert rows("products") == {}
    runner.run("articles")
    erp.put("products", "p1", **product("Mleko świeże"))
    assert moved(runner.run("articles")) == [("articles", "p1", DONE)]
    assert rows("products", "kino")["p1"]["name"] == "Mleko świeże"


def test_a_channel_without_shops_ends_and_says_so(runner, office, erp):
    fill(erp)
    with writing(office.engine) as database:
        channels.put_channel(database, Channel("empty", "Pusty", connector="erp"))
    assert runner.run("articles", channel="empty") == []
    assert runner.said == ["articles: the channel empty has no open shop that it could go to"]


def test_what_is_kept_between_steps_is_gone_at_the_end(runner, erp, office):
    fill(erp)
    runner.run(is_whole=True)
    with reading(office.engine) as database:
        assert database.execute(select(exchange_seen)).all() == []
        assert database.execute(select(exchange_later)).all() == []


def test_a_batch_that_is_too_large_for_one_transaction_is_taken_in_parts(
    runner, erp, rows, monkeypatch
):
    monkeypatch.setattr(exports, "ROWS_MAX", 2)
    erp.at_a_time = 7
    for no in range(12):
        erp.put("customers", f"k{no:02}", name=f"Klient {no}")
    job, cursor, sizes = runner.job("partners"), FIRST, []
    while cursor is not None:
        step = runner.step(job, cursor)
        sizes.append(len(step.outcomes))
        cursor = step.next
    assert sizes[:7] == [2, 2, 2, 1, 2, 2, 1]
    assert len(rows("customers", "kino")) == 12
    assert gc.isenabled()
