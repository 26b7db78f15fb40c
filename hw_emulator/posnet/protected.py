"""Commands of protected memory: printing copies of what was printed, and asking how much there is.

A copy says above and below that it is not fiscal and has no fiscal logo; one of an invoice that is
for the client is called DUPLIKAT. Source: protocol.md appendix A, "Protected memory".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator import marks
from hw_emulator.posnet import layout
from hw_emulator.posnet.archive import TYPES
from hw_emulator.posnet.codes import BadField, Code, Refused
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.settings import number
from hw_emulator.posnet.setup_codes import SetupCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args, Fields
    from hw_emulator.posnet.views import StoredDocument

CAPACITY_KB = 3_900_000
_ANY = 5
_KINDS: dict[int, set[str]] = {
    0: {"receipt", "cancelled"},
    1: {"invoice", "cancelled_invoice"},
    2: {"nonfiscal", "printout", "packaging", "cancelled_packaging"},
    3: {"report"},
}
_BY_NUMBER = {0, 1, 2}
_LAST_MAX = 9
_NUMBER_MAX = 999_999_999
_FOR_CLIENT, _FOR_ISSUER = 0, 1
_LOGO = "{PL} "
_IMAGE_DOCUMENTS = ("POTWIERDZENIE PROGRAMOWANIA GRAFIKI", "RAPORT GRAFIK")


@command("ecmedinfoget")
def ecmedinfoget(device: Device, _args: Args) -> Fields:
    """Free space and size of the memory in kilobytes."""
    free = CAPACITY_KB - device.books.archive.characters // 1024
    return [("pr", "1"), ("sf", str(max(0, free))), ("ca", str(CAPACITY_KB))]


@command("eclastdocnoget", table="ty:i")
def eclastdocnoget(device: Device, args: Args) -> Fields:
    """Number of the last document, or of the last of its kind; 0 when there is none."""
    archive = device.books.archive
    if not args.has("ty"):
        return [("di", str(archive.count))]
    kinds = [kind for kind, number in TYPES.items() if number == args.number("ty")]
    if not kinds:
        raise Refused(SetupCode.DOCUMENT_TYPE)
    return [("di", str(archive.last.get(kinds[0], 0)))]


@command("break", immediate=True)
def break_(device: Device, _args: Args) -> None:
    """Interrupt the printing of copies; the document that is being printed is finished."""
    device.ram.is_interrupted = True


@command("ecprndoc", table="ty:i fn:i tn:i fd:t td:t", row="idle", prints=Prints.ALWAYS)
def ecprndoc(device: Device, args: Args) -> Fields:
    """Print copies of documents, chosen by kind, number and date; tell how many."""
    kind = args.number("ty", _ANY)
    if kind != _ANY and kind not in _KINDS:
        raise Refused(SetupCode.DOCUMENT_TYPE)
    first, last = args.number("fn"), args.number("tn", _NUMBER_MAX)
    if kind in _BY_NUMBER and first > last:
        raise Refused(Code.REPORT_RANGE)
    since, until = _minute(args, "fd"), _minute(args, "td") or device.moment()[:16]
    if since > until:
        raise Refused(Code.DATE_RANGE)

    def is_wanted(document: StoredDocument) -> bool:
        is_numbered = (
            kind not in _BY_NUMBER or first <= (document.serial or document.number) <= last
        )
        is_kind = kind == _ANY or document.kind in _KINDS[kind]
        return is_kind and is_numbered and since <= document.at[:16] <= until

    documents = [one for one in device.memory.documents() if is_wanted(one)]
    return [("il", str(_print_copies(device, documents)))]


def _minute(args: Args, name: str) -> str:
    return args.moment(name).isoformat(timespec="minutes") if args.has(name) else ""


@command("eclastprintouts", table="no!i", row="idle", prints=Prints.ALWAYS)
def eclastprintouts(device: Device, args: Args) -> None:
    """Print copies of the last documents."""
    count = args.number("no")
    if not 1 <= count <= _LAST_MAX:
        raise BadField(Code.BAD_VALUE, "no")
    _print_copies(device, list(device.memory.documents())[-count:])


@command("ecprnfv", table="fn!i ut!i", row="idle", prints=Prints.ALWAYS)
def ecprnfv(device: Device, args: Args) -> None:
    """Print a copy of an invoice: for its issuer (1), or a duplicate for the client (0)."""
    use, wanted = args.number("ut"), args.number("fn")
    if use not in {_FOR_CLIENT, _FOR_ISSUER}:
        raise BadField(Code.BAD_VALUE, "ut")
    documents = reversed(list(device.memory.documents()))
    found = next((d for d in documents if d.kind == "invoice" and d.serial == wanted), None)
    if not found:
        raise Refused(Code.DOCUMENT_NOT_FOUND)
    title = f"DUPLIKAT {device.moment()[:10]}" if use == _FOR_CLIENT else ""
    _print_copies(device, [found], title)


def _print_copies(device: Device, documents: Iterable[StoredDocument], title: str = "") -> int:
    """Print one after the other; raises Refused when ``break`` came in between."""
    device.ram.is_interrupted = False
    printed = 0
    for document in documents:
        if device.ram.is_interrupted:
            raise Refused(Code.CANCELLED)
        device.paper.write(_copy(device, document, title))
        printed += 1
    return printed


def _copy(device: Device, document: StoredDocument, title: str) -> list[str]:
    lines = document.lines
    words = "\n".join(lines)
    keeps_images = number(device.books, "imgec.lv") or any(one in words for one in _IMAGE_DOCUMENTS)
    banner = layout.centred(layout.NONFISCAL_TITLE)
    shown = [_without_logo(line) for line in lines if keeps_images or not _is_image(line)]
    return [banner, *([layout.centred(title)] if title else []), *shown, banner, ""]


def _is_image(line: str) -> bool:
    mark = marks.read_mark(line)
    return mark is not None and mark.kind == "IMAGE"


def _without_logo(line: str) -> str:
    return layout.centred(line.replace(_LOGO, "").strip()) if _LOGO in line else line
