"""What the handbook says of the technician's console."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
TECHNICIAN = {
    Code.NO_WORD: Advice(
        _("a word or number that is not in its table, or more than the word takes"), "",
        _("help shows all words, help WORD one of them; Tab completes")),
    Code.TILL_STOPPED: Advice(
        _("the program was ended, or restarts"), "",
        _("wait for it and log in again; till then status, log, db check and others read")),
    Code.TECHNICIAN_REFUSED: Advice(
        _("a wrong, used or late answer, an expired certificate, another terminal or scope"), "",
        _("ask for a new challenge with login; the office issues certificates for at most 12"
          " hours; five refused answers lock")),
    Code.OUT_OF_SCOPE: Advice(
        _("a login is for the scopes it was asked for, and no others"), "",
        _("login SCOPE …, and sign the new challenge")),
    Code.NOT_HERE: Advice(
        _("the program was installed without the part that does it"), "",
        _("see the installation page; install it with kasoterminal install")),
}
# fmt: on
