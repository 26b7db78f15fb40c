from __future__ import annotations

import pytest

from backoffice.web import i18n
from backoffice.web.field_wording import field_word, size


def test_words_are_said_and_others_stay():
    i18n.use("pl")
    assert field_word("ZS") == "Zamówienie"
    assert field_word("cancelled") == "anulowano"
    assert field_word("what") == "what"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 B"), (1023, "1023 B"), (1536, "1,5 KB"), (10 * 1024**2, "10 MB")]
)
def test_the_size_of_a_file(count, said):
    i18n.use("pl")
    assert size(count) == said
