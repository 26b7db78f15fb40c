"""Pages of the handbook about the device itself: disk, databases, copies. No I/O."""

from __future__ import annotations

from terminal.codes import Code
from terminal.handbook.advice import Advice
from terminal.i18n import gettext_noop as _

# fmt: off
DEVICE = {
    Code.IN_USE: Advice(
        _("a till, or another program of it, runs on the same folder"), "",
        _("stop the other one; two tills need two folders ([store] dir)")),
    Code.DATABASE_NEWER: Advice(
        _("a newer version of the program has worked with it, and took away what this one needs"),
        "",
        _("start the newer version again; nothing is lost")),
    Code.DISK_FULL: Advice(
        _("something has filled the disk; the receipt on the screen is ended from a reserve"),
        _("what was printed is"),
        _("pay the receipt on the screen; free some space; selling goes on by itself")),
    Code.DISK_FAILED: Advice(
        _("the disk did not take what was written; whatever follows could be lost"),
        _("what was printed is: it is found out at the next start"),
        _("restart the till; when it says so again, change the disk (docs/restore.md)")),
    Code.DISK_LOW: Advice(
        _("a day that begins on a full disk may not end on it"), _("no"),
        _("remove what is not the till's; kasoterminal doctor says how much is missing")),
    Code.DISK_NOTE: Advice(
        _("something fills the disk"), "",
        _("look for it before the till begins no more days")),
    Code.BAD_COPY: Advice(
        _("it is damaged, or of another till"), "",
        _("try an older one; the office has every document that was sent (docs/restore.md)")),
}
