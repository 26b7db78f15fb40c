from __future__ import annotations

from terminal.field.customers import CustomerFields
from terminal.sync.wire import Customer, Settings
from ui.screens.customers import PAGE_CUSTOMERS


async def test_all_of_them_then_those_who_are_looked_for(sale):
    sale.keys("f10", "9", "1")
    text = await sale.until("Lipa sp. z o.o.", "Jan Dąb", "Customer: _")
    assert "Łódź" in text
    sale.type("dąb")
    await sale.true(lambda: "Lipa" not in sale.text)
    sale.keys("enter")
    await sale.until("Jan Dąb", "NIP", "Town")
    sale.keys("esc", "esc", "*")
    await sale.until("Lipa")
    sale.type("526")
    await sale.true(lambda: "Jan Dąb" not in sale.text)
    sale.type("9")
    await sale.until("No customer has this")
    sale.keys("enter", "esc", "esc")
    await sale.until("TOTAL")


async def test_refresh_fetches_customers_and_keeps_what_is_looked_for(sale, till):
    sale.keys("f10", "9", "1")
    await sale.until("Jan Dąb")
    sale.type("lis")
    await sale.until("No customer has this")
    till.shelf.sets["customers"].append(Customer("c3", "Ewa Lis"))
    sale.keys("f5")
    await sale.until("Ewa Lis", "added 17", "Customer: lis_")
    assert till.calls == [("pull", "customers")]


async def test_an_answer_to_an_older_question_is_thrown_away(sale):
    sale.keys("f10", "9", "1")
    await sale.until("Jan Dąb")
    page = sale.app.desk.page
    page._arrived(page._asked - 1, None, [])
    await sale.until("Jan Dąb")


async def test_more_are_fetched_near_the_end(sale, till):
    count = 2 * PAGE_CUSTOMERS + 5
    till.shelf.sets["customers"] = [Customer(f"c{no:04}", f"No {no}") for no in range(count)]
    sale.keys("f10", "9", "1")
    await sale.until("No 0")
    page = sale.app.desk.page
    assert page.count == PAGE_CUSTOMERS
    sale.keys(*["pagedown"] * 4)
    await sale.true(lambda: page.count == 2 * PAGE_CUSTOMERS)
    sale.keys(*["pagedown"] * 6)
    await sale.true(lambda: page.count == count)
    sale.keys("pagedown")
    await sale.until(f"> No {count - 1}")


async def test_a_customer_goes_on_the_receipt_and_off_it(sale, till):
    sale.keys("1", "enter", "f10", "9", "1")
    await sale.until("Jan Dąb")
    sale.type("jan").keys("enter")
    await sale.until("put on the receipt")
    sale.keys("enter")
    await sale.until("Sale   Jan Dąb", "TOTAL")
    assert till.receipt.customer_id == "c2"
    sale.keys("f10", "9", "1")
    await sale.until("Customer: _")
    sale.type("jan").keys("enter")
    await sale.until("take off the receipt")
    sale.keys("enter")
    await sale.true(lambda: till.receipt.customer == "")


async def test_a_customers_nip_is_offered(sale, till):
    sale.keys("f10", "9", "1")
    await sale.until("Lipa")
    sale.type("lipa").keys("enter", "enter")
    await sale.until("Put the NIP 5260250274 on the receipt, too?")
    sale.keys("enter")
    await sale.until("Sale   NIP 5260250274   Lipa sp. z o.o.")
    assert not till.receipt.lines


async def test_a_new_one_on_the_keys_of_a_phone(sale, till):
    sale.keys("f10", "9", "1")
    await sale.until("Customer: _")
    sale.keys("#")
    await sale.until("New customer", "Name [Abc]")
    sale.keys(*"3392", "enter")
    await sale.until("New customer: Ewa", "NIP (empty: none)")
    sale.type("5260250275").keys("enter")
    await sale.until("2 NIP                      5260250275", "> 3 Street")
    sale.keys("#")
    await sale.until("E-28")
    sale.keys("f10", "9", "1")
    await sale.until("Customer: _")
    sale.type("ola").keys("#")
    await sale.until("Name [Abc]: ola_")
    sale.keys("enter")
    await sale.until("New customer: ola")
    sale.type("5260250274").keys("enter", "#")
    await sale.until("NIP 5260250274 belongs to Lipa sp. z o.o.")
    sale.keys("enter")
    await sale.until("put on the receipt", "ola")
    sale.keys("enter")
    await sale.until("Put the NIP")
    sale.keys("esc")
    await sale.until("Sale   ola")
    typed = CustomerFields("ola", "5260250274")
    assert till.calls[-3:] == [
        ("create_customer", typed, False),
        ("create_customer", typed, True),
        ("set_customer", "new"),
    ]


async def test_whoever_is_written_down_at_the_counter_is_on_the_receipt(sale, till):
    sale.keys("1", "enter", "f10", "9", "1")
    await sale.until("Customer: _")
    sale.type("ola").keys("#", "enter", "enter")
    await sale.until("> 3 Street")
    sale.keys("#")
    await sale.until("Sale   ola", "Mleko")


async def test_a_known_one_is_changed_and_nothing_is_lost_without_asking(sale, till):
    sale.keys("f10", "9", "1")
    await sale.until("Jan Dąb")
    sale.type("dąb").keys("enter")
    await sale.until("change")
    sale.keys("#")
    await sale.until("> 1 Name")
    sale.keys("6")
    await sale.until("Telephone")
    sale.type("600").keys("enter")
    await sale.until("6 Telephone                600", "> 7 E-mail")
    sale.keys("4").type("90001").keys("enter")
    await sale.until("4 Postal code              90-001", "> 5 Town")
    sale.keys("8")
    await sale.until("8 Not a customer yet       yes")
    sale.keys("esc")
    await sale.until("Throw away what was typed?")
    sale.keys("esc", "#")
    await sale.until("Saved: Jan Dąb", "600")
    (_verb, key, fields, _confirmed) = till.calls[-1]
    assert (key, fields.phone, fields.is_potential) == ("c2", "600", True)


async def test_a_nip_that_another_has_is_refused_where_the_shop_says_so(sale, till):
    till.settings = Settings("settings", language="en", duplicate_nip="block")
    sale.keys("f10", "9", "1")
    await sale.until("Customer: _")
    sale.type("ola").keys("#", "enter").type("5260250274").keys("enter")
    await sale.until("> 3 Street")
    sale.keys("#")
    await sale.until("E-109", "> 3 Street")
    assert len(till.shelf.sets["customers"]) == 2


async def test_a_customer_leads_to_an_order_a_visit_and_notes(sale, till):
    sale.keys("f10", "9", "1")
    await sale.until("Jan Dąb")
    sale.type("dąb").keys("enter")
    await sale.until("order, visit, notes")
    sale.keys("*", "1")
    await sale.until("Order (ZS)   Jan Dąb")
    assert till.calls[-1] == ("begin", "ZS", "c2", "")


async def test_a_name_and_enter_at_once_choose_whom_the_name_finds(sale, till):
    sale.keys("f10", "9", "2", "#").type("dąb").keys("enter", "1", "enter")
    await sale.until("Order (ZS)   Jan Dąb", "1 item")
    assert ("begin", "ZS", "c2", "") in till.calls
