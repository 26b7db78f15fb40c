"""Words for roles, rights, and what is wrong with a password."""

from __future__ import annotations

from backoffice.rights import Right, Role
from backoffice.web.i18n import _, gettext_noop

ROLES = {
    Role.OWNER: gettext_noop("Owner"),
    Role.MANAGER: gettext_noop("Manager"),
    Role.ACCOUNTANT: gettext_noop("Accountant"),
    Role.CLERK: gettext_noop("Goods clerk"),
    Role.TECHNICIAN: gettext_noop("Technician"),
}
# Said beside the choice of a role.
MAY = {
    Role.OWNER: gettext_noop("everything, in every shop"),
    Role.MANAGER: gettext_noop("everything in the chosen shops, but neither accounts nor erasure"),
    Role.ACCOUNTANT: gettext_noop("looks at sales, receipts and reports"),
    Role.CLERK: gettext_noop("looks at the shop, changes goods and prices"),
    Role.TECHNICIAN: gettext_noop("looks at the shop, enrols and commands tills"),
}
RIGHTS = {
    Right.SEE: gettext_noop("look at tills and goods"),
    Right.FIGURES: gettext_noop("sales, receipts, reports"),
    Right.GOODS: gettext_noop("change goods and prices"),
    Right.STAFF: gettext_noop("people at the tills"),
    Right.SHOPS: gettext_noop("shops and settings"),
    Right.TERMINALS: gettext_noop("enrol and command tills"),
    Right.JUDGE: gettext_noop("rejected documents, erasure of persons"),
    Right.ACCOUNTS: gettext_noop("accounts, backup, audit"),
}
PASSWORD_FAULTS = {
    "short": gettext_noop("The password is too short: 12 characters or more."),
    "long": gettext_noop("The password is too long: 128 characters or fewer."),
    "common": gettext_noop("This password is one of the first that anybody would guess."),
    "login": gettext_noop("The password must not contain the login."),
}


def role_choices() -> list[tuple[str, str]]:
    """Roles for a list to choose from."""
    return [(role, f"{_(word)}: {_(MAY[role])}") for role, word in ROLES.items()]


def password_fault(fault: str) -> str:
    """What ``passwords.fault`` found, in words."""
    return _(PASSWORD_FAULTS[fault]) if fault else ""
