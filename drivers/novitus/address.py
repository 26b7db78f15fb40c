"""Where a printer with NoviAPI is reached: ``http://host[:port]``. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

PORT = 8888


class BadAddress(Exception):
    """An address that is none; the text says what would be one."""


@dataclass(frozen=True, slots=True)
class Address:
    """``link`` is what the link opens, ``host`` what the requests are addressed to."""

    link: str
    host: str

    @classmethod
    def read(cls, url: str) -> Address:
        """Read an address; raises ``BadAddress``."""
        try:
            parts = urlsplit(url)
            scheme, name, port = parts.scheme, parts.hostname or "", parts.port or PORT
        except ValueError as error:
            msg = f"{url!r} is no address: {error}"
            raise BadAddress(msg) from error
        if scheme == "https":
            msg = f"{url!r}: the driver speaks HTTP only; choose HTTP in the printer's menu"
            raise BadAddress(msg)
        is_plain = name.isascii() and name.isprintable() and " " not in name
        if scheme != "http" or not name or not is_plain or parts.path.strip("/"):
            msg = f"{url!r} is not http://host:port, such as http://192.168.1.20:{PORT}"
            raise BadAddress(msg)
        host = f"[{name}]" if ":" in name else name
        return cls(f"tcp://{host}:{port}", f"{host}:{port}")
