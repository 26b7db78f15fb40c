"""Commands that print how the printer is configured. All of them are non-fiscal documents.

Source: protocol.md appendix A, "Reports".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet import layout
from hw_emulator.posnet.outside import Server
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.repository import FIRMWARE_SOURCE, PERIOD_S
from hw_emulator.posnet.settings import number, read, text

if TYPE_CHECKING:
    from hw_emulator.posnet.books import Books
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args

_WIDTHS = ("80mm, 56 znaków", "57mm, 40 znaków", "80mm, 40 znaków")
_VOLTAGES = ("6V", "12V", "18V", "24V")
_CUTS = ("Brak", "Obc. częściowe", "Obc. pełne")
_SIGNS = ("", " ", "*", "X", "x", "•", "·", "×")
_KINDS = {0: "Brak", 1: "COM", 2: "USB", 4: "TCP/IP", 5: "USB (NET)", 6: "WiFi", 7: "Bluetooth"}
_NETWORKS = {1: "COM", 4: "Ethernet", 5: "USB (NET)", 6: "WiFi"}
_PROTOCOLS = ("POSNET", "THERMAL")
_CODE_PAGES = ("WINDOWS 1250", "LATIN 2", "MAZOVIA")
_FLOWS = {0: "Brak", 1: "RTS/CTS", 3: "XON/XOFF"}
_PARITIES = ("Brak", "Odd", "Even")
# Rows of the configuration report: a label and the setting behind it, or a section without one.
_HARDWARE = """
Wyświetlacz
Jasność=dspcfg.1.lu
Kontrast=dspcfg.1.co
Wydruk
Jakość wydruku=prnparam.ps
Oszczędność papieru=papersavecfg.ps
Raportów dobowych=dayreportprintcfg.en
Dokumentów niefiskalnych=prncfg.nf
Dokumentów specjalnych=prnspecialcfg.sp
Kodu podpisu cyfrowego=signatureprintcfg.pc
Optymalizacja brutto/PTU=billtaxcompress.ob
Wysokość kodu kreskowego [mm]=barcodeheight.ht
Szuflada
Impuls szuflady=drwparam.im
Kontrola otwarcia szuflady=drwparam.fs
Kontrola stanu klucza szuflady=drwparam.ks
Czasy komunikatów [s]
Informacyjne=windowtimecfg.ti
Pytania=windowtimecfg.ta
Błędy=windowtimecfg.te
Serwisowe=windowtimecfg.tj
Wieloekranowe=windowtimecfg.tm
Funkcje
Dźwięki klawiszy=soundcfg.kb
Sygnalizacja braku zasilania [s]=powerind.in
Wyłączenie z zasilaczem [min]=timeoutcfg.tc
Wyłączenie bez zasilacza [min]=timeoutcfg.td
Blokada klawiatury [s]=kbdlock.to
Drukuj napisy ORYGINAŁ / KOPIA=fvcfg.co
Raport dobowy w menu=dailyrepaccess.mn
"""
_SWITCHES = {"prncfg.nf", "prnspecialcfg.sp"}


def _shown(books: Books, name: str) -> str:
    found = read(books, name)
    if isinstance(found, bool) or name in _SWITCHES:
        return "TAK" if found else "NIE"
    return str(found)


@command("hardwarecfgrep", row="idle", prints=Prints.ALWAYS)
def hardwarecfgrep(device: Device, _args: Args) -> None:
    """Print the settings of printing, display, drawer and keyboard."""
    books = device.books
    lines: list[str] = []
    for row in _HARDWARE.split("\n")[1:-1]:
        label, _, name = row.partition("=")
        if name:
            lines += layout.pair(label, _shown(books, name))
        else:
            lines += [layout.RULE] if lines else []
            lines.append(layout.centred(label))
    signs = "".join(_SIGNS[number(books, f"quantitysigncfg.{name}")] for name in ("qa", "qb"))
    lines += layout.pair("Opcja wydruku", _WIDTHS[number(books, "prnwidth.wd")])
    lines += layout.pair("Napięcie szuflady", _VOLTAGES[number(books, "drwparam.vt")])
    lines += layout.pair("Obcinacz", _CUTS[number(books, "cuttercfg.ct")])
    lines += layout.pair("Znak ilości na paragonach", f"'{signs}'")
    device.print_document("RAPORT KONFIGURACJI", lines)


def _interface(books: Books, which: int) -> list[str]:
    where = f"flash.pccfg.{which}"
    kind, port = number(books, f"{where}.id"), number(books, f"{where}.no")
    return [
        f"Interfejs PC{which}",
        *layout.pair("  Interfejs", f"{_KINDS[kind]} {port}" if kind else _KINDS[kind]),
        *layout.pair("  Protokół", _PROTOCOLS[number(books, f"{where}.pr")]),
        *layout.pair("  Strona kodowa", _CODE_PAGES[number(books, f"{where}.cp")]),
    ]


def _serial_port(books: Books, port: int) -> list[str]:
    where = f"flash.comcfg.{port}"
    speed, stop = (number(books, f"{where}.{name}") for name in ("sp", "st"))
    parity = _PARITIES[number(books, f"{where}.pa")]
    flow = _FLOWS[number(books, f"{where}.fl")]
    return layout.pair(f"COM {port}", f"{speed}, 8, {stop}, {parity}, {flow}")


@command("commcfgrep", row="idle", prints=Prints.ALWAYS)
def commcfgrep(device: Device, _args: Args) -> None:
    """Print the settings of ports and network."""
    books = device.books
    labels = ("Adres IP", "Maska podsieci", "Brama", "Preferowany DNS", "Alternatywny DNS")
    names = zip(labels, ("ip", "ma", "ge", "dp", "da"), strict=True)
    lines = [
        *_interface(books, 1),
        *_interface(books, 2),
        "Konfiguracja TCP/IP",
        *layout.pair("  Interfejs", _NETWORKS[number(books, "flash.tcpipcfg.id")]),
        *(
            line
            for label, name in names
            for line in layout.pair(f"  {label}", text(books, f"flash.tcpipcfg.{name}"))
        ),
        *layout.pair("  DHCP", _shown(books, "flash.tcpipcfg.dh")),
        "Porty i urządzenia",
        *(
            line
            for port in range(1, device.model.serial_ports + 1)
            for line in _serial_port(books, port)
        ),
        *layout.pair("  Odczyt pam. chron., port", str(number(books, "flash.fsp.tp"))),
    ]
    device.print_document("RAPORT KONFIGURACJI WEJŚCIA/WYJŚCIA", lines)


@command("reponline", row="idle", prints=Prints.ALWAYS)
def reponline(device: Device, _args: Args) -> None:
    """Print the state of the link to the ministry."""
    books = device.books
    good = text(books, "flash.crk.eh.ds")[:16].replace("T", " ") or "---"
    bad = text(books, "flash.crk.eh.df")[:16].replace("T", " ") or "---"
    is_reached = device.outside.repository is Server.OK
    lines = [
        "SERWER REPOZYTORIUM",
        *layout.pair("  Stan", "DOSTĘPNY" if is_reached else "NIEDOSTĘPNY"),
        *layout.pair("  Ostatnie udane połączenie", good),
        *layout.pair("  Ostatnie nieudane połączenie", bad),
        "SERWER AKTUALIZACJI",
        *layout.pair("  Adres", FIRMWARE_SOURCE),
        *layout.pair("  Status", text(books, "flash.firmware.state")),
        "HARMONOGRAM PRZEKAZU DANYCH",
        *layout.pair("  Wysyłka EventHub [s]", str(PERIOD_S)),
        *layout.pair("  Sprawdzanie WebApi [s]", str(PERIOD_S)),
        "CERTYFIKATY",
        *layout.pair("  Data ważności", device.outside.certificates_until.isoformat()),
    ]
    device.print_document("RAPORT ONLINE", lines)
