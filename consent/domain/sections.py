"""What each page of the forms is about, so that a rule can say who needs it.

A page that stands in no table here is one that nobody has thought about yet: whoever has the child gets it, and a test
that walks every form asks for its place.
"""

from enum import StrEnum

from thresholds.domain.form_settings import OWN_PAGE

WHOLE: None = None
"""The whole page, in place of the keys of the questions that are kept."""
Kept = tuple[str, ...] | None
"""Questions of a page that are kept, `WHOLE` for all of them."""


class About(StrEnum):
    """What a page is about."""

    WHO = "who"
    WHERE = "where"
    SAFETY = "safety"
    """What harms, or may harm, or keeps somebody safe who acts on it."""
    WORRY = "worry"
    NEEDS = "needs"
    LEVEL = "level"
    AGREEMENT = "agreement"
    HOME = "home"
    """What somebody has to know who visits the home: who lives there, and what harm may come from the adults. It goes
    whatever was agreed to, because whoever limits it may be the one who abuses."""
    DONE = "done"
    EARLIER_HELP = "earlier_help"


PAGES: dict[str, About] = {
    # Asked once. The worry is one story about all the children: no program can cut it without risk (docs/adr/0021).
    "start": About.SAFETY,
    "desk": About.SAFETY,
    "telling": About.SAFETY,
    "ring-first": About.SAFETY,
    "reason": About.WORRY,
    "referrer": About.WHO,
    "children": About.WHO,
    "concern": About.WORRY,
    "alleged": About.WORRY,
    "chronology": About.WORRY,
    "analysis": About.WORRY,
    "family-view": About.WORRY,
    "scaling": About.WORRY,
    "worry": About.WORRY,
    "eha-reason": About.WORRY,
    "copies": About.SAFETY,
    "team": About.DONE,
    "lead": About.DONE,
    "measures": About.DONE,
    "review": About.DONE,
    **{f"action-{number}": About.DONE for number in range(1, 9)},
    "need-basic-care": About.NEEDS,
    "need-warmth": About.NEEDS,
    "need-guidance": About.NEEDS,
    "need-relationships": About.NEEDS,
    "need-home-money": About.NEEDS,
    "need-community": About.NEEDS,
    "household": About.HOME,
    "previous-addresses": About.HOME,
    "home-life": About.HOME,
    "domestic-abuse": About.HOME,
    "agencies": About.NEEDS,
    "orders": About.SAFETY,
    "without-agreement": About.AGREEMENT,
    "what-it-holds": About.AGREEMENT,
    "agency-action": About.DONE,
    "early-help": About.EARLIER_HELP,
    # Of each child.
    "child-about": About.WHO,
    "child-home": About.WHERE,
    "child-needs": About.NEEDS,
    "child-identity": About.NEEDS,
    "child-care": About.NEEDS,
    "child-school": About.NEEDS,
    "child-services": About.NEEDS,
    "harm": About.SAFETY,
    "injuries": About.SAFETY,
    "circumstances": About.SAFETY,
    "missing": About.SAFETY,
    "fgm": About.SAFETY,
    "child-view": About.SAFETY,
    "child-day": About.NEEDS,
    "need-learning": About.NEEDS,
    "need-health": About.NEEDS,
    "need-feelings": About.NEEDS,
    "need-bonds": About.NEEDS,
    "need-self-care": About.NEEDS,
    "exploitation": About.SAFETY,
    "descriptors": About.LEVEL,
    "protective": About.LEVEL,
    "judged": About.LEVEL,
    "indicated": About.LEVEL,
    "child-sharing": About.AGREEMENT,
    "child-understands": About.AGREEMENT,
    "child-care-order": About.AGREEMENT,
    # Of each person of the household.
    "member-about": About.WHO,
    "member-more": About.NEEDS,
    "member-sharing": About.AGREEMENT,
    "member-voice": About.WORRY,
}


def about_of(page: str) -> About | None:
    """What a page is about; None for one that nobody has placed. A page that a partnership's pack adds is about needs:
    whoever gets the child in full gets it, whoever gets a part doesn't, because no rule knows what it holds."""
    return About.NEEDS if page.startswith(OWN_PAGE) else PAGES.get(page)


class Part(StrEnum):
    """What somebody may let go or keep back who agrees to a part: everything that isn't needed to find a child, to know
    the worry, or to keep somebody safe."""

    BACKGROUND = "background"
    HEALTH = "health"
    SCHOOL = "school"
    HOME = "home"
    AGENCIES = "agencies"
    LEVEL = "level"
    HELP = "help"
    FILES = "files"


PART_OF: dict[str, Part] = {
    **dict.fromkeys(("child-identity", "child-care", "member-more"), Part.BACKGROUND),
    **dict.fromkeys(("child-needs", "child-services", "need-health", "need-feelings"), Part.HEALTH),
    **dict.fromkeys(("child-school", "need-learning"), Part.SCHOOL),
    **dict.fromkeys(
        (
            *("child-day", "need-bonds", "need-self-care", "need-basic-care", "need-warmth", "need-guidance"),
            *("need-relationships", "need-home-money", "need-community"),
        ),
        Part.HOME,
    ),
    "agencies": Part.AGENCIES,
    **dict.fromkeys(("descriptors", "protective", "judged", "indicated"), Part.LEVEL),
    **dict.fromkeys(
        (
            *("agency-action", "early-help", "team", "lead", "measures", "review"),
            *(f"action-{number}" for number in range(1, 9)),
        ),
        Part.HELP,
    ),
}
"""By page, the part that it belongs to. A test finds every page here, or among what always goes."""

WHERE_NOW = ("home_area", "where_now", "condition_now", "found_area", "safe_tonight")
"""Where and how a child is, without the address of the home."""
HARM_ON_FIRST_FACTS = ("harm",)
"""On the short form the harm stands on the page about the child."""
MEMBER_IN_SHORT = ("full_name", "relationship", "parental_responsibility", "in_home")
"""A person of the household by name and by how they stand to the children."""

EVERYTHING = frozenset(About)
FOR_ALLEGATION = frozenset({About.WHO, About.WHERE, About.SAFETY, About.WORRY, About.DONE})
"""What the designated officer needs to deal with an allegation: the child, where they are, the worry, what was done."""
FOR_LIMITED_AGREEMENT = frozenset({About.WHO, About.WHERE, About.SAFETY, About.WORRY, About.HOME, About.AGREEMENT})
"""Who, where and the worry, with what was said about agreement: the recipient has to keep to it."""
BEARS_ON_SAFETY = frozenset({About.SAFETY})
"""Pages of another child of the referral that this child's safety may hang on."""
