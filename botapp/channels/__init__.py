"""Provider payload <-> our messages. No policy, no database, no idea what a conversation is."""
