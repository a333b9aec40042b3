"""May we, now, to them; and who may do what. Pure decisions over facts that others loaded."""
