"""The nouns: what an interviewer, a question, an answer and a score are. Pure values; nothing here does anything."""
