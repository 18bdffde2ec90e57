"""The outbox in an operator's words: failures and ages."""

from datetime import timedelta

import pytest

from dispatch.domain.lifecycle import State
from dispatch.presenters import age, error_in_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dispatch.email.PersonInactive", "The account of the person it is for is closed"),
        ("dispatch.domain.promise.UnknownKind", "This version of the system does not know this kind of work"),
        ("tests.dispatch.kinds.Hopeless", "It never works"),
        ("smtplib.SMTPServerDisconnected", "The mail server did not take it"),
        ("builtins.ConnectionRefusedError", "A service that it needs could not be reached"),
        ("billiard.exceptions.SoftTimeLimitExceeded", "It took longer than its queue allows"),
        ("builtins.KeyError", "Something in the system went wrong"),
    ],
)
def test_the_words_of_an_error(name, words):
    assert error_in_words(name, attempts=1, state=State.DUE) == words


def test_the_words_of_a_worker_that_died():
    assert error_in_words("", attempts=32, state=State.PARKED) == "Its worker stopped while it was at it"
    assert error_in_words("", attempts=0, state=State.DUE) == ""


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=25), "1 day"),
        (timedelta(hours=3), "3 hours"),
    ],
)
def test_the_words_of_an_age(length, words):
    assert age(length) == words
