from __future__ import annotations

from typing import Any

import msgspec
import pytest

from terminal.errors import Code, SyncError
from terminal.sync.follows import check_page, check_state
from terminal.sync.wire import PAGE_ROWS_MAX, SetPage, SetState

STATES = {"products": SetState("products", 7, 3), "units": SetState("units", 0, 0)}
PAGE = SetPage("products", 4, 7, more=False, rows=[])


@pytest.mark.parametrize("own", [0, 6, 7])
def test_an_office_that_has_as_much_or_more_is_followed(own: int) -> None:
    check_state("products", own, STATES)


@pytest.mark.parametrize(
    ("name", "own", "may_be_older", "why"),
    [
        ("products", 8, False, "older"),
        ("units", 1, False, "older"),
        ("units", 1, True, "older"),
        ("stock", 0, False, "stock"),
        ("stock", 0, True, "stock"),
    ],
)
def test_an_office_that_has_less_is_not(name: str, own: int, may_be_older: bool, why: str) -> None:
    with pytest.raises(SyncError, match=why) as caught:
        check_state(name, own, STATES, may_be_older=may_be_older)
    assert caught.value.code is Code.OFFICE_REFUSED


def test_an_older_one_may_be_wanted() -> None:
    check_state("products", 8, STATES, may_be_older=True)


def test_a_page_that_follows() -> None:
    check_page(PAGE, "products", 4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": 3},
        {"to": 3},
        {"name": "users"},
        {"since": 4, "to": 4, "more": True},
        {"rows": [msgspec.Raw(b"{}")] * (PAGE_ROWS_MAX + 1)},
    ],
    ids=["another place", "older", "another set", "without end", "too many"],
)
def test_a_page_that_does_not(wrong: dict[str, Any]) -> None:
    with pytest.raises(SyncError) as caught:
        check_page(msgspec.structs.replace(PAGE, **wrong), "products", 4)
    assert caught.value.code is Code.OFFICE_REFUSED
