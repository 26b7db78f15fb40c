"""The mapping of one data set: our fields and theirs, both ways. No I/O.

Fields without a line in the mapping have the same name over there. Fields of theirs that we do not
know are left out; ``unknown`` names them for whoever tries a mapping.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backoffice.erp.values import LIST_MAX, BadValue, Shape
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping

ID_LETTERS_MAX = 64
_SAID_MAX = 5


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a ``constant`` is ours whatever they say, and is never sent."""

    ours: str
    theirs: str
    shape: Shape = field(default_factory=Shape)
    constant: Any = None
    lines: Form | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A record under our names; ``fault`` says what of it could not be read."""

    id: str
    body: dict[str, Any]
    fault: str = ""
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a data set, or of its lines; ``removed`` is their word for a record gone."""

    fields: tuple[Field, ...]
    removed: str = ""

    @property
    def their_id(self) -> str:
        """Their name of the id."""
        return next((it.theirs for it in self.fields if it.ours == "id"), "id")

    @property
    def lines(self) -> Field | None:
        """The field that holds the lines of a document, if it has any."""
        return next((it for it in self.fields if it.lines), None)

    def incoming(self, raw: object) -> Read:
        """A record of theirs as ours."""
        if not isinstance(raw, dict):
            return Read("", {}, Reason(_("expected an object")))
        body, faults = self._body(raw)
        named = body.get("id", "")
        record_id = named if isinstance(named, str) else str(named)
        if not 0 < len(record_id) <= ID_LETTERS_MAX and not faults:
            faults.append(
                Reason(
                    _("{field}: an id has 1 to {most} letters"),
                    field=self.their_id,
                    most=ID_LETTERS_MAX,
                )
            )
        is_removed = False
        # Not a set: what stands there may be a list, which has no hash.
        if self.removed and raw.get(self.removed) not in (None, ""):
            try:
                is_removed = Shape("truth").ours(raw[self.removed])
            except BadValue as error:
                faults.append(_told(self.removed, error))
        if is_removed and 0 < len(record_id) <= ID_LETTERS_MAX:
            return Read(record_id, {}, is_removed=True)
        return Read(record_id[:ID_LETTERS_MAX], body, _joined(faults))

    def outgoing(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """A record of ours as theirs; fields that we do not know go as they are."""
        ours = {it.ours for it in self.fields}
        made = {}
        for each in self.fields:
            if each.constant is None and each.ours in body:
                made[each.theirs] = _sent(each, body[each.ours])
        return made | {name: value for name, value in body.items() if name not in ours}

    def unknown(self, raw: Mapping[str, Any]) -> list[str]:
        """Their fields that nobody reads."""
        known = {it.theirs for it in self.fields} | {self.removed}
        return [name for name in raw if name not in known]

    def _body(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        body: dict[str, Any] = {}
        faults: list[str] = []
        for each in self.fields:
            if each.constant is not None:
                body[each.ours] = each.constant
                continue
            value = raw.get(each.theirs)
            # An empty cell leaves a field at its default.
            if value is None or value == "":
                continue
            try:
                body[each.ours] = _taken(each, value)
            except BadValue as error:
                faults.append(_told(each.theirs, error))
        return body, faults


def _taken(each: Field, value: object) -> Any:  # noqa: ANN401 (what a field of a row holds)
    if each.lines is None:
        return each.shape.ours(value)
    if not isinstance(value, list):
        raise BadValue(_("expected a list"))
    if len(value) > LIST_MAX:
        raise BadValue(_("the list has more than {most} parts"), most=LIST_MAX)
    made = []
    for number, line in enumerate(value, 1):
        if not isinstance(line, dict):
            raise BadValue(_("expected an object"))
        body, faults = each.lines._body(line)  # noqa: SLF001 (a form within a form)
        if faults:
            raise BadValue(_("line {number}: {reason}"), number=number, reason=_joined(faults))
        made.append(body)
    return made


def _sent(each: Field, value: Any) -> Any:  # noqa: ANN401 (as above)
    if each.lines is None or not isinstance(value, list):
        return each.shape.theirs(value)
    return [each.lines.outgoing(line) for line in value]


def _told(name: str, error: Exception) -> str:
    return f"{name}: {error.reason if isinstance(error, BadValue) else error}"


def _joined(faults: list[str]) -> str:
    if len(faults) == 1:
        return faults[0]
    return "; ".join(faults[:_SAID_MAX])
