"""Device addresses: what a URL in the configuration means. No I/O.

/dev/ttyS0                          serial, 9600 8N1 unless told
serial:///dev/ttyUSB0?baud=115200   also parity=N|E|O, bits=7|8, stop=1|2,
                                    flow=none|rtscts|xonxoff
tcp://127.0.0.1:6666                also socket://; the device is the server
loop://, rfc2217://…                whatever else pyserial opens
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

BAUD = 9600
# What the UARTs and converters in shops are made for; anything else is a slip of the finger.
BAUDS = (300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400)
PORT_MAX = 65_535
FLOWS = ("none", "rtscts", "xonxoff")
_OPTIONS: dict[str, tuple[str, ...]] = {
    "baud": tuple(map(str, BAUDS)),
    "parity": ("N", "E", "O"),
    "bits": ("7", "8"),
    "stop": ("1", "2"),
    "flow": FLOWS,
}


@dataclass(frozen=True, slots=True)
class Tcp:
    """A device that is a TCP server."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial port of the machine, or another URL of pyserial's in ``path``."""

    path: str
    baud: int = BAUD
    parity: str = "N"
    bits: int = 8
    stop: int = 1
    flow: str = "none"


Address = Tcp | Serial


def read_address(url: str, serial: Serial | None = None) -> Address:
    """What ``url`` names; ``serial`` holds the settings it does not say itself.

    Raises ValueError with a sentence for whoever wrote the address.
    """
    parts = urlsplit(url)
    if parts.scheme in {"tcp", "socket"}:
        return _tcp(parts)
    usual = serial or Serial("")
    if parts.scheme in {"", "serial"}:
        return _port(parts, usual)
    return Serial(url, usual.baud, usual.parity, usual.bits, usual.stop, usual.flow)


def _tcp(parts: SplitResult) -> Tcp:
    try:
        port = parts.port
    except ValueError as error:
        msg = f"the port is a number from 1 to {PORT_MAX}"
        raise ValueError(msg) from error
    if not parts.hostname or not port:
        msg = f"a TCP address is tcp://HOST:PORT, the port from 1 to {PORT_MAX}"
        raise ValueError(msg)
    return Tcp(parts.hostname, port)


def _port(parts: SplitResult, usual: Serial) -> Serial:
    if "/" not in parts.path:
        msg = "a serial port is named by its path, such as /dev/ttyS0"
        raise ValueError(msg)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    for name, value in options.items():
        allowed = _OPTIONS.get(name)
        if allowed is None:
            msg = f"{name} is none of the options {', '.join(_OPTIONS)}"
            raise ValueError(msg)
        if value.upper() not in allowed and value.lower() not in allowed:
            msg = f"{name}={value} is none of {', '.join(allowed)}"
            raise ValueError(msg)
    return Serial(
        parts.path,
        int(options.get("baud", usual.baud)),
        options.get("parity", usual.parity).upper(),
        int(options.get("bits", usual.bits)),
        int(options.get("stop", usual.stop)),
        options.get("flow", usual.flow).lower(),
    )
