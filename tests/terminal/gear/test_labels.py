from __future__ import annotations

import pytest

from drivers.gs1 import GS, check_digit
from drivers.scan import read_scan
from drivers.weight_code import read_pattern
from terminal.errors import Code, Rejected
from terminal.gear.labels import Found, Portion, look_up, portion, portion_of
from terminal.store.catalogue import Article


def article(plu: str, price_gr: int = 2990, **changes) -> Article:
    usual = {
        "id": plu,
        "plu": plu,
        "barcode": "",
        "name": f"Article {plu}",
        "unit": "kg",
        "precision": 3,
        "vat": "C",
        "rate_bp": 500,
        "price_gr": price_gr,
        "category": "",
        "is_weighed": True,
        "is_open_price": False,
    }
    return Article(**usual | changes)


CHEESE = article("123")
MILK = article("7", 349, unit="szt.", precision=0, is_weighed=False)
PIE = article("55", 0, is_weighed=False, is_open_price=True)
PATTERNS = tuple(map(read_pattern, ("28PPPPPWWWWWC", "27PPPPPAAAAAC")))
EAN = "5901234123457"


def ean(digits: str) -> str:
    return digits + str(check_digit(digits))


def shop(**codes: Article):
    """A list in which codes stand as they are named here, without their first letter."""
    return lambda code: [codes[f"c{code}"]] if f"c{code}" in codes else []


def found(text: str, **codes: Article) -> Found:
    return look_up(read_scan(text), PATTERNS, shop(**codes))


def sold(text: str, times_milli: int | None = None, **codes: Article) -> Portion:
    scan = read_scan(text)
    return portion(scan, look_up(scan, PATTERNS, shop(**codes)), times_milli)


def refused(*args, **kwargs) -> Code:
    with pytest.raises(Rejected) as caught:
        sold(*args, **kwargs)
    return caught.value.code


def test_the_code_of_a_multipack():
    pack = article("7", 349, precision=0, is_weighed=False, qty_milli=6000)
    assert sold(EAN, **{f"c{EAN}": pack}) == Portion(pack, 6000)
    assert sold(EAN, 3000, **{f"c{EAN}": pack}) == Portion(pack, 18_000)


def test_a_plain_code():
    assert sold(EAN, c5901234123457=MILK) == Portion(MILK, 1000)
    assert sold(f"]E0{EAN}", 3000, c5901234123457=MILK) == Portion(MILK, 3000)


@pytest.mark.parametrize("listed", ["036000291452", "0036000291452", "00036000291452"])
def test_a_code_that_the_shop_lists_in_another_form(listed):
    assert sold("036000291452", **{f"c{listed}": MILK}) == Portion(MILK, 1000)


def test_an_article_number_out_of_gs1_fields():
    text = f"]d201{'0' + EAN}1726123110LOT{GS}21X"
    assert sold(text, c5901234123457=MILK) == Portion(MILK, 1000)


def test_a_weight_out_of_gs1_fields():
    text = f"]e001{'0' + EAN}3103001250"
    assert sold(text, c5901234123457=CHEESE) == Portion(CHEESE, 1250)


def test_a_weight_code():
    assert sold(ean("280012301250"), c123=CHEESE) == Portion(CHEESE, 1250)


def test_a_weight_code_of_an_article_listed_with_zeros():
    listed = "c" + ean("280012300000")
    assert sold(ean("280012301250"), **{listed: CHEESE}) == Portion(CHEESE, 1250)
    assert sold(ean("280012301250"), c2800123000000=CHEESE) == Portion(CHEESE, 1250)


def test_an_amount_gives_the_weight_that_costs_it():
    assert sold(ean("270012303738"), c123=CHEESE) == Portion(CHEESE, 1250)


def test_an_amount_for_an_open_price():
    assert sold(ean("270005501599"), c55=PIE) == Portion(PIE, 1000, 1599)


def test_an_amount_that_todays_price_does_not_give():
    assert refused(ean("270012303739"), c123=CHEESE) is Code.LABEL_PRICE
    assert refused(ean("270012300001"), c123=article("123", 0)) is Code.LABEL_PRICE


def test_the_list_comes_first_whatever_a_code_looks_like():
    code = ean("280012301250")
    assert sold(code, **{f"c{code}": MILK, "c123": CHEESE}) == Portion(MILK, 1000)


def test_a_quantity_before_a_label_that_has_its_own():
    assert refused(ean("280012301250"), 2000, c123=CHEESE) is Code.LABEL_TELLS


def test_a_weight_of_what_is_not_weighed():
    assert refused(ean("280000701250"), c7=MILK) is Code.NOT_WEIGHED


def test_unknown_codes():
    assert refused("5900000000015", c123=CHEESE) is Code.NOT_FOUND
    assert refused(ean("280099901250"), c123=CHEESE) is Code.NOT_FOUND
    assert refused("", c123=CHEESE) is Code.NOT_FOUND


def test_a_long_code_does_not_fill_the_screen():
    with pytest.raises(Rejected) as caught:
        sold("x" * 400)
    assert len(caught.value.sentence()) < 100


def test_several_articles_lead_to_a_choice():
    scan = read_scan(EAN)
    several = look_up(scan, PATTERNS, lambda code: [MILK, CHEESE] if code == EAN else [])
    with pytest.raises(Rejected) as caught:
        portion(scan, several, None)
    assert caught.value.code is Code.AMBIGUOUS
    assert portion_of(several.articles[1], several, 2000) == Portion(CHEESE, 2000)


def test_the_product_code_of_nothing_is_no_code():
    """00000 without its zeros is the empty text, which no shop may list."""
    assert found(ean("280000001250")).articles == ()
