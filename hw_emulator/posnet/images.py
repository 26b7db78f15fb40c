"""Commands of the images: programming them in pieces, reading them back, choosing where they print.

Source: protocol.md appendix A, "Images"; errors 3250 to 3268.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hw_emulator.posnet.codes import Refused
from hw_emulator.posnet.hexadecimal import read_hex, show_hex
from hw_emulator.posnet.image_store import (
    Image,
    bmp_length,
    from_bmp,
    need_size,
    row_bytes,
    stored_image,
    stored_slots,
)
from hw_emulator.posnet.layout import RULE
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import keep, number
from hw_emulator.posnet.setup_codes import SetupCode
from hw_emulator.posnet.values import show_flag

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields

READ_MAX = 256
_HEX_MAX = 2048


@dataclass(slots=True)
class Upload:
    """An image that is being sent; a BMP tells its size in its own header."""

    slot: int
    is_bmp: bool
    width: int = 0
    height: int = 0
    data: bytearray = field(default_factory=bytearray)

    @property
    def length(self) -> int | None:
        """Bytes of the whole image; None while that is not known."""
        if self.is_bmp:
            return bmp_length(bytes(self.data))
        return row_bytes(self.width) * self.height

    def image(self) -> Image:
        """The image, when all of it is there."""
        data = bytes(self.data)
        return from_bmp(data) if self.is_bmp else Image(self.width, self.height, data)


def slot_of(device: Device, args: Args, name: str = "no", *, lowest: int = 1) -> int:
    """Number of an image; raises Refused when there can be no such slot."""
    slot = args.number(name)
    if not lowest <= slot <= device.model.image_slots:
        raise Refused(SetupCode.IMAGE_NUMBER)
    return slot


@command("imgslotset", table=f"no!i wx:i hx:i tx:s{_HEX_MAX} bm:b")
def imgslotset(device: Device, args: Args) -> None:
    """Begin to program an image; what was in the slot is gone."""
    slot = slot_of(device, args)
    if device.ram.upload:
        raise Refused(SetupCode.IMAGE_IN_PROGRESS)
    upload = Upload(slot, args.flag("bm"), args.number("wx"), args.number("hx"))
    is_sized = args.has("wx") or args.has("hx")
    if upload.is_bmp and is_sized:
        raise Refused(SetupCode.IMAGE_SIZE_GIVEN)
    if not upload.is_bmp:
        if not (args.has("wx") and args.has("hx")):
            raise Refused(SetupCode.IMAGE_SIZE_MISSING)
        need_size(upload.width, upload.height)
    data = read_hex(args.text("tx"))
    keep(device, {f"flash.image.{slot}": None})
    device.ram.upload = upload
    _take(device, upload, data)


@command("imgslotappend", table=f"no!i tx!s{_HEX_MAX}")
def imgslotappend(device: Device, args: Args) -> None:
    """Send the next piece of the image."""
    slot, upload = slot_of(device, args), device.ram.upload
    if not upload:
        raise Refused(SetupCode.IMAGE_EMPTY)
    if slot != upload.slot:
        raise Refused(SetupCode.IMAGE_IN_PROGRESS)
    _take(device, upload, read_hex(args.text("tx")))


def _take(device: Device, upload: Upload, data: bytes) -> None:
    upload.data += data
    device.ram.upload = None  # what turns out wrong now does not get better with more of it
    length = upload.length
    if length is None or len(upload.data) < length:
        device.ram.upload = upload
        return
    if len(upload.data) > length:
        raise Refused(SetupCode.IMAGE_DATA)
    record = {**upload.image().as_record(), "document": device.books.archive.count + 1}
    device.note("image", {f"flash.image.{upload.slot}": record})


@command("imgslotisbusy")
def imgslotisbusy(device: Device, _args: Args) -> Fields:
    """Tell whether an image is being sent."""
    return [("ib", show_flag(device.ram.upload is not None))]


@command("imgslotcancel")
def imgslotcancel(device: Device, _args: Args) -> None:
    """Give up the image that is being sent."""
    device.ram.upload = None


@command("imgslotget", table="no!i")
def imgslotget(device: Device, args: Args) -> Fields:
    """Size of an image."""
    image = stored_image(device.books, slot_of(device, args))
    return [("wx", str(image.width)), ("hx", str(image.height))]


def _contents(device: Device, args: Args) -> bytes:
    image = stored_image(device.books, slot_of(device, args))
    return image.as_bmp() if args.flag("bm") else image.bits


@command("imgslotreceive", table="no!i ad!i rb!i bm:b")
def imgslotreceive(device: Device, args: Args) -> Fields:
    """Some bytes of an image."""
    data, start, count = _contents(device, args), args.number("ad"), args.number("rb")
    if count > READ_MAX or start >= len(data):
        raise Refused(SetupCode.IMAGE_DATA)
    return [("tx", show_hex(data[start : start + count]))]


@command("imgslotchecksum", table="no!i bm:b")
def imgslotchecksum(device: Device, args: Args) -> Fields:
    """SHA-1 of an image, raw or as a BMP."""
    digest = hashlib.sha1(_contents(device, args), usedforsecurity=False)
    return [("sh", show_hex(digest.digest()))]


@command("imgslotdocid", table="no!i")
def imgslotdocid(device: Device, args: Args) -> Fields:
    """Number of an image in protected memory."""
    return [("id", str(stored_image(device.books, slot_of(device, args)).document))]


@command("imgslotdelete", table="no!i")
def imgslotdelete(device: Device, args: Args) -> None:
    """Delete an image; protected memory keeps it."""
    slot = slot_of(device, args)
    stored_image(device.books, slot)
    keep(device, {f"flash.image.{slot}": None})


@command("imgprogrep", table="no!i", row="idle", prints=Prints.ALWAYS)
def imgprogrep(device: Device, args: Args) -> None:
    """Print an image to confirm it."""
    slot = slot_of(device, args)
    lines = _shown(device, slot)
    device.print_document("POTWIERDZENIE PROGRAMOWANIA GRAFIKI", lines)


@command("imgrep", table="fn:i tn:i", row="idle", prints=Prints.ALWAYS)
def imgrep(device: Device, args: Args) -> None:
    """Print all images between two slots."""
    last = device.model.image_slots
    first = slot_of(device, args, "fn") if args.has("fn") else 1
    last = slot_of(device, args, "tn") if args.has("tn") else last
    chosen = [slot for slot in stored_slots(device.books) if first <= slot <= last]
    if first > last:
        raise Refused(SetupCode.IMAGE_NUMBER)
    if not chosen:
        raise Refused(SetupCode.IMAGE_EMPTY)
    lines = [line for slot in chosen for line in (*_shown(device, slot), RULE)]
    device.print_document("RAPORT GRAFIK", lines[:-1])


def _shown(device: Device, slot: int) -> list[str]:
    image = stored_image(device.books, slot)
    size = f"Grafika {slot}: {image.width} x {image.height}"
    return [size, image.mark(slot)]


def _place(device: Device, args: Args, place: str) -> None:
    slot = slot_of(device, args, lowest=0)
    if slot:
        stored_image(device.books, slot)
    keep(device, {f"flash.imageof.{place}": slot})


@command("imgheaderset", table="no!i")
def imgheaderset(device: Device, args: Args) -> None:
    """Choose the image of the header; 0 is none."""
    _place(device, args, "header")


@command("imgfooterset", table="no!i")
def imgfooterset(device: Device, args: Args) -> None:
    """Choose the image of the footer; 0 is none."""
    _place(device, args, "footer")


@command("imgdocget")
def imgdocget(device: Device, _args: Args) -> Fields:
    """The images of header and footer."""
    places = (("hd", "header"), ("ft", "footer"))
    return [(name, str(number(device.books, f"flash.imageof.{place}"))) for name, place in places]
