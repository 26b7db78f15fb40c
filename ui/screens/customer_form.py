"""All that can be written of a customer, field by field: a new one, or one who is known.

Enter or the number of a field opens it, ``#`` saves. Works without a network.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from terminal.errors import Code
from terminal.field.customers import CustomerFields
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from ui.keypad import Accept, Cancel, Cycle
from ui.multitap import Case
from ui.screens.listing import Listing, marked_rows
from ui.screens.page import Scans
from ui.screens.question import Field, Question
from ui.screens.text_field import TextField
from ui.widgets import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal.errors import TillError
    from terminal.sync.wire import Customer
    from ui.desk import Desk
    from ui.keypad import Intent
    from ui.screens.page import Legend
    from ui.widgets.row import Row

_LABEL_WIDTH = 24
_POSTAL_DIGITS = 5


class Typed(NamedTuple):
    """A field: its name, its label, how long it may be; 0 for one of digits, -1 for yes or no.

    ``case`` is what its first letter is.
    """

    name: str
    label: str
    length: int
    case: Case = Case.FIRST


FIELDS = (
    Typed("name", _("Name"), 120),
    Typed("nip", _("NIP"), 0),
    Typed("street", _("Street"), 70),
    Typed("postal_code", _("Postal code"), 0),
    Typed("city", _("Town"), 70),
    Typed("phone", _("Telephone"), 24, Case.DIGITS),
    Typed("email", _("E-mail"), 120, Case.LOWER),
    Typed("is_potential", _("Not a customer yet"), -1),
)
_PLACES = {field.name: no for no, field in enumerate(FIELDS)}


class CustomerForm(Listing):
    """``one`` is changed, None for a new customer; ``then`` hears of whoever was saved."""

    scans = Scans.IGNORE
    keeps_awake = True

    def __init__(
        self,
        desk: Desk,
        one: Customer | None,
        then: Callable[[Customer], object],
        fields: CustomerFields | None = None,
    ) -> None:
        super().__init__(desk)
        self._one = one
        self._then = then
        self._before = fields_of(one) if one else CustomerFields("")
        self._fields = fields or self._before
        self.marked = 0 if one else _PLACES["street"]

    @property
    def title(self) -> str:
        """The heading."""
        return self._one.name if self._one else translate("New customer")

    @property
    def count(self) -> int:
        """How many fields there are."""
        return len(FIELDS)

    def legend(self) -> Legend:
        """Change, save."""
        return (
            ("#", translate("save")),
            ("Enter", translate("change the field")),
            (f"1-{len(FIELDS)}", translate("field")),
            ("↑ ↓", translate("choose")),
            ("Esc", translate("back")),
        )

    def body(self, width: int, height: int) -> list[Row]:
        """Number, label and value of each."""
        texts = [
            f"{no} {row.fit(translate(field.label), _LABEL_WIDTH)} {self._value(field)}"
            for no, field in enumerate(FIELDS, start=1)
        ]
        return [row.row(width), *marked_rows(width, max(1, height - 1), texts, self.marked)]

    def press(self, key: str) -> None:
        """The number of a field opens it."""
        if len(key) == 1 and key in "12345678":
            self.marked = int(key) - 1
            self._change(FIELDS[self.marked])
        else:
            super().press(key)

    def on(self, intent: Intent) -> None:
        """Enter changes, ``#`` saves, Esc asks before it throws anything away."""
        match intent:
            case Accept():
                self._change(FIELDS[self.marked])
            case Cycle():
                self._save(is_confirmed=False)
            case Cancel() if self._fields != self._before:
                text = translate("Throw away what was typed?")
                self.desk.open(Question(self.desk, text, lambda: self.desk.close(self)))
            case _:
                super().on(intent)

    def _value(self, field: Typed) -> str:
        value = getattr(self._fields, field.name)
        if isinstance(value, bool):
            return translate("yes") if value else translate("no")
        return value or "-"

    def _change(self, field: Typed) -> None:
        label, value = translate(field.label), getattr(self._fields, field.name)
        if field.length < 0:
            self._put(field, not value)
        elif field.length == 0:
            prompt = translate("{field} (empty: none)", field=label)
            digits = "".join(sign for sign in value if sign.isdigit())
            put = partial(self._put, field)
            self.desk.open(Field(self.desk, self.title, prompt, put, text=digits))
        else:
            page = TextField(
                self.desk,
                self.title,
                label,
                partial(self._put, field),
                text=value,
                length_max=field.length,
                may_be_empty=field.name != "name",
                case=field.case,
                comma="." if field.name == "email" else ",",
            )
            self.desk.open(page)

    def _put(self, field: Typed, value: Any) -> None:  # noqa: ANN401 - a text, or yes or no
        if field.name == "postal_code" and len(value) == _POSTAL_DIGITS:
            value = f"{value[:2]}-{value[2:]}"
        self._fields = replace(self._fields, **{field.name: value})
        self.marked = min(_PLACES[field.name] + 1, self.count - 1)

    def _save(self, *, is_confirmed: bool) -> None:
        verbs = self.desk.till.field
        if self._one is None:
            verb = partial(verbs.create_customer, self._fields, is_confirmed=is_confirmed)
        else:
            edit = verbs.edit_customer
            verb = partial(edit, self._one.id, self._fields, is_confirmed=is_confirmed)
        self.desk.order(self.desk.till.engine.call(verb), self._saved, self._refused)

    def _saved(self, one: Customer) -> None:
        self.desk.close(self)
        self._then(one)
        self.desk.say(translate("Saved: {path}", path=one.name))

    def _refused(self, error: TillError) -> None:
        if error.code is Code.NIP_TAKEN:
            again = partial(self._save, is_confirmed=True)
            self.desk.open(Question(self.desk, error.sentence(), again))
        else:
            self.desk.refuse(error)


def fields_of(one: Customer) -> CustomerFields:
    """What is known of a customer, as it is typed."""
    names = asdict(CustomerFields(""))
    return CustomerFields(**{name: getattr(one, name) for name in names})


def write_down(desk: Desk, then: Callable[[Customer], object], name: str = "") -> None:
    """Ask for name and tax number of a new customer, then for whatever else is known."""
    title = translate("New customer")

    def numbered(name: str, nip: str) -> None:
        desk.open(CustomerForm(desk, None, then, CustomerFields(name, nip)))

    def named(name: str) -> None:
        prompt = translate("NIP (empty: none)")
        desk.open(Field(desk, f"{title}: {name}", prompt, partial(numbered, name)))

    desk.open(TextField(desk, title, translate("Name"), named, text=name))
