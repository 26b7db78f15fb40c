"""Puts rows into one shop, as many of them as fit, and says of each of the others why not.

What is wrong with a row alone is wrong for ever; what contradicts other rows may fit later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from backoffice import publish
from backoffice.reasons import Reason
from backoffice.rows import FieldFault, read_row
from backoffice.store import data_rows
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from backoffice.errors import RowFault

# What a row says that names one which is not there: somebody has to bring that.
_MISSING = frozenset(
    {
        _("VAT letter {letter} is not in use"),
        _("no unit '{row}'"),
        _("no category '{row}'"),
        _("no product '{row}'"),
        _("no price list '{row}'"),
        _("no role '{role}'"),
    }
)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a row does not fit now; ``is_missing``: for want of another one."""

    reason: str
    is_missing: bool


@dataclass(slots=True)
class Fitted:
    """What became of rows, by their ids."""

    changed: dict[str, str] = field(default_factory=dict)  # what they are now, "" when gone
    same: set[str] = field(default_factory=set)
    wrong: dict[int, str] = field(default_factory=dict)  # by their place in the request
    misfits: dict[str, Misfit] = field(default_factory=dict)


def put(connection: Connection, name: str, shop: str, raws: Sequence[Mapping[str, Any]]) -> Fitted:
    """Put rows; whoever calls has locked the shop."""
    found = Fitted()
    if not raws:
        return found
    judged = publish.judge(connection, name, shop, raws, take_good=True)
    for fault in judged.wrong:
        _sort(found, name, raws[fault.index], fault)
    publish.write(connection, name, shop, judged)
    found.changed.update(judged.bodies)
    good = (
        str(raw.get("id"))
        for place, raw in enumerate(raws)
        if place not in found.wrong and raw.get("id") not in found.misfits
    )
    found.same.update(row_id for row_id in good if row_id not in judged.bodies)
    return found


def remove(connection: Connection, name: str, shop: str, ids: Sequence[str]) -> Fitted:
    """Bury rows that nothing needs; those that do not live are so already."""
    found = Fitted()
    living = list(data_rows.bodies_of(connection, name, shop, ids))
    found.same.update(set(ids) - set(living))
    while living:
        judged = publish.judge(connection, name, shop, (), gone=living)
        if not judged.wrong:
            data_rows.bury_all(connection, name, shop, living)
            found.changed.update(dict.fromkeys(living, ""))
            break
        for fault in judged.wrong:
            found.misfits.setdefault(fault.id, Misfit(str(fault.reason), is_missing=True))
        # What stays may need others that were to go: judge again without it.
        living = [row_id for row_id in living if row_id not in found.misfits]
    return found


def row_of(body: str) -> dict[str, Any]:
    """A body as it is judged."""
    row: dict[str, Any] = msgspec.json.decode(body)
    return row


def text_of(raw: Mapping[str, Any]) -> str:
    """A row that did not fit, as it is kept."""
    return msgspec.json.encode(raw).decode()


def _sort(found: Fitted, name: str, raw: Mapping[str, Any], fault: RowFault) -> None:
    """Into what is wrong for ever and what may fit later; the first fault of a row is told."""
    told = f"{fault.path.removeprefix('$.')}: {fault.reason}"
    is_twice = isinstance(fault.reason, Reason) and "number" in fault.reason.values
    if is_twice or isinstance(read_row(name, raw), FieldFault):
        found.wrong.setdefault(fault.index, told)
        return
    is_missing = isinstance(fault.reason, Reason) and fault.reason.message in _MISSING
    found.misfits.setdefault(fault.id, Misfit(told, is_missing))
