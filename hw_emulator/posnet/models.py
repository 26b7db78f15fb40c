"""The printers of the family by what they have: parts, and commands they do not know. Pure.

A command that a model does not have is unknown to it (frame error 1); a part it lacks has error
numbers of its own (no Bluetooth, no serial port). Source: protocol.md §14 and appendix A, notes.
"""

from __future__ import annotations

from dataclasses import dataclass

from hw_emulator.posnet.profile import PROFILES, Profile


@dataclass(frozen=True, slots=True)
class Model:
    """Parts of one printer; ``image_dots`` is what it prints across narrow and wide paper."""

    key: str
    has_wide_paper: bool = False
    has_radio: bool = True
    serial_ports: int = 1
    image_slots: int = 500
    image_dots: tuple[int, int] = (384, 384)

    def knows(self, command: str) -> bool:
        """Whether the model has ``command``."""
        return self.key not in _LACKS.get(command, ())


_ALL = (
    Model("xl2", True, serial_ports=2, image_dots=(432, 576)),
    Model("hd", True, serial_ports=2, image_dots=(460, 640)),
    Model("hx", True, serial_ports=2, image_dots=(432, 576)),
    Model("temo"),
    Model("trio"),
    Model("pospay"),
    Model("vero", has_radio=False, serial_ports=0),
    Model("evo", has_radio=False),
    Model("fawag", image_slots=40),
)
MODELS = {model.key: model for model in _ALL}
_XL2 = MODELS["xl2"]

_KEYS = frozenset(MODELS)
_NARROW = frozenset({"temo", "trio", "vero", "evo", "fawag"})
_LACKS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("opendrwr", "sdrwr", "drwparamset", "drwparamget"), frozenset({"temo"})),
    **dict.fromkeys(("powerindset", "powerindget"), frozenset({"temo"})),
    **dict.fromkeys(("powersavemodeset", "powersavemodeget"), frozenset({"vero", "evo"})),
    **dict.fromkeys(("bluetoothnameset", "bluetoothnameget"), frozenset({"vero", "evo"})),
    "prncfgget": _KEYS - _NARROW - {"pospay"},
    **dict.fromkeys(("prnwidthset", "prnwidthget"), _NARROW),
    **dict.fromkeys(("kbdblockset", "kbdblockget"), _KEYS - {"pospay"}),
    **dict.fromkeys(("chgcfgset", "chgcfgget"), _KEYS - {"fawag"}),
    **dict.fromkeys(("tunnelset", "tunnelget"), _NARROW - {"trio"}),
    **dict.fromkeys(("azteccode", "dmcode", "pdf417code"), frozenset({"fawag"})),
    "fvprncopy": _KEYS - {"temo", "trio", "evo", "fawag"},
}
_BY_NAME = {profile.model: MODELS[key] for key, profile in PROFILES.items() if key in MODELS}


def model_of(profile: Profile) -> Model:
    """Parts of the printer a profile describes; one of no known name is built like the XL2."""
    return _BY_NAME.get(profile.model, _XL2)
