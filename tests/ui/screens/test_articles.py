from __future__ import annotations

from concurrent.futures import Future

from tests.ui.fake_till import ARTICLES
from ui.screens.articles import Names, Several


async def test_search_by_keys_of_a_phone(sale, till):
    sale.keys("*", "6", "5", "3")
    text = await sale.until("Mleko ŁACIATE", "3,49 zł / szt")
    assert "Name: 653_" in text
    sale.keys("enter")
    await sale.until("1 item")
    assert till.receipt.lines[0].name == "Mleko ŁACIATE 3,2% 1l"


async def test_search_by_letters_starts_with_the_first_one(sale, till):
    sale.type("piw")
    text = await sale.until("Piwo jasne", "Piwo ciemne")
    assert "> Piwo jasne" in text
    sale.keys("down", "enter")
    await sale.until("1 item")
    assert till.receipt.lines[0].name == "Piwo ciemne"


async def test_a_multiplied_name(sale, till):
    sale.keys("3", "*", "*").type("chleb")
    await sale.until("3 × Name: chleb_", "Chleb")
    sale.keys("enter")
    await sale.until("3 szt × 5,20")


async def test_enter_before_the_answer_takes_the_first_hit(sale, till):
    sale.type("chleb").keys("enter")
    await sale.until("1 szt × 5,20")


async def test_star_on_an_empty_name_goes_back(sale):
    sale.keys("*")
    await sale.until("Search by name")
    sale.keys("*")
    await sale.until("Code: _")


async def test_nothing_found_says_so_and_sells_nothing(sale, till):
    sale.type("xyzzy")
    await sale.until("No article has this in its name")
    sale.keys("enter")
    await sale.until("E-01")
    assert not till.receipt.lines


async def test_an_old_answer_is_thrown_away(sale, till):
    answers = []

    def look_up(then, find, *args):
        answers.append((then, args))

    sale.app.desk.look_up = look_up
    sale.type("pi")
    await sale.true(lambda: isinstance(sale.app.desk.page, Names))
    sale.type("w")
    await sale.true(lambda: len(answers) == 2)
    page = sale.app.desk.page
    answers[1][0](till.shelf.search("piw", False))
    answers[0][0](till.shelf.search("mle", False))
    assert [one.name for one in page.found] == ["Piwo jasne", "Piwo ciemne"]


async def test_one_code_of_two_articles_is_asked(sale, till):
    sale.scan("5900000000099")
    await sale.until("Several articles: choose one")
    assert isinstance(sale.app.desk.page, Several)
    sale.keys("down", "enter")
    await sale.until("1 item")
    assert till.receipt.lines[0].name == "Piwo ciemne"


async def test_an_open_price_is_asked_and_nothing_is_refused(sale, till):
    sale.keys("4", "enter")
    await sale.until("Price of Usługa")
    sale.keys("0", "enter")
    await sale.until("E-18")
    assert not till.receipt.lines
    sale.keys("1", "2", "5", "0", "enter")
    await sale.until("12,50 A")


async def test_a_scan_during_the_price_question_is_swallowed(sale, till):
    sale.keys("4", "enter")
    await sale.until("Price of Usługa")
    sale.scan("5900000000001")
    await sale.until("Answer first")
    assert not till.receipt.lines


async def test_keys_wait_while_the_choice_is_prepared(sale, till):
    slow = Future()
    sale.app.desk.order(slow)
    sale.keys("1", "enter")
    slow.set_result(None)
    await sale.until("Mleko")


async def test_refresh_fetches_and_searches_again(sale, till, monkeypatch):
    sale.type("xyzzy")
    await sale.until("No article has this in its name")
    monkeypatch.setattr(till.shelf, "search", lambda *_: [ARTICLES[1]])
    sale.keys("f5")
    await sale.until("Chleb", "added 17", "Name: xyzzy_")
    assert till.calls == [("pull", "products")]


async def test_before_anything_is_typed_the_most_sold_are_there(sale, till):
    till.shelf.best = [ARTICLES[1], ARTICLES[0]]
    sale.keys("*")
    await sale.until("> Chleb żytni", "Mleko")
    sale.keys("6")
    await sale.until("Two keys or more")
    sale.keys("back")
    await sale.until("> Chleb żytni", "Name: _")
    sale.keys("down")
    await sale.until("> Mleko")
    sale.keys("enter")
    await sale.until("1 item")
    assert till.receipt.lines[0].name.startswith("Mleko")
