from __future__ import annotations

import pytest

from terminal.sale.receipt import State
from terminal.sync.wire import Currency, PaymentMethod


@pytest.fixture
async def paying(sale):
    sale.keys("1", "enter", "2", "enter", "enter")
    await sale.until("DUE", "Gotówka", "Karta")
    return sale


async def test_enter_pays_exactly_with_the_first_method(paying, till):
    paying.keys("enter")
    await paying.until("Last receipt: no. 1, total 8,69")
    assert till.calls[-2:] == [("pay", "cash", None), ("print_receipt",)]


async def test_amounts_are_grosze_and_the_change_is_shown_before_enter(paying):
    paying.keys("2", "0", "0", "0")
    text = await paying.until("CHANGE", "20,00 zł_")
    assert "DUE" not in text
    paying.keys("back", "back", "back", "back", "2", "0", ",")
    await paying.until("CHANGE", "20, zł_")
    paying.keys("enter")
    await paying.until("Change due:")


async def test_a_split_payment(paying, till):
    paying.keys("5", "0", "0", "enter")
    await paying.until("Gotówka", "5,00", "(Enter = 3,69")
    paying.keys("*", "enter")
    await paying.until("Last receipt: no. 1")
    sold = till.shelf.receipts["r1"]
    assert [(p.method, p.amount_gr) for p in sold.payments] == [("cash", 500), ("card", 369)]


async def test_a_card_cannot_exceed_the_due(paying, till):
    paying.keys("*", "2", "0", "0", "0", "enter")
    await paying.until("E-56")
    assert till.receipt.payments == ()


@pytest.mark.parametrize("keys", ["0", ",", "1,234"])
async def test_an_amount_of_nothing_is_refused(paying, till, keys):
    paying.keys(*keys, "enter")
    await paying.until("E-18")
    assert till.receipt.state is State.OPEN


async def test_ten_times_the_due_is_asked(paying, till):
    paying.keys(*"8690", "enter")
    await paying.until("86,90 zł is very much")
    paying.keys("esc", *"8689", "enter")
    await paying.until("Last receipt")
    assert ("pay", "cash", 8690) not in till.calls


async def test_the_answer_yes_pays_the_large_amount(paying, till):
    paying.keys(*"8690", "enter", "enter")
    await paying.until("Last receipt")
    assert ("pay", "cash", 8690) in till.calls


async def test_a_scan_is_sold_and_is_no_amount(paying, till):
    paying.scan("5900000000001")
    await paying.until("(Enter = 12,18")
    assert till.receipt.payments == ()
    assert len(till.receipt.lines) == 3


async def test_discount_on_the_receipt_then_nip(paying, till):
    paying.keys("#", "1", "0", "enter")
    await paying.until("Discount", "-0,87", "(Enter = 7,82")
    paying.keys("#", "*", "1", "0", "0", "enter")
    await paying.until("-1,00")
    paying.keys("#", "#", "3", *"5260250274", "enter")
    await paying.until("NIP of the buyer", "5260250274", "(Enter = 7,69")
    paying.keys("f9", "enter")
    await paying.true(lambda: not till.receipt.nip)


async def test_a_discount_above_the_value_is_refused(paying, till):
    before = till.receipt
    paying.keys("#", "*", *"869", "enter")
    await paying.until("E-19")
    assert till.receipt == before


async def test_a_wrong_nip_is_refused_and_can_be_corrected(paying, till):
    paying.keys("f9", *"123", "enter")
    await paying.until("E-28", "NIP (empty: none): _")
    paying.keys("esc")
    await paying.until("(Enter = 8,69")


async def test_esc_takes_payments_back(paying, till):
    paying.keys("5", "0", "0", "enter")
    await paying.until("(Enter = 3,69")
    paying.keys("esc")
    await paying.until("1 Take back the last payment: Gotówka 5,00")
    paying.keys("2")
    await paying.until("TOTAL", "Code: _")
    await paying.true(lambda: till.receipt.payments == ())


async def test_methods_by_arrows_and_the_keys_that_lead_nowhere(paying):
    paying.keys("down")
    await paying.until("> Karta")
    paying.keys("down")
    await paying.until("> Gotówka")
    paying.keys("up", "f4", "f3")
    await paying.until("> Karta")


async def test_without_methods_the_way_out_is_told(paying):
    paying.app.desk.methods = []
    paying.keys("down")
    await paying.until("No payment methods yet: synchronise (menu 8 4 1)")
    paying.keys("enter")
    await paying.until("E-58")


async def test_f11_pays_too(sale, till):
    sale.keys("1", "enter", "f11")
    await sale.until("DUE")
    sale.keys("f11")
    await sale.until("Last receipt")


async def test_notes_are_counted_by_one_key_each(paying, till):
    await paying.until("Notes: ,  1 = 10  2 = 20")
    paying.keys(",", "1", "2")
    await paying.until("CHANGE", "30,00 zł_")
    paying.keys("enter")
    await paying.until("Last receipt")
    assert ("pay", "cash", 3000) in till.calls


async def test_foreign_money_at_its_rate(sale, till):
    till.shelf.rates = [Currency("EUR", "Euro", 42_650, rate_of="2026-11-20")]
    sale.keys("1", "enter", "2", "enter", "enter")
    await sale.until("EUR  Euro  4,2650  (rate of 2026-11-20)")
    sale.keys("up")
    await sale.until("Euro (Enter = 2,04 EUR)")
    sale.keys(*"1000")
    await sale.until("CHANGE", "10,00")
    sale.keys("enter")
    await sale.until("Last receipt")
    assert till.calls[-2] == ("pay_currency", "EUR", 1000)
    assert till.shelf.receipts["r1"].change_gr == 4265 - 869


async def test_a_voucher_above_the_due_gives_no_change_and_asks_first(paying, till):
    till.shelf.methods.append(PaymentMethod("bon", "Bon", "bon", 3))
    paying.app.desk.look()
    await paying.until("Bon")
    paying.keys("up", *"1000", "enter")
    await paying.until("No change is given: 1,31 zł are lost")
    paying.keys("esc", *"1000", "enter", "enter")
    await paying.until("Last receipt")
    assert till.shelf.receipts["r1"].payments[0].face_gr == 1000


async def test_the_last_payment_is_taken_back_alone(paying, till):
    for _ in range(2):
        paying.keys("1", "0", "0", "enter")
    await paying.until("(Enter = 6,69")
    paying.keys("esc", "1")
    await paying.until("(Enter = 7,69", "DUE")
    assert len(till.receipt.payments) == 1


async def test_a_bill_is_told_and_waits(paying, till):
    till.shelf.methods.append(PaymentMethod("bill", "Rachunek", "other", 9, is_fiscal=False))
    paying.app.desk.look()
    await paying.until("Rachunek")
    paying.keys("up", "enter")
    await paying.until("Non-fiscal bill 1, 8,69 zł")
    assert till.printed == 0
