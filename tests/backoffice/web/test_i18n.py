from __future__ import annotations

import pytest

from backoffice.web import i18n
from backoffice.web.i18n import _, ngettext, preferred, speaking


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "pl"),
        ("*", "pl"),
        ("fr", "fr"),
        ("es-AR,es;q=0.9,en;q=0.8", "es"),
        ("de-DE,de;q=0.9,fr;q=0.5,en;q=0.7", "en"),
        ("de", "en"),
        ("fr;q=0,pl;q=0.1", "pl"),
        ("fr;q=x,es", "es"),
        ("," * 5000 + "fr", "pl"),
    ],
)
def test_what_a_browser_would_like(accepted, language):
    assert preferred(accepted) == language


def test_counts_have_the_forms_of_their_language():
    def said(count):
        return ngettext("{count} year", "{count} years", count)

    with speaking("pl"):
        assert [said(n) for n in (1, 3, 5, 22)] == ["1 rok", "3 lata", "5 lat", "22 lata"]
    with speaking("fr"):
        assert [said(n) for n in (0, 1, 2)] == ["0 an", "1 an", "2 ans"]
    with speaking("en"):
        assert [said(n) for n in (1, 2)] == ["1 year", "2 years"]


def test_what_is_not_translated_is_english_and_empty_stays_empty():
    with speaking("pl"):
        assert _("Never seen {it}", it="x") == "Never seen x"
        assert _("") == ""
    with speaking("xx"):
        assert _("There is no such page") == "There is no such page"


def test_a_language_ends_where_its_block_ends():
    before = i18n.spoken()
    with speaking("es"):
        assert i18n.spoken() == "es"
    assert i18n.spoken() == before
