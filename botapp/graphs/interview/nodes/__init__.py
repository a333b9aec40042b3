"""One step of an interview's turn per module."""
