from __future__ import annotations

import dataclasses

import pytest

from drivers.fiscal import NO_TOTALS, VAT_LETTERS, Attention, Item, Mechanism, Status, TenderKind


@pytest.mark.parametrize("mechanism", Mechanism)
@pytest.mark.parametrize("attention", Attention)
def test_only_one_state_is_ready(mechanism, attention):
    ready = mechanism is Mechanism.OK and attention is Attention.READY
    assert Status(mechanism, attention).is_ready is ready
    assert Status(mechanism, attention, paper_low=True).is_ready is ready


def test_seven_rates():
    assert len(VAT_LETTERS) == len(NO_TOTALS) == 7


def test_values_do_not_change():
    item = Item("Mleko", "A", 349, 2500, 873)
    with pytest.raises(dataclasses.FrozenInstanceError):
        item.price_gr = 1
    assert TenderKind("card") is TenderKind.CARD
