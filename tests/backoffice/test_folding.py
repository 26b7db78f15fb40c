from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.folding import FOLDED_MAX, folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Zażółć GĘŚLĄ jaźń", "zazolc gesla jazn"),
        ("  Crème   brûlée ", "creme brulee"),
        ("Straße Øl ﬁlet", "strasse ol filet"),
        ("Sok 100% 1,5 l", "sok 100% 1,5 l"),
        ("", ""),
    ],
)
def test_case_marks_and_spaces_do_not_count(text, plain):
    assert folded(text) == plain


@given(st.text(max_size=40))
def test_any_text_has_a_form_of_limited_length(text):
    assert len(folded(text)) <= FOLDED_MAX
