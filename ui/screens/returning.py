"""What comes back of a sale: lines and quantities, then why, and whose they were."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sale.entries import Wish
from ui.amounts import quantity, zloty
from ui.keypad import Accept, Cycle, Mode, Number, Other, Wrong
from ui.screens.given import Given
from ui.screens.listing import Listing, window
from ui.screens.question import Choices
from ui.screens.refunding import Refunding
from ui.screens.text_field import TextField
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.gear.gear import Scan
    from terminal.sale.entries import Case
    from terminal.sale.returning import Left
    from terminal.sync.wire import EntryKind, ReturnDoc
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

TITLES: dict[str, str] = {
    "return": _("Return: what comes back?"),
    "complaint": _("Complaint: about what?"),
    "mistake": _("Obvious mistake: what was entered wrongly?"),
}
REASONS: dict[str, tuple[str, ...]] = {
    "return": (_("Not wanted any more"), _("Damaged or faulty"), _("Wrong goods")),
    "complaint": (_("Damaged or faulty"), _("Not as described")),
    "mistake": (_("Wrong quantity"), _("Wrong price"), _("Wrong goods"), _("Entered twice")),
}
NAME_MAX = 60
_ONE = 1000


class Returning(Listing):
    """Digits and Enter take a quantity of the marked line, a scan one piece, ``*`` all of it.

    ``then`` hears of the entry that comes of it.
    """

    def __init__(
        self, desk: Desk, case: Case, entry: EntryKind, then: Callable[[ReturnDoc], object]
    ) -> None:
        super().__init__(desk, Mode.QTY)
        self._case = case
        self._entry = entry
        self._then = then
        self._left = case.left
        self._taken: dict[int, int] = {}

    @property
    def title(self) -> str:
        """The heading."""
        return translate(TITLES[self._entry])

    @property
    def prompt(self) -> str:
        """What is typed."""
        return translate("Quantity")

    @property
    def count(self) -> int:
        """Lines that were sold."""
        return len(self._left)

    def legend(self) -> Legend:
        """How to choose, and go on."""
        return (
            ("0-9", translate("quantity")),
            ("*", translate("whole line")),
            ("#", translate("everything")),
            ("Enter", translate("go on")),
            ("↑ ↓", translate("choose")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Each line with what is left of it, and what comes back."""
        rows = []
        if not self._case.is_sure:
            text = translate(
                "Back office does not answer: what other tills gave back of it is not known"
            )
            rows += row.wrapped(width, f"! {text}", row.WARN)
        for no in window(len(self._left), self.marked, height - len(rows) - 2):
            rows.append(self._line_row(width, self._left[no], is_marked=no == self.marked))
        total = sum(one.worth_gr(self._taken.get(one.no, 0)) for one in self._left)
        rows.append(row.row(width))
        rows.append(row.ends(width, f" {translate('Comes back')}", f"{zloty(total)} ", row.TOTAL))
        return rows

    def on(self, intent: Intent) -> None:
        """Quantities; Enter with nothing typed goes on."""
        match intent:
            case Number(_, value):
                self._take(self._left[self.marked], value)
            case Wrong():
                self.desk.refuse(Rejected(Code.BAD_AMOUNT))
            case Other():
                one = self._left[self.marked]
                self._take(one, 0 if one.no in self._taken else one.qty_milli)
            case Cycle():
                self._taken = {one.no: one.qty_milli for one in self._left if one.qty_milli}
            case Accept() if self._taken:
                self._ask_reason()
            case Accept():
                self._take(self._left[self.marked], self._left[self.marked].qty_milli)
            case _:
                super().on(intent)

    def scanned(self, scan: Scan) -> None:
        """One piece more of the goods with this code."""
        for place, one in enumerate(self._left):
            taken = self._taken.get(one.no, 0)
            if scan.code in {one.line.barcode, one.line.plu} and taken < one.qty_milli:
                self.marked = place
                self._take(one, min(taken + _ONE, one.qty_milli))
                return
        self.desk.refuse(Rejected(Code.NOT_FOUND, item=scan.code))

    def _take(self, one: Left, qty_milli: int) -> None:
        if qty_milli > one.qty_milli:
            self.desk.refuse(Rejected(Code.MORE_THAN_SOLD, name=one.line.name))
        elif qty_milli % 10 ** (3 - one.line.precision):
            refusal = {"name": one.line.name, "precision": one.line.precision}
            self.desk.refuse(Rejected(Code.NOT_A_WHOLE, **refusal))
        elif qty_milli:
            self._taken[one.no] = qty_milli
        else:
            self._taken.pop(one.no, None)

    def _line_row(self, width: int, one: Left, *, is_marked: bool) -> Row:
        taken = self._taken.get(one.no, 0)
        left = f"{quantity(one.qty_milli)} {one.line.unit}"
        back = f"{quantity(taken)} = {zloty(one.worth_gr(taken))}" if taken else "-"
        style = row.MARK if is_marked else row.DIM if not one.qty_milli else row.TEXT
        text = f"{'>' if is_marked else ' '} {row.fit(one.line.name, max(10, width - 46))}"
        return row.row(width, (f"{text} {left:>14} {back:>26}", style))

    def _ask_reason(self) -> None:
        answers: list[tuple[str, Callable[[], object]]] = [
            (reason, partial(self._ask_customer, reason))
            for reason in map(translate, REASONS[self._entry])
        ]
        answers.append((translate("Other…"), self._ask_other_reason))
        self.desk.open(Choices(self.desk, translate("Why?"), answers))

    def _ask_other_reason(self) -> None:
        title = translate("Why?")
        self.desk.open(TextField(self.desk, title, translate("Reason"), self._ask_customer))

    def _ask_customer(self, reason: str) -> None:
        """A mistake concerns nobody but the shop."""
        if self._entry == "mistake":
            self._go_on(reason, "")
            return

        def then(name: str) -> None:
            self._go_on(reason, name)

        title = translate("Who brings it back? Enter leaves a line to be filled in by hand")
        field = TextField(
            *(self.desk, title, translate("Customer"), then),
            length_max=NAME_MAX,
            may_be_empty=True,
        )
        self.desk.open(field)

    def _entered(self, made: ReturnDoc) -> None:
        """The questions go, and what was written down is shown."""
        self.desk.close(self)
        self._then(made)
        self.desk.open(Given(self.desk, made))

    def _go_on(self, reason: str, customer: str) -> None:
        wish = Wish(self._entry, dict(self._taken), None, reason, customer)
        self.desk.open(Refunding(self.desk, self._case, wish, self._entered))
