"""Readers: one per kind of typed question. Each turns text into a Reading, and leaves in doubt what is in doubt."""
