"""Which language the screen speaks: the shop's, an operator's own, or the one chosen in 8 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import use_language

if TYPE_CHECKING:
    from terminal.people.rights import Operator
    from terminal.sync.wire import Settings


class Speech:
    """An operator's language lasts until the next one comes or the screen is locked."""

    def __init__(self) -> None:
        self._is_own = False

    def speak(self, language: str) -> None:
        """Speak ``language`` as long as the present operator stays."""
        use_language(language)
        self._is_own = True

    def follow(self, operator: Operator | None, settings: Settings | None) -> None:
        """Somebody came or went."""
        if operator is not None and operator.language:
            self.speak(operator.language)
        elif self._is_own and settings is not None:
            use_language(settings.language)
            self._is_own = False
