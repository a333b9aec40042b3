"""From a pasted job description to a scored candidate, in a real browser over the real stack, as a newcomer walks it.

Each step is a fixture that the next ones stand on, so that any test can run alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import look
from tests.browser.people import (
    DESK,
    PHONE,
    Chat,
    Draft,
    Visitor,
    Visitors,
    answer_to,
    answer_until,
    draft_of,
    found_link,
    start,
    tab_to,
    until,
)
from tests.browser.roles import ADVERT, INSTRUCTIONS
from tests.browser.running import Running

pytestmark = pytest.mark.browser

AFTERWARDS = "https://example.com/thanks"
LOST_NETWORK = r"net::ERR_|Failed to fetch"
ANNOUNCED = """() => { const log = document.querySelector("[data-log]"); window.announced = [];
  new MutationObserver(changes => { for (const change of changes) for (const added of change.addedNodes)
    if (change.target === log) window.announced.push({ whole: added.matches(".msg"), said: added.textContent,
      bubble: added.querySelector(".bubble")?.textContent ?? "" });
    else if (change.target.closest(".bubble"))
      window.announced.push({ whole: false, said: added.textContent, bubble: "" });
  }).observe(log, { childList: true, subtree: true, characterData: true }); }"""
UNMARKED = """links => links.filter(a => {
  const place = document.querySelector(a.hash);
  const marked = place?.closest("mark") ?? place?.parentElement.querySelector("mark");
  return !marked || !marked.closest(".transcript") || !(a.textContent.includes(marked.textContent.slice(0, 9)));
}).map(a => a.textContent)"""
SAY_ANYWAY = """text => { const chat = document.querySelector("[data-chat]").dataset;
  return fetch(`${chat.base}/messages`, { method: "POST", body: JSON.stringify({ client_id: "past-the-page", text }),
    headers: { "Content-Type": "application/json", "X-CSRF": chat.csrf } }).then(answer => answer.status); }"""


@pytest.fixture(autouse=True)
def _no_complaints(visitors: Visitors) -> Iterator[None]:
    """No error in any console, nothing against the content policy, no request to anybody else."""
    yield
    assert visitors.complaints() == []


@pytest.fixture(scope="module")
def recruiter(visitors: Visitors, botapp: Running) -> Visitor:
    """The owner, signed in by the link that was printed."""
    visitor = visitors.one(**DESK)
    page = visitor.page(botapp.console)
    assert look(page, "signin") == []
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Interviewers")).to_be_visible()
    page.close()
    return visitor


@pytest.fixture(scope="module")
def composing(recruiter: Visitor) -> Chat:
    """A new interviewer, drafted from an advert and a line of instructions."""
    page = recruiter.page("/console")
    page.get_by_role("button", name="New interviewer").click()
    chat = Chat(page).is_open()
    expect(page.get_by_role("region", name="Draft")).to_contain_text("The draft will stand here")
    assert look(page, "compose-empty") == []
    chat.says(f"{ADVERT}\n\n{INSTRUCTIONS}")
    expect(page.locator(".draft-top h2")).to_be_visible()
    return chat


@pytest.fixture(scope="module")
def link(composing: Chat) -> str:
    """Published: a talk alone is what the visitors here do, the redirect is set, the question confirmed."""
    if any("Resume" in stage for stage in draft_of(composing.page).stages):
        composing.says("remove the resume stage")
    composing.says(f"redirect to {AFTERWARDS}")
    asked = composing.says("publish")
    assert "Publish" in composing.replies(), asked
    return found_link(composing.presses("Publish"), "/i/")


@dataclass(frozen=True)
class Finished:
    """A whole interview that was done by keyboard alone."""

    name: str
    chat: Chat
    asked: tuple[str, ...]
    announced: tuple[dict[str, object], ...]


@pytest.fixture(scope="module")
def finished(visitors: Visitors, link: str) -> Finished:
    """Tab, Space, Enter and typing; no mouse."""
    page = visitors.one(**PHONE).page(link)
    keyboard = page.keyboard
    tab_to(page, "#name")
    keyboard.insert_text("Kim Keys")
    tab_to(page, "#contact")
    keyboard.insert_text("kim@example.com")
    tab_to(page, "input[name=agree]")
    keyboard.press("Space")
    tab_to(page, "button.main")
    keyboard.press("Enter")
    page.wait_for_url("**/c/*")
    chat = Chat(page).is_open()
    page.evaluate(ANNOUNCED)
    asked = [chat.question]
    while not chat.is_over():
        before = chat.ours()
        if chat.replies():
            tab_to(page, ".replies button")
        else:
            tab_to(page, "#say")
            keyboard.insert_text(answer_to(chat.reply))
        keyboard.press("Enter")
        asked.append(chat.hears(before))
        until(
            page, lambda: chat.is_over() or "?" in chat.reply or "step by step" in chat.reply, "the end or a question"
        )
        assert len(asked) < 25, asked
    return Finished("Kim Keys", chat, tuple(asked), tuple(page.evaluate("window.announced")))


# ---- the recruiter builds it ----


def test_the_sign_in_link_works_once(recruiter: Visitor, visitors: Visitors, botapp: Running) -> None:
    """It was used: a second person gets a sentence, and no console."""
    stranger = visitors.one(**DESK)
    stranger.forgive("404|401")
    page = stranger.page(botapp.console)
    expect(page.get_by_role("main")).to_contain_text("used before")
    page.goto(f"{botapp.base}/console")
    expect(page.get_by_role("main")).to_contain_text("not signed in")
    expect(page.get_by_text("Interviewers")).to_have_count(0)


def test_the_console_starts_with_the_sample(recruiter: Visitor, botapp: Running) -> None:
    """The sample interviewer is listed; what is archived is an empty state with a way back."""
    page = recruiter.page("/console")
    expect(page.get_by_role("link", name="Night Order Picker", exact=True)).to_be_visible()
    assert look(page, "console") == []
    page.get_by_role("link", name="Archived").click()
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    assert look(page, "console-empty") == []
    page.goto(f"{botapp.base}/console/feed")
    assert look(page, "feed-empty") == []
    page.close()


def test_a_complete_draft_comes_in_one_turn(composing: Chat) -> None:
    """Title, stages, questions with their sentence, rubrics, must-haves and facts, from one paste."""
    draft = draft_of(composing.page)
    assert "Van Driver" in draft.title
    assert len(draft.stages) == 2, draft.stages
    assert len(draft.questions) >= 5
    assert any("must have" in facts for _, facts, _ in draft.questions)
    quotes = composing.page.locator(".question .from q").all_inner_texts()
    assert len(quotes) >= 5
    source = " ".join(f"{ADVERT} {INSTRUCTIONS}".split())
    assert [quote for quote in quotes if " ".join(quote.split()) not in source] == []
    region = composing.page.get_by_role("region", name="Draft")
    expect(region).to_contain_text("£13.80 per hour")
    assert composing.page.locator(".question details").count() >= 1
    assert look(composing.page, "compose-draft") == []


def test_a_file_is_attached_and_drafted_from(recruiter: Visitor) -> None:
    """It goes at once, with what stands in the box; the thread shows its name and not its text."""
    page = recruiter.page("/console")
    page.get_by_role("button", name="New interviewer").click()
    Chat(page).is_open()
    page.get_by_label("Your message").fill("at most 4 questions")
    page.get_by_label("Attach a job description").set_input_files(
        {"name": "advert.txt", "mimeType": "text/plain", "buffer": ADVERT.encode()}
    )
    expect(page.locator("[data-log]")).to_contain_text("I read advert.txt. I drafted")
    expect(page.locator(".bubble.file")).to_have_text("advert.txt\nat most 4 questions")
    expect(page.locator(".draft-top h2")).to_be_visible()
    assert len(draft_of(page).questions) <= 4
    assert look(page, "compose-file") == []
    page.close()


def test_it_is_changed_by_talking(composing: Chat) -> None:
    """Each change answers with a short diff, shows in the draft, and leaves everything else as it was."""
    page, first = composing.page, draft_of(composing.page)

    licence = first.number_of("licen[cs]e")
    assert "must have" not in first.questions[licence - 1][1]
    second = changed(composing, "make the licence a knockout", first)
    assert "must have: yes" in second.questions[licence - 1][1]
    assert others(first, licence) == others(second, licence)

    third = changed(composing, "swap 2 and 3", second)
    assert third.questions[1] == second.questions[2]
    assert third.questions[2] == second.questions[1]
    assert others(second, 2, 3) == others(third, 2, 3)

    number = third.number_of_open()
    fourth = changed(composing, f"double the weight of question {number}", third)
    assert "double weight" in fourth.questions[number - 1][1]
    assert others(third, number) == others(fourth, number)
    assert look(page, "compose-diff") == []

    assert changed(composing, "undo that", fourth) == third
    assert changed(composing, "redo", third) == fourth
    until(page, lambda: "Undo" in composing.replies(), "the button that undoes it")
    composing.presses("Undo")
    until(page, lambda: draft_of(page) == third, "the draft without it")

    composing.says(f"show me the rubric of {number}")
    assert re.search(r"5: .+\n3: .+\n1: .+", composing.reply), composing.reply
    assert draft_of(page) == third


def changed(chat: Chat, words: str, before: Draft) -> Draft:
    """Say it, see a diff in the chat, and the draft after it."""
    heard = chat.says(words)
    assert chat.card.count() == 1, f"{words}: {heard}"
    assert 1 <= chat.card.locator("li").count() <= 3, chat.card.inner_text()
    until(chat.page, lambda: draft_of(chat.page) != before, f"the draft after “{words}”")
    return draft_of(chat.page)


def others(draft: Draft, *numbers: int) -> list[object]:
    """Everything but these questions."""
    kept = [q for n, q in enumerate(draft.questions, 1) if n not in numbers]
    return [draft.title, draft.stages, draft.settings, *kept]


def test_a_stage_that_cannot_run_keeps_it_from_being_published(composing: Chat) -> None:
    """The reason is said, and nothing is published."""
    composing.says("add a voice stage")
    refused = composing.says("publish")
    composing.says("remove the voice stage")
    assert "voice call stage can't run yet" in refused
    assert "/i/" not in refused


def test_publishing_gives_a_link_and_a_poster(composing: Chat, link: str, recruiter: Visitor) -> None:
    """The draft shows the version and the link; the poster has it as a QR code and in words."""
    draft = composing.page.get_by_role("region", name="Draft")
    expect(draft).to_contain_text("Version 1")
    expect(draft.get_by_role("link", name=link)).to_be_visible()
    assert look(composing.page, "compose-published") == []
    draft.get_by_role("link", name="Poster").evaluate("a => a.target = '_blank'")
    with recruiter.context.expect_page() as opened:
        draft.get_by_role("link", name="Poster").click()
    poster = opened.value
    expect(poster.locator(".code svg title")).to_have_text("QR code of the link")
    expect(poster.locator(".link")).to_have_text(link)
    assert look(poster, "poster") == []
    poster.emulate_media(media="print")
    expect(poster.get_by_role("button", name="Print")).to_be_hidden()
    poster.close()


def test_a_viewer_reads_and_changes_nothing(recruiter: Visitor, visitors: Visitors, composing: Chat, link: str) -> None:
    """A teammate signs in with a link of their own; what a viewer may not do, is said in a sentence."""
    page = recruiter.page("/console/team")
    page.get_by_label("Name").fill("Vera Viewer")
    page.get_by_label("E-mail").fill("vera@example.com")
    page.get_by_label("Role").select_option("viewer")
    page.get_by_role("button", name="Make a sign-in link").click()
    sign_in = page.locator("code", has_text="/signin/").inner_text()
    assert look(page, "team") == []
    viewer = visitors.one(**DESK)
    theirs = viewer.page(sign_in)
    theirs.get_by_role("button", name="Sign in").click()
    expect(theirs.get_by_role("heading", name="Interviewers")).to_be_visible()
    expect(theirs.get_by_role("button", name="New interviewer")).to_have_count(0)
    theirs.goto(composing.page.url)
    expect(theirs.locator(".draft-top h2")).to_be_visible()
    expect(theirs.get_by_label("Your message")).to_have_count(0)
    expect(theirs.get_by_role("main")).to_contain_text("viewer")
    assert look(theirs, "compose-viewer") == []
    draft = draft_of(theirs)
    theirs.evaluate(SAY_ANYWAY, "archive it")
    chat = Chat(theirs)
    until(theirs, lambda: "Ask an owner to make you a recruiter" in chat.reply, "the refusal in the chat")
    assert draft_of(theirs) == draft


# ---- candidates answer ----


def test_the_start_page_says_all_it_must(visitors: Visitors, link: str) -> None:
    """Who asks, for what, that it is automated and a person reviews, how long, how to stop; nothing starts unagreed."""
    somebody = visitors.one(**PHONE)
    somebody.forgive("400")
    page = somebody.page(link)
    main = page.get_by_role("main")
    for words in ("Van Driver", "AI assistant", "A person at", "reviews", "minutes", "stop", "talk to a person"):
        expect(main).to_contain_text(words)
    assert look(page, "start") == []
    page.get_by_label("Your name").fill("Nora")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("alert")).to_contain_text("missing")
    expect(page.get_by_label("Your name")).to_have_value("Nora")
    assert look(page, "start-problems") == []


def test_the_whole_interview_by_keyboard(finished: Finished) -> None:
    """Every question is asked once; the end says thanks, what comes next, and leads on."""
    assert len(finished.asked) >= 6
    assert len(set(finished.asked)) == len(finished.asked), finished.asked
    page, end = finished.chat.page, finished.chat.reply
    for words in ("Thank you", "Kim", "hiring team"):
        assert words in end
    onward = page.get_by_role("link", name="Go on to the next page")
    expect(onward).to_have_attribute("href", AFTERWARDS)
    tab_to(page, ".note a")
    assert look(page, "chat-finished") == []


def test_each_message_is_announced_once_and_whole(finished: Finished) -> None:
    """The log is polite; every line enters it in one piece, with its sender, and is never put in twice."""
    log = finished.chat.log
    expect(log).to_have_attribute("aria-live", "polite")
    lines = [text for _, text in finished.chat.lines()]
    announced = [item["bubble"] for item in finished.announced if item["whole"]]
    assert announced == lines[len(lines) - len(announced) :]
    assert all(item["whole"] for item in finished.announced), finished.announced
    assert all(str(item["said"]).startswith(("You", "Robin")) for item in finished.announced)
    assert "Thank you" in log.aria_snapshot()


def test_maria_answers_under_her_own_link(composing: Chat, link: str, visitors: Visitors) -> None:
    """An invited person is greeted by name and only agrees; she can pause, go on, and stop."""
    theirs = found_link(composing.says("Invite Maria, maria@example.com"), "/invite/")
    page = visitors.one(**PHONE).page(theirs)
    expect(page.get_by_role("main")).to_contain_text("Hello Maria")
    expect(page.get_by_label("Your name")).to_have_count(0)
    assert look(page, "start-invited") == []
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Start").click()
    chat = Chat(page).is_open()
    assert "kept" in chat.says("later")
    until(page, lambda: chat.note_says("waiting"), "the note that it waits")
    assert look(page, "chat-waiting") == []
    assert "?" in chat.says("yes")
    assert "stopped" in chat.says("stop")
    until(page, chat.is_over, "the note that it ended")


def test_a_candidate_may_talk_to_a_person(visitors: Visitors, link: str) -> None:
    """The hiring team is told, and the interview waits."""
    chat = start(visitors, link, "Petra Person")
    heard = chat.says("talk to a person")
    assert "hiring team" in heard
    until(chat.page, lambda: chat.note_says("waiting"), "the note that it waits")


def test_answers_questions_and_corrections_on_a_phone(visitors: Visitors, link: str) -> None:
    """By button and by typing; own questions; a correction; "what do you mean?"; a reload; a second tab; a burst."""
    chat = start(visitors, link, "Tom Taps")
    page = chat.page
    assert look(page, "chat") == []
    first = chat.question
    plainer = chat.says("what do you mean?")
    assert plainer != first
    assert "Yes" in chat.replies()
    assert "£13.80" in chat.says("How much do you pay?")
    assert "hiring team" in chat.says("Is there a canteen?")
    chat.presses("Yes")
    answer_until(chat, r"how many years|how long")
    chat.says("3 years")
    assert re.search(r"\b(4|four) years", chat.says("Sorry, I meant 4 years"), re.IGNORECASE)

    lines, url = chat.lines(), page.url
    page.reload()
    assert chat.is_open().lines() == lines
    other = Chat(page.context.new_page())
    other.page.goto(url)
    assert other.is_open().lines() == lines

    before = chat.ours()
    chat.writes(
        "I walk round the van first", "then I look at the tyres and the lights", "I report it when something is wrong"
    )
    chat.hears(before)
    page.wait_for_timeout(800)
    assert chat.ours() == before + 1, chat.lines()
    until(page, lambda: other.lines() == chat.lines(), "the same in the second tab")


def test_a_lost_network_and_a_killed_server_lose_nothing(visitors: Visitors, link: str, botapp: Running) -> None:
    """What is written meanwhile is kept and sent on return, once; no question is asked twice."""
    chat = start(visitors, link, "Nils Nowhere")
    page = chat.page
    visitors.forgive(LOST_NETWORK)
    page.context.set_offline(True)
    before = chat.ours()
    chat.writes("yes")
    expect(chat.log.get_by_role("button", name="Try again")).to_be_visible()
    assert look(page, "chat-offline") == []
    page.context.set_offline(False)
    chat.hears(before)
    assert chat.said() == ["yes"]

    before = chat.ours()
    botapp.kill_web()
    chat.writes("yes, I can")
    chat.hears(before)
    assert chat.said() == ["yes", "yes, I can"]
    page.reload()
    assert chat.is_open().said() == ["yes", "yes, I can"]
    asked = [text.rsplit("noted. ", 1)[-1] for ours, text in chat.lines() if ours]
    assert len(set(asked)) == len(asked), asked


def test_a_link_to_nothing_is_a_kind_page(visitors: Visitors) -> None:
    """It says what may have happened and whom to ask."""
    lost = visitors.one(**PHONE)
    lost.forgive("404")
    page = lost.page("/i/no-such-interview")
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    assert look(page, "closed") == []


# ---- the recruiter reads and decides ----


@pytest.fixture(scope="module")
def scorecard(recruiter: Visitor, composing: Chat, finished: Finished) -> Page:
    """The page of the finished interview, once it is scored."""
    page = recruiter.page(composing.page.url + "/candidates")
    row = page.get_by_role("row").filter(has_text=finished.name)
    expect(row).to_contain_text("Completed")
    until(page, lambda: page.reload() is not None and "from" in row.inner_text(), "the score in the table")
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=finished.name, exact=True)).to_be_visible()
    return page


def test_the_table_shows_status_score_and_coverage(recruiter: Visitor, composing: Chat, scorecard: Page) -> None:
    """One row a candidate; the score never without what it is from."""
    page = recruiter.page(composing.page.url + "/candidates")
    row = page.get_by_role("row").filter(has_text="Kim Keys")
    expect(row).to_contain_text(re.compile(r"Completed.*all met.*\d+, from \d of \d answers", re.DOTALL))
    assert look(page, "candidates") == []
    page.close()


def test_every_quote_leads_to_its_place_in_the_transcript(scorecard: Page) -> None:
    """Gates in words first; each quote is a link to the marked words."""
    headings = scorecard.get_by_role("heading", level=2).all_inner_texts()
    assert headings[:2] == ["Gates", "Score"]
    expect(scorecard.locator(".gates li").first).to_contain_text("met")
    links = scorecard.locator("q a")
    assert links.count() >= 5
    wrong = links.evaluate_all(UNMARKED)
    assert wrong == []
    links.last.click()
    expect(scorecard.locator(":target")).to_be_in_viewport()
    assert look(scorecard, "scorecard") == []


def test_a_score_is_overridden_with_a_reason_and_recomputed(scorecard: Page) -> None:
    """The headline follows; the decision is logged with who, what and why."""
    before = scorecard.locator(".score").inner_text()
    answer = scorecard.locator(".answers > li").filter(has_text="of 5").last
    answer.locator("summary").click()
    now = "1" if "5 of 5" in answer.inner_text() else "5"
    answer.get_by_label("New score").fill(now)
    answer.get_by_label("Reason").fill("I know this person's work")
    answer.get_by_role("button", name="Change the score").click()
    expect(scorecard.locator(".score")).not_to_have_text(before)
    log = scorecard.get_by_role("region", name="Decisions")
    expect(log).to_contain_text("Score changed")
    expect(log).to_contain_text("I know this person's work")
    assert look(scorecard, "scorecard-changed") == []


def test_nobody_is_dismissed_without_a_reason(scorecard: Page, recruiter: Visitor) -> None:
    """The page asks for it, and the server refuses without."""
    decide = scorecard.locator(".decide")
    decide.get_by_text("Dismiss", exact=True).click()
    only = decide.get_by_role("button", name="Dismiss, send nothing")
    only.click()
    assert decide.get_by_label("Reason").evaluate("field => field.validity.valueMissing")
    recruiter.forgive("400")
    decide.get_by_label("Reason").fill("  ")
    only.click()
    expect(scorecard.get_by_role("main")).to_contain_text("reason")
    assert look(scorecard, "refused") == []
    scorecard.go_back()
    expect(scorecard.get_by_role("region", name="Decisions")).not_to_contain_text("Dismissed")


def test_shortlisting_shows_and_the_feed_has_the_alert(scorecard: Page, recruiter: Visitor, finished: Finished) -> None:
    """One press; the alert of the finished interview leads to it."""
    scorecard.locator(".decide").get_by_text("Shortlist", exact=True).click()
    scorecard.get_by_role("button", name="Shortlist, send nothing").click()
    expect(scorecard.locator(".head")).to_contain_text("Shortlisted")
    page = recruiter.page("/console/feed")
    alert = page.locator(".feed li").filter(has_text=finished.name).first
    expect(alert).to_be_visible()
    assert look(page, "feed") == []
    alert.get_by_role("link", name="Open the interview").click()
    expect(page.get_by_role("heading", name=finished.name, exact=True)).to_be_visible()
    page.close()
