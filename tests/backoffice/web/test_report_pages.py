from __future__ import annotations


def test_reports_show_both_totals(browser, sold):
    text = browser.get("/reports").text
    assert sold in text
    assert text.count("22,34\u00a0zł") >= 2
