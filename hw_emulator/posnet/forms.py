"""Commands of non-fiscal forms.

Fixed templates differ in their preprinted words only; here every form has the lines a shop uses,
and a line without words of its own prints its parameters side by side. Source: protocol.md §13.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.codes import Code, Refused
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.values import Fields, show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

SUPER_FORM, WIDE_FORM = 200, 201
FORMS = {*range(2, 44), SUPER_FORM, WIDE_FORM}
_HEADERS = {0: "", 52: "POTWIERDZENIE PŁATNOŚCI KARTĄ", 75: "POTWIERDZENIE", 85: ""}
_TEXT_HEADERS = {(SUPER_FORM, 84), (WIDE_FORM, 0)}
_RULES = {622: "." * layout.WIDTH, 563: layout.RULE, 670: layout.RULE}
# Lines made of two columns: the width of each.
_COLUMNS = {664: (16, 23), 665: (29, 10), 707: (34, 5), 710: (29, 10)}
_LINE_NUMBER_MAX = 720
_EMPTY, _SEPARATOR = 0, 1
_EAN_128, _EAN_13 = 0, 1
_EAN_13_LENGTHS = {12, 13}
_VISIBLE_MIN = 3


@dataclass(slots=True)
class Form:
    """The form being printed; its lines go on the paper when it ends."""

    number: int
    title: str
    lines: list[str] = field(default_factory=list)


def _form(device: Device, args: Args) -> Form:
    if not device.form:
        raise Refused(Code.FORM_NOT_OPEN)
    if args.number("fn") != device.form.number:
        raise Refused(Code.FORM_NUMBER)
    return device.form


@command("formstart", table="fn!i fh:i al:s56", row="form start", prints=Prints.ALWAYS)
def formstart(device: Device, args: Args) -> None:
    """Start a form."""
    number, header = args.number("fn"), args.number("fh")
    if number not in FORMS:
        raise Refused(Code.FORM_NUMBER)
    if (number, header) in _TEXT_HEADERS:
        title = args.text("al") or "DOKUMENT NIEFISKALNY"
    elif header in _HEADERS:
        title = _HEADERS[header]
    else:
        raise Refused(Code.FORM_HEADER)
    device.form = Form(number, title)


@command("formisstarted")
def formisstarted(device: Device, _args: Args) -> Fields:
    """Tell whether a form is open."""
    return [("is", show_flag(device.form is not None))]


@command("formline", table="s1:s fn!i fl!i sw:b sh:b", row="form", prints=Prints.ALWAYS)
def formline(device: Device, args: Args) -> None:
    """A line of the form; its parameters come joined by line feeds."""
    form, line = _form(device, args), args.number("fl")
    if line > _LINE_NUMBER_MAX:
        raise Refused(Code.FORM_LINE)
    if "paragon fiskalny" in args.text("s1").casefold():
        raise Refused(Code.FORM_LINE)
    if line in _RULES:
        form.lines.append(_RULES[line])
        return
    parts = args.text("s1").split("\n")
    widths = _COLUMNS.get(line)
    if widths is None:
        form.lines.append(" ".join(parts)[: layout.WIDTH])
    elif len(parts) < len(widths):
        raise Refused(Code.FORM_TOO_FEW)
    else:
        left, right = (part[:width] for part, width in zip(parts, widths, strict=False))
        form.lines += layout.pair(left, right)


@command("formformattedline", table="s1:s96 fn!i ma:s96", row="form", prints=Prints.ALWAYS)
def formformattedline(device: Device, args: Args) -> None:
    """A free line with markup; a mask hides characters in the electronic copy only."""
    form, mask = _form(device, args), args.text("ma")
    _need_free(form)
    hidden = sum(mark in "*#" for mark in mask)
    if hidden and len(args.text("s1")) - hidden < _VISIBLE_MIN:
        raise Refused(Code.FORM_MASK)
    form.lines += layout.marked_up(args.text("s1"))


@command("formtinyline", table="fn!i s1!s80", row="form", prints=Prints.ALWAYS)
def formtinyline(device: Device, args: Args) -> None:
    """A line in the small font."""
    form = _form(device, args)
    _need_free(form)
    form.lines.append(args.text("s1"))


def _need_free(form: Form) -> None:
    if form.number not in {SUPER_FORM, WIDE_FORM}:
        raise Refused(Code.FORM_NUMBER)


@command("formcmd", table="fn!i cm!i", row="form", prints=Prints.ALWAYS)
def formcmd(device: Device, args: Args) -> None:
    """An empty line (0) or a separator (1)."""
    form = _form(device, args)
    if args.number("cm") not in {_EMPTY, _SEPARATOR}:
        raise Refused(Code.FORM_COMMAND)
    form.lines.append(layout.RULE if args.number("cm") == _SEPARATOR else "")


@command("formbarcode", table="fn!i bc!s bt:i", row="form", prints=Prints.ALWAYS)
def formbarcode(device: Device, args: Args) -> None:
    """A bar code: EAN-128 (0) or EAN-13 (1)."""
    form, digits, kind = _form(device, args), args.text("bc"), args.number("bt")
    is_number = digits.isascii() and digits.isdigit()
    fits = kind == _EAN_128 or (kind == _EAN_13 and len(digits) in _EAN_13_LENGTHS)
    if not is_number or not fits:
        raise Refused(Code.BAD_BARCODE)
    form.lines.append(layout.centred(f"||| {digits} |||"))


@command("formend", table="fn!i", row="form", prints=Prints.ALWAYS)
def formend(device: Device, args: Args) -> None:
    """End the form and print it."""
    form = _form(device, args)
    device.form = None
    device.print_document(form.title, form.lines)


def drop(device: Device) -> None:
    """Cancel the open form."""
    if form := device.form:
        device.form = None
        device.print_document(form.title, [*form.lines, layout.centred("WYDRUK ANULOWANY")])
