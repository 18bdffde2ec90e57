"""What is new on an intake since somebody last had it open, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

from referrals.triage.selectors import Newly, News

WORDS: dict[News, str] = {
    News.WITHDRAWAL: gettext_noop("the referrer asks to withdraw"),
    News.DISAGREEMENT: gettext_noop("the decision is contested"),
    News.KEPT_FROM: gettext_noop("somebody must not see it"),
    News.ANSWER: gettext_noop("a question was answered"),
    News.ADDED: gettext_noop("something was added"),
}


def news_words(newly: Iterable[Newly]) -> str:
    """Return what is new as one phrase, each sort once; empty where nothing is."""
    return ", ".join(gettext(WORDS[news]) for news in dict.fromkeys(one.news for one in newly))
