"""Brings the bytes of attachments before the rows that name them: a till asks for them at once.

Each file is taken in a transaction of its own and named by its hash: to bring it again costs
nothing. A record whose bytes are not to be had is refused, the others go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.errors import OfficeError
from backoffice.field import contents
from backoffice.jobs.work import Fate, NeverError, Outcome
from backoffice.rows import FieldFault, read_row
from backoffice.store.engine import reading, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from backoffice.erp.connector import Connector, Record
    from backoffice.office import Office


def brought(
    office: Office, connector: Connector, object_name: str, records: Sequence[Record]
) -> tuple[list[Record], list[Outcome]]:
    """The records whose bytes are here, and those that are refused for want of them."""
    good, refused = [], []
    for it in records:
        reason = _brought(office, connector, it) if it.set_name == "attachments" else ""
        if reason:
            refused.append(Outcome(object_name, it.id, Fate.REFUSED, reason, it.where))
        else:
            good.append(it)
    return good, refused


def _brought(office: Office, connector: Connector, record: Record) -> str:
    """Why the bytes of a record are not to be had, "" when they are here or none are named."""
    if record.fault or record.is_removed:
        return ""
    row = read_row("attachments", {**record.body, "id": record.id})
    if isinstance(row, FieldFault) or not row.sha256:
        return ""  # It is refused when it is judged, or it is a note.
    with reading(office.engine) as connection:
        if contents.which(connection, [row.sha256]):
            return ""
    try:
        # Here first: nobody shall wait for the database while another program sends.
        parts = list(_no_more_than(row.size, connector.content(row.sha256)))
        with writing(office.engine) as connection:
            contents.keep(connection, row.sha256, row.size, parts, office.clock())
    except NeverError as error:
        return str(error)
    except OfficeError as error:
        return error.detail
    return ""


def _no_more_than(size: int, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts until there is one byte too many: then it is another file anyway."""
    received = 0
    for part in parts:
        if received > size:
            return
        received += len(part)
        yield part
