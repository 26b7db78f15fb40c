"""Verbs of the door: log in, lock, lend a right. On the engine's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal import events
from terminal.day.state import Day
from terminal.errors import Code, Rejected
from terminal.in_hand import InHand
from terminal.people import login
from terminal.store.exchanges import Cause

if TYPE_CHECKING:
    from terminal.day.shifts import Shifts
    from terminal.people.rights import Approval, Operator
    from terminal.sync.wire import Right


class Admitting(InHand):
    """Who stands at the till, and by whose right."""

    shifts: Shifts

    def login(self, identifier: str, pin: str = "") -> Operator:
        """Let an operator in; raises E-34 for a wrong PIN and E-46 while it is locked out."""
        operator = login.log_in(self._context, self._catalogue, identifier, pin)
        self._operator = operator
        self._ledger.event(operator.name, "login", user=operator.id)
        self._context.tell(events.OperatorChanged(operator))
        self._told_documents()
        # A day without a sale is being opened.
        cause = Cause.OPENING if self.day() is Day.EMPTY else Cause.LOGIN
        self._post.catch_up(cause, operator.name)
        self.shifts.greet()
        # While nobody was here the printer may have made a report by itself.
        self._checkout.meeting.make_due()
        self._checkout.look_after()
        return operator

    def lock(self) -> None:
        """Log the operator out; the receipt stays."""
        if self._operator:
            self._ledger.event(self._operator.name, "lock", user=self._operator.id)
            self._told_documents()
        self._operator = None
        self._context.tell(events.OperatorChanged(None))

    def approve(self, right: Right, identifier: str, pin: str) -> Approval:
        """Have another operator lend ``right`` for one verb (see ``rights.lent``).

        Raises what ``login`` does, and E-100 when the other may not do it either.
        """
        operator = self._operator
        if operator is None:
            raise Rejected(Code.NOT_LOGGED_IN)
        approval = login.approve(self._context, self._catalogue, operator, right, identifier, pin)
        self._told_documents()
        return approval
