"""botapp: build an AI interviewer by chatting, screen candidates in the threads they already use."""

__version__ = "0.1.0"
