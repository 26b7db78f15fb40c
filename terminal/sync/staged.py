"""What came and waits for the daily report: told with the rows, so that nobody looks for it. Pure.

The printer takes VAT rates and its header only while its totals are zero.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drivers.fiscal import INACTIVE, VAT_LETTERS
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.fiscal import Seven
    from terminal.events import Pulled

_WAITS = _("waits for the daily report")


def with_waiting(pulled: Pulled, wanted: Mapping[str, int], in_force: Seven | None) -> Pulled:
    """``pulled`` with a warning for each thing that waits.

    ``wanted`` are the office's rates by letter, ``in_force`` the printer's; None while nothing has
    been sold, for then they need not wait.
    """
    waiting: list[str] = []
    if pulled.name == "shop" and (pulled.added or pulled.changed):
        waiting = [translate(_("receipt header"))]
    elif pulled.name == "vat_rates" and in_force is not None:
        pairs = zip(VAT_LETTERS, in_force, strict=True)
        waiting = [letter for letter, rate in pairs if wanted.get(letter, INACTIVE) != rate]
    return replace(pulled, warnings=tuple((what, translate(_WAITS)) for what in waiting))
