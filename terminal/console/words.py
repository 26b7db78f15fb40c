"""The words of the console: the one table that dispatch, help, completion and docs share.

What is not here cannot be done there. ``MENU_VERBS`` says which word a numbered entry of the
screen's menus is; an entry without one belongs to the cashier.
"""

from __future__ import annotations

from terminal.console import auditing, doing, looking, machine
from terminal.console.told import Data, Told
from terminal.console.word import Word, found
from terminal.errors import Code, Rejected
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.datasets import CHOICES
from terminal.sync.wire import Scope

_FRAMES_MAX, _LOG_MAX, _HISTORY_MAX = 1000, 1000, 100
_ENTRIES = tuple(sorted({"configuration", "users", "products", *CHOICES}))
# fmt: off
# Word, scope, whether it only looks, whether it needs a running till, help, what does it.
WORDS = (
    Word("status", Scope.LOOK, True, False, _("The till in a dozen lines"), looking.status),
    Word("version", Scope.LOOK, True, False, _("Program, terminal, SQLite"), looking.version),
    Word("printer", Scope.LOOK, True, True,
        _("What the fiscal printer says of itself"), looking.printer),
    Word("printer cancel", Scope.SERVICE, False, True,
        _("Cancels what is open in the printer"), doing.cancel_open),
    Word("clock", Scope.LOOK, True, True, _("Clock of the printer and of the till"), looking.clock),
    Word("clock set", Scope.SERVICE, False, True,
        _("Gives the printer the time of the till; it takes it after a daily report"),
        doing.set_clock),
    Word("frames", Scope.LOOK, True, True,
        _("The last frames on the line of the fiscal printer, without tax numbers"),
        looking.frames, count_max=_FRAMES_MAX),
    Word("tape save", Scope.LOOK, True, True,
        _("Saves what all devices said lately (docs/tape.md)"), doing.save_tapes),
    Word("devices", Scope.LOOK, True, True,
        _("What is connected, where, whether it answers"), looking.devices),
    Word("network", Scope.LOOK, True, True,
        _("The back office: address, last contact, its clock"), looking.network),
    Word("log", Scope.LOOK, True, False,
        _("The last events of the journal; follow shows them as they come"),
        looking.log, ("follow",), _LOG_MAX),
    Word("unsent", Scope.LOOK, True, False, _("What the back office lacks"), looking.unsent),
    Word("rejected", Scope.LOOK, True, False,
        _("What the back office rejected, and why"), looking.rejected),
    Word("rejected retry", Scope.NETWORK, False, True,
        _("Asks how the back office judges it by now"), doing.retry_rejected),
    Word("sets", Scope.LOOK, True, False,
        _("Data sets of the back office and their revisions"), looking.sets),
    Word("history", Scope.LOOK, True, False,
        _("The last exchanges with the back office"), looking.history, count_max=_HISTORY_MAX),
    Word("enrol", Scope.LOOK, True, False,
        _("Which terminal this is; enrol CODE makes a new device one"), looking.enrolment),
    Word("db check", Scope.LOOK, True, False,
        _("Reads both databases from end to end"), looking.database),
    Word("journal verify", Scope.LOOK, True, False,
        _("Holds the chain of documents against itself"), auditing.verify),
    Word("doctor", Scope.LOOK, True, False, _("All checks of the device"), looking.checks),
    Word("test printer", Scope.PRINT, False, True,
        _("A form of the fiscal printer that is no receipt"), doing.try_printer),
    Word("test slip", Scope.PRINT, False, True,
        _("A slip of the receipt printer"), doing.try_slip),
    Word("test drawer", Scope.PRINT, False, True,
        _("Opens the drawer; the office hears of it"), doing.try_drawer),
    Word("test scale", Scope.PRINT, False, True,
        _("Weighs what lies on the scale"), doing.try_scale),
    Word("test display", Scope.PRINT, False, True,
        _("Shows TEST to the customers until the next sale"), doing.try_display),
    Word("test scanner", Scope.PRINT, False, True,
        _("Waits 20 s for a scan, with nobody logged in"), doing.try_scanner),
    Word("sync", Scope.NETWORK, False, True,
        _("Sends what is unsent, fetches what changed"), doing.sync),
    Word("push", Scope.NETWORK, False, True, _("Sends what is not sent yet"), doing.push),
    Word("pull", Scope.NETWORK, False, True,
        _("Fetches what changed; ever fetches all there is"), doing.pull, (*_ENTRIES, "ever")),
    Word("export", Scope.EXPORT, True, True,
        _("Writes the journal to the medium, signed, without personal data"),
        auditing.export),
    Word("update status", Scope.LOOK, True, True,
        _("What is prepared, and what waits for the daily report"), machine.update_status),
    Word("update find", Scope.UPDATE, False, True,
        _("Asks the back office for a new version"), machine.find_update),
    Word("update fetch", Scope.UPDATE, False, True,
        _("Fetches and proves what the back office offers; the daily report installs it"),
        machine.fetch_update),
    Word("slots", Scope.LOOK, True, False,
        _("Which versions are installed"), machine.slots),
    Word("rollback", Scope.UPDATE, False, True,
        _("Goes back to the version before, only when the day is closed"), machine.rollback),
    Word("backups", Scope.LOOK, True, True, _("Copies of the journal that lie here"),
        looking.copies),
    Word("backup", Scope.SERVICE, False, True,
        _("Copies the journal beside itself now"), machine.backup),
    Word("restart", Scope.SERVICE, False, True, _("Starts the program anew"), machine.restart),
    Word("reboot", Scope.SERVICE, False, True, _("Starts the machine anew"), machine.reboot),
)
# fmt: on
MENU_VERBS = {
    "push": "push",
    "sync_all": "sync",
    "pull_all": "sync",
    "pull_ever": "pull ever",
    "find_release": "update find",
    "sync_history": "history",
    "data_sets": "sets",
    "network": "network",
    "connections": "network",
    "devices": "devices",
    "printer_clock": "clock",
    "printer_status": "printer",
    "printer_facts": "printer",
    "workbench": "printer",
    "unsent": "unsent",
    "rejected": "rejected",
    "events": "log",
    "about": "version",
    "enrolment": "enrol",
    "trial": "test printer",
    **{f"pull.{entry}": f"pull {entry}" for entry in _ENTRIES},
}


def find(words: list[str]) -> tuple[Word, tuple[str, ...]]:
    """The word of a line and what follows it; raises E-180."""
    return found(words, WORDS)


def help_of(words: list[str]) -> Told:
    """Every word, or those that begin with ``words``; raises E-180 when none does."""
    begun = " ".join(words)
    shown = [word for word in WORDS if f"{word.name} ".startswith(f"{begun} ") or not begun]
    if not shown:
        raise Rejected(Code.NO_WORD, line=begun)
    lines = [f"{word.usage:<26} {translate(word.help)}" for word in shown]
    return Told(tuple(lines), [_described(word) for word in shown])


def _described(word: Word) -> dict[str, Data]:
    return {
        "word": word.name,
        "takes": list(word.takes),
        "scope": str(word.scope),
        "reads": word.reads,
        "needs_till": word.is_live,
        "help": translate(word.help),
    }
