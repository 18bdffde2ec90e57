"""A made pack with one thing of each kind that the check treats apart, and a short way to write facts."""

import dataclasses
from typing import Any

from tests.thresholds.support import parsed
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.needs import (
    Cumulative,
    Descriptor,
    Domain,
    ExploitationCategory,
    ExploitationIndicator,
    ExploitationSign,
    HarmFactor,
    Level,
    Override,
    ProtectiveFactor,
    Ring,
    Twin,
)
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, Citation, Flag, LegalMeaning, Statement, When

BASE = parsed()


def cite(line: int) -> Citation:
    return Citation(section="Tables", lines=str(line))


ACT = Citation(document="act", section="section 1")


def descriptor(id_: str, level: str, line: int, domain: str = "care", **more) -> Descriptor:
    return Descriptor(id=id_, domain=domain, level=level, wording=f"Wording of {id_}.", citation=cite(line), **more)


def sign(id_: str, level: str, **more) -> ExploitationSign:
    return ExploitationSign(id=id_, level=level, wording=f"Wording of {id_}.", citation=cite(60), **more)


def override(id_: str, *flags: Flag, **more) -> Override:
    return Override(
        id=id_,
        name=f"Name of {id_}",
        when=When(flags=flags),
        urgent=True,
        ring=Ring.FRONT_DOOR,
        steps=(Statement(text="Ring the front door.", citation=ACT),),
        citation=ACT,
        **more,
    )


PARTS: dict[str, Any] = {
    "levels": (
        Level(id="low", name="Low", legal=LegalMeaning.NONE, meaning="Few needs.", citation=cite(10)),
        Level(
            id="middle",
            name="Middle",
            legal=LegalMeaning.S17,
            meaning="More needs.",
            overlaps=("high",),
            citation=cite(11),
        ),
        Level(id="high", name="High", legal=LegalMeaning.MIXED, meaning="Harm.", citation=cite(12)),
    ),
    "domains": tuple(
        Domain(id=one, name=one.title(), meaning="A part of life.", citation=cite(20))
        for one in ("care", "school", "money")
    ),
    "descriptors": (
        descriptor("hungry", "low", 30),
        descriptor("left-alone", "middle", 31),
        descriptor("shared-list", "middle", 32, up_to="high"),
        descriptor("hit", "high", 33, flags=(Flag.PHYSICAL_ABUSE,)),
        descriptor("no-school", "middle", 34, "school"),
        descriptor("rent", "middle", 35, "money"),
        descriptor("teenager-alone", "middle", 36, age=AgeBand(from_years=13, under_years=18)),
        descriptor("protected", "middle", 37, twin=Twin(id="unprotected", condition="protective", holds=True)),
        descriptor("unprotected", "high", 38, twin=Twin(id="protected", condition="protective", holds=False)),
        descriptor("baby-bruise", "middle", 39, flags=(Flag.NON_MOBILE_INJURY,)),
        descriptor(
            "speaks-polish",
            "high",
            40,
            raises=False,
            why_not="It says who somebody is.",
            flags=(Flag.IMMEDIATE_DANGER,),
        ),
    ),
    "cumulative": Cumulative(descriptors=3, domains=3, set_by="The tests.", citation=cite(15)),
    "protective_factors": (
        ProtectiveFactor(id="granny", wording="A grandmother who helps.", citation=cite(50)),
        ProtectiveFactor(id="club", wording="A club.", citation=cite(51)),
    ),
    "harm_factors": (
        HarmFactor(id="hidden", wording="Hidden from view.", warning=True, citation=cite(52)),
        HarmFactor(id="moved-often", wording="Moved often.", citation=cite(53)),
        HarmFactor(
            id="young-mother",
            wording="A young mother.",
            raises=False,
            why_not="It says who somebody is.",
            citation=cite(54),
        ),
    ),
    "exploitation": ExploitationIndicator(
        name="Indicator",
        standing="Not scored.",
        citation=cite(60),
        categories=(
            ExploitationCategory(
                id="contact",
                name="Contact",
                signs=(
                    sign("sign-car", "middle", raises=True),
                    sign("sign-late", "low", raises=True, also=("sign-money",)),
                    sign("sign-money", "middle", raises=True, also=("sign-late",)),
                    sign("sign-phone", "high", raises=False, why_not="Benign.", flags=(Flag.TRAFFICKING,)),
                ),
            ),
        ),
    ),
    "overrides": (
        override("nat-bruise", Flag.NON_MOBILE_INJURY, not_mobile=True, raises_to=LegalMeaning.S47),
        override("nat-under-13", Flag.SEXUAL_ACTIVITY_UNDER_13, raises_to=LegalMeaning.S47, tell_family=False),
        override("nat-danger", Flag.IMMEDIATE_DANGER, raises_to=LegalMeaning.S47),
        override("nat-lado", Flag.ALLEGATION_AGAINST_PROFESSIONAL, raises_to=LegalMeaning.NONE),
    ),
}


def made(**changes) -> Pack:
    """The made pack with some of its parts changed."""
    body = {name: getattr(BASE, name) for name in Pack.model_fields}
    return Pack(**(body | PARTS | changes))


MADE = made()


def facts(before: ChildFacts | None = None, **recorded) -> ChildFacts:
    """Facts as written; sets may be given plainly. With `before`, that with changes."""
    frozen: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, set) else value for name, value in recorded.items()
    }
    return dataclasses.replace(before, **frozen) if before else ChildFacts(**frozen)
