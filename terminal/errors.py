"""Errors the till shows to people: a code, a sentence, and who can put it right. No I/O.

Every code stands in ``docs/errors.md`` with its cause and remedy.
"""

from __future__ import annotations

from terminal.codes import Code
from terminal.i18n import translate
from terminal.sentences import SENTENCES

__all__ = ["Blocked", "Code", "Rejected", "SyncError", "TillError"]


class TillError(Exception):
    """Something the till says no to; ``code`` and ``params`` make the sentence."""

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(f"{code} {SENTENCES[code].format(**params)}")
        self.code = code
        self.params = params

    def sentence(self) -> str:
        """The sentence in the language of the screen, without the code."""
        return translate(SENTENCES[self.code], **self.params)


class Rejected(TillError):
    """The cashier can put it right now; nothing has changed."""


class Blocked(TillError):
    """Someone must come; selling stops until then."""


class SyncError(TillError):
    """Exchange with the back office failed; selling goes on."""
