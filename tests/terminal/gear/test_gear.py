"""What the till does with scans and weights: a real till, a fake printer and a fake scale."""

from __future__ import annotations

import pytest

from drivers.errors import NotReady, Unreachable
from drivers.gs1 import check_digit
from drivers.scan import read_scan
from drivers.weight_code import read_pattern
from terminal import events
from terminal.engine import Engine
from terminal.errors import Code, Rejected
from terminal.gear.weighing import Weighing
from tests.shop import WAIT_S
from tests.terminal.desk import CASHIER, CHEESE, desk


class FakeScale:
    def __init__(self) -> None:
        self.answer: object = 1250

    def read(self):
        return None

    def weigh(self, patience_s):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self):
        return


@pytest.fixture
def shop(tmp_path):
    with desk(tmp_path) as one:
        yield one.start()


@pytest.fixture
def scale(shop):
    device = FakeScale()
    shop.till.gear.scale = Weighing(device, Engine("scale"), 1, shop.context.tell)
    return device


def lines(shop):
    return [(line.name, line.qty_milli, line.price_gr) for line in shop.receipt().lines]


def test_a_scan_is_sold(shop):
    shop.do(shop.till.gear.sell_scan, shop.till.gear.read("]E05900000000015\r"))
    shop.do(shop.till.gear.sell_scan, read_scan("5900000000015"), 3000)
    assert lines(shop) == [("Mleko 1 l", 1000, 349), ("Mleko 1 l", 3000, 349)]


def test_the_scanners_prefix_goes(shop):
    shop.till.gear.prefix = "~"
    assert shop.till.gear.read("~5900000000015").code == "5900000000015"


@pytest.mark.parametrize(
    ("text", "code"),
    [("nobody", Code.NOT_FOUND), ("5900000000022", Code.AMBIGUOUS), ("6", Code.PRICE_WANTED)],
)
def test_what_a_scan_may_be_refused_for(shop, text, code):
    assert shop.code(shop.till.gear.sell_scan, read_scan(text)) is code
    assert lines(shop) == []


def test_a_weight_code(shop):
    shop.till.gear.patterns = (read_pattern("28PPPPPWWWWWC"),)
    digits = "280000201250"
    shop.do(shop.till.gear.sell_scan, read_scan(digits + str(check_digit(digits))))
    assert lines(shop) == [("Ser gouda", 1250, 2990)]


def test_the_one_that_was_chosen(shop):
    scan = read_scan("5900000000022")
    found = shop.till.lookup.call(shop.till.gear.articles, scan).result(WAIT_S)
    assert [article.name for article in found.articles] == ["Róża", "Róża biała"]
    shop.do(shop.till.gear.sell_chosen, found.articles[1], found, 2000)
    assert lines(shop) == [("Róża biała", 2000, 800)]


def test_a_scan_needs_the_right_to_sell(shop):
    shop.do(shop.till.lock)
    assert shop.code(shop.till.gear.sell_scan, read_scan("5900000000015")) is Code.NOT_LOGGED_IN


def test_what_lies_on_the_scale_is_sold(shop, scale):
    since = shop.heard.mark()
    shop.till.gear.sell_weighed(CHEESE).result(WAIT_S)
    assert lines(shop) == [("Ser gouda", 1250, 2990)]
    assert shop.heard.wait(events.Weighed, since).qty_milli == 1250
    assert shop.till.gear.weigh().result(WAIT_S) == 1250


@pytest.mark.parametrize(
    ("answer", "code"),
    [(NotReady("unstable"), Code.SCALE_WAITS), (Unreachable("off"), Code.NO_SCALE)],
)
def test_a_scale_that_gives_no_weight_sells_nothing(shop, scale, answer, code):
    scale.answer = answer
    with pytest.raises(Rejected) as caught:
        shop.till.gear.sell_weighed(CHEESE).result(WAIT_S)
    assert caught.value.code is code
    assert lines(shop) == []


def test_what_the_till_refuses_is_refused_after_the_weighing(shop, scale):
    with pytest.raises(Rejected) as caught:
        shop.till.gear.sell_weighed("no such article").result(WAIT_S)
    assert caught.value.code is Code.NOT_FOUND


def test_a_till_without_a_scale(shop):
    with pytest.raises(Rejected) as caught:
        shop.till.gear.weigh()
    assert caught.value.code is Code.NO_SCALE


def test_lamps_are_the_last_word_of_each_device(shop):
    for is_online in (True, False):
        shop.context.tell(events.DeviceChanged("scale", is_online=is_online))
    shop.context.tell(events.DeviceChanged("scanner", is_online=True))
    lamps = shop.till.gear.lamps
    assert {name: lamp.is_online for name, lamp in lamps.items()} == {
        "scale": False,
        "scanner": True,
    }


def test_a_cashier_may_weigh_and_sell(shop, scale):
    shop.do(shop.till.login, CASHIER)
    shop.till.gear.sell_weighed(CHEESE).result(WAIT_S)
    assert len(lines(shop)) == 1
