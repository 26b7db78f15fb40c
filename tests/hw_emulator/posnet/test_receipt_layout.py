"""The reference printout (§19), and the pieces it is made of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hw_emulator.posnet import receipt_layout
from hw_emulator.posnet.tender import Payment


def test_the_reference_printout_of_a_receipt(bench):
    bench.device.keep({"header": "Sklep"})
    bench.run(
        *("trinit", "trline|naMleko|vt1|pr999", "trline|naSer żółty|vt0|pr1200|il1,5|jmkg"),
        *("trline|naChleb|vt2|pr500|rd1|rp1500|rnStały klient", "trline|naMleko|vt1|pr999|st1"),
        *("trline|naZnaczek|vt4|pr390|opna list", "showsubtotal", "trdiscntbill|rw100"),
        *("trpayment|ty2|wa2000|naVisa", "trpayment|ty0|wa1000", "trend"),
    )
    signature = bench.device.view().receipts[0].signature
    assert (
        bench.printed
        == f"""\
Sklep
NIP 5222628262                      nr:1
            PARAGON FISKALNY
Mleko                  1 x9,99     9,99B
Ser żółty        1,5 kg x12,00    18,00A
Chleb                  1 x5,00     5,00C
OPUST Stały klient 15,00 %        -0,75C
#STORNO#
Mleko                  1 x9,99    -9,99B
Znaczek                1 x3,90     3,90E
  na list
Podsuma:                           26,15
- - - - - - - - - - - - - - - - - - - -
Podsuma:                           26,15
OPUST                              -1,00
- - - - - - - - - - - - - - - - - - - -
OPUSTY ŁĄCZNIE                     -1,75
- - - - - - - - - - - - - - - - - - - -
SPRZEDAŻ OPODATKOWANA A            17,31
SPRZEDAŻ OPODATKOWANA C             4,08
SPRZEDAŻ ZWOLNIONA E                3,76
PTU A 23,00 %                       3,24
PTU C 5,00 %                        0,19
SUMA PTU                            3,43
SUMA PLN                           25,15
- - - - - - - - - - - - - - - - - - - -
ROZLICZENIE PŁATNOŚCI
Visa                           20,00 PLN
GOTÓWKA                        10,00 PLN
RESZTA GOTÓWKA                  4,85 PLN
00001 #001 KIEROWNIK    2026-03-02 10:00
{signature}
          {{PL}} ABC 2101000001

"""
    )


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [("1", "1"), ("1.0", "1"), ("2.500", "2,5"), ("0.00000001", "0,00000001"), ("100", "100")],
)
def test_quantities(quantity, shown):
    assert receipt_layout.show_count(Decimal(quantity)) == shown


def test_an_advance_after_the_vendor():
    assert receipt_layout.advance("ZALICZKA", 1000, -500, "A") == [
        "ZALICZKA                    10,00 -5,00A",
        "                                   5,00 ",
    ]
    assert receipt_layout.advance("ZALICZKA", 500, 300, "A") == [
        "#STORNO#",
        "ZALICZKA                     2,00 +3,00A",
        "                                   5,00 ",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "old", "shown"),
    [
        (0, "Moja", False, "GOTÓWKA"),
        (2, "", False, "KARTA"),
        (2, "Visa", False, "Visa"),
        (8, "", False, "PRZELEW"),
        (8, "", True, "KONTO KLIENTA"),
    ],
)
def test_names_of_payments(kind, name, old, shown):
    payment = Payment(kind, 100, name, is_change=False)
    assert receipt_layout.payment_name(payment, is_old=old) == shown
