"""National overrides: circumstances that outrank every descriptor, each with its action card."""

from dataclasses import replace

from thresholds.domain.check_result import OverrideShown
from thresholds.domain.check_when import Answer, ChildAge, Circumstances, holds
from thresholds.domain.needs import Override
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, Flag, LegalMeaning

UNDER_13, UNDER_1 = AgeBand(under_years=13), AgeBand(under_years=1)


def lowest_level_for(pack: Pack, meaning: LegalMeaning) -> str | None:
    """Id of the lowest level that may mean `meaning` in law; None for `none`, and where the pack has no such level."""
    if meaning is LegalMeaning.NONE:
        return None
    wanted = {meaning, LegalMeaning.MIXED}
    return next((level.id for level in pack.levels if level.legal in wanted), None)


def with_derived_flags(
    flags: frozenset[Flag], age: ChildAge, moves_about: Answer
) -> tuple[frozenset[Flag], frozenset[Flag]]:
    """All flags, and those among them that hang on a fact that isn't known or that speaks against them.

    Sexual activity becomes that of a child under 13 unless the age is known to be higher (Sexual Offences Act 2003,
    sections 5 to 8): some documents list it below their top level. Physical abuse of a child who is known not to move
    about, or of one of whom that isn't known and who may be a baby by what is known of the age, becomes an injury of
    such a child.
    """
    derived, doubtful = set(flags), set()
    under_13 = age.within(UNDER_13)
    if Flag.SEXUAL_ACTIVITY in flags and under_13 is not False:
        derived.add(Flag.SEXUAL_ACTIVITY_UNDER_13)
    if Flag.SEXUAL_ACTIVITY_UNDER_13 in derived and under_13 is not True:
        doubtful.add(Flag.SEXUAL_ACTIVITY_UNDER_13)
    # Of an age that nobody knows at all, most children move about: there the question is asked, and it says enough.
    may_be_baby = moves_about is Answer.NOT_KNOWN and age.known and age.within(UNDER_1) is not False
    if Flag.PHYSICAL_ABUSE in flags and (moves_about is Answer.NO or may_be_baby):
        derived.add(Flag.NON_MOBILE_INJURY)
    return frozenset(derived), frozenset(doubtful)


def overrides_that_speak(
    pack: Pack, circumstances: Circumstances, moves_about: Answer = Answer.NOT_KNOWN
) -> tuple[OverrideShown, ...]:
    """Overrides that hold for the child, in the order of the pack.

    One whose flag is there speaks even where another of its facts isn't known: unknown is not no.
    """
    flags, doubtful = with_derived_flags(circumstances.flags, circumstances.age, moves_about)
    at = circumstances if flags == circumstances.flags else replace(circumstances, flags=flags)
    raised = (one for one in pack.overrides if not one.when.flags or not flags.isdisjoint(one.when.flags))
    return tuple(
        shown for override in raised if (shown := _shown(pack, override, at, moves_about, doubtful)) is not None
    )


def _shown(
    pack: Pack, override: Override, at: Circumstances, moves_about: Answer, doubtful: frozenset[Flag]
) -> OverrideShown | None:
    held = holds(override.when, at)
    if held is False or (held is None and not override.when.flags):
        return None
    if override.not_mobile and moves_about is Answer.YES:
        return None
    because = at.flags.intersection(override.when.flags)
    sure_of_moving = not override.not_mobile or moves_about is Answer.NO
    return OverrideShown(
        id=override.id,
        name=override.name,
        certain=held is True and sure_of_moving and not (because and because <= doubtful),
        raises_to=lowest_level_for(pack, override.raises_to),
        urgent=override.urgent,
        ring=override.ring,
        tell_family=override.tell_family,
        steps=override.steps,
        because=tuple(sorted(because)),
        note=override.note,
        citation=override.citation,
    )
