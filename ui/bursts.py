"""Tells a keyboard scanner's burst from typing. Pure: told each key and its time, it judges.

    Typed     press these keys, in this order
    Scanned   one code was read; nothing of it may be pressed
    Spoilt    too fast for fingers, no code, and with more than one command in it: do nothing

A scan is six signs or more, faster than fingers, ended by Enter, Tab or ETX; or anything at all
behind the shop's own prefix. Control characters in it are no keys: what a customer shows to the
scanner must not pay, cancel or open a menu. So a key that commits something waits for the length of
a scanner's gap, which fingers do not notice; a sign in a field goes through at once and is undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BURST_MIN = 6
GAP_MAX_S = 0.03
TEXT_MAX = 512
KEYS_MAX = 64
GS, ETX = "\x1d", "\x03"
# Keys that only move about; everything else that is no sign commits something.
_HARMLESS = frozenset({"back", "up", "down", "page_up", "page_down", "tab"})
_ENDS = frozenset({"enter", "tab"})


@dataclass(frozen=True, slots=True)
class Typed:
    """Keys that somebody pressed."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner typed, without its end; control characters other than GS are gone."""

    text: str


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A burst that is neither; whatever of it was pressed is to be undone."""


Verdict = Typed | Scanned | Spoilt


@dataclass(slots=True)
class Bursts:
    """Follows the keys; ``prefix`` is the sign with which this shop's scanner begins, or empty."""

    prefix: str = ""
    last_s: float = float("-inf")
    _keys: list[str] = field(default_factory=list)
    _signs: list[str] = field(default_factory=list)
    _count: int = 0
    _passed: int = 0
    _is_behind_scan: bool = False

    @property
    def is_holding(self) -> bool:
        """Whether ``rest`` must be called when no key follows."""
        return self._count > self._passed

    @property
    def is_new(self) -> bool:
        """Whether the newest key was the first of its kind after a pause."""
        return self._count == 1

    def feed(
        self, key: str, character: str | None, at_s: float, *, may_pass: bool
    ) -> list[Verdict]:
        """One key at ``at_s`` of a steady clock; ``key`` is its name, empty for one without.

        ``may_pass``: a sign can be undone where it would go, so the first one need not wait.
        """
        found = self.rest(at_s)
        self.last_s = at_s
        is_end = key in _ENDS or character == ETX
        if self._is_behind_scan and (is_end or not key):
            return found  # the second half of CR LF, or of ETX CR
        self._is_behind_scan = False
        if is_end and self._is_scan():
            return [*found, self._scanned()]
        self._add(key, character)
        if self._count == 1 and may_pass and self._goes_at_once(key, character):
            self._passed = 1
            return [*found, Typed((key,))]
        return found

    def rest(self, at_s: float) -> list[Verdict]:
        """What the keys before a pause were, if there was one."""
        if at_s - self.last_s <= GAP_MAX_S:
            return []
        self._is_behind_scan = False
        return self._end() if self._count else []

    def _add(self, key: str, character: str | None) -> None:
        self._count += 1
        if key and len(self._keys) <= KEYS_MAX:
            self._keys.append(key)
        sign = character if character and len(character) == 1 else key
        if len(sign) == 1 and (sign.isprintable() or sign == GS) and len(self._signs) <= TEXT_MAX:
            self._signs.append(sign)

    def _goes_at_once(self, key: str, character: str | None) -> bool:
        is_prefix = bool(self.prefix) and self.prefix in {key, character}
        return not is_prefix and (len(key) == 1 or key in _HARMLESS)

    def _is_scan(self) -> bool:
        return self._has_prefix() or len(self._signs) >= BURST_MIN

    def _has_prefix(self) -> bool:
        return bool(self.prefix) and self._signs[:1] == [self.prefix]

    def _scanned(self) -> Scanned:
        text = "".join(self._signs)
        text = text.removeprefix(self.prefix) if self._has_prefix() else text
        self._clear()
        self._is_behind_scan = True
        return Scanned(text)

    def _end(self) -> list[Verdict]:
        """A pause came, and no end of a code before it."""
        if self._has_prefix() and len(self._signs) > 1:
            return [self._scanned()]
        keys, passed = self._keys, self._passed
        commands = sum(len(key) > 1 and key not in _HARMLESS for key in keys)
        is_typing = self._count == 1 or (commands <= 1 and len(keys) <= KEYS_MAX)
        self._clear()
        if not is_typing:
            return [Spoilt()]
        held = tuple(keys[passed:])
        return [Typed(held)] if held else []

    def _clear(self) -> None:
        self._keys, self._signs = [], []
        self._count = self._passed = 0
