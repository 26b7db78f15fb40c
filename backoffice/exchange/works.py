"""Who does the work of each way: the one place that knows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice.exchange.exports import Exports
from backoffice.exchange.imports import Imports
from backoffice.jobs.work import Way

if TYPE_CHECKING:
    from backoffice.jobs.work import Work


def works() -> dict[Way, Work]:
    """The work of exports and that of imports."""
    return {Way.EXPORT: Exports(), Way.IMPORT: Imports()}
