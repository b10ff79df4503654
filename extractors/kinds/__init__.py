"""Table kinds: one file a kind, each of which says how to know its tables and how to read their rows."""
