"""The table of the commands we use; what it says of each is in ``docs/posnet.md`` as well. No I/O.

Names, types and limits from POT-I-DEV-37 v5978; what differs in the older generation from public
drivers written against DBC-I-DEV-45.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.table import archive, online, reports, sale, set_up, status

if TYPE_CHECKING:
    from drivers.posnet.spec import Spec

COMMANDS: dict[str, Spec] = {
    row.name: row
    for rows in (
        status.ROWS,
        set_up.ROWS,
        sale.ROWS,
        sale.INVOICE_ROWS,
        reports.ROWS,
        archive.ROWS,
        online.ROWS,
    )
    for row in rows
}
