"""Deciding what to say. No input or output but the language port: nodes read state, return only what changed."""
