"""Independent readings of a page, one file per kind of evidence: rules, fills, aligned words, tags."""
