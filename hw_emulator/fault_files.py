"""Faults out of a file: a script for many runs, or the strikes of one run to be repeated.

    # lines of specs                    ["lose:trend:1", {"kind": "cut", "command": "trend", "n": 2,
    lose:trend:1                          "value": 7, "seconds": 3}]
    cut:*:3:7                           {"seed": 7, "loss": 0.1, "chaos": {"late": 0.02},
                                         "rules": ["lose:trend:1"]}

What the control socket answers to ``strikes`` is such a file as well: it repeats that run's faults.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hw_emulator.faults import ANY, read_chaos

if TYPE_CHECKING:
    from pathlib import Path

    from hw_emulator.fault_kinds import Kind

FILE_MAX = 4 << 20


@dataclass(slots=True)
class Script:
    """What a file says; None is not said."""

    specs: list[str] = field(default_factory=list)
    seed: int | None = None
    loss: float | None = None
    chaos: dict[Kind, float] = field(default_factory=dict)


def read_script(path: Path) -> Script:
    """Read a file of faults; raises OSError, ValueError with the file's name."""
    if path.stat().st_size > FILE_MAX:
        msg = f"{path}: more than {FILE_MAX} bytes are no file of faults"
        raise ValueError(msg)
    text = path.read_text(encoding="utf-8")
    try:
        if text.lstrip()[:1] in {"[", "{"}:
            return _script(json.loads(text))
        lines = (line.partition("#")[0].strip() for line in text.splitlines())
        return Script([line for line in lines if line])
    except (ValueError, TypeError, KeyError) as error:
        msg = f"{path}: {error if str(error) else type(error).__name__}"
        raise ValueError(msg) from error


def _script(data: Any) -> Script:  # noqa: ANN401 - JSON
    if isinstance(data, list):
        return Script([_spec(rule) for rule in data])
    known = {"rules", "strikes", "seed", "loss", "chaos", "ok", "count"}
    if strange := data.keys() - known:
        msg = f"unknown: {', '.join(sorted(strange))}; known are rules, seed, loss, chaos, strikes"
        raise ValueError(msg)
    chaos = data.get("chaos", {})
    shares = chaos if isinstance(chaos, str) else ",".join(f"{k}={v}" for k, v in chaos.items())
    return Script(
        [_spec(rule) for rule in (*data.get("rules", ()), *data.get("strikes", ()))],
        int(data["seed"]) if "seed" in data else None,
        float(data["loss"]) if "loss" in data else None,
        read_chaos(shares),
    )


def _spec(rule: Any) -> str:  # noqa: ANN401 - JSON
    if isinstance(rule, str):
        return rule
    if "spec" in rule:
        return str(rule["spec"])
    value = f":{rule['value']}" if rule.get("value") is not None else ""
    span = f"/{rule['seconds']}" if value and rule.get("seconds") else ""
    return f"{rule['kind']}:{rule.get('command', ANY)}:{rule.get('n', 1)}{value}{span}"
