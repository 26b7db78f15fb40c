from __future__ import annotations

import msgspec
import pytest

from backoffice.rights import Role
from terminal.sync import wire
from tests.backoffice.web.pressing import words
from tests.backoffice.web.test_terminal_pages import send


@pytest.fixture
def english(browser_as):
    return browser_as(language="en")


@pytest.fixture
def moved(http, new_till, books):
    """A till that fetched units, sent a good and a bad receipt, and contradicted itself."""
    till = new_till()
    http.get(f"/v1/terminals/{till[0]}/sets/units", auth=till[1])
    journal = books(till[0])
    journal.add(journal.receipt())
    journal.add(journal.receipt(2, total_gr=1))
    send(http, till, journal)
    fork = books(till[0])
    fork.add(fork.cash())
    body = msgspec.json.encode(wire.JournalPush(1, fork.entries))
    http.post(f"/v1/terminals/{till[0]}/journal", auth=till[1], content=body)
    return till[0]


def test_what_came_and_went_in_words(english, moved):
    text = words(english.get(f"/synchronisation?terminal={moved}"))
    for said in (
        "Rows fetched Units 1",
        "Documents came — 1 2",
        "Documents stored and rejected — 1 1",
        "Refused: the journal contradicts what is stored",
        "forked journal",
    ):
        assert said in text, said


def test_only_what_did_not_go_well(english, moved):
    text = words(english.get(f"/synchronisation?terminal={moved}&trouble=yes"))
    assert "Documents stored and rejected" in text
    assert "Rows fetched" not in text


def test_as_a_file(english, moved):
    answer = english.get(f"/synchronisation?terminal={moved}&format=csv")
    assert "Documents came" in answer.text
    assert 'filename="synchronisation.csv"' in answer.headers["content-disposition"]


def test_tills_of_other_shops_are_not_in_it(browser_as, moved):
    stranger = browser_as(Role.MANAGER, {"dab"}, language="en")
    assert moved not in stranger.get("/synchronisation").text
    assert stranger.get(f"/synchronisation?terminal={moved}").status_code == 404
