"""What is new on an intake since somebody last had it open, in words."""

from collections.abc import Iterable

from referrals.triage.selectors import Newly, News

WORDS: dict[News, str] = {
    News.WITHDRAWAL: "the referrer asks to withdraw",
    News.DISAGREEMENT: "the decision is contested",
    News.KEPT_FROM: "somebody must not see it",
    News.ANSWER: "a question was answered",
    News.ADDED: "something was added",
}


def news_words(newly: Iterable[Newly]) -> str:
    """Return what is new as one phrase, each sort once; empty where nothing is."""
    return ", ".join(WORDS[news] for news in dict.fromkeys(one.news for one in newly))
