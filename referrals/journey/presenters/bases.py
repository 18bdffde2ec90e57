"""The lawful bases as a question: what the facts of the children offer, group by group."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from consent.domain.bases import Basis, Group
from consent.domain.result import SharingDecision


@dataclass(frozen=True, slots=True)
class BasesGroup:
    """One question of law. `suggested` is what is relied on unless somebody chooses another."""

    key: str
    name: str
    hint: str
    offered: tuple[Basis, ...]

    @property
    def suggested(self) -> tuple[Basis, ...]:
        """Those that the facts suggest."""
        return tuple(one for one in self.offered if one.suggested)


QUESTIONS: dict[Group, tuple[str, str]] = {
    Group.ARTICLE_6: (
        gettext_noop("Why may your agency use this information at all?"),
        gettext_noop("UK GDPR, Article 6."),
    ),
    Group.ARTICLE_9: (
        gettext_noop("It speaks of health, ethnicity, religion or sexual life. Why may it?"),
        gettext_noop("UK GDPR, Article 9, with the Data Protection Act 2018, Schedule 1."),
    ),
    Group.ARTICLE_10: (
        gettext_noop("It speaks of crimes, also alleged ones. Why may it?"),
        gettext_noop("UK GDPR, Article 10."),
    ),
    Group.CONFIDENTIALITY: (
        gettext_noop("Some of it was told in confidence. Why may it be passed on?"),
        gettext_noop("The common law duty of confidentiality."),
    ),
}


def groups_of(decisions: Iterable[SharingDecision]) -> tuple[BasesGroup, ...]:
    """Return the questions of law that apply to any of the children, each with what is offered, the suggested first."""
    offered: dict[str, Basis] = {}
    for decision in decisions:
        for basis in decision.bases:
            if basis.id not in offered or basis.suggested:
                offered[basis.id] = basis
    return tuple(
        BasesGroup(group.value, gettext(QUESTIONS[group][0]), gettext(QUESTIONS[group][1]), bases)
        for group in Group
        if (bases := tuple(one for one in offered.values() if one.group is group))
    )
