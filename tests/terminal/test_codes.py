from __future__ import annotations

from terminal.codes import Code


def test_codes_are_numbered_once() -> None:
    assert len({code.value for code in Code}) == len(Code)
    assert all(code.value.startswith("E-") and code.value[2:].isdigit() for code in Code)
