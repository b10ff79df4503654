"""Other people's table readers, one file an engine, each converting to our types at its door."""
