from __future__ import annotations

from typing import get_args

import pytest

from backoffice import passwords, personal_tokens
from backoffice.rights import Role
from backoffice.web import account_wording, i18n


def test_every_role_right_and_fault_has_words():
    assert set(account_wording.ROLES) == set(account_wording.MAY) == set(Role)
    assert set(account_wording.RIGHTS) == set(personal_tokens.GRANTABLE)
    assert {*account_wording.PASSWORD_FAULTS, ""} == set(get_args(passwords.Fault))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_they_are_said_in_each_language(language):
    with i18n.speaking(language):
        choices = dict(account_wording.role_choices())
        assert len(set(choices.values())) == len(Role)
        assert account_wording.password_fault("") == ""
        assert account_wording.password_fault("short")
    is_english = choices[Role.CLERK].startswith("Goods clerk")
    assert is_english is (language == "en")
