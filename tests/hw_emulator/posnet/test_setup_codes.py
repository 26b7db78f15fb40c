from __future__ import annotations

from hw_emulator.posnet.codes import Code
from hw_emulator.posnet.setup_codes import SetupCode


def test_each_number_has_one_name_in_numeric_order():
    numbers = [int(code) for code in SetupCode]
    assert numbers == sorted(set(numbers))
    assert len(SetupCode.__members__) == len(numbers)


def test_the_two_lists_do_not_name_a_number_twice():
    shared = {int(code) for code in SetupCode} & {int(code) for code in Code}
    assert not shared
