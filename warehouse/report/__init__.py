"""The data-quality report: queries in, static HTML out."""
