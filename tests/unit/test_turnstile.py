"""One thread works at a time; who waits lets others through."""

import threading

import pytest

from botapp.turnstile import Turnstile


def in_thread(work: object) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)  # type: ignore[arg-type]
    thread.start()
    return thread


def test_a_second_thread_waits_until_the_first_is_through() -> None:
    turnstile, done = Turnstile(), threading.Event()

    def work() -> None:
        with turnstile.passed():
            done.set()

    with turnstile.passed():
        thread = in_thread(work)
        assert not done.wait(0.05)
    thread.join(5)
    assert done.is_set()


def test_who_steps_aside_lets_another_work_and_waits_for_it_to_end() -> None:
    turnstile, said = Turnstile(), []
    entered, may_end = threading.Event(), threading.Event()

    def work() -> None:
        with turnstile.passed():
            entered.set()
            may_end.wait(5)
            said.append("other")

    with turnstile.passed():
        with turnstile.aside():
            thread = in_thread(work)
            assert entered.wait(5)
            may_end.set()
        said.append("first")
    thread.join(5)
    assert said == ["other", "first"]


def test_who_never_passed_steps_aside_without_harm() -> None:
    turnstile = Turnstile()
    with turnstile.aside():
        pass
    with turnstile.passed():
        assert True


def test_an_error_while_aside_leaves_the_turnstile_usable() -> None:
    turnstile, done = Turnstile(), threading.Event()
    with pytest.raises(ValueError, match="broke"), turnstile.passed(), turnstile.aside():
        raise ValueError("broke")

    def work() -> None:
        with turnstile.passed():
            done.set()

    in_thread(work).join(5)
    assert done.is_set()
