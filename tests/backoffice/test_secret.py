from __future__ import annotations

import re

from backoffice.secret import bare_code, hashed, is_same, new_code, new_token


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43


def test_codes_can_be_typed_on_a_keypad():
    code = new_code()
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", code)
    assert bare_code(code) == bare_code(code.replace("-", " ")) == code.replace("-", "")


def test_hashes_are_sha256_in_hex():
    assert hashed("abc").startswith("ba7816bf8f01cfea")
    assert is_same(hashed("a"), hashed("a"))
    assert not is_same(hashed("a"), hashed("b"))
    assert not is_same("ą", "a")
