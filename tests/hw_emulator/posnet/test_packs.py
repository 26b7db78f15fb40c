from __future__ import annotations

import pytest

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.packs import PACKS_MAX, Pack, Packs


def pack(number="1", price=100, quantity=1, *, back=False, storno=False) -> Pack:
    return Pack(number, price, quantity, back, storno)


def refusal(packs: Packs, entry: Pack) -> int:
    with pytest.raises(Refused) as caught:
        packs.add(entry)
    return caught.value.code


def test_out_in_and_due():
    packs = Packs()
    packs.add(pack(quantity=3))
    packs.add(pack(price=50, quantity=4, back=True))
    assert (packs.out_gr, packs.in_gr, packs.due_gr) == (300, 200, 100)


def test_a_storno_repeats_what_stands():
    packs = Packs()
    packs.add(pack(quantity=3))
    assert refusal(packs, pack("2", storno=True)) == 2853
    assert refusal(packs, pack(back=True, storno=True)) == 2853
    assert refusal(packs, pack(price=99, storno=True)) == 2853
    assert refusal(packs, pack(quantity=4, storno=True)) == 2851
    packs.add(pack(quantity=3, storno=True))
    assert packs.out_gr == 0
    assert refusal(packs, pack(storno=True)) == 2853


def test_limits():
    packs = Packs()
    packs.add(pack(price=9_999_999_999))
    assert refusal(packs, pack()) == 1958
    packs = Packs([pack(str(number)) for number in range(PACKS_MAX)])
    assert refusal(packs, pack("another")) == 1965
    packs.add(pack("0"))
    assert refusal(Packs([pack()] * 500), pack()) == 2052
