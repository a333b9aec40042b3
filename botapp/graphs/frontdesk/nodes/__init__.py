"""One step of a front desk turn per module."""
