"""Pages of the early help assessment about agreement, and about who gets a copy.

Agreement is asked with the very questions of the referral, so that the same rules read it. Nothing replaces it here:
no page asks why it would be right to go without.
"""

from dataclasses import replace

from referrals.record.domain.forms.common import reworded
from referrals.record.domain.forms.marf_sharing import DONE_PAGES, SHARING_PAGES
from referrals.record.domain.forms.parts import Kind, Option, Page, Question, When

AGREEMENT = "Agreement"
_OF_MARF = {page.key: page for page in (*SHARING_PAGES, *DONE_PAGES)}

_AGREED = ("given", "limited")
_HOW = Question(
    "said_how",
    "How did they agree?",
    Kind.CHOICE,
    options=(
        Option("signed", "They signed"),
        Option("in_person", "They said so in person"),
        Option("by_phone", "They said so by phone or video call"),
        Option("in_writing", "They wrote it"),
    ),
    mandatory=True,
    when=(When("said", _AGREED),),
)
_WHERE = Question(
    "signature",
    "Where is what they signed or wrote kept?",
    Kind.TEXT,
    limit=1000,
    hint="For example in the school's file. Bring it up to date if they take it back.",
    mandatory=True,
    not_known=True,
    when=(When("said_how", ("signed", "in_writing")),),
)
_NOT_TO_ASSESSMENT = frozenset({"not_asked_because", "not_asked_why"})
"""Reasons for not asking are reasons of a referral: an assessment is made with the family."""


def _agreement(key: str, *, title: str, labels: dict[str, str], intro: str) -> Page:
    said = {**labels, "told_on": "When were they told who gets it, and what for?"}
    page = reworded(_OF_MARF[key], section=AGREEMENT, title=title, intro=intro, labels=said)
    asked = tuple(one for one in page.questions if one.key not in _NOT_TO_ASSESSMENT)
    return replace(page, questions=(*asked, _HOW, _WHERE))


_CHILD = _agreement(
    "child-sharing",
    title="{name}: do they agree?",
    labels={"said": "Does this child agree to the assessment, and to sharing it?"},
    intro="Say what is written, who gets it and what for. Nobody has to agree, and they can take it back.",
)
_FAMILY = _agreement(
    "member-sharing",
    title="{name}: do they agree?",
    labels={
        "information_shared": "Does the assessment hold information about this person?",
        "said": "Do they agree to the assessment, and to sharing it?",
    },
    intro="Agreement counts from a parent with parental responsibility, or from a child who can decide.",
)
_CARE_ORDER = reworded(
    _OF_MARF["child-care-order"],
    section=AGREEMENT,
    labels={"authority_said": "What does the local authority say about this assessment?"},
)

_COPIES = Page(
    key="copies",
    section="Copies and sharing",
    title="Who gets a copy, and who must not",
    questions=(
        Question(
            "copy_to",
            "Who in the family and the team gets a copy?",
            Kind.LONG_TEXT,
            limit=2000,
            hint="Names, and how they get it.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "copy_not_to",
            "Is there anybody who must not get one, or must not see a part?",
            Kind.LONG_TEXT,
            limit=2000,
            hint="Who, which part, and why. For example a parent who must not learn an address.",
        ),
        Question(
            "identities_to_protect",
            "Could anybody be harmed if it were known who they are?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "identities_how",
            "How is that prevented?",
            Kind.LONG_TEXT,
            mandatory=True,
            not_known=True,
            when=(When("identities_to_protect", ("yes",)),),
        ),
    ),
)
_HOLDS = replace(
    reworded(_OF_MARF["what-it-holds"], section="Copies and sharing", title="What the assessment holds"),
    intro="Share what is needed to help the family, and no more.",
    questions=tuple(one for one in _OF_MARF["what-it-holds"].questions if one.key != "asked_under_s47"),
)
_AGENCY = reworded(_OF_MARF["agency-action"], section="Your agency", title="What your agency does")

AGREEMENT_PAGES = (
    _CHILD,
    reworded(_OF_MARF["child-understands"], section=AGREEMENT),
    _CARE_ORDER,
    _FAMILY,
    _COPIES,
    _HOLDS,
    _AGENCY,
)
