"""A customer display of two lines by twenty, in CD5220 or EPSON commands. Decides no words.

    CD5220   CLR    ESC Q A text CR    ESC Q B text CR
    EPSON    CLR    US $ 1 1 text      US $ 1 2 text

Whatever it is told becomes twenty characters of the display's own code page: no control character,
no second line, nothing it would take for a command. A display is never worth a sale, so whoever
drives one takes ``Unreachable`` and goes on.

Sources: manuals of CD5220 (Partner), P07303 and XP8200 displays for both modes, DM-D110 for EPSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from drivers.errors import Unreachable
from drivers.escpos.text import printable
from drivers.link import LinkLost

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.link import Link

COLUMNS = 20
PROTOCOLS = ("cd5220", "epson")
PAGES = ("CP852", "CP1250", "CP437", "CP850", "CP858", "CP1252", "ISO8859-2", "ASCII")
_CLEAR, _CR = b"\x0c", b"\r"
_BEGIN = b"\x1b@"
_NO_CURSOR = {"cd5220": b"\x1b_\x00", "epson": b"\x1fC\x00"}
_ROWS = {
    "cd5220": (b"\x1bQA", b"\x1bQB"),
    "epson": (b"\x1f$\x01\x01", b"\x1f$\x01\x02"),
}


class Display:
    """A display behind ``link_factory``; belongs to one thread.

    ``code_table`` is the number that the display's manual gives the page after ``ESC t``; None
    leaves the page to the display's own switches. Methods raise ``Unreachable``.
    """

    def __init__(
        self,
        link_factory: Callable[[], Link],
        protocol: Literal["cd5220", "epson"] = "cd5220",
        *,
        page: str = "CP852",
        code_table: int | None = None,
    ) -> None:
        self._link_factory = link_factory
        self._protocol = protocol
        self._rows = _ROWS[protocol]
        self._end = _CR if protocol == "cd5220" else b""
        self._page = page
        self._code_table = code_table
        self._link: Link | None = None
        self._shown: tuple[str, str] | None = None

    def show(self, upper: str, lower: str) -> None:
        """Show two lines; what stands there already is not sent again."""
        lines = (self._fit(upper), self._fit(lower))
        if lines == self._shown and self._link is not None:
            return
        data = b"".join(
            row + line.encode(self._page, errors="replace") + self._end
            for row, line in zip(self._rows, lines, strict=True)
        )
        self._send(_CLEAR + data)
        self._shown = lines

    def item(self, name: str, price: str, note: str = "") -> None:
        """What was just sold: its name above, what it costs below, on the right."""
        self.show(name, self._spread(note, price))

    def amount(self, label: str, amount: str, note: str = "") -> None:
        """A total, what was paid or the change: the label above, the amount below."""
        self.show(label, self._spread(note, amount))

    def idle(self, text: str) -> None:
        """A text for whoever comes next; in two lines when it does not fit into one."""
        words, upper = text.split(), ""
        while words and len(f"{upper} {words[0]}".strip()) <= COLUMNS:
            upper = f"{upper} {words.pop(0)}".strip()
        lower = " ".join(words)
        self.show(upper.center(COLUMNS), lower[:COLUMNS].center(COLUMNS))

    def clear(self) -> None:
        """Nothing."""
        self.show("", "")

    def close(self) -> None:
        """Give the line back."""
        link, self._link = self._link, None
        self._shown = None
        if link:
            link.close()

    def _fit(self, text: str) -> str:
        return printable(text, self._page)[:COLUMNS].ljust(COLUMNS)

    def _spread(self, left: str, right: str) -> str:
        """Both in one line; the right one is never cut before the left one."""
        right = printable(right, self._page)[-COLUMNS:]
        room = max(0, COLUMNS - len(right) - 1)
        return f"{printable(left, self._page)[:room]:<{COLUMNS - len(right)}}{right}"

    def _send(self, data: bytes) -> None:
        if self._link is None:
            self._link = self._link_factory()
            data = self._greeting() + data
        try:
            self._link.write(data)
        except LinkLost as lost:
            self.close()
            raise Unreachable(str(lost)) from lost

    def _greeting(self) -> bytes:
        """Put a display that may show anything into a known state."""
        table = b"" if self._code_table is None else b"\x1bt" + bytes([self._code_table])
        return _BEGIN + _NO_CURSOR[self._protocol] + table
