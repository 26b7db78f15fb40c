from __future__ import annotations

import pytest

from backoffice.web.setting_fields import FIELDS, GROUPS
from backoffice.web.setting_group import AT_ONCE, NEXT_LOGIN, NEXT_RECEIPT, NEXT_SHIFT


def test_each_group_and_each_setting_is_there_once():
    assert len({group.key for group in GROUPS}) == len(GROUPS)
    assert len(FIELDS) == sum(len(group.fields) for group in GROUPS)


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_setting_says_what_it_does_and_from_when(field):
    assert field.label
    assert field.means.endswith(".")
    assert field.from_when in {AT_ONCE, NEXT_LOGIN, NEXT_RECEIPT, NEXT_SHIFT}
    assert bool(field.choices) == (field.kind == "choice")
