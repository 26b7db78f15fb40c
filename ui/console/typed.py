"""What a typed line means: a word, a number of the menu, or a wish of the console itself. Pure.

Whatever came over the line is data: control codes become spaces, and only the first words count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from terminal.console.talk import WORD_MAX, WORDS_MAX
from terminal.console.word import completions
from terminal.console.words import MENU_VERBS, WORDS
from terminal.i18n import gettext_noop as _
from terminal.i18n import translate
from terminal.sync.wire import Scope
from ui.menu import MENU, below, find

LINE_MAX = 1000
_SEQUENCE = re.compile(r"\x1b\[[0-9;?<=>]*[ -/]*[@-~]|\x1b[@-_]")
_JSON = "--json"
# Words of the console itself, which need neither till nor login.
OWN = {
    "help": _("Lists the words; help WORD explains one"),
    "menu": _("The numbered menu of the screen: 843, or 8 4 3"),
    "login": _("Shows a challenge for the scopes you name (look, if none) and takes the answer"),
    "pin": _("Logs in by identifier and PIN, where the office allows it"),
    "logout": _("Ends the login"),
    "exit": _("Ends the login and the console"),
}
SCOPES = tuple(map(str, Scope))


@dataclass(frozen=True, slots=True)
class Typed:
    """Words of a line, what was asked for with ``--json``; ``is_long`` for a line nobody types."""

    words: tuple[str, ...]
    is_json: bool = False
    is_long: bool = False

    @property
    def first(self) -> str:
        """The word that decides; empty for an empty line."""
        return self.words[0] if self.words else ""


def typed(line: str) -> Typed:
    """What a person or a hostile line typed."""
    is_long = len(line) > LINE_MAX
    plain = "".join(
        sign if sign.isprintable() else " " for sign in _SEQUENCE.sub(" ", line[:LINE_MAX])
    )
    # Case does not matter, except in a code of the office.
    parts = plain.split()
    words = [part for part in parts if part != _JSON]
    if words and words[0].lower() != "enrol":
        words = [word.lower() for word in words]
    kept = tuple(word[:WORD_MAX] for word in words[:WORDS_MAX])
    is_long = is_long or len(words) > WORDS_MAX
    return Typed(kept, _JSON in parts, is_long)


def path_of(words: tuple[str, ...]) -> str:
    """The number of the menu that a line is; empty when it is none."""
    path = "".join(words)
    return path if path.isascii() and path.isdigit() else ""


def word_behind(path: str) -> list[str]:
    """The word that a numbered entry is here; empty for one of the cashier's."""
    choice = find(path)
    return MENU_VERBS.get(choice.verb, "").split() if choice else []


def entries(path: str) -> list[str]:
    """What the menu has below a number, or that there is no such number."""
    choice = find(path)
    if path and choice is None:
        return [translate("No such number in the menu: {path}", path=path[:10])]
    if choice is not None and not choice.is_submenu:
        text = translate("{title}: only on the cashier's screen", title=translate(choice.title))
        return [text]
    shown = below(path, MENU)
    return [
        f"{' '.join(one.path):<8} {translate(one.title)}"
        + (f"  = {MENU_VERBS[one.verb]}" if one.verb in MENU_VERBS else "")
        for one in shown
    ]


def options(line: str) -> list[str]:
    """How the last word of an unfinished line may go on."""
    begun = line.lower().split(" ")
    if len(begun) == 1:
        own = [name for name in OWN if name.startswith(begun[0])]
        return sorted({*own, *completions(line, WORDS)})
    if begun[0] == "login":
        return [scope for scope in SCOPES if scope.startswith(begun[-1])]
    if begun[0] == "help":
        return completions(line.lstrip()[len("help ") :], WORDS)
    return completions(line, WORDS)
