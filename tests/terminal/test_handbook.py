"""Every number has its page; the page of the documentation is made of the same words."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.pages import HANDBOOK, PARTS, as_markdown, number
from terminal.sentences import SENTENCES


def test_each_code_has_one_page_and_a_remedy() -> None:
    assert set(HANDBOOK) == set(Code) == set(SENTENCES)
    assert len(HANDBOOK) == sum(map(len, PARTS))
    assert all(page.remedy for page in HANDBOOK.values())


def test_they_stand_in_the_order_of_their_numbers() -> None:
    numbers = [number(code) for code in HANDBOOK]
    assert numbers == sorted(set(numbers))
    assert number(Code.CANNOT_APPROVE) == 100


def test_the_page_has_a_row_for_each() -> None:
    rows = [line for line in as_markdown().splitlines() if line.startswith("| E-")]
    assert len(rows) == len(Code)
    assert all(line.count(" | ") == 4 for line in rows)
    assert rows[0] == (
        "| E-01 | No matching item: {item} | no active product has this PLU or barcode | no sale |"
        " check the code, search by name (*), synchronise products (8 4 3) |"
    )
