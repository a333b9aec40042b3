"""Stand-ins for providers, for development and tests: real servers on this machine, with a true ledger."""
