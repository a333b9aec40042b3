"""Processes. Thin: parse, call one verb of the pipeline, answer."""
