"""Asks for the password once more where a stolen session would do lasting harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backoffice import passwords
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from backoffice.office import Office
    from backoffice.web.page import Asked
    from backoffice.web.session import Visit


def fault(office: Office, request: Asked, password: str) -> str:
    """What is wrong with the password of whoever is signed in; empty when it is right."""
    visit: Visit = request.state.visit
    moment = office.clock()
    caller = f"login {visit.account.login}"
    if not office.sign_ins.is_open(caller, moment):
        return _("Too many attempts. Wait a minute.")
    if passwords.is_right(office.engine, visit.account.id, password):
        return ""
    office.sign_ins.fail(caller, moment)
    return _("This is not your password.")
