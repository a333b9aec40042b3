"""Taking one interview with one candidate: what to say next, what was answered, when it ends."""
