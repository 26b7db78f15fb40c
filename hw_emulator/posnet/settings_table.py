"""The table of settings: printing, display, hardware, menu. Limits and defaults, no mechanism.

Ports and networks, which check each other, are in ``ports``. Defaults are those of the printers'
own configuration report. Source: protocol.md, appendix A.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.profile import NARROW, WIDE
from hw_emulator.posnet.registry import command
from hw_emulator.posnet.settings import enter, family, keep, number
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.settings import New
    from hw_emulator.posnet.values import Args

_MENU_PASSWORD = re.compile(r"\d{0,6}\Z", re.ASCII)
_NO_SIGN, _SPACE = 0, 1
_SIGNS = ("", " ", "*", "X", "x", "•", "·", "×")
WIDE_PAPER = 0
_FULL_CUT, _PARTIAL_CUT = 2, 1
# Message times after a reset, in seconds: with a keyboard at hand, and by remote control.
_WINDOW_TIMES = ((9999, 9999, 9999, 300, 3), (1, 10, 2, 300, 1))


def _check_menu_password(_device: Device, args: Args, _new: New) -> None:
    if not _MENU_PASSWORD.match(args.text("pw")):
        raise Refused(SetupCode.PASSWORD_FORMAT)


def quantity_sign(books: Books) -> str:
    """What stands between quantity and price."""
    return "".join(_SIGNS[number(books, f"quantitysigncfg.{name}")] for name in ("qa", "qb"))


def _check_quantity_sign(_device: Device, _args: Args, new: New) -> None:
    # A sign that is not sent is none; of two signs one has to be a space.
    new.setdefault("qa", _NO_SIGN)
    new.setdefault("qb", _NO_SIGN)
    signs = [sign for sign in new.values() if sign != _NO_SIGN]
    if not signs or (len(signs) == len(new) and _SPACE not in signs):
        raise Refused(SetupCode.CONFIGURATION)


def _check_cutter(device: Device, _args: Args, new: New) -> None:
    if device.model.key == "hx" and new.get("ct") == _FULL_CUT:
        new["ct"] = _PARTIAL_CUT


def _check_drawer(device: Device, _args: Args, new: New) -> None:
    if device.model.key == "trio":
        new.pop("vt", None)  # its voltage is chosen by hand


def _check_paper(device: Device, _args: Args, new: New) -> None:
    if device.model.key != "fawag":
        new.pop("px", None)
    if device.model.key == "xl2":
        new.pop("sp", None)  # it has no economy mode


FAMILIES = (
    family("prncfg", "nf:i<0-1>?~=1"),
    family("prnspecialcfg", "sp:i<0-1>?~=1"),
    family("billseparator", "bl!b=N"),
    family("dayreportprintcfg", "en:b=T"),
    family("doccfg", "hc:b=T"),
    family(
        "prnparam",
        "ps:i<1-4>?2067=2 sp:i<0-1>?2067=1 px:i<1-16>?2067=8",
        check=_check_paper,
    ),
    family("prnwidth", "wd!i<0-2>?~=1"),
    family("papersavecfg", "ps!b=N", setter="papersavecfg", getter="papersavecfgget"),
    family("barcodeheight", "ht!i<2-30>?2067=10"),
    family("fvcfg", "co:b=T cm.b=N"),
    family("signatureprintcfg", "pc:b=N"),
    family("billtaxcompress", "ob!b=N"),
    family("hdrcompress", "nf!b=N"),
    family("ftrcompress", "nf!b=N"),
    family(
        "quantitysigncfg",
        "qa:i<0-7>?713=1 qb:i<0-7>?713=4",
        row="idle",
        check=_check_quantity_sign,
    ),
    family(
        "windowtimecfg",
        "ti:i<0-300>?2712=9999 ta:i<10-300>?2712=9999 te:i<0-300>?2712=9999"
        " tj:i<30-300>?2712=300 tm:i<0-300>?2712=3",
        row="idle",
    ),
    family(
        "dspmode",
        "ln:b=T dn:b=T pn:b=T yn:b=T cn:b=T ls:b=N",
        setter="dspmode",
        getter="",
        row="idle",
    ),
    family("dsptrnsreleasetimeout", "tc:i<5-120>?2712=5"),
    family("dailyrepaccess", "mn!b=T"),
    family("menupswd", "pw!s=", getter="", check=_check_menu_password),
    family("flash.fsppswd", "pw!s16=", getter=""),
    family("verifysignaturesondemand", "vs!b=N"),
    family("flash.usbdrvtype", "ty!i<0-2>?713=0"),
    family(
        "drwparam",
        "im:i<1-10>?702=5 id:i<0-0>?713=0 vt:i<0-3>?3110=1 fs:b=T ks:b=N",
        check=_check_drawer,
    ),
    family("powerind", "in!i<0-60>?741=10"),
    family("cuttercfg", "ct:i<0-2>?713=1 ch:i<0-1>?~=0", check=_check_cutter),
    family(
        "dspcfg",
        "co:i<1-16>?714=8 lu:i<1-16>?715=8 ls:i<0-2>?713=1 od:i<0-999>?716=100",
        setter="dspcfg",
        getter="dspcfgget",
        index="id!i<1-1>?739=1",
        echoes_index=True,
    ),
    family("kbdlock", "to!i<0-300>?2712=0"),
    family("timeoutcfg", "td:i<0-180>?706=10 tc:i<0-180>?706=0"),
    family("soundcfg", "kb:b=T"),
    family("nearendsensorcfg", "en!b=T"),
    family("chgcfg", "mo!i<0-1>?2707=0"),
    family("powersavemode", "sm!b=N"),
    family("imgec", "lv!i<0-1>?3257=0"),
)
for _row in FAMILIES:
    enter(_row)


def set_width(device: Device) -> None:
    """Print as wide as the paper is set to be; until it is, as wide as the printer came."""
    if "prnwidth.wd" in device.books.settings:
        device.width = WIDE if device.books.settings["prnwidth.wd"] == WIDE_PAPER else NARROW


@command("windowtimecfgreset", table="ty:i", row="idle")
def windowtimecfgreset(device: Device, args: Args) -> None:
    """Put the message times back: for a printer with a keyboard (0) or a remote one (1)."""
    if args.number("ty") not in range(len(_WINDOW_TIMES)):
        raise Refused(Code.PARAMETER)
    times = _WINDOW_TIMES[args.number("ty")]
    names = (f"windowtimecfg.{name}" for name in ("ti", "ta", "te", "tj", "tm"))
    keep(device, dict(zip(names, times, strict=True)))
