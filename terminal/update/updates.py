"""The verbs of an update: installed in the day close, tried, confirmed. From any thread."""

from __future__ import annotations

from concurrent.futures import Future

from terminal.update.phase import UpdateState


class Updates:
    """A till that is not installed (without ``KASO_PREFIX``) has none of it: all is quiet then."""

    def __init__(self) -> None:
        self.state = UpdateState()

    def at_close(self) -> Future[None]:
        """The step of the day close: done when nothing is to be installed, or it is installed."""
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def let_sell(self) -> None:
        """Let a sale or a day begin; raises ``Blocked`` while a new version is being tried."""

    def install_now(self) -> None:
        """Do not wait for the end of the countdown."""

    def postpone(self) -> None:
        """Not in this day close, but in the next one; nothing happens when it has begun."""
