"""The shape of everything that crosses a boundary between stages. No input or output."""
