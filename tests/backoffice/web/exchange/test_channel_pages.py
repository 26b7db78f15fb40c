from __future__ import annotations

import pytest

from backoffice.exchange import channels
from backoffice.exchange.channels import Channel
from backoffice.rights import Role
from backoffice.store.engine import reading, writing
from tests.backoffice.web.pressing import press, row_of, words

HERE = "/exchange/channels"
FORM = {"name": "Sieć Pod Lipą", "duplicates": "block", "is_active": "yes"}


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


def channel(running, name):
    with reading(running.office.engine) as database:
        return channels.channel(database, name)


def shops_of(running, name):
    with reading(running.office.engine) as database:
        return channels.shops_of(database, name)


def test_a_channel_is_made_and_changed(english, running):
    answer = press(english, f"{HERE}/new", id="pages-chain", pattern_shop="lipa", **FORM)
    assert answer.headers["location"] == HERE
    made = channel(running, "pages-chain")
    assert (made.name, made.pattern_shop, made.duplicates) == ("Sieć Pod Lipą", "lipa", "block")
    press(english, f"{HERE}/pages-chain", **{**FORM, "name": "Pages", "is_active": ""})
    changed = channel(running, "pages-chain")
    assert (changed.name, changed.pattern_shop, changed.is_active) == ("Pages", "", False)
    assert row_of(english.get(HERE), "Pages") == "Pages pages-chain none — — off"
    assert "changed a sales channel" in words(english.get("/audit"))


def test_a_shop_is_of_one_channel_and_its_tills_with_it(english, running, new_till):
    till, _device = new_till()
    press(english, f"{HERE}/new", id="pages-moved", shops="lipa", **FORM)
    assert shops_of(running, "pages-moved") == ["lipa"]
    assert "lipa" not in shops_of(running, "main")
    assert till in words(english.get(f"{HERE}/pages-moved"))
    press(english, f"{HERE}/main", shops="lipa", **{**FORM, "name": "Main"})
    assert shops_of(running, "pages-moved") == []
    assert "lipa" in shops_of(running, "main")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "Bad Id"}, "1 to 32 small letters"),
        ({"id": "main"}, "There is a channel with this symbol already"),
        ({"name": ""}, "1 to 40 letters"),
        ({"connector": "nobody"}, "Choose one of the list"),
        ({"duplicates": "eat"}, "Choose one of the list"),
        ({"pattern_shop": "nowhere"}, "There is no such shop"),
    ],
)
def test_what_is_no_channel_comes_back(english, wrong, said):
    page = press(english, f"{HERE}/new", **{"id": "fine", **FORM, **wrong})
    assert page.status_code == 422
    assert said in words(page)


def test_whoever_has_one_shop_makes_and_moves_nothing(browser_as, running):
    stranger = browser_as(Role.MANAGER, {"elsewhere"}, language="en")
    assert stranger.get(f"{HERE}/new").status_code == 403
    assert press(stranger, "/account", f"{HERE}/main", **FORM).status_code == 404
    assert stranger.get(f"{HERE}/main").status_code == 404
    assert "New sales channel" not in words(stranger.get(HERE))


def test_whoever_has_one_shop_keeps_the_program_of_its_channel(browser_as, running):
    with writing(running.office.engine) as database:
        channels.put_channel(database, Channel("pages-own", "Own", connector="wares"))
        channels.assign(database, "lipa", "pages-own")
    keeper = browser_as(Role.MANAGER, {"lipa"}, language="en")
    assert '<option value="wares" selected>' in keeper.get(f"{HERE}/pages-own").text
    kept = {**FORM, "was": "wares", "connector": "wares"}
    assert press(keeper, f"{HERE}/pages-own", **kept).status_code == 303
    assert press(keeper, f"{HERE}/pages-own", **FORM).status_code == 403
    made = channel(running, "pages-own")
    assert (made.name, made.connector) == (FORM["name"], "wares")
    with writing(running.office.engine) as database:
        channels.assign(database, "lipa", channels.MAIN)
