"""How performance tables are laid out, and how each layout becomes values, for `extractors.kinds.kpis`."""
