"""Non-fiscal documents with styles, codes and small print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drivers.posnet.form import form_calls

if TYPE_CHECKING:
    from drivers.fiscal import Form
    from drivers.posnet.session import Session


class PosnetForms:
    """Implements ``drivers.fiscal.Forms``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def print(self, form: Form) -> None:
        """Print ``form``; a document that was refused in the middle stays open: cancel it."""
        self._session.ask(*form_calls(form), window=1)
