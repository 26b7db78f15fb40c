"""A receipt printer that speaks ESC/POS, as the till sees it. Decides nothing about copies.

The sensors are asked before and after: a printer without paper takes everything, says nothing and
prints all of it once the paper is new. A printer that cannot be asked is still printed on.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from drivers.errors import InDoubt, NotReady, Unreachable
from drivers.escpos import status
from drivers.escpos.render import KICK, PROFILE, render
from drivers.link import LinkLost
from drivers.paper import PaperState

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Link
    from drivers.paper import PaperPrinter, PaperStatus, Slip

ANSWER_S = 0.5
_CHUNK_MAX = 512  # larger jobs overrun the buffers of printers without flow control


class EscposPrinter:
    """A printer behind ``link_factory``; text goes in the one code page of ``language``.

    Belongs to one thread. Implements ``drivers.paper.PaperPrinter``. Raises ``NotReady`` and
    ``Unreachable`` when nothing was sent, ``InDoubt`` when the slip may be incomplete.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        *,
        language: str = "pl",
        profile: str = PROFILE,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._link_factory = link_factory
        self._language = language
        self._profile = profile
        self._answer_s = answer_s
        self._open_link: Link | None = None

    def status(self) -> PaperStatus:
        """Ask the sensors; what does not answer is unknown."""
        return self._sense(self._link())

    def print_slip(self, slip: Slip) -> None:
        """Print ``slip`` and cut; raises ``NotReady`` before sending when there is no paper."""
        data = render(slip, self._language, self._profile)
        link = self._link()
        before = self._sense(link)
        if reason := _obstacle(before):
            raise NotReady(reason)
        self._send(link, data)
        try:
            after = self._ask(link)
        except LinkLost as lost:
            self.close()
            msg = f"the line broke: {lost}"
            raise InDoubt(msg) from lost
        if reason := _obstacle(after):
            msg = f"the printer stopped: {reason}"
            raise InDoubt(msg)
        if after.is_online is None and before.is_online is not None:
            self.close()
            msg = "the printer fell silent"
            raise InDoubt(msg)

    def open_drawer(self) -> None:
        """Kick the cash drawer."""
        self._send(self._link(), KICK)

    def close(self) -> None:
        """Give the line back."""
        link, self._open_link = self._open_link, None
        if link:
            link.close()

    def _link(self) -> Link:
        """Give an open line without stale answers; one that broke unnoticed is opened anew."""
        if self._open_link:
            try:
                self._open_link.drain()
            except LinkLost:
                self.close()
            else:
                return self._open_link
        self._open_link = self._link_factory()
        return self._open_link

    def _send(self, link: Link, data: bytes) -> None:
        has_sent = False
        try:
            for start in range(0, len(data), _CHUNK_MAX):
                link.write(data[start : start + _CHUNK_MAX])
                has_sent = True
        except LinkLost as lost:
            self.close()
            if has_sent or lost.may_have_sent:
                msg = f"the line broke: {lost}"
                raise InDoubt(msg) from lost
            raise Unreachable(str(lost)) from lost

    def _sense(self, link: Link) -> PaperStatus:
        """Ask when nothing is at stake."""
        try:
            return self._ask(link)
        except LinkLost as lost:
            self.close()
            raise Unreachable(str(lost)) from lost

    def _ask(self, link: Link) -> PaperStatus:
        answers: list[int | None] = [None, None, None]
        for place, number in enumerate((status.PRINTER, status.OFFLINE_CAUSE, status.PAPER)):
            link.write(status.question(number))
            answers[place] = self._await(link)
            if answers[place] is None:
                break  # the next would cost the same wait again
        return status.read_status(*answers)

    def _await(self, link: Link) -> int | None:
        until_s = time.monotonic() + self._answer_s
        while (left_s := until_s - time.monotonic()) > 0:
            answer = status.find_answer(link.read(left_s))
            if answer is not None:
                return answer
        return None


def _obstacle(found: PaperStatus) -> str:
    """Name what keeps the printer from printing; the most telling first."""
    if found.paper is PaperState.OUT:
        return "paper"
    if found.cover_open:
        return "cover"
    return "offline" if found.is_online is False else ""


if TYPE_CHECKING:

    def _conforms(printer: EscposPrinter) -> PaperPrinter:
        return printer
