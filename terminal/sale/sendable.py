"""Whether the printer can send an electronic receipt now; asked on its thread, before it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.errors import Refused
from terminal.sale.receipt import DocumentKind

if TYPE_CHECKING:
    from drivers.fiscal import FiscalPrinter
    from terminal.sale.receipt import Receipt


def is_sendable(printer: FiscalPrinter, receipt: Receipt) -> bool:
    """False for an electronic receipt that must be printed instead: E-43.

    A printer without the facet, with the service switched off or with a full queue cannot.
    """
    if receipt.document is not DocumentKind.E_RECEIPT:
        return True
    e_documents = printer.e_documents
    if e_documents is None:
        return False
    try:
        return e_documents.is_on() and e_documents.buffer().free > 0
    except Refused:
        return False
