from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select

from backoffice import first_run, fleet, publish
from backoffice.actor import administrator
from backoffice.errors import BadRows, Conflict
from backoffice.first_run import FirstShop, Step
from backoffice.store.engine import reading, writing
from backoffice.store.tables import audit
from terminal.sync import wire
from terminal.sync.signing import new_key, public_half

OWN = FirstShop(
    "Dąb sp. z o.o.", "5261001001", "Pod Dębem", "ul. Dębowa 1", "00-950", "Warszawa", "Jan", "4711"
)
WHO = administrator("pl")


def done(engine):
    with reading(engine) as database:
        return first_run.steps_done(database)


def rows(engine, name, shop="pod-debem"):
    with reading(engine) as database:
        found = publish.living(database, name, shop, "", 5000)
    return [msgspec.json.decode(row, type=wire.SETS[name]) for row in found]


def test_an_own_shop_has_what_every_shop_needs(engine, clock):
    assert done(engine) == set()
    with writing(engine) as database:
        assert first_run.is_new(database)
        assert first_run.found(database, WHO, OWN, clock()) == "pod-debem"
    assert done(engine) == {Step.SHOP}
    (shop,) = rows(engine, "shop")
    assert (shop.company, shop.nip, shop.name, shop.city) == (
        "Dąb sp. z o.o.", "5261001001", "Pod Dębem", "Warszawa",
    )  # fmt: skip
    (person,) = rows(engine, "users")
    assert (person.identifier, person.name, person.language) == ("1", "Jan", "pl")
    rights = {it.id: set(it.rights) for it in rows(engine, "roles")}
    assert rights[person.role] == set(wire.Right)
    assert [it.kind for it in rows(engine, "payment_methods")] == ["cash", "card"]
    assert len(rows(engine, "vat_rates")) == 7
    assert not rows(engine, "products")
    with reading(engine) as database:
        (noted,) = database.execute(select(audit)).all()
    assert (noted.act, noted.what, noted.shop) == ("found", "shop/pod-debem", "pod-debem")
    assert "4711" not in noted.after


def test_the_sample_shop_comes_with_goods(engine, clock):
    with writing(engine) as database:
        assert first_run.found_sample(database, WHO, clock()) == "lipa"
    assert done(engine) == {Step.SHOP, Step.GOODS}


def test_there_is_one_first_shop(engine, clock):
    with writing(engine) as database:
        first_run.found(database, WHO, OWN, clock())
    for again in (
        lambda database: first_run.found(database, WHO, OWN, clock()),
        lambda database: first_run.found_sample(database, WHO, clock()),
    ):
        with pytest.raises(Conflict), writing(engine) as database:
            again(database)
    assert len(rows(engine, "users")) == 1


def test_what_cannot_be_published_leaves_nothing(engine, clock):
    wrong = FirstShop("Dąb", "12", "Pod Dębem", person="Jan", pin="4711")
    with pytest.raises(BadRows), writing(engine) as database:
        first_run.found(database, WHO, wrong, clock())
    assert done(engine) == set()


def test_a_till_has_come_when_it_is_enrolled(engine, clock):
    with writing(engine) as database:
        code = fleet.invite(database, "KASA1", "lipa", clock())
    assert Step.TILL not in done(engine)
    with writing(engine) as database:
        fleet.enrol(database, wire.EnrolRequest(code, "0.1.0", public_half(new_key())), clock())
    assert Step.TILL in done(engine)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Sklep Pod Lipą", "sklep-pod-lipa"),
        ("ŻÓŁĆ & Łódź", "zolc-lodz"),
        ("x" * 70, "x" * 32),
        ("a" * 31 + " b", "a" * 31),
        ("日本", "sklep"),
    ],
)
def test_an_id_is_recognised_by_people(name, wanted):
    assert first_run.id_of(name) == wanted
