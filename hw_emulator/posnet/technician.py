"""The report a technician prints: what the printer is, and how full its memories are.

Source: protocol.md appendix A (servicerep) and its sample printout in POT-I-DEV-37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hw_emulator.posnet.layout import CURRENCY, RULE, pair, rate_table, right
from hw_emulator.posnet.registry import Prints, command
from hw_emulator.posnet.report_layout import show_minute

if TYPE_CHECKING:
    from hw_emulator.posnet.device import Device
    from hw_emulator.posnet.values import Args


@command("servicerep", row="idle", prints=Prints.ALWAYS)
def servicerep(device: Device, _args: Args) -> None:
    """Print identity, counters and limits."""
    books, profile = device.books, device.profile
    mode = "FISKALNY" if books.is_fiscal else "NIEFISKALNY"
    rows = [
        ("WERSJA PROGRAMU PRACY", profile.program),
        ("NR UNIKATOWY", books.unique_no),
        ("NR PAMIĘCI CHRONIONEJ", "1"),
        ("FISKALNY LICZNIK PARAGONÓW", "DOBOWY" if books.counts_daily else "CIĄGŁY"),
        ("TRYB PRACY DRUKARKI", mode),
    ]
    if books.is_fiscal:
        rows.append(("FISKALIZACJA", show_minute(books.born_at)))
    limits = (
        ("RAPORTY FISKALNE DOBOWE", f"{len(books.reports)}/{profile.reports_max}"),
        ("ZEROWANIA PAMIĘCI OPERACYJNEJ", f"{books.ram_resets}/{profile.ram_resets_max}"),
        ("WALUTA EWIDENCYJNA", CURRENCY),
        ("PRÓBY PRZEKAZU DANYCH", str(books.day.failed_transfers)),
    )
    lines = [
        "DRUKARKA FISKALNA",
        right(profile.model),
        *(piece for label, value in rows for piece in pair(label, value)),
        RULE,
        *pair("STAWKI PTU", f"{books.vat_changes}/{profile.vat_changes_max}"),
        *rate_table(books.rates_bp),
        RULE,
        *(piece for label, value in limits for piece in pair(label, value)),
    ]
    device.print_document("RAPORT SERWISOWY", lines)
