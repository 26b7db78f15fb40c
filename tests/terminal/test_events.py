"""What is told can be kept by anyone on any thread: it never changes."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from terminal import events
from terminal.sale.receipt import Receipt

KINDS = [kind for _, kind in inspect.getmembers(events, dataclasses.is_dataclass)]
RECEIPT = Receipt("r", "", "", "")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_is_a_frozen_value(kind: type) -> None:
    fields = {field.name: object() for field in dataclasses.fields(kind)}
    one = kind(**fields)
    assert one == kind(**fields)
    assert not hasattr(one, "__dict__")
    for name in fields:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, name, 1)


def test_a_printer_that_waits_for_nothing_is_ready() -> None:
    assert events.PrinterChanged(is_online=True).waits_for == ""


def test_an_event_is_told_apart_by_its_kind_and_place() -> None:
    match events.ReceiptPrinted(RECEIPT, 7, 50):
        case events.ReceiptPrinted(receipt, number, change):
            assert (receipt, number, change) == (RECEIPT, 7, 50)
        case _:
            pytest.fail("not matched")
