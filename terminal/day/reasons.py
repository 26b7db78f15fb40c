"""Why cash is moved, a drawer is opened, or a count differs: words of the trade. No I/O.

Documents hold the codes, so that an office reads them in its own language.
"""

from __future__ import annotations

from terminal.i18n import gettext_noop as _
from terminal.i18n import translate

OPENING = "opening"
_WORDS = {
    OPENING: _("opening of the shift"),
    "coins": _("change money"),
    "from_safe": _("from the safe"),
    "to_bank": _("to the bank"),
    "to_safe": _("to the safe"),
    "purchase": _("purchase for the shop"),
    "money_change": _("changing money"),
    "check": _("check of the drawer"),
    "wrong_change": _("wrong change given"),
    "not_known": _("cause not known"),
    "other": _("another reason"),
}
IN = ("coins", "from_safe", "other")
OUT = ("to_bank", "to_safe", "purchase", "other")
DRAWER = ("money_change", "check", "other")
DIFFERENCE = ("wrong_change", "not_known", "other")


def in_words(code: str) -> str:
    """The reason in the language of the screen; what is no code of ours stays as it is."""
    return translate(_WORDS[code]) if code in _WORDS else code
