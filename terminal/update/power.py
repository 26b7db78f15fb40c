"""Whether the device hangs on the mains, as the kernel tells. No more than that."""

from __future__ import annotations

from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")


def is_on_mains(supplies: Path = _SUPPLIES) -> bool:
    """False only when there are connections to the mains and none of them has power.

    A device without a battery has none that anybody could ask.
    """
    online = [
        _read(supply / "online") == "1"
        for supply in supplies.glob("*")
        if _read(supply / "type") in {"Mains", "USB"}
    ]
    return not online or any(online)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
