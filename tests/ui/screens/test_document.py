from __future__ import annotations

import pytest

from terminal.sale.receipt import DocumentKind
from terminal.sync.wire import Customer
from ui.screens.document import buyer_of

NIP = "5260250274"


@pytest.fixture
async def paying(sale):
    sale.keys("1", "enter", "enter")
    await sale.until("DUE")
    sale.keys("#", "#")
    await sale.until("1 Invoice", "2 Receipt", "3 Receipt with NIP", "4 Meal", "5 Electronic")
    return sale


async def test_a_receipt_with_nip_up_to_450_zl_says_what_it_is(paying, till):
    paying.keys("3", *NIP, "enter")
    await paying.until("NIP of the buyer", "simplified invoice")
    paying.keys("#", "#", "2")
    await paying.true(lambda: till.receipt.nip == "")


async def test_a_customer_of_the_shop_need_not_be_typed(paying, till):
    paying.keys("1", *NIP, "enter")
    await paying.until("Name of the buyer", "Lipa sp. z o.o.")
    paying.keys("enter")
    await paying.until("Address of the buyer", "Łódź")
    paying.keys("enter")
    await paying.until("Invoice for", "Lipa sp. z o.o.")
    assert till.receipt.document is DocumentKind.INVOICE
    paying.keys("enter")
    await paying.until("Last invoice")


async def test_a_buyer_whom_nobody_knows_is_typed(paying, till):
    paying.keys("1", *"5260001246", "enter")
    await paying.until("E-29", "Name of the buyer")
    paying.keys("enter")
    await paying.until("Something must be written here")
    paying.keys(*"Dab", "enter")
    await paying.until("Address of the buyer")
    paying.keys("enter")
    await paying.until("Invoice for", "Dab")
    assert (till.receipt.nip, till.receipt.buyer_address) == ("5260001246", "")


async def test_a_wrong_nip_of_a_buyer_is_refused(paying, till):
    paying.keys("1", *"123", "enter", *"Dab", "enter", "enter")
    await paying.until("E-28")
    assert till.receipt.document is DocumentKind.RECEIPT


async def test_a_kid_is_scanned(paying, till):
    paying.keys("5")
    await paying.until("15 digits of the KID")
    paying.scan("123456789012345")
    await paying.until("Electronic receipt (KID)", "123456789012345")
    assert till.receipt.document is DocumentKind.E_RECEIPT


async def test_another_code_is_no_kid(paying, till):
    paying.keys("5", *"123", "enter")
    await paying.until("E-120")
    assert till.receipt.document is DocumentKind.RECEIPT


async def test_what_the_printer_refuses_can_be_a_receipt_instead(paying, till):
    till.prints = "fails"
    paying.keys("1", *NIP, "enter", "enter", "enter")
    await paying.until("Invoice for")
    paying.keys("enter")
    await paying.until("NOT printed", "a receipt instead")
    paying.keys("#")
    await paying.true(lambda: till.receipt.document is DocumentKind.RECEIPT)
    assert till.receipt.nip == NIP
    till.prints = "ok"
    paying.keys("enter")
    await paying.until("Last receipt")


def test_an_address_leaves_no_gaps():
    assert buyer_of(Customer("c", "Lipa", NIP)).address == ""
    full = Customer("c", "Lipa", NIP, "Polna 1", "90-001", "Łódź")
    assert buyer_of(full).address == "Polna 1, 90-001 Łódź"
