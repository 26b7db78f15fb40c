from __future__ import annotations

import pytest

from hw_emulator.posnet.amount_in_words import in_words

ALMOST_HUNDRED = "dziewięćdziesiąt dziewięć"


@pytest.mark.parametrize(
    ("grosze", "words"),
    [
        (0, "zero PLN 0/100"),
        (1000, "dziesięć PLN 0/100"),
        (205, "dwa PLN 5/100"),
        (1_199, "jedenaście PLN 99/100"),
        (2_100, "dwadzieścia jeden PLN 0/100"),
        (10_000, "sto PLN 0/100"),
        (99_900, "dziewięćset dziewięćdziesiąt dziewięć PLN 0/100"),
        (100_000, "tysiąc PLN 0/100"),
        (200_000, "dwa tysiące PLN 0/100"),
        (500_000, "pięć tysięcy PLN 0/100"),
        (1_200_000, "dwanaście tysięcy PLN 0/100"),
        (2_200_000, "dwadzieścia dwa tysiące PLN 0/100"),
        (11_200_000, "sto dwanaście tysięcy PLN 0/100"),
        (100_000_100, "milion jeden PLN 0/100"),
        (300_000_000, "trzy miliony PLN 0/100"),
        (
            9_999_999_999,
            (
                f"{ALMOST_HUNDRED} milionów dziewięćset {ALMOST_HUNDRED} tysięcy "
                f"dziewięćset {ALMOST_HUNDRED} PLN 99/100"
            ),
        ),
    ],
)
def test_amounts(grosze, words):
    assert in_words(grosze, "PLN") == words
