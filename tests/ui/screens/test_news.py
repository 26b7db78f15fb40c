from __future__ import annotations

from terminal.store.exchanges import Cause, Exchange
from ui.screens.news import news_rows
from ui.widgets.row import STRONG, TEXT, WARN, plain


def test_no_news_takes_no_room():
    assert news_rows(80, ()) == []


def test_a_line_each_and_what_went_wrong_in_another_colour():
    good = Exchange("", "users", Cause.LOGIN, changed=2)
    bad = Exchange("", "products", Cause.LOGIN, error="E-50 no answer")
    refused = Exchange("", "customers", Cause.LOGIN, refused=1)
    rows = news_rows(80, (good, bad, refused))
    assert [plain(line).strip() for line in rows] == [
        "",
        "Synchronisation at the login",
        "Users: added 0, changed 2, removed 0, refused 0",
        "Products: E-50 no answer",
        "Customers: added 0, changed 0, removed 0, refused 1",
        "Enter = accept",
    ]
    assert [line[0][1] for line in rows[1:5]] == [STRONG, TEXT, WARN, WARN]
