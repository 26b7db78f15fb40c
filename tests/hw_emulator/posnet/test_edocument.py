from __future__ import annotations

import pytest

from hw_emulator.posnet.outside import Server


@pytest.fixture
def shop(bench):
    bench.run("eparagonstatusset|st1", "eparagondefaultset|ada.pl", "eparagonserverins|rn2|adb.pl")
    return bench


def test_whose_receipt_it_will_be(shop):
    handle = shop.ask("eparagonidznext|idKID 123")["ha"]
    found = shop.ask(f"eparagonbufferget|hd{handle}")
    never = "2000-01-01T01:00:00+01:00"
    assert (found["id"], found["ad"], found["st"], found["di"]) == (
        "KID 123",
        "https://a.pl",
        "4",
        "0",
    )
    assert found["rd"] == found["sd"] == never
    assert shop.error("eparagonidznext|idKID 456") == 4258
    shop.run("eparagonidzcancel", "eparagonidzcancel")
    assert shop.error(f"eparagonbufferget|hd{handle}") == 903
    other = shop.ask("eparagonidznext|idKID 456|adb.pl")["ha"]
    assert other != handle
    assert shop.ask(f"eparagonbufferget|hd{other}")["ad"] == "https://b.pl"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("eparagonidznext|id", 4277),
        ("eparagonidznext|id   ", 4277),
        ("eparagonidznext|id" + "x" * 129, 4277),
        ("eparagonidznext|ida\nb", 4277),
        ("eparagonidznext|idK|adunknown.pl", 4273),
        ("eparagonidznext|idK|ada b", 4255),
        ("eparagonidzprev|idK", 2930),
        ("eparagonbufferget|hd1", 903),
        ("eparagonbufferdelrec|hd1", 903),
        ("eparagonbuffercontextset|ty1", 974),
        ("eparagonbuffercontextget", 974),
        ("eparagongraphicsend|id1", 4276),
        ("eparagongraphicsend|id501", 3250),
        ("eparagongraphicsendall", 4276),
    ],
)
def test_what_it_does_not_take(shop, text, error):
    assert shop.error(text) == error


def test_the_service_has_to_be_on_and_configured(bench, make_bench):
    assert bench.error("eparagonidznext|idK") == 323
    bench.run("eparagonstatusset|st1")
    assert bench.error("eparagonidznext|idK") == 4273
    training = make_bench(is_fiscal=False)
    training.run("eparagonstatusset|st1", "eparagondefaultset|ada.pl")
    assert training.error("eparagonidznext|idK") == 2034


def test_before_or_during_a_receipt_but_not_after(shop):
    shop.run("trinit|bm1", "trline|naKawa|vt0|pr100", "eparagonidznext|idK", "trend|fe0")
    assert shop.error("eparagonidznext|idL") == 2060
    assert shop.error("eparagonidzprev|idL") == 2038
    shop.run("trftrend")


def test_the_receipt_before(shop):
    shop.sell()
    handle = shop.ask("eparagonidzprev|idK")["ha"]
    found = shop.ask(f"eparagonbufferget|hd{handle}")
    assert (found["st"], found["pr"], found["di"]) == ("1", "T", "1")
    assert shop.error("eparagonidzprev|idL") == 4257
    shop.sell()
    shop.run("eparagonidzprev|idL")


def test_all_of_them_one_by_one(shop):
    handles = []
    for _ in range(3):
        shop.sell()
        handles.append(shop.ask("eparagonidzprev|idK")["ha"])
        shop.device.jump(60)
    shop.run("eparagonbuffercontextset|ty0", f"eparagonbufferdelrec|hd{handles[1]}")
    read = [shop.ask("eparagonbuffercontextget")["hd"] for _ in range(2)]
    assert read == [handles[0], handles[2]]
    assert shop.error("eparagonbuffercontextget") == 975


def test_how_full_it_is(shop):
    shop.sell()
    shop.run("eparagonidzprev|idK")
    shop.device.outside.edocuments[""] = Server.FAILS
    shop.sell()
    shop.run("eparagonidzprev|idK", "eparagonidznext|idL")
    assert shop.ask("eparagonbufferfreecntget") == {"rc": "497"}
    assert shop.ask("eparagonbuffersummaryget") == {
        "fr": "497",
        "ne": "0",
        "ok": "1",
        "fi": "1",
        "ft": "0",
        "re": "1",
    }


def test_what_an_open_receipt_will_be_is_not_deleted(shop):
    shop.sell()
    done = shop.ask("eparagonidzprev|idK")["ha"]
    shop.run("trinit|bm1")
    handle = shop.ask("eparagonidznext|idL")["ha"]
    assert shop.error(f"eparagonbufferdelrec|hd{handle}") == 4256
    shop.run("eparagonbufferdelall")
    assert shop.error(f"eparagonbufferget|hd{done}") == 903
    assert shop.ask(f"eparagonbufferget|hd{handle}")["st"] == "4"
    shop.run("prncancel", "eparagonbufferdelall")
    assert shop.ask("eparagonbufferfreecntget") == {"rc": "500"}
    shop.run("eparagonidznext|idM")


def test_images_are_sent_too(shop):
    shop.run("imgslotset|no3|wx8|hx1|txFF", "imgslotset|no9|wx8|hx1|txAA")
    handle = shop.ask("eparagongraphicsend|id3|adb.pl")["hd"]
    found = shop.ask(f"eparagonbufferget|hd{handle}")
    assert (found["id"], found["ad"], found["pr"]) == ("ABC2101000001-1-3", "https://b.pl", "N")
    assert found["di"] == shop.ask("imgslotdocid|no3")["id"]
    assert shop.ask("eparagongraphicsendall") == {"bs": "2", "bn": "2"}
