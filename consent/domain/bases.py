"""Lawful bases, each offered only where its facts hold. Consent is never the Article 6 basis: a family that is worried
about a service has no free choice against a duty to protect, and what is shared could not be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from consent.domain.facts import Form, SharingFacts
from consent.domain.people import State, child_can_agree
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import AgencyKind, Flag

PUBLIC = frozenset({AgencyKind.SCHOOL, AgencyKind.HEALTH, AgencyKind.POLICE, AgencyKind.LOCAL_AUTHORITY})
"""Kinds of agency with a public task. One that isn't known is offered both ways."""
OFFENCE_FLAGS = frozenset(
    {
        Flag.SERIOUS_CRIME,
        Flag.PERSON_POSING_RISK,
        Flag.PHYSICAL_ABUSE,
        Flag.SEXUAL_ABUSE,
        Flag.SEXUAL_EXPLOITATION,
        Flag.CRIMINAL_EXPLOITATION,
        Flag.DOMESTIC_ABUSE,
        Flag.TRAFFICKING,
        Flag.FGM,
        Flag.FORCED_MARRIAGE,
        Flag.HONOUR_BASED_ABUSE,
        Flag.ALLEGATION_AGAINST_PROFESSIONAL,
    }
)


class Group(StrEnum):
    """The questions that a lawful sharing answers. Each that applies needs at least one basis."""

    ARTICLE_6 = "article_6"
    ARTICLE_9 = "article_9"
    ARTICLE_10 = "article_10"
    CONFIDENTIALITY = "confidentiality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the bases are offered on."""

    facts: SharingFacts
    state: State
    harm_possible: bool

    @property
    def public(self) -> bool:
        """Has, or may have, a public task."""
        return self.facts.agency is None or self.facts.agency in PUBLIC

    @property
    def private(self) -> bool:
        """Isn't known to be a public authority."""
        return self.facts.agency is None or self.facts.agency not in PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A lawful basis that the facts support."""

    id: str
    group: Group
    name: str
    law: str
    """Article, section, schedule and paragraph."""
    sentence: str
    """Why it holds here, in plain words."""
    policy_document: bool = False
    """The agency needs an appropriate policy document (Data Protection Act 2018, Schedule 1, Part 4)."""
    suggested: bool = False
    """The first of its group: used unless a person chooses another and says why."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A basis, and the facts under which it is offered."""

    holds: Callable[[Situation], bool]
    basis: Basis


def _danger(at: Situation) -> bool:
    return Flag.IMMEDIATE_DANGER in at.facts.flags


def _needs_article_9(at: Situation) -> bool:
    return at.facts.special_category is not Answer.NO


def _needs_article_10(at: Situation) -> bool:
    answer = at.facts.criminal_offence
    return answer is Answer.YES or (answer is Answer.NOT_KNOWN and bool(at.facts.flags & OFFENCE_FLAGS))


OFFERS: tuple[Offer, ...] = (
    Offer(
        lambda at: at.facts.asked_under_s47,
        Basis(
            id="art6-legal-obligation",
            group=Group.ARTICLE_6,
            name="Legal obligation",
            law="UK GDPR Article 6(1)(c); Children Act 1989 section 47(9) to (11)",
            sentence="The local authority asked for this in a child protection inquiry, and the law says to help.",
        ),
    ),
    Offer(
        lambda at: at.public,
        Basis(
            id="art6-public-task",
            group=Group.ARTICLE_6,
            name="Public task",
            law="UK GDPR Article 6(1)(e); Data Protection Act 2018 section 8",
            sentence="Keeping children safe and supporting them is part of the public job of your agency.",
        ),
    ),
    Offer(
        lambda at: at.private and at.harm_possible,
        Basis(
            id="art6-safeguarding-interest",
            group=Group.ARTICLE_6,
            name="Recognised legitimate interest: safeguarding",
            law="UK GDPR Article 6(1)(ea) and Annex 1, safeguarding vulnerable individuals",
            sentence="Your agency isn't a public body, and sharing is needed to protect a child from harm.",
        ),
    ),
    Offer(
        lambda at: at.private,
        Basis(
            id="art6-legitimate-interests",
            group=Group.ARTICLE_6,
            name="Legitimate interests",
            law="UK GDPR Article 6(1)(f)",
            sentence="Your agency isn't a public body, and the child's need for help outweighs the loss of privacy.",
        ),
    ),
    Offer(
        _danger,
        Basis(
            id="art6-vital-interests",
            group=Group.ARTICLE_6,
            name="Vital interests",
            law="UK GDPR Article 6(1)(d)",
            sentence="A life may be in danger.",
        ),
    ),
    Offer(
        lambda at: _needs_article_9(at) and at.harm_possible,
        Basis(
            id="art9-safeguarding",
            group=Group.ARTICLE_9,
            name="Substantial public interest: safeguarding children",
            law="UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 18",
            sentence="It protects a child from harm where consent can't be had, or asking would defeat the purpose.",
            policy_document=True,
        ),
    ),
    Offer(
        _needs_article_9,
        Basis(
            id="art9-social-care",
            group=Group.ARTICLE_9,
            name="Health or social care",
            law="UK GDPR Article 9(2)(h); Data Protection Act 2018 section 11 and Schedule 1 paragraph 2",
            sentence="It is for providing care, between people who owe a duty of confidentiality.",
        ),
    ),
    Offer(
        lambda at: _needs_article_9(at) and at.public and at.facts.form is Form.MARF,
        Basis(
            id="art9-statutory",
            group=Group.ARTICLE_9,
            name="Substantial public interest: statutory functions",
            law="UK GDPR Article 9(2)(g); Data Protection Act 2018 Schedule 1 paragraph 6",
            sentence="An Act gives your agency the function that this serves.",
            policy_document=True,
        ),
    ),
    Offer(
        lambda at: _needs_article_9(at) and at.facts.agency in {AgencyKind.LOCAL_AUTHORITY, None},
        Basis(
            id="art9-social-protection",
            group=Group.ARTICLE_9,
            name="Social protection law",
            law="UK GDPR Article 9(2)(b); Data Protection Act 2018 Schedule 1 paragraph 1",
            sentence="The local authority needs it for its duties in social protection law.",
            policy_document=True,
        ),
    ),
    Offer(
        lambda at: _needs_article_9(at) and _danger(at) and child_can_agree(at.facts) is not Answer.YES,
        Basis(
            id="art9-vital-interests",
            group=Group.ARTICLE_9,
            name="Vital interests",
            law="UK GDPR Article 9(2)(c)",
            sentence="A life may be in danger, and the child isn't able to consent.",
        ),
    ),
    Offer(
        lambda at: _needs_article_10(at) and at.facts.agency in {AgencyKind.POLICE, None},
        Basis(
            id="art10-police",
            group=Group.ARTICLE_10,
            name="Official authority",
            law="UK GDPR Article 10(1); Data Protection Act 2018 section 10(4) and Part 3",
            sentence="The police hold this under their own authority.",
        ),
    ),
    Offer(
        lambda at: _needs_article_10(at) and at.harm_possible,
        Basis(
            id="art10-safeguarding",
            group=Group.ARTICLE_10,
            name="Criminal offence data: safeguarding children",
            law="UK GDPR Article 10; Data Protection Act 2018 section 10(5) and Schedule 1 paragraph 18",
            sentence="What is known of an offence is needed to protect a child from harm.",
            policy_document=True,
        ),
    ),
    Offer(
        _needs_article_10,
        Basis(
            id="art10-social-care",
            group=Group.ARTICLE_10,
            name="Criminal offence data: health or social care",
            law="UK GDPR Article 10; Data Protection Act 2018 section 10(5) and Schedule 1 paragraph 2",
            sentence="What is known of an offence is needed for the child's care.",
        ),
    ),
    Offer(
        lambda at: at.facts.asked_under_s47,
        Basis(
            id="confidence-law",
            group=Group.CONFIDENTIALITY,
            name="The law requires it",
            law="Common law duty of confidentiality; Children Act 1989 section 47(9)",
            sentence="A duty to share stands above the duty to keep a confidence.",
        ),
    ),
    Offer(
        lambda at: at.state.agreed or at.state in {State.CHILD_ONLY, State.CHILD_TO_ASK},
        Basis(
            id="confidence-agreement",
            group=Group.CONFIDENTIALITY,
            name="They agreed",
            law="Common law duty of confidentiality",
            sentence="Whoever agreed lifts the confidence for their own information, and a parent for the child's.",
        ),
    ),
    Offer(
        lambda at: at.harm_possible,
        Basis(
            id="confidence-harm",
            group=Group.CONFIDENTIALITY,
            name="Public interest: protecting a child",
            law="Common law duty of confidentiality",
            sentence="Protecting a child from harm outweighs the confidence.",
        ),
    ),
    Offer(
        lambda at: not at.harm_possible and at.facts.form is Form.MARF and not at.state.agreed,
        Basis(
            id="confidence-weighed",
            group=Group.CONFIDENTIALITY,
            name="Public interest, weighed",
            law="Common law duty of confidentiality",
            sentence="Only if the child's need was weighed against the confidence, and the reasons are written down.",
        ),
    ),
)
BASES: dict[str, Basis] = {offer.basis.id: offer.basis for offer in OFFERS}


def bases(at: Situation) -> tuple[Basis, ...]:
    """Bases whose facts hold, in the order of the groups; the first of each group is the suggested one."""
    offered: list[Basis] = []
    for group in Group:
        of_group = [offer.basis for offer in OFFERS if offer.basis.group is group and offer.holds(at)]
        offered += [replace(basis, suggested=place == 0) for place, basis in enumerate(of_group)]
    return tuple(offered)
