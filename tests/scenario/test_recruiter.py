"""What a recruiter meets: a draft in one turn, changes by talking, and a clear sentence for whatever can't be done."""

import pytest

from botapp.errors import BadPayload, NotAllowed, NotFound
from botapp.pipeline import members
from botapp.policy.access import Role
from tests.support.conversation import Recruiter
from tests.support.roles import ADVERT
from tests.support.stack import Stack, add_member


@pytest.fixture
def drafting(recruiter: Recruiter) -> Recruiter:
    """Has a draft in front of them."""
    recruiter.opens_new().says(ADVERT)
    recruiter.sees("I drafted")
    return recruiter


def number_of(recruiter: Recruiter, topic: str) -> int:
    for _, number, question in recruiter.draft.numbered():
        if topic in f"{question.topic} {question.text}".lower():
            return number
    raise AssertionError(f"no question about {topic}: {[q.text for q in recruiter.draft.questions()]}")


def test_a_complete_draft_in_one_turn(drafting: Recruiter) -> None:
    """Title, link name, questions with where they came from, a must-have, facts, a deadline."""
    draft = drafting.draft
    assert "Picker" in draft.title
    assert draft.slug
    assert {f.topic for f in draft.facts} >= {"pay", "location"}
    assert draft.settings.deadline is not None
    licence = draft.questions()[number_of(drafting, "licen") - 1]
    assert licence.knockout is not None
    assert licence.provenance.quote in ADVERT
    assert all(q.rubric is not None for q in draft.questions() if q.is_open)


def test_an_edit_changes_one_thing(drafting: Recruiter) -> None:
    """The diff says it; everything else stays; undo brings it back."""
    before = drafting.draft
    number = number_of(drafting, "experience")
    drafting.says(f"double the weight of question {number}")
    drafting.sees()
    after = drafting.draft
    changed = [n for (_, n, a), (_, _, b) in zip(before.numbered(), after.numbered(), strict=True) if a != b]
    assert changed == [number]
    drafting.says("undo")
    drafting.sees()
    assert drafting.draft == before
    drafting.says("redo")
    drafting.sees()
    assert drafting.draft == after


def test_swap_two_questions(drafting: Recruiter) -> None:
    """Only their places change."""
    before = [q.id for q in drafting.draft.questions()]
    drafting.says("swap 1 and 2")
    drafting.sees()
    assert [q.id for q in drafting.draft.questions()] == [before[1], before[0], *before[2:]]


def test_publish_asks_first(drafting: Recruiter) -> None:
    """Not yet means not yet."""
    drafting.says("publish")
    drafting.sees("version 1?")
    drafting.presses("Not yet")
    drafting.sees()
    assert drafting.page.version == 0
    drafting.says("publish")
    drafting.sees("version 1?")
    drafting.says("yes")
    drafting.sees("Published as version 1", f"https://interviews.test/i/{drafting.draft.slug}")
    assert drafting.page.status == "active"


def test_two_members_edit_one_draft(drafting: Recruiter, stack: Stack) -> None:
    """Both are heard in order, and the history names who did what."""
    ben = add_member(stack.services, stack.workspace_id, "Ben Recruiter", Role.RECRUITER)
    other = Recruiter(stack, member=ben).opens(drafting.interviewer_id)
    other.says("rename it to Dock Picker")
    drafting.sees("Dock Picker")
    assert drafting.page.revised_by == "Ben Recruiter"
    assert [row.by for row in drafting.page.history] == ["Ben Recruiter", "Olive Owner"]


def test_the_same_post_again_is_one_edit(drafting: Recruiter) -> None:
    """A page that lost the answer sends again: one row, one turn."""
    first = members.say_as_member(
        drafting.stack.services, drafting.member, drafting.interviewer_id, "k", "swap 1 and 2"
    )
    again = members.say_as_member(
        drafting.stack.services, drafting.member, drafting.interviewer_id, "k", "swap 1 and 2"
    )
    assert first == again
    drafting.sees()
    drafting.sees_nothing()
    assert drafting.page.revision == 2


# ---- who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["swap 1 and 2", "publish", "undo", "invite Zoe, zoe@example.com", "archive it"])
def test_a_viewer_may_not_edit(drafting: Recruiter, stack: Stack, words: str) -> None:
    """Told so, and who can help; nothing changes."""
    viewer = add_member(stack.services, stack.workspace_id, "Vera Viewer", Role.VIEWER)
    before, status = drafting.draft, drafting.page.status
    guest = Recruiter(stack, member=viewer).opens(drafting.interviewer_id)
    guest.says(words)
    drafting.sees("You can look", "Ask an owner")
    assert drafting.draft == before
    assert drafting.page.status == status


def test_a_viewer_may_not_create_or_decide(stack: Stack) -> None:
    """The verbs outside the chat check as well."""
    viewer = add_member(stack.services, stack.workspace_id, "Vera Viewer", Role.VIEWER)
    with pytest.raises(NotAllowed, match="Ask an owner"):
        members.create_interviewer(stack.services, viewer)
    with pytest.raises(NotAllowed, match="Ask an owner"):
        members.decide(stack.services, viewer, "any", "shortlist", "", "", {})
    with pytest.raises(NotAllowed, match="Only an owner"):
        members.invite_member(stack.services, viewer, "Zoe", "zoe@example.com", "owner")


def test_a_recruiter_may_not_manage_the_team(stack: Stack) -> None:
    """Only owners invite and remove."""
    ben = add_member(stack.services, stack.workspace_id, "Ben Recruiter", Role.RECRUITER)
    with pytest.raises(NotAllowed, match="Only an owner"):
        members.remove_member(stack.services, ben, stack.owner.id)


def test_the_last_owner_stays(stack: Stack) -> None:
    """A workspace without an owner could never have one again."""
    with pytest.raises(BadPayload, match="needs an owner"):
        members.remove_member(stack.services, stack.owner, stack.owner.id)


def test_a_teammates_link_works_once(stack: Stack) -> None:
    """Looking does not use it up; signing in does; removed people are out."""
    secret = members.invite_member(stack.services, stack.owner, "Zoe", "zoe@example.com", "recruiter")
    assert members.peek_sign_in(stack.services, secret)
    zoe = members.redeem_sign_in(stack.services, secret)
    assert zoe is not None
    assert zoe.role is Role.RECRUITER
    assert members.redeem_sign_in(stack.services, secret) is None
    members.remove_member(stack.services, stack.owner, zoe.id)
    assert members.find_member(stack.services, zoe.id) is None


# ---- bad input -------------------------------------------------------------------------------------------


NOT_A_ROLE = (
    "Mix 200 g of flour with three eggs and a pinch of salt. Let it rest for twenty minutes, then fry thin "
    "pancakes in butter until both sides are golden. Serve with sugar and lemon. " * 4
)


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b"])
def test_an_empty_paste(recruiter: Recruiter, text: str) -> None:
    """A sentence, and no draft."""
    recruiter.opens_new()
    recruiter.sees()
    try:
        recruiter.says(text)
    except BadPayload as error:
        assert str(error).endswith(".")
    else:
        recruiter.sees()
    assert recruiter.page.draft is None


def test_text_with_no_role_in_it(recruiter: Recruiter) -> None:
    """Says so; nothing is invented."""
    recruiter.opens_new().says(NOT_A_ROLE)
    recruiter.sees("no role")
    assert recruiter.page.draft is None


def test_binary_as_a_job_description(recruiter: Recruiter) -> None:
    """A PDF pasted as text, say."""
    recruiter.opens_new().says("%PDF-1.7\n" + "".join(chr(n % 256) for n in range(1, 6000, 7)) * 3)
    recruiter.sees(".")
    assert recruiter.page.draft is None


def test_a_megabyte_as_a_job_description(recruiter: Recruiter) -> None:
    """Answered within seconds: a draft of it, or a sentence why not."""
    recruiter.opens_new().says(ADVERT + "We value punctual people who like to work by night. " * 19_000)
    recruiter.sees(".")


def test_more_than_can_be_kept(recruiter: Recruiter) -> None:
    """Refused whole, with the size that works."""
    recruiter.opens_new()
    with pytest.raises(BadPayload, match="characters"):
        recruiter.says("x" * 1_300_000)


def test_an_instruction_that_contradicts_itself(recruiter: Recruiter) -> None:
    """Says what can't both be."""
    recruiter.opens_new().says(ADVERT)
    recruiter.sees("I drafted")
    before = recruiter.draft
    recruiter.says("make question 1 a knockout and don't make question 1 a knockout")
    recruiter.sees()
    after = recruiter.draft
    assert len(after.questions()) == len(before.questions())


@pytest.mark.parametrize("words", ["remove question 99", "double the weight of question 42", "swap 1 and 77"])
def test_an_edit_that_names_a_question_that_is_not_there(drafting: Recruiter, words: str) -> None:
    """Says how many there are; nothing changes."""
    before = drafting.draft
    drafting.says(words)
    said = drafting.sees()
    assert any(number in said for number in ("99", "42", "77", str(len(before.questions()))))
    assert drafting.draft == before


def test_publishing_without_a_draft(recruiter: Recruiter) -> None:
    """Says what is missing."""
    recruiter.opens_new().says("publish")
    recruiter.sees("Paste a job description")
    assert recruiter.page.version == 0


def test_publishing_an_incomplete_draft(drafting: Recruiter) -> None:
    """A stage that can't run yet is in the way until it is removed or switched off."""
    drafting.says("add a voice stage")
    drafting.sees()
    drafting.says("publish")
    drafting.sees("Not yet", "can't run yet", "remove it or switch it off")
    assert drafting.page.version == 0
    drafting.says("remove the voice stage")
    drafting.sees()
    drafting.says("publish")
    drafting.sees("version 1?")


@pytest.mark.parametrize(
    "text",
    [
        "word " * 3_900,
        "\u202eswap 1 and 2\u202c",
        "<script>alert(1)</script>",
        "\u200b\u200bhm\u200b",
        "; DROP TABLE interviewers",
        "{{config}} $variables %s",
    ],
)
def test_odd_words_are_answered(drafting: Recruiter, text: str) -> None:
    """A sentence, never silence."""
    drafting.says(text)
    drafting.sees(".")


def test_a_link_name_that_is_taken(drafting: Recruiter, stack: Stack) -> None:
    """Unique in the installation: says which is free."""
    drafting.says("publish")
    drafting.sees("version 1?")
    drafting.says("yes")
    drafting.sees("Published")
    taken = drafting.draft.slug
    other = Recruiter(stack, member=stack.owner).opens_new()
    other.says(ADVERT.replace("Night Warehouse Picker", "Day Packer"))
    other.sees("I drafted")
    before = other.draft
    other.says(f"set the link name to {taken}")
    other.sees("taken")
    assert other.draft == before


def test_an_old_link_name_leads_on(drafting: Recruiter) -> None:
    """Renamed after publishing: the old one redirects."""
    from botapp.pipeline import candidates

    drafting.says("publish")
    drafting.sees("version 1?")
    drafting.says("yes")
    drafting.sees("Published")
    old = drafting.draft.slug
    drafting.says("set the link name to dock-pickers")
    drafting.sees("dock-pickers")
    found = candidates.public_interviewer(drafting.stack.services, old)
    assert found is not None
    assert found.moved_to == "dock-pickers"


def test_an_interviewer_of_nobody(recruiter: Recruiter) -> None:
    """An id that is not there is not found."""
    with pytest.raises(NotFound):
        members.interviewer_page(recruiter.stack.services, recruiter.member, "none")
