"""One step of a composing turn per module."""
