"""Whatever is typed into a draft, its sums are those that the office will find."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from terminal.errors import Rejected
from terminal.field import draft as drafts
from terminal.field.draft import Draft
from terminal.sale.line import Line
from terminal.sale.money import line_value
from terminal.store.catalogue import Article
from terminal.sync.wire import SalesDocument, wrong_field

AMOUNTS = st.integers(-10, 10**10)
QUANTITIES = st.integers(-10, 10**9) | st.integers(1, 9).map(lambda n: n * 1000)
PERCENTS = st.integers(-1, 10_001)


def article(precision: int) -> Article:
    return Article(
        "p", "1", "590", "Mleko", "szt.", precision, "C", 500, 349, "", is_weighed=False,
        is_open_price=True,
    )  # fmt: skip


VERBS = st.one_of(
    st.tuples(st.just("add"), st.integers(0, 3), QUANTITIES, AMOUNTS),
    st.tuples(st.just("change"), st.integers(-1, 4), QUANTITIES, AMOUNTS, PERCENTS),
    st.tuples(st.just("remove"), st.integers(-1, 4)),
)


@given(st.lists(VERBS, max_size=12))
def test_a_draft_is_always_what_a_document_may_be(verbs) -> None:
    draft = Draft("ZS", "c1")
    for verb, *told in verbs:
        try:
            match verb:
                case "add":
                    draft = drafts.add(draft, article(told[0]), *told[1:])
                case "change":
                    draft = drafts.change(draft, *told)
                case _:
                    draft = drafts.remove(draft, *told)
        except Rejected:
            continue
    assert draft.total_gr == sum(line.gross_gr for line in draft.lines)
    if not draft.lines:
        return
    row = {
        **msgspec.to_builtins(draft), "id": "1", "number": "1", "total_gr": draft.total_gr,
        "issued_at": "2026-11-26T10:00:00+01:00",
    }  # fmt: skip
    # It is a row of the office, and its lines are lines of a receipt, to the grosz.
    assert wrong_field(msgspec.convert(row, SalesDocument)) == ("", "")
    for line in draft.lines:
        off_gr = line_value(line.price_gr, line.qty_milli) - line.gross_gr
        sold = Line(
            "p", "", "", "Mleko", "szt.", line.precision, "C", 500, line.price_gr, line.price_gr,
            line.qty_milli, off_gr,
        )  # fmt: skip
        assert sold.gross_gr == line.gross_gr > 0


def test_a_draft_comes_back_from_the_disk() -> None:
    draft = drafts.add(Draft("OS", "c1", due="2026-12-01", note="n"), article(0), 2000, 349)
    assert msgspec.json.decode(msgspec.json.encode(draft), type=Draft) == draft
