from __future__ import annotations

from backoffice.receipt_picture import WIDE, picture
from terminal.sync import wire

SHOP = wire.Shop(
    id="lipa",
    company="Pod Lipą Handel Spożywczy Sp. z o.o.",
    nip="1234563218",
    name="Sklep Pod Lipą",
    street="ul. Lipowa 7",
    postal_code="00-950",
    city="Warszawa",
)


def test_the_head_is_centred_and_the_nip_stands_beside_the_number():
    assert picture(SHOP, "").head == (
        "  Pod Lipą Handel Spożywczy Sp. z o.o.",
        "             Sklep Pod Lipą",
        "              ul. Lipowa 7",
        "            00-950 Warszawa",
        "NIP 1234563218                      nr:1",
    )


def test_what_one_line_does_not_hold_is_broken_and_said():
    long = "Przedsiębiorstwo Handlowo-Usługowe Jan Kowalski"
    shop = wire.Shop(id="x", company=long, nip="1234563218")
    seen = picture(shop, "")
    assert seen.broken == (long,)
    assert [line.strip() for line in seen.head[:2]] == [
        "Przedsiębiorstwo Handlowo-Usługowe Jan",
        "Kowalski",
    ]
    assert picture(shop, "", WIDE).broken == ()


def test_the_foot_is_broken_as_the_till_breaks_it():
    seen = picture(SHOP, "Dziękujemy i zapraszamy ponownie")
    assert seen.foot == (" Dziękujemy i zapraszamy", " ponownie")
    assert picture(SHOP, "  ").foot == ()
