"""What an interviewer may become: reading a brief, drafting, talking about changes, applying them, saying what changed.

Everything here is a pure function of its arguments: no clock, no input or output, no randomness.
"""
