"""Days as candidates read them. Pure, and light: pages use it too."""

from datetime import date

from botapp.graphs.interview.speech import say, several


def day_words(day: date, language: str) -> str:
    """`3 June`, `3 de junio`, `1er juin`, `3. Juni`."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    month = several("values.month_names", language)[day.month - 1]
    return say("people.day", language, number=number, month=month)
