from __future__ import annotations

from dataclasses import replace

import pytest

from terminal.errors import Blocked as BlockedError
from terminal.errors import Code
from terminal.people.rights import Operator
from terminal.sale.receipt import Receipt, State
from ui.known import Known
from ui.menu import MENU, SERVICE
from ui.screens.blocked import Blocked
from ui.screens.login import Login
from ui.screens.opening import _PAGES, root
from ui.screens.printing import NotPrinted, Printing
from ui.screens.selling import Selling

RECEIPT = Receipt("r1", "", "u1", "Anna")
IN = Known(operator=Operator("u1", "1", "Anna", "", frozenset(), ""), receipt=RECEIPT)
STOP = BlockedError(Code.RAM_RESET)


@pytest.mark.parametrize(
    ("state", "awaits", "page"),
    [
        (State.OPEN, False, Selling),
        (State.PAID, False, Printing),
        (State.PAID, True, NotPrinted),
        (State.PRINTING, False, Printing),
        (State.FISCAL, False, Selling),
        (State.DROPPED, False, Selling),
    ],
)
def test_the_lowest_page_follows_from_what_is_known(state, awaits, page):
    known = replace(IN, receipt=replace(RECEIPT, state=state), awaits_print=awaits)
    assert root(known) is page
    assert root(replace(known, blocked=STOP)) is Blocked
    assert root(replace(known, operator=None, blocked=STOP)) is Login


def test_no_receipt_is_an_empty_one():
    assert root(replace(IN, receipt=None)) is Selling
    assert root(Known()) is Login


def test_every_menu_verb_has_a_door():
    verbs = {choice.verb for choice in (*MENU, *SERVICE) if choice.verb}
    assert verbs == {*_PAGES, "lock", "open_drawer", "print_bill", "training"}
