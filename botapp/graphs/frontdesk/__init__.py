"""The front desk of an address: finds out what a message is about, never guesses."""
