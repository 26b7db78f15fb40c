"""Notes and attachments by what they are about; a scan is no answer."""

from __future__ import annotations

from tests.ui.fake_field import document


async def test_a_scan_while_an_article_is_chosen_sells_nothing(sale, till):
    sale.keys("f10", "9", "5", "2")
    await sale.until("Search by name")
    sale.scan("5900000000002")
    await sale.until("was ignored")
    assert not till.receipt.lines


async def test_a_document_is_chosen_among_orders_and_quotes(sale, till):
    till.shelf.documents = [document(2, "OS"), document(1)]
    sale.keys("f10", "9", "5", "3")
    await sale.until("Orders and quotes", "OS/T1/2", "ZS/T1/1", "Enter choose")
    sale.keys("#", "enter")
    await sale.until("Notes and attachments: OS/T1/2")
