"""Editions of the seven golden rules as data, in our own short words. A pack names its edition, or brings one of the
partnership's own. Each rule says which aspects of the record answer it; the decision to share answers them."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from thresholds.domain.parts import Citation, Part, Slug, Text


class Aspect(StrEnum):
    """Something about the record that answers a golden rule, in whole or in part."""

    PROTECTION_FIRST = "protection_first"
    OPENNESS = "openness"
    WITHOUT_CONSENT = "without_consent"
    AGREEMENT = "agreement"
    ADVICE = "advice"
    IDENTITIES = "identities"
    SAFETY = "safety"
    RELEVANCE = "relevance"
    ACCURACY = "accuracy"
    SECURITY = "security"
    LAWFULNESS = "lawfulness"
    RECORD = "record"
    CHILD_HEARD = "child_heard"


class GoldenRule(Part):
    """One rule of an edition."""

    number: Annotated[int, Field(ge=1, le=7)]
    text: Text
    aspects: Annotated[tuple[Aspect, ...], Field(min_length=1)]


class Edition(Part):
    """One edition of the seven golden rules."""

    id: Slug
    name: Text
    rules: Annotated[tuple[GoldenRule, ...], Field(min_length=7, max_length=7)]
    note: Text | None = None
    citation: Citation


EDITION_2024 = Edition(
    id="2024",
    name="Department for Education, 2024",
    citation=Citation(document="information-sharing", section="seven golden rules"),
    rules=(
        GoldenRule(
            number=1,
            text="Protecting a child from abuse and neglect comes before protecting privacy.",
            aspects=(Aspect.PROTECTION_FIRST,),
        ),
        GoldenRule(
            number=2,
            text="Where it is practicable and safe, engage the child and carers: who you share with, what and why.",
            aspects=(Aspect.OPENNESS, Aspect.CHILD_HEARD),
        ),
        GoldenRule(
            number=3,
            text="You don't need consent to share where a child is or may be at risk of harm; you need a lawful basis.",
            aspects=(Aspect.WITHOUT_CONSENT, Aspect.LAWFULNESS),
        ),
        GoldenRule(number=4, text="Seek advice promptly when in doubt.", aspects=(Aspect.ADVICE,)),
        GoldenRule(
            number=5,
            text="Protect the identity of anybody who might be harmed if it were known.",
            aspects=(Aspect.IDENTITIES,),
        ),
        GoldenRule(
            number=6,
            text="Share only what is relevant and accurate, with those who have a part in safeguarding or support.",
            aspects=(Aspect.RELEVANCE, Aspect.ACCURACY),
        ),
        GoldenRule(
            number=7,
            text="Record the decision and the reasons, whether you share or not.",
            aspects=(Aspect.RECORD,),
        ),
    ),
)
EDITION_2015 = Edition(
    id="2015",
    name="HM Government, 2015 and 2018",
    citation=Citation(document="information-sharing", section="seven golden rules, older edition"),
    note="The older set. The edition of 2018 was not seen in full; it is taken to be alike.",
    rules=(
        GoldenRule(
            number=1,
            text="Data protection and human rights law is a framework for sharing, not a barrier.",
            aspects=(Aspect.LAWFULNESS,),
        ),
        GoldenRule(
            number=2,
            text="Be open from the outset about why, what, how and with whom; seek agreement unless that is unsafe.",
            aspects=(Aspect.OPENNESS, Aspect.CHILD_HEARD),
        ),
        GoldenRule(
            number=3,
            text="Seek advice when in any doubt, without naming the person where possible.",
            aspects=(Aspect.ADVICE,),
        ),
        GoldenRule(
            number=4,
            text="Share with agreement where that is right; without it where there is good reason, such as safety.",
            aspects=(Aspect.AGREEMENT,),
        ),
        GoldenRule(
            number=5,
            text="Base the decision on the safety and wellbeing of the child and of others.",
            aspects=(Aspect.SAFETY,),
        ),
        GoldenRule(
            number=6,
            text="Necessary, proportionate, relevant, adequate, accurate, timely and secure.",
            aspects=(Aspect.RELEVANCE, Aspect.ACCURACY, Aspect.SECURITY),
        ),
        GoldenRule(
            number=7,
            text="Record the decision and the reasons, and what was shared, with whom and for what purpose.",
            aspects=(Aspect.RECORD,),
        ),
    ),
)
EDITIONS: dict[str, Edition] = {edition.id: edition for edition in (EDITION_2015, EDITION_2024)}
