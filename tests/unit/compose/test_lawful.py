"""What may not be asked, in the words recruiters use, and what stands near it and may."""

import pytest

from botapp.compose.lawful import protected_topic, refusal


@pytest.mark.parametrize(
    "text",
    [
        "How many children do you have?",
        "Who looks after your kids?",
        "Do you plan to start a family?",
        "Are you married?",
        "Where were you born?",
        "Which country do you come from?",
        "What do your parents do?",
        "How old are you?",
        "What year did you finish high school?",
        "What church do you go to?",
        "What holidays do you celebrate?",
        "Do you have any health problems?",
        "Do you smoke?",
        "Have you ever been arrested?",
        "What do you earn now, what is your current salary?",
        "Do you belong to a union?",
        "Is English your mother tongue?",
        "Please attach a photo.",
        "Tell us about your photo.",
    ],
)
def test_a_protected_trait_is_found_and_refused_with_an_alternative(text: str) -> None:
    """The refusal names the trait and what may be asked instead."""
    found = protected_topic(text)

    assert found is not None
    assert found.topic in refusal(found)


@pytest.mark.parametrize(
    "text",
    [
        "Can you lift 25 kg, with or without adjustments?",
        "Are you at least 18 years old?",
        "Are you authorised to work in the United States?",
        "How many children were in the classes you taught?",
        "Do you have experience with mental health patients?",
        "Can you work weekends?",
        "What pay do you expect?",
        "Do you speak Spanish fluently?",
        "Have you worked in a photo studio?",
        "Tell us about a time you calmed a child in your care.",
    ],
)
def test_a_lawful_question_beside_it_is_let_through(text: str) -> None:
    """Adult age, right to work, lifting and work with people are about the job."""
    assert protected_topic(text) is None
