from __future__ import annotations

import pytest

from backoffice.sample import SAMPLE_SHOP, load_sample
from backoffice.store.engine import reading
from backoffice.web.goods.around import Around, around
from backoffice.web.i18n import speaking
from terminal.sync import wire

NEAR = Around(
    {"k": wire.Unit("k", "kg", 3)},
    {"d": wire.Category("d", "Nabiał")},
    {
        "A": wire.VatRate("A", 2300),
        "E": wire.VatRate("E", 10_000),
        "F": wire.VatRate("F", 10_100),
    },
)


@pytest.mark.parametrize(
    ("gross_gr", "letter", "net_gr"),
    [(1230, "A", 1000), (999, "A", 812), (999, "E", 999), (5, "?", 5)],
)
def test_a_price_has_a_net_part(gross_gr, letter, net_gr):
    assert NEAR.net_gr(gross_gr, letter) == net_gr


def test_every_net_price_is_that_of_its_gross_price():
    for net_gr in range(0, 5000, 7):
        assert NEAR.net_gr(NEAR.gross_gr(net_gr, "A"), "A") == net_gr


@pytest.mark.parametrize(
    ("units", "usual"),
    [
        ([("kg", "kg", 3, True), ("op", "op.", 0), ("7", "Szt.", 0)], "7"),
        ([("kg", "kg", 3, True), ("l", "l", 3), ("op", "op.", 0)], "op"),
        ([("kg", "kg", 3, True)], "kg"),
        ([], ""),
    ],
)
def test_most_goods_are_sold_by_the_piece(units, usual):
    near = Around({row[0]: wire.Unit(*row) for row in units}, {}, {})
    assert near.usual_unit == usual


def test_letters_not_in_use_are_no_choice():
    with speaking("pl"):
        assert [letter for letter, _name in NEAR.vat_choices] == ["A", "E"]
        assert NEAR.vat_name("A") == "A 23%"
    assert NEAR.vat_name("G") == "G"


def test_what_is_not_there_is_called_by_its_id():
    assert (NEAR.unit_name("k"), NEAR.unit_name("x")) == ("kg", "x")
    assert (NEAR.category_name("d"), NEAR.category_name("")) == ("Nabiał", "")


def test_a_shop_is_asked(sqlite_engine):
    load_sample(sqlite_engine)
    with reading(sqlite_engine) as database:
        near = around(database, SAMPLE_SHOP)
    assert near.unit_name("szt") == "szt."
    assert len(near.category_choices) == len(near.categories) > 3
