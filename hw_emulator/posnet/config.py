"""Commands of the settings: header, footer, discounts, goods base, display, beeper, drawer.

Source: protocol.md §7, appendix A.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.books import DEFAULT_CASHIER, DEFAULT_DESK
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.goods import height, identity
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.values import EXEMPT, INACTIVE, Fields, show_flag, show_rate

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

FEED_MAX = 20
INFO_LINES_MAX = 3
_TAXPAYER_TAG = re.compile(r"&([1-8])")
_POSTAL_CODE = re.compile(r"\d\d-\d{3}\Z", re.ASCII)
_REQUIRED = {"1": Code.COMPANY_NAME, "2": Code.POSTAL_CODE, "3": Code.TOWN}
_DISPLAY_LINES = 2


@command("hdrset", table="tx!s pr!b", row="idle", prints=Prints.ALWAYS)
def hdrset(device: Device, args: Args) -> None:
    """Program the header, or only print it as a test (prN)."""
    text = args.text("tx")
    if len(text) > device.profile.header_max:
        raise Refused(Code.HEADER_TOO_LONG)
    _check_taxpayer(text)
    if args.flag("pr"):
        device.keep({"header": text})
    device.print_document("NAGŁÓWEK", layout.marked_up(text))


def _check_taxpayer(text: str) -> None:
    # A header without any taxpayer tag comes from an older client and is taken as free text.
    if not _TAXPAYER_TAG.search(text):
        return
    for tag, code in _REQUIRED.items():
        found = re.search(rf"&{tag}(.+?)(?:&{tag}|\n|\Z)", text)
        if not found:
            raise Refused(code)
        if tag == "2" and not _POSTAL_CODE.match(found[1]):
            raise Refused(Code.POSTAL_CODE_FORMAT)


@command("hdrget")
def hdrget(device: Device, _args: Args) -> Fields:
    """Read the header."""
    return [("tx", device.books.header.replace("&w", "&b"))]


def _info(text: str) -> str:
    return "\n".join(text.strip("\n").split("\n")[:INFO_LINES_MAX])


@command("ftrinfoset", table="tx!s lb:b")
def ftrinfoset(device: Device, args: Args) -> None:
    """Program the footer information lines, for the next printout or for all."""
    text = _info(args.text("tx"))
    if args.flag("lb") or not text:
        device.keep({"footer_info": text})
    device.footer.info = "" if args.flag("lb") else text


@command("ftrinfoget")
def ftrinfoget(device: Device, _args: Args) -> Fields:
    """Read the footer information lines."""
    return [("tx", device.footer.info or device.books.footer_info)]


@command("ftrcfg", table="cc:s32 cn:s8 ca:b sn:s30 bc:s30 bb:i ln:s lb:b fe:i")
def ftrcfg(device: Device, args: Args) -> None:
    """Footer of the next printout: cashier, desk, system number, bar code, information lines."""
    if args.flag("ca") and (args.has("cc") or args.has("cn")):
        cashier, desk = args.text("cc"), args.text("cn")
        if not cashier and not desk:
            cashier, desk = DEFAULT_CASHIER, DEFAULT_DESK
        names = {"cashier": cashier, "desk": desk}
        device.keep({k: v for k, v in names.items() if v})
    elif args.has("cc") or args.has("cn"):
        device.footer.cashier, device.footer.desk = args.text("cc"), args.text("cn")
    if args.has("sn"):
        device.footer.system_no = args.text("sn")
        if device.transaction:
            device.transaction.reference = args.text("sn")
    if args.has("bc"):
        device.footer.barcode = args.text("bc")
    if args.has("ln"):
        text = _info(args.text("ln"))
        if args.flag("lb"):
            device.keep({"footer_info": text})
        else:
            device.footer.info = text


@command("discounttypeset", table="dt:b", row="idle")
def discounttypeset(device: Device, args: Args) -> None:
    """Choose how percent discounts are computed: the discount first (T) or what is left (F)."""
    device.keep({"discount_first": args.flag("dt")})


@command("discounttypeget")
def discounttypeget(device: Device, _args: Args) -> Fields:
    """Read how percent discounts are computed."""
    return [("dt", show_flag(device.books.discount_first))]


@command("cancelledsaleprintcfgset", table="en!b", row="idle")
def cancelledsaleprintcfgset(device: Device, args: Args) -> None:
    """Print cancelled block-mode receipts, or only store them."""
    device.keep({"prints_cancelled": args.flag("en")})


@command("cancelledsaleprintcfgget")
def cancelledsaleprintcfgget(device: Device, _args: Args) -> Fields:
    """Read whether cancelled receipts are printed."""
    return [("en", show_flag(device.books.prints_cancelled))]


@command("progid", table="nm!s40 vr!s20 nu!s20", row="idle")
def progid(device: Device, args: Args) -> None:
    """Program the name, version and number that status commands show; empty ones restore."""
    values = [args.text("nm"), args.text("vr"), args.text("nu")]
    device.keep({"progid": values})


@command("dbchkplu", table="vt!i na!s80")
def dbchkplu(device: Device, args: Args) -> Fields:
    """Tell the rate a name was last sold at, and whether a higher one is refused."""
    key = identity(args.text("na"))
    if not key:
        raise Refused(Code.GOODS_NAME)
    rate = device.books.goods.get(key)
    if rate is None:
        return [("vv", show_rate(INACTIVE)), ("bl", "N")]
    active = [height(r) for r in device.books.rates_bp if r <= EXEMPT]
    return [("vv", show_rate(rate)), ("bl", show_flag(max(active) > height(rate)))]


@command("dsptxtline", table="id!i no!i ln!s30 th:i")
def dsptxtline(device: Device, args: Args) -> None:
    """One line of the customer display; a line it does not have is ignored."""
    if args.number("no") < _DISPLAY_LINES:
        lines = [*device.display, *[""] * _DISPLAY_LINES][:_DISPLAY_LINES]
        lines[args.number("no")] = args.text("ln")
        device.display = lines


@command("dsptxt", table="id!i st!s th:i")
def dsptxt(device: Device, args: Args) -> None:
    """The whole customer display."""
    device.display = args.text("st").split("\n") if args.text("st") else []


@command("dspcmd", table="id!i st!i")
def dspcmd(_device: Device, _args: Args) -> None:
    """Choose what the display shows; the emulator keeps the texts either way."""


@command("beep", immediate=True)
def beep(device: Device, _args: Args) -> None:
    """Beep."""
    device.beeps += 1


@command("break", immediate=True)
def break_(_device: Device, _args: Args) -> None:
    """Interrupt the printing of copies; there never is one."""


@command("opendrwr")
def opendrwr(device: Device, _args: Args) -> None:
    """Open the drawer; a hand has to close it."""
    device.drawer_open = True


@command("papfeed", table="ln!i", row="idle", prints=Prints.ALWAYS)
def papfeed(device: Device, args: Args) -> None:
    """Feed paper."""
    if args.number("ln") > FEED_MAX:
        raise BadField(Code.BAD_VALUE, "ln")
    device.paper.write([""] * args.number("ln"))
