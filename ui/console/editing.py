"""Lines with editing, history and completion, where the terminal can. No colours, no questions.

Everything of prompt_toolkit that leads out of the line is off: editor, shell, suspend.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# A serial line does not answer where its cursor is.
os.environ["PROMPT_TOOLKIT_NO_CPR"] = "1"

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.history import DummyHistory, InMemoryHistory
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.shortcuts import CompleteStyle

from ui.console.lines import IDLE_S, Closed, Idle, Interrupted
from ui.console.typed import options

if TYPE_CHECKING:
    from asyncio import TimerHandle
    from collections.abc import Iterable

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

_CLEAR = "\x1b[H\x1b[J"


class _Words(Completer):
    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        del complete_event
        line = document.text_before_cursor
        begun = line.rpartition(" ")[2]
        for option in options(line):
            yield Completion(option, start_position=-len(begun))


class EditingReader:
    """History lives as long as the program, and holds no secrets."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._timer: TimerHandle | None = None
        self._words = _session(InMemoryHistory(), _Words())
        self._others = _session(DummyHistory(), None)
        for session in (self._words, self._others):
            session.app.key_processor.before_key_press += self._again

    def read(self, prompt: str, *, history: bool = True, secret: bool = False) -> str:
        """The next line."""
        session = self._words if history else self._others
        try:
            return session.prompt(prompt, is_password=secret, pre_run=self._again)
        except KeyboardInterrupt:
            raise Interrupted from None
        except (EOFError, OSError):
            raise Closed from None
        finally:
            if self._timer:
                self._timer.cancel()

    def clear(self) -> None:
        """Wipe the screen."""
        self._words.output.write_raw(_CLEAR)
        self._words.output.flush()

    def _again(self, _: object = None) -> None:
        """A prompt begins, or a key was pressed: five minutes from now on."""
        app = get_app()
        if self._timer:
            self._timer.cancel()
        if app.loop is not None:
            self._timer = app.loop.call_later(self._idle_s, lambda: app.exit(exception=Idle()))


def _session(
    history: InMemoryHistory | DummyHistory, completer: Completer | None
) -> PromptSession[str]:
    return PromptSession(
        history=history,
        completer=completer,
        complete_style=CompleteStyle.READLINE_LIKE,
        complete_while_typing=False,
        reserve_space_for_menu=0,
        color_depth=ColorDepth.DEPTH_1_BIT,
        mouse_support=False,
        enable_suspend=False,
        enable_open_in_editor=False,
        enable_system_prompt=False,
    )
