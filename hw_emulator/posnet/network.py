"""Commands of the network: TCP/IP, WiFi, Bluetooth. Nothing of it touches a real network.

Source: protocol.md appendix A, "Hardware configuration".
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.ports import need_serial
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import enter, family, keep
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.settings import New
    from hw_emulator.posnet.values import Args, Fields

NETWORKS_MAX = 10
_COM, _ETHERNET, _USB, _WIFI = 1, 4, 5, 6
_KINDS = {"evo": {_COM, _USB}, "vero": {_USB}}
_DNS = {"dp": "8.8.8.8", "da": "8.8.4.4"}
_ADDRESSES = ("ip", "ma", "ge", *_DNS)
_NAME_MAX, _KEY_MAX = 32, 32
_PRINTABLE = re.compile(r"[!-~]*\Z")
_WIFI_TABLE = "flash.wifi"


def _check_network(device: Device, args: Args, new: New) -> None:
    kind = args.number("id")
    if kind not in _KINDS.get(device.model.key, {_ETHERNET, _USB, _WIFI}):
        raise Refused(SetupCode.NETWORK)
    if kind == _WIFI and not device.model.has_radio:
        raise Refused(SetupCode.NO_WIFI)
    if kind == _COM:
        if not args.has("no"):
            raise BadField(Code.MISSING_FIELD, "no")
        if new.get("dh"):
            raise Refused(SetupCode.DHCP_FORBIDDEN)
        need_serial(device, args.number("no"))
    for name in _ADDRESSES:
        if name in new:
            _need_address(str(new[name]))
    for name, address in _DNS.items():
        new.setdefault(name, address)


def _need_address(text: str) -> None:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        raise Refused(SetupCode.IP_ADDRESS) from None


FAMILIES = (
    family(
        "flash.tcpipcfg",
        "id!i=4 no:i=1 ip:s=192.168.1.10 ma:s=255.255.255.0 ge:s=192.168.1.1 dp:s=8.8.8.8"
        " da:s=8.8.4.4 dh:b=T",
        check=_check_network,
    ),
    family("flash.bluetoothname", "na!s32=POSNET"),
)
for _row in FAMILIES:
    enter(_row)


def _networks(device: Device) -> list[dict[str, object]]:
    if not device.model.has_radio:
        raise Refused(SetupCode.NO_WIFI)
    return list(device.books.settings.get(_WIFI_TABLE, []))


def _connected(device: Device, networks: list[dict[str, object]]) -> str:
    """The first stored network within reach that is connected to by itself; "" is none."""
    near = device.outside.wifi_networks
    return next((str(n["na"]) for n in networks if n["ac"] and n["na"] in near), "")


@command("wifinetworkstat")
def wifinetworkstat(device: Device, _args: Args) -> Fields:
    """State of the WiFi."""
    networks = _networks(device)
    name = _connected(device, networks)
    return [
        ("cc", show_flag(bool(name))),
        ("na", name),
        ("cn", str(len(networks))),
        ("cm", str(NETWORKS_MAX)),
    ]


@command("wifilistnetworks", table="ix!i")
def wifilistnetworks(device: Device, args: Args) -> Fields:
    """One stored WiFi network."""
    networks = _networks(device)
    if args.number("ix") >= len(networks):
        raise Refused(SetupCode.WIFI_NO_RECORD)
    found = networks[args.number("ix")]
    return [("na", str(found["na"])), ("ac", show_flag(bool(found["ac"])))]


@command("wifinetworkadd", table="na!s ps!s ac!b")
def wifinetworkadd(device: Device, args: Args) -> None:
    """Store a WiFi network, or store it anew; it is first in line from now on."""
    networks = _networks(device)
    name, key = args.text("na"), args.text("ps")
    if not 0 < len(name) <= _NAME_MAX or not _PRINTABLE.match(name):
        raise Refused(SetupCode.WIFI_NAME)
    if len(key) > _KEY_MAX or not _PRINTABLE.match(key):
        raise Refused(SetupCode.WIFI_KEY)
    others = [network for network in networks if network["na"] != name]
    if len(others) >= NETWORKS_MAX:
        raise Refused(SetupCode.BASE_FULL)
    # The key is nobody's business: nothing reads it, so nothing keeps it.
    keep(device, {_WIFI_TABLE: [{"na": name, "ac": args.flag("ac")}, *others]})


@command("wifinetworkdel", table="na!s")
def wifinetworkdel(device: Device, args: Args) -> None:
    """Forget a WiFi network; not the connected one."""
    networks, name = _networks(device), args.text("na")
    if name not in {network["na"] for network in networks}:
        raise Refused(SetupCode.WIFI_UNKNOWN)
    if name == _connected(device, networks):
        raise Refused(SetupCode.WIFI_IN_USE)
    keep(device, {_WIFI_TABLE: [network for network in networks if network["na"] != name]})
