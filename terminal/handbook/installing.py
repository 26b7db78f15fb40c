"""What the handbook says of a new version that is being installed, tried, or given up."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
INSTALLING = {
    Code.UPDATE_TRIAL: Advice(
        _("the day was closed and a new version was installed; it looks whether it is well"),
        _("nothing is being sold"),
        _("wait; it confirms itself, or the version before comes back by itself")),
    Code.UPDATE_WAITS: Advice(
        _("all is well but the fiscal printer, which must show that its counters are the same"),
        _("nothing is being sold"),
        _("switch the printer on, look at its cable; nothing is lost by waiting")),
    Code.UPDATE_NOT_NOW: Advice(
        _("a program is never changed while there are sales without a daily report"),
        _("as before"),
        _("close the day; what is prepared waits for it")),
    Code.BROKEN_BUNDLE: Advice(
        _("the downloaded file is not what was signed, or is not for this device"),
        _("the day is closed"),
        _("nothing: it is fetched again, and installed in the next day close")),
    Code.UPDATE_NO_SPACE: Advice(
        _("full or failing"), _("the day is closed"),
        _("free space, call service; the program that runs is not touched")),
    Code.UPDATE_FAILED: Advice(
        _("a step of the installation failed; the log tells more"), _("the day is closed"),
        _("nothing: the next day close tries again; tell service when it stays so")),
    Code.UPDATE_UNFIT: Advice(
        _("started for a test, on a copy of the journal, the new version failed"),
        _("the day is closed"),
        _("tell service; the office is told, too")),
    Code.UPDATE_NO_WAY_BACK: Advice(
        _("something was sold or sent since the copy was made, or the printer does not answer"),
        _("yes"),
        _("switch the printer on; if it stays so, call service: nothing is thrown away")),
    Code.NOTHING_TO_GO_BACK_TO: Advice(
        _("only one version is installed, or this program is not in a slot"), "",
        _("nothing")),
}
# fmt: on
