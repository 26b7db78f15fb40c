"""Commands of non-fiscal forms: what a form is made of; its words are in ``form_lines``.

A form goes on the paper when it ends. Its electronic copy differs where a mask or a top-up code
says so. Source: protocol.md §13.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator import marks
from hw_emulator.posnet import form_lines, layout
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.codes2d import take_code
from hw_emulator.posnet.form_lines import SUPER_FORM, WIDE_FORM, WIDTHS
from hw_emulator.posnet.image_store import stored_image
from hw_emulator.posnet.images import slot_of
from hw_emulator.posnet.profile import WIDE
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import number
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import Fields, show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_FIXED_FORMS = range(2, 44)
_EMPTY, _SEPARATOR = 0, 1
_EAN_128, _EAN_13 = 0, 1
_EAN_13_LENGTH = 13
_BARCODE_MAX = 30
_VISIBLE_MIN = 3
_PRINTABLE_MAX = 56
_TINY_NARROW = 51


@dataclass(slots=True)
class Form:
    """The form being printed; ``copy`` is what protected memory keeps of its ``lines``."""

    number: int
    title: str
    lines: list[str] = field(default_factory=list)
    copy: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Characters of a line."""
        return WIDTHS.get(self.number, layout.WIDTH)

    def add(self, *lines: str) -> None:
        """Print lines that are kept as they are."""
        self.lines += lines
        self.copy += lines


def _form(device: Device, args: Args) -> Form:
    if not device.form:
        raise Refused(Code.FORM_NOT_OPEN)
    # A report on goods is open like a form and has no number.
    if args.number("fn") != device.form.number or not device.form.number:
        raise Refused(Code.FORM_NUMBER)
    return device.form


@command("formstart", table="fn!i fh:i al:s56", row="form start", prints=Prints.ALWAYS)
def formstart(device: Device, args: Args) -> None:
    """Start a form."""
    form = args.number("fn")
    if form not in {*_FIXED_FORMS, SUPER_FORM, WIDE_FORM}:
        raise Refused(Code.FORM_NUMBER)
    if form == WIDE_FORM:
        if not device.model.has_wide_paper:
            raise Refused(Code.FORM_NUMBER)
        if device.width != WIDE:
            raise Refused(SetupCode.FORM_NOT_WIDE)
    words = args.text("al")[: WIDTHS.get(form, layout.WIDTH)]
    device.form = Form(form, form_lines.header(form, args.number("fh"), words))


@command("formisstarted")
def formisstarted(device: Device, _args: Args) -> Fields:
    """Tell whether a form is open."""
    return [("is", show_flag(device.form is not None and device.form.number > 0))]


@command("formline", table="s1:s fn!i fl!i sw:b sh:b", row="form", prints=Prints.ALWAYS)
def formline(device: Device, args: Args) -> None:
    """A line of the form; its parameters come joined by line feeds."""
    form = _form(device, args)
    parameters = args.text("s1").split("\n") if args.has("s1") else []
    found = form_lines.template(form.number, args.number("fl"))
    if not found:
        form.add(*form_lines.rows(" ".join(parameters), form.width, is_wide=args.flag("sw")))
        return

    def rows(values: list[str]) -> list[str]:
        return form_lines.rows(
            form_lines.fill(found, values, device.books.cashier),
            form.width,
            is_wide=args.flag("sw") or "w" in found.flags,
            is_centred="c" in found.flags,
        )

    form.lines += rows(parameters)
    is_hidden = "m" in found.flags
    form.copy += rows(["*" * len(text) for text in parameters] if is_hidden else parameters)


@command("formformattedline", table="s1!s96 fn!i ma:s96", row="form", prints=Prints.ALWAYS)
def formformattedline(device: Device, args: Args) -> None:
    """A free line with markup; a mask hides characters in the electronic copy only."""
    form, text, mask = _form(device, args), args.text("s1").replace("\n", " "), args.text("ma")
    _need_free(form)
    printed = layout.marked_up(text)
    if len(text) - 2 * text.count("&") > _PRINTABLE_MAX:
        raise Refused(Code.TEXT_TOO_LONG)
    pairs = list(zip(text, mask.ljust(len(text)), strict=False))
    kept = "".join("*" if hide in "*#" else mark for mark, hide in pairs)
    visible = sum(hide not in "*#" for _, hide in pairs)
    if kept != text and visible < _VISIBLE_MIN:
        raise Refused(Code.FORM_MASK)
    form.lines += printed
    form.copy += layout.marked_up(kept)


@command("formtinyline", table="fn!i s1!s80", row="form", prints=Prints.ALWAYS)
def formtinyline(device: Device, args: Args) -> None:
    """A line in the small font."""
    form = _form(device, args)
    _need_free(form)
    is_narrow = number(device.books, "prnwidth.wd") == 1 or not device.model.has_wide_paper
    if is_narrow and len(args.text("s1")) > _TINY_NARROW:
        raise BadField(Code.BAD_LENGTH, "s1")
    form.add(args.text("s1").replace("\n", " "))


def _need_free(form: Form) -> None:
    if form.number not in {SUPER_FORM, WIDE_FORM}:
        raise Refused(Code.FORM_NUMBER)


@command("formcmd", table="fn!i cm!i", row="form", prints=Prints.ALWAYS)
def formcmd(device: Device, args: Args) -> None:
    """An empty line (0) or a separator (1)."""
    form = _form(device, args)
    if args.number("cm") not in {_EMPTY, _SEPARATOR}:
        raise Refused(Code.FORM_COMMAND)
    form.add("-" * form.width if args.number("cm") == _SEPARATOR else "")


@command("formbarcode", table="fn!i bc!s bt:i", row="form", prints=Prints.ALWAYS)
def formbarcode(device: Device, args: Args) -> None:
    """A bar code: EAN-128 (0) or EAN-13 (1), which may come without its check digit."""
    form, digits, kind = _form(device, args), args.text("bc"), args.number("bt")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _BARCODE_MAX:
        raise Refused(Code.BAD_BARCODE)
    if kind == _EAN_128:
        form.add(marks.barcode("EAN128", digits))
        return
    whole = digits[: _EAN_13_LENGTH - 1]
    whole += check_digit(whole)
    if kind != _EAN_13 or len(whole) != _EAN_13_LENGTH or not whole.startswith(digits):
        raise Refused(Code.BAD_BARCODE)
    form.add(marks.barcode("EAN13", whole))


def check_digit(digits: str) -> str:
    """Last digit of an EAN code."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return str(-(3 * sum(map(int, odd)) + sum(map(int, even))) % 10)


@command("formbarcode2d", table="fn!i", row="form", prints=Prints.ALWAYS)
def formbarcode2d(device: Device, args: Args) -> None:
    """The two-dimensional code that was prepared, which uses it up."""
    form = _form(device, args)
    if not device.ram.code2d:
        raise Refused(SetupCode.CODE_EMPTY)
    form.add(take_code(device))


@command("formimage", table="fn!i no!i", row="form", prints=Prints.ALWAYS)
def formimage(device: Device, args: Args) -> None:
    """An image out of the printer's memory."""
    form, slot = _form(device, args), slot_of(device, args)
    form.add(stored_image(device.books, slot).mark(slot))


@command("formend", table="fn!i", row="form", prints=Prints.ALWAYS)
def formend(device: Device, args: Args) -> None:
    """End the form and print it."""
    form = _form(device, args)
    device.form = None
    device.print_document(form.title, form.lines, copy=form.copy)


def drop(device: Device) -> None:
    """Cancel the open form."""
    if form := device.form:
        device.form = None
        form.add(layout.centred("WYDRUK ANULOWANY"))
        device.print_document(form.title, form.lines, copy=form.copy)
