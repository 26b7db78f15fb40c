"""Code pages of ``ESC t n`` as Python codecs, by family of printers. Data only.

As the makers list them, in command references and on the page that a printer prints of itself; not
from the data of any driver, for two readings of one list would agree about its mistakes. What a
printer does not have is read as PC437.
"""

from __future__ import annotations

DEFAULT = "cp437"
EPSON = "epson"

# Epson, and those who follow it: Citizen, Seiko, Bixolon, Star in its ESC/POS mode.
CODE_PAGES = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    13: "cp857",
    14: "cp737",
    15: "iso8859_7",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    32: "cp720",
    33: "cp775",
    34: "cp855",
    35: "cp861",
    36: "cp862",
    37: "cp864",
    38: "cp869",
    39: "iso8859_2",
    40: "iso8859_15",
    44: "cp1125",
    45: "cp1250",
    46: "cp1251",
    47: "cp1253",
    48: "cp1254",
    49: "cp1255",
    50: "cp1256",
    51: "cp1257",
    52: "cp1258",
    53: "kz1048",
}
# 58 and 80 mm printers of many names with the same board: Zjiang, Netum, PBM.
_ZJIANG = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    25: "cp1257",
    27: "cp1258",
    28: "cp864",
    32: "cp1255",
    50: "cp437",
    52: "cp437",
    53: "cp858",
    54: "cp852",
    55: "cp860",
    56: "cp861",
    57: "cp863",
    58: "cp865",
    59: "cp866",
    60: "cp855",
    61: "cp857",
    62: "cp862",
    63: "cp864",
    64: "cp737",
    66: "cp869",
    71: "cp1252",
    72: "cp1250",
    73: "cp1251",
    90: "cp1253",
    91: "cp1254",
    92: "cp1256",
    93: "cp720",
    95: "cp775",
}
_WINCOR = {
    0: "cp437",
    1: "cp850",
    2: "cp852",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    6: "cp858",
    7: "cp866",
    8: "cp1252",
    9: "cp862",
    10: "cp737",
    11: "cp874",
    12: "cp857",
    13: "cp1251",
    14: "cp1255",
}
FAMILIES = {EPSON: CODE_PAGES, "zjiang": _ZJIANG, "wincor": _WINCOR}
