from __future__ import annotations

from types import SimpleNamespace

import pytest

from terminal.sale.buyer import as_e_receipt
from terminal.sale.sendable import is_sendable
from tests.terminal.fake_printer import FakePrinter, no
from tests.terminal.sale.test_verbs import MILK, sold

SALE = sold((MILK, 1000))
SENT = as_e_receipt(SALE, "123456789012345")


def printer(*, is_on=True, free=1, refuses=False):
    def asked():
        if refuses:
            raise no()
        return is_on

    one = FakePrinter()
    one.e_documents = SimpleNamespace(is_on=asked, buffer=lambda: SimpleNamespace(free=free))
    return one


@pytest.mark.parametrize(
    ("options", "expected"),
    [({}, True), ({"is_on": False}, False), ({"free": 0}, False), ({"refuses": True}, False)],
)
def test_a_printer_says_whether_it_can_send(options, expected) -> None:
    assert is_sendable(printer(**options), SENT) is expected


def test_without_the_service_paper_is_printed_and_paper_needs_no_service() -> None:
    assert not is_sendable(FakePrinter(), SENT)
    assert is_sendable(FakePrinter(), SALE)
