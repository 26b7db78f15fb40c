"""Goods by hand in a browser: found while typing, edited in the row, imported, two owners."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

CSV = "Nazwa;Jednostka;VAT;Cena\nSyrop klonowy;szt.;A;19,99\nSyrop z agawy;szt.;A;drogo\n"


@pytest.fixture
def goods(look):
    return look("/goods?shop=lipa").page


def row(page, name):
    return page.get_by_role("row").filter(has_text=name)


def test_goods_are_found_while_the_name_is_typed(goods):
    goods.get_by_label("Nazwa, PLU lub kod kreskowy").press_sequentially("zytni zakw")
    expect(goods.locator("tbody tr")).to_have_count(1)
    expect(row(goods, "Chleb żytni na zakwasie")).to_be_visible()
    expect(goods.get_by_label("Nazwa, PLU lub kod kreskowy")).to_be_focused()
    expect(goods).to_have_url(re.compile("find=zytni(%20|[+])zakw"))


def test_a_price_is_changed_in_the_row_by_keys(goods):
    goods.goto(f"{goods.url}&find=graham+450")
    goods.get_by_role("link", name="Edytuj: Chleb graham 450 g").press("Enter")
    expect(goods.locator(".editing input[name=name]")).to_be_focused()
    price = goods.locator(".editing input[name=price]")
    price.fill("dużo")
    price.press("Enter")
    expect(goods.get_by_role("alert")).to_contain_text("12,50")
    expect(price).to_be_focused()
    price.fill("6,66")
    price.press("Enter")
    expect(row(goods, "Chleb graham 450 g")).to_contain_text("6,66")


def test_two_owners_hear_of_each_other(goods, look):
    first = look("/goods?shop=lipa&find=wiejski+800", language="pl").page
    other = look("/goods?shop=lipa&find=wiejski+800", language="en").page
    first.get_by_role("link", name="Edytuj: Chleb wiejski 800 g").click()
    other.get_by_role("link", name="Edit Chleb wiejski 800 g").click()
    for page, typed in ((first, "7,77"), (other, "9,99")):
        expect(page.locator(".editing input[name=name]")).to_be_focused()
        price = page.locator(".editing input[name=price]")
        price.fill(typed)
        price.press("Enter")
    expect(row(first, "Chleb wiejski 800 g")).to_contain_text("7,77")
    expect(other.get_by_role("alert")).to_contain_text("7.77")
    expect(other.locator(".editing input[name=price]")).to_have_value("9,99")
    first.reload()
    expect(row(first, "Chleb wiejski 800 g")).to_contain_text("7,77")


def test_a_sheet_with_a_bad_line_is_taken_and_undone(look):
    page = look("/goods/import?shop=lipa").page
    file = {"name": "syropy.csv", "mimeType": "text/csv", "buffer": CSV.encode("cp1250")}
    page.get_by_label("Plik CSV").set_input_files(file)
    page.get_by_role("button", name="Zobacz, co się zmieni").click()
    expect(row(page, "drogo")).to_contain_text("Cena")
    page.get_by_role("button", name="Wczytaj 1 dobry wiersz").click()
    expect(row(page, "Syrop klonowy")).to_be_visible()
    page.goto(page.url.replace("/goods", "/goods/import"))
    row(page, "syropy.csv").get_by_role("button", name="Cofnij").click()
    expect(row(page, "syropy.csv")).to_contain_text("cofnięto")


def test_the_printers_name_is_checked_while_it_is_typed(look):
    page = look("/goods/product?shop=lipa").page
    page.get_by_label("Nazwa", exact=True).press_sequentially("Chleb-graham 450g")
    expect(page.locator("#check")).to_contain_text("chlebgraham450g")
