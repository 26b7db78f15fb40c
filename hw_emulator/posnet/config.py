"""Commands of what documents look like: header, footer; and of identity, beeper, drawer, paper.

Settings that are only kept and read back are in ``settings_table``. Source: protocol.md §7,
appendix A.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.books import DEFAULT_CASHIER, DEFAULT_DESK
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.ledger import Kind
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import flag
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import Fields, show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

FEED_MAX = 20
INFO_LINES_MAX = 3
FOOTER_ENDS = range(4)
CODE_PLACES = range(3)
_TAXPAYER_TAG = re.compile(r"&([1-8])")
_POSTAL_CODE = re.compile(r"\d\d-\d{3}\Z", re.ASCII)
_REQUIRED = {"1": Code.COMPANY_NAME, "2": Code.POSTAL_CODE, "3": Code.TOWN}
# Longest text of each taxpayer tag, and the refusal of a longer one.
_LONGEST: dict[str, tuple[int, int]] = {
    "1": (256, Code.COMPANY_NAME),
    "3": (70, Code.TOWN),
    "4": (70, SetupCode.HEADER_POST_OFFICE),
    "5": (70, SetupCode.HEADER_STREET),
    "6": (15, SetupCode.HEADER_HOUSE),
    "7": (15, SetupCode.HEADER_FLAT),
    "8": (280, SetupCode.HEADER_EXTRA),
}
# Parts of an address as the fiscal memory calls them, and their tags.
_ADDRESS = {"pc": "2", "ci": "3", "po": "4", "st": "5", "nu": "6", "sn": "7"}


@command("hdrset", table="tx!s pr!b", row="idle", prints=Prints.ALWAYS)
def hdrset(device: Device, args: Args) -> None:
    """Program the header, or only print it as a test (prN)."""
    text = args.text("tx")
    if len(text) > device.profile.header_max:
        raise Refused(Code.HEADER_TOO_LONG)
    tags = _read_taxpayer(text)
    if not args.flag("pr"):
        device.print_document("WYDRUK TESTOWY", layout.marked_up(text))
        return
    old = _address(_tags_of(device.books.header))
    device.keep({"header": text})
    device.note("header", {})
    if _address(tags) != old:
        device.note_event(Kind.ADDRESS, **_address(tags))
    device.print_document("NAGŁÓWEK", layout.marked_up(text), is_special=True)


def _tags_of(text: str) -> dict[str, str]:
    found = {tag: re.search(rf"&{tag}(.+?)(?:&{tag}|\n|\Z)", text) for tag in "12345678"}
    return {tag: match[1] for tag, match in found.items() if match}


def _address(tags: dict[str, str]) -> dict[str, str]:
    return {name: tags.get(tag, "") for name, tag in _ADDRESS.items()}


def _read_taxpayer(text: str) -> dict[str, str]:
    # A header without any taxpayer tag comes from an older client and is taken as free text.
    if not _TAXPAYER_TAG.search(text):
        return {}
    tags = _tags_of(text)
    for tag, code in _REQUIRED.items():
        if tag not in tags:
            raise Refused(code)
        if tag == "2" and not _POSTAL_CODE.match(tags[tag]):
            raise Refused(Code.POSTAL_CODE_FORMAT)
    for tag, (longest, too_long) in _LONGEST.items():
        if len(tags.get(tag, "")) > longest:
            raise Refused(too_long)
    return tags


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
    _lay_out_footer(device, args)
    if args.has("ln"):
        text = _info(args.text("ln"))
        if args.flag("lb"):
            device.keep({"footer_info": text})
        else:
            device.footer.info = text


def _lay_out_footer(device: Device, args: Args) -> None:
    if args.has("bb"):
        if args.number("bb") in CODE_PLACES:
            device.ram.code_place = args.number("bb")
        device.footer.code_place = device.ram.code_place  # a place there is not is the last one
    if args.number("fe") in FOOTER_ENDS:
        device.footer.end = args.number("fe")


@command("discounttypeset", table="dt:b", row="idle")
def discounttypeset(device: Device, args: Args) -> None:
    """Choose how percent discounts are computed: the discount first (T) or what is left (F)."""
    if args.has("dt"):
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


@command("resetprogid")
def resetprogid(device: Device, _args: Args) -> None:
    """Restore the name, version and number the printer was built with."""
    device.keep({"progid": ["", "", ""]})


@command("getprogfiscid")
def getprogfiscid(device: Device, _args: Args) -> Fields:
    """The number as programmed."""
    return [("nu", device.books.progid[2] or device.books.unique_no)]


@command("beep", immediate=True)
def beep(device: Device, _args: Args) -> None:
    """Beep."""
    device.beeps += 1


@command("opendrwr")
def opendrwr(device: Device, _args: Args) -> None:
    """Open the drawer; a hand has to close it."""
    device.drawer_open = True


@command("papfeed", table="ln!i", row="idle", prints=Prints.ALWAYS)
def papfeed(device: Device, args: Args) -> None:
    """Feed paper; a printer that saves paper does not."""
    if args.number("ln") > FEED_MAX:
        raise BadField(Code.BAD_VALUE, "ln")
    if not flag(device.books, "papersavecfg.ps"):
        device.paper.write([""] * args.number("ln"))
