"""One name for each key, whatever keyboard it came from; a till may have its own. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE_KEYS = (
    "help",
    "price_check",
    "quantity",
    "void",
    "refresh",
    "park",
    "recall",
    "drawer",
    "nip",
    "pay",
    "service",
)

# Names under the Kitty protocol stand beside those of the console, xterm, tmux and VT keypads.
KEY_NAMES: dict[str, str] = {
    "asterisk": "*",
    "multiply": "*",
    "number_sign": "#",
    "comma": ",",
    "separator": ",",
    "full_stop": ",",
    "decimal": ",",
    ".": ",",
    "enter": "enter",
    "return": "enter",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "tab": "tab",
    "ctrl+i": "tab",
    "escape": "esc",
    "backspace": "back",
    "ctrl+h": "back",
    "delete": "back",
    "up": "up",
    "down": "down",
    "pageup": "page_up",
    "pagedown": "page_down",
    "f1": "help",
    "f2": "price_check",
    "f3": "quantity",
    "f4": "void",
    "f5": "refresh",
    "f6": "park",
    "f7": "recall",
    "f8": "drawer",
    "f9": "nip",
    "f10": "menu",
    "f11": "pay",
    "f12": "service",
}
ACTIONS = frozenset(KEY_NAMES.values()) | frozenset("0123456789")


def key_names(changes: Mapping[str, str]) -> dict[str, str]:
    """The table of keys with a till's own ``changes``; raises ValueError for an unknown action."""
    for key, action in changes.items():
        if action not in ACTIONS:
            msg = f"[keys] {key}: no such action: {action}"
            raise ValueError(msg)
    return {**KEY_NAMES, **changes}


def canonical(names: Mapping[str, str], key: str, character: str | None) -> str:
    """One name for a key: an action, a printable character, or ``""`` for a key without meaning."""
    if key in names:
        return names[key]
    if character is not None and len(character) == 1 and character.isprintable():
        return names.get(character, character)
    return ""
