"""Why something was refused: a sentence in English that can be said in another language, too.

Whoever asks by program reads it as it is; a page says it in the language of its user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable


class Reason(str):
    """A sentence that knows how it was made: from a message id and what was put into it."""

    __slots__ = ("message", "values")
    message: str
    values: dict[str, object]

    def __new__(cls, message: str, **values: object) -> Self:
        """Fill ``message`` with ``values``; braces inside them mean nothing."""
        made = super().__new__(cls, message.format(**values))
        made.message, made.values = message, values
        return made

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language into which ``translate`` turns message ids."""
        return translate(self.message).format(**self.values)
