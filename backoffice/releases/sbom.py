"""The list of parts of a release, CycloneDX 1.6: what a slot will hold, no more and no less.

pip is listed as excluded: it travels along and installs the others, and is not installed itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from backoffice.releases.wheels import Wheel

# Any one will do: what is listed decides the number, so that two builds agree.
_NAMESPACE = UUID("5b1c2f3e-6c0f-4c58-9a43-7d8a0a1f6e11")


def sbom(project: Wheel, parts: Iterable[Wheel], pip: Wheel, built_at: datetime) -> bytes:
    """The list as JSON, the same bytes for the same wheels."""
    listed = [_component(it, ComponentScope.REQUIRED) for it in parts]
    listed.append(_component(pip, ComponentScope.EXCLUDED))
    sums = "".join(sorted(it.sha256 for it in (project, pip, *parts)))
    bom = Bom(components=listed, serial_number=uuid5(_NAMESPACE, sums))
    bom.metadata.timestamp = built_at
    bom.metadata.component = _component(project, None)
    bom.metadata.component.type = ComponentType.APPLICATION
    bom.register_dependency(bom.metadata.component, listed)
    return JsonV1Dot6(bom).output_as_string(indent=1).encode() + b"\n"


def _component(wheel: Wheel, scope: ComponentScope | None) -> Component:
    url = PackageURL("pypi", None, wheel.name, wheel.version)
    return Component(
        name=wheel.name,
        version=wheel.version,
        type=ComponentType.LIBRARY,
        scope=scope,
        bom_ref=url.to_string(),
        purl=url,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=wheel.sha256)],
    )
