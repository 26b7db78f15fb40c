"""One thread that does things in order, and tells listeners what happened. No trade rules.

The till has several: ``engine`` owns the journal, ``devices`` the fiscal printer, ``lookup``
read-only connections, ``net`` the network. Whoever calls gets a Future: the screen forgets it, the
console waits for it, a test waits for it. The threads are daemons, because a till may be switched
off at any moment: what must survive is on disk before it is told.

A call runs in the context (``contextvars``) of whoever called, so that what was lent for one verb
goes with it from thread to thread, and with nothing else.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from terminal.errors import TillError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Call(Future[T]):
    """The answer to ``job``, which ``engine`` does in the context of whoever called."""

    def __init__(self, engine: Engine, job: partial[T]) -> None:
        super().__init__()
        self.job = job
        self.context = copy_context()
        self._engine = engine

    def again(self, within: AbstractContextManager[object]) -> Call[T]:
        """Call for the same once more, with ``within`` around it."""

        def once_more() -> Call[T]:
            with within:
                return self._engine.call(self.job)

        return self.context.copy().run(once_more)


class Engine:
    """A thread called ``name``, its queue, and its listeners.

    ``on_fault`` hears of every exception that is not for people: nobody may be looking at the
    Future, and a step that silently stopped is worse than one that says so.
    """

    def __init__(self, name: str, on_fault: Callable[[BaseException], None] | None = None) -> None:
        self._on_fault = on_fault
        self._queue: SimpleQueue[Call[Any] | None] = SimpleQueue()
        self._listeners: list[Callable[[object], None]] = []
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def call(self, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Call[T]:
        """Run ``do`` on this thread after everything called before; never waits."""
        call = Call(self, partial(do, *args, **kwargs))
        self._queue.put(call)
        return call

    def listen(self, listener: Callable[[object], None]) -> None:
        """Call ``listener`` with every event; it must return at once and not raise."""
        self._listeners.append(listener)

    def tell(self, event: object) -> None:
        """Give ``event`` to every listener, on the thread of the caller."""
        for listener in tuple(self._listeners):
            listener(event)

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Finish what was called before and end the thread; False when it did not in time."""
        self._queue.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while call := self._queue.get():
            if not call.set_running_or_notify_cancel():
                continue
            try:
                call.set_result(call.context.run(call.job))
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever called
                if not isinstance(error, TillError):
                    _log.exception("%s failed", call.job.func)
                    if self._on_fault:
                        self._on_fault(error)
                call.set_exception(error)
