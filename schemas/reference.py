"""What is known about organisations and measures apart from any pack: the dimensions' rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that packs name. `valid_to` is its last day; later values belong to its successors."""

    name: str
    """The canonical name: what `kpis.organisation` holds."""
    ods_code: str | None = None
    kind: str | None = None
    """`icb`, `ccg`, `nhs_trust`, `council`, ..."""
    valid_from: str | None = None
    """ISO 8601."""
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    """Canonical names."""
    aliases: tuple[str, ...] = ()
    """Other spellings that mean this organisation."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that packs print under several names."""

    name: str
    """The canonical name, under which its values are followed from pack to pack."""
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    """`percent`, `number`, `seconds`, `gbp`."""
    better: str | None = None
    """`higher` or `lower`."""
    domain: str | None = None
    """The field it belongs to, e.g. `cancer`, `workforce`."""
    source: str | None = None
    """Where its definition is published."""
