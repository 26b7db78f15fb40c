from __future__ import annotations

import random

import pytest

from backoffice import neighbours, publish
from backoffice.errors import BadRows, NotFound
from backoffice.store import data_rows
from backoffice.store.engine import reading, writing
from tests.backoffice.goods.conftest import NEEDED, product

SHOP = "lipa"
CODES = [f"590{number:04d}" for number in range(8)]
NAMES = ["Woda", "woda!", "Ser 2%", "ser2%", "Gęś", "Bułka"]


def fill(engine, *products):
    with writing(engine) as database:
        for name, rows in {**NEEDED, "products": products}.items():
            publish.put(database, name, SHOP, rows)


def change(dice):
    """A set, rows for it, and ids that shall go."""
    row_id = f"p{dice.randrange(6)}"
    rates = [{"id": dice.choice("AB"), "rate_bp": dice.choice([2300, 10_100])}]
    others = [
        ("barcodes", [{"id": dice.choice(CODES), "product": row_id}], []),
        ("units", [], [dice.choice(["szt", "kg"])]),
        ("categories", [], [dice.choice(["food", "dairy"])]),
        ("vat_rates", rates, []),
        ("products", [], [row_id]),
        ("quick_keys", [{"id": "1", "position": 7, "product": row_id}], []),
    ]
    rows = [
        product(
            f"p{dice.randrange(6)}",
            dice.choice(NAMES),
            vat=dice.choice("AB"),
            unit=dice.choice(["szt", "kg"]),
            category=dice.choice(["", "food", "dairy"]),
            plu=dice.choice(["", "1", "2"]),
            barcodes=dice.sample(CODES, dice.randrange(3)),
            is_active=dice.random() < 0.8,
        )
        for _ in range(dice.randrange(1, 3))
    ]
    return dice.choice([*others, ("products", rows, []), ("products", rows, [])])


@pytest.mark.parametrize("seed", range(3))
def test_a_change_is_judged_by_a_few_rows_as_by_all(engine, monkeypatch, seed):
    dice, usual = random.Random(seed), neighbours.FEW
    fill(engine)
    refused = 0
    for _ in range(60):
        name, rows, gone = change(dice)
        told = []
        for few, times, at_once in ((0, 10**9, 1000), (usual, 3, 1)):
            monkeypatch.setattr(neighbours, "FEW", few)
            monkeypatch.setattr(neighbours, "_TIMES", times)
            monkeypatch.setattr(data_rows, "IDS_MAX", at_once)
            with reading(engine) as database:
                judged = publish.judge(database, name, SHOP, rows, gone=gone)
            told.append((judged.wrong, judged.bodies, judged.before))
        assert told[0] == told[1]
        refused += bool(told[0][0])
        try:
            with writing(engine) as database:
                publish.replace(database, name, SHOP, rows, gone)
        except (BadRows, NotFound):
            pass
    assert 5 < refused < 55


def test_a_price_is_changed_without_reading_all_goods(engine, mocker):
    fill(engine, *(product(f"p{no}", f"Towar {no}") for no in range(120)))
    read = mocker.spy(neighbours, "_all")
    with writing(engine) as database:
        publish.put(database, "products", SHOP, [product("p7", "Towar 7", price_gr=1)])
    assert "products" not in [call.args[1] for call in read.call_args_list]


def test_a_batch_of_goods_is_judged_without_reading_those_of_a_large_shop(engine, mocker):
    fill(engine, *(product(f"p{no}", f"Towar {no}", plu=str(no + 1)) for no in range(400)))
    batch = [product(f"n{no}", f"Nowy {no}", plu=str(no + 1001)) for no in range(120)]
    batch.append(product("twin", "Bliźniak", plu="7"))
    read = mocker.spy(neighbours, "_all")
    with writing(engine) as database:
        outcome = publish.put(database, "products", SHOP, batch, take_good=True)
    assert "products" not in [call.args[1] for call in read.call_args_list]
    assert [(it.id, it.path) for it in outcome.faults] == [("twin", "$.plu")]
    assert outcome.changed == 120
