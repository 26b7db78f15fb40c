from __future__ import annotations

from backoffice.exchange.fates import Fates
from backoffice.jobs.work import Fate, Outcome


def test_of_several_shops_the_worst_fate_counts_and_names_its_shop():
    fates = Fates("articles", 2)
    fates.add("products", "p1", Fate.DONE)
    fates.add("products", "p1", Fate.REFUSED, "no unit", "kino")
    fates.add("products", "p1", Fate.SAME)
    fates.add("products", "p2", Fate.SAME)
    fates.add("products", "p2", Fate.DONE)
    assert list(fates.outcomes({("products", "p1"): "art.csv:3"})) == [
        Outcome("articles", "p1", Fate.REFUSED, "kino: no unit", "art.csv:3"),
        Outcome("articles", "p2", Fate.DONE),
    ]


def test_of_one_shop_the_reason_is_enough():
    fates = Fates("articles", 1)
    fates.add("products", "p1", Fate.WAITING, "no unit", "kino")
    (told,) = fates.outcomes({})
    assert told.reason == "no unit"


def test_nothing_is_told_of_what_is_put_off_anywhere():
    fates = Fates("articles", 2)
    fates.add("products", "p1", Fate.DONE)
    fates.put_off("products", "p1")
    fates.add("barcodes", "p1", Fate.DONE)
    assert len(list(fates.outcomes({}))) == 1
