"""channel -> receive -> inbox -> turn -> graph -> outbox -> deliver -> channel

Everything that asks for an answer walks this line, for candidates and recruiters alike. Only this package joins
channels, graphs and state.
"""
