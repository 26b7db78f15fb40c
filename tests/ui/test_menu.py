from __future__ import annotations

import pytest

from terminal.sync.datasets import CHOICES
from terminal.sync.wire import Right
from ui.menu import MENU, QUIT, SERVICE, below, find

# The numbers cashiers know by heart: fixed for good.
FIXED = {
    "1": "lock",
    "21": "cash_in",
    "22": "cash_out",
    "23": "open_drawer",
    "24": "cash_state",
    "25": "end_shift",
    "3": "close_day",
    "41": "close_day",
    "42": "monthly_report",
    "431": "report_by_dates",
    "432": "report_by_numbers",
    "44": "preview",
    "45": "report_cashiers",
    "46": "report_products",
    "47": "report_categories",
    "48": "report_methods",
    "49": "closings",
    "5": "sales",
    "61": "park_new",
    "62": "recall",
    "63": "split",
    "64": "merge",
    "65": "drop_parked",
    "66": "print_bill",
    "81": "data_sets",
    "71": "printer_status",
    "72": "connections",
    "73": "unsent",
    "74": "about",
    "75": "handbook",
    "82": "network",
    "83": "devices",
    "85": "printer_clock",
    "86": "look",
    "87": "trial",
    "88": "training",
    "841": "pull.configuration",
    "842": "pull.users",
    "843": "pull.products",
    "844": "push",
    "845": "find_release",
    "846": "sync_all",
    "847": "sync_history",
    "848": "pull_ever",
    "8491": "pull.prices_and_discounts",
    "8492": "pull.articles",
    "8493": "pull.currencies",
    "8494": "pull.customers",
    "8495": "pull.rights",
    "8496": "pull.parameters",
    "8497": "pull.all",
    "91": "customers",
    "92": "orders",
    "93": "quotes",
    "94": "visits",
    "95": "attachments",
    "96": "availability",
    "0": "sync_all",
}


FIXED_BEFORE_LOGIN = {
    "11": "pull_all",
    "12": "network",
    "13": "printer_facts",
    "14": "enrolment",
    "211": "push",
    "212": "rejected",
    "22": "events",
    "23": "copies",
    "24": "workbench",
    "25": "emergency",
    "26": "technician",
    "3": "about",
}


@pytest.mark.parametrize(("path", "verb"), FIXED.items())
def test_fixed_numbers(path, verb):
    choice = find(path)
    assert choice is not None
    assert choice.verb == verb


def test_nothing_else_has_a_verb():
    assert {choice.path: choice.verb for choice in MENU if choice.verb} == FIXED
    before = {choice.path: choice.verb for choice in SERVICE if choice.verb}
    assert before == FIXED_BEFORE_LOGIN


@pytest.mark.parametrize("table", [(*MENU, *QUIT), SERVICE], ids=["menu", "service"])
def test_every_entry_is_whole(table):
    for choice in table:
        check_whole(choice, table)


def check_whole(choice, table):
    assert choice.path.isdigit()
    assert choice.title
    assert choice.help
    assert choice.right in {"", *Right}
    parent = find(choice.path[:-1], table)
    assert len(choice.path) == 1 or (parent is not None and parent.is_submenu)
    assert choice.verb or below(choice.path, table)


@pytest.mark.parametrize("table", [(*MENU, *QUIT), SERVICE], ids=["menu", "service"])
def test_paths_are_unique(table):
    paths = [choice.path for choice in table]
    assert len(paths) == len(set(paths))


def test_find_says_none():
    assert find("26") is None
    assert find("8439") is None
    assert find("") is None


def test_below():
    assert [choice.path for choice in below("84")] == [f"84{no}" for no in range(1, 10)]
    assert [choice.path for choice in below("849")] == [f"849{no}" for no in range(1, 8)]
    assert [choice.path for choice in below("")] == [*"1234567890"]


def test_the_data_update_has_the_choices_of_the_table_of_data_sets_in_its_order():
    assert [choice.verb for choice in below("849")] == [f"pull.{choice}" for choice in CHOICES]
