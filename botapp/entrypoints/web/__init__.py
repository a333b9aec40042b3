"""The web pages: thin Flask routes over one Services object. Parse, call one verb, answer."""
