"""Two packs of an invented board, what they should become, and the demonstration that `make run` starts."""
