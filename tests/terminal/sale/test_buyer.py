from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.errors import Code, Rejected
from terminal.sale import buyer
from terminal.sale.buyer import Buyer
from terminal.sale.receipt import DocumentKind, State
from terminal.sale.verbs import with_nip
from tests.terminal.sale.test_verbs import MILK, NEW, VODKA, sold

NIP = "5260250274"
LIPA = Buyer("526-025-02-74", " Lipa  sp. z o.o. ", "Polna 1,  90-001 Łódź")
SALE = sold((MILK, 1000))


def code(do, *args) -> Code:
    with pytest.raises(Rejected) as caught:
        do(*args)
    return caught.value.code


def test_an_invoice_has_a_buyer() -> None:
    made = buyer.as_invoice(SALE, LIPA)
    assert (made.document, made.nip, made.is_invoice) == (DocumentKind.INVOICE, NIP, True)
    assert (made.buyer_name, made.buyer_address) == ("Lipa sp. z o.o.", "Polna 1, 90-001 Łódź")
    assert buyer.as_invoice(SALE, LIPA, is_meal=True).document is DocumentKind.MEAL_INVOICE
    assert code(buyer.as_invoice, SALE, Buyer("", "Lipa")) is Code.BAD_NIP
    assert code(buyer.as_invoice, SALE, Buyer("5260250275", "Lipa")) is Code.BAD_NIP
    assert code(buyer.as_invoice, SALE, Buyer(NIP, " ")) is Code.NO_BUYER
    assert code(buyer.as_invoice, SALE, Buyer(NIP, "x" * 257)) is Code.NO_BUYER


def test_who_chooses_again_leaves_nothing_behind() -> None:
    plain = buyer.as_receipt(buyer.as_invoice(SALE, LIPA))
    assert plain == SALE
    named = buyer.as_receipt(buyer.as_e_receipt(SALE, "123456789012345"), NIP)
    assert (named.document, named.nip, named.kid) == (DocumentKind.RECEIPT, NIP, "")


def test_an_electronic_receipt_has_a_kid_and_keeps_the_nip() -> None:
    sent = buyer.as_e_receipt(buyer.as_receipt(SALE, NIP), "123456789012345")
    assert (sent.document, sent.kid, sent.nip) == (DocumentKind.E_RECEIPT, "123456789012345", NIP)
    assert buyer.on_paper(sent) == buyer.as_receipt(SALE, NIP)
    for kid in ("", "12345678901234", "1234567890123456", "12345678901234x"):
        assert code(buyer.as_e_receipt, SALE, kid) is Code.BAD_KID


def test_a_receipt_with_a_nip_is_an_invoice_by_itself_up_to_450_zl() -> None:
    assert buyer.is_simplified(buyer.as_receipt(SALE, NIP))
    assert not buyer.is_simplified(SALE)
    assert not buyer.is_simplified(buyer.as_invoice(SALE, LIPA))
    dear = buyer.as_receipt(sold((VODKA, 12_000)), NIP)
    assert dear.total_gr > buyer.SIMPLIFIED_MAX_GR
    assert not buyer.is_simplified(dear)


def test_what_the_printer_has_stays_as_it_is() -> None:
    assert code(buyer.as_receipt, replace(SALE, state=State.PRINTING)) is Code.BUSY
    assert code(buyer.as_receipt, NEW) is Code.EMPTY_RECEIPT
    assert buyer.as_receipt(replace(SALE, state=State.PAID), NIP).nip == NIP


def test_another_nip_makes_a_receipt_of_an_invoice() -> None:
    made = with_nip(buyer.as_invoice(SALE, LIPA), "5260001246")
    assert made == buyer.as_receipt(SALE, "5260001246")
