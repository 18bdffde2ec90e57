"""Code lists that statutory returns use, as options in plain words. What is stored is the code itself.

Sources: DfE common basic data set (ethnicity); children in need census (disability, why a UPN is not known).
"""

from referrals.record.domain.forms.parts import Kind, Option, Question, When

PREFERS_NOT = "REFU"

ETHNIC_GROUPS = (
    Option("white", "White"),
    Option("mixed", "Mixed or multiple ethnic groups"),
    Option("asian", "Asian or Asian British"),
    Option("black", "Black, Black British, Caribbean or African"),
    Option("other", "Chinese, or another ethnic group"),
    Option(PREFERS_NOT, "They prefer not to say"),
)
"""The first step. "Not known" beside it is the returns' NOBT, not obtained."""

ETHNICITIES: dict[str, tuple[Option, ...]] = {
    "white": (
        Option("WBRI", "English, Welsh, Scottish, Northern Irish or British"),
        Option("WIRI", "Irish"),
        Option("WIRT", "Traveller of Irish heritage"),
        Option("WROM", "Gypsy or Roma"),
        Option("WOTH", "Another White background"),
    ),
    "mixed": (
        Option("MWBC", "White and Black Caribbean"),
        Option("MWBA", "White and Black African"),
        Option("MWAS", "White and Asian"),
        Option("MOTH", "Another mixed background"),
    ),
    "asian": (
        Option("AIND", "Indian"),
        Option("APKN", "Pakistani"),
        Option("ABAN", "Bangladeshi"),
        Option("AOTH", "Another Asian background"),
    ),
    "black": (
        Option("BCRB", "Caribbean"),
        Option("BAFR", "African"),
        Option("BOTH", "Another Black background"),
    ),
    "other": (
        Option("CHNE", "Chinese"),
        Option("OOTH", "Another ethnic group"),
    ),
}
"""The second step, by the answer to the first."""


def ethnicity_questions(of_whom: str, *, costs: str = "") -> tuple[Question, ...]:
    """Return the two steps: the group, then what fits best within it. `of_whom` is "the child's" or "their"."""
    first = Question(
        "ethnic_group",
        f"What is {of_whom} ethnic group?",
        Kind.CHOICE,
        hint="As they or their family would say it.",
        options=ETHNIC_GROUPS,
        not_known=True,
        unknown_costs=costs,
    )
    second = (
        Question(
            f"ethnicity_{group}",
            f"Which of these describes {of_whom} background best?",
            Kind.CHOICE,
            options=options,
            not_known=True,
            when=(When("ethnic_group", (group,)),),
        )
        for group, options in ETHNICITIES.items()
    )
    return (first, *second)


RELIGIONS = (
    Option("none", "No religion"),
    Option("buddhist", "Buddhist"),
    Option("christian", "Christian"),
    Option("hindu", "Hindu"),
    Option("jewish", "Jewish"),
    Option("muslim", "Muslim"),
    Option("sikh", "Sikh"),
    Option("other", "Another religion or belief"),
    Option("prefers_not", "They prefer not to say"),
)

DISABILITIES = (
    Option("MOB", "Moving about", hint="Walking, climbing, or using a wheelchair."),
    Option("HAND", "Using their hands"),
    Option("PC", "Personal care", hint="Washing, eating, dressing, going to the toilet."),
    Option("INC", "Continence"),
    Option("COMM", "Communicating", hint="Speaking, or understanding others."),
    Option("LD", "Learning"),
    Option("HEAR", "Hearing"),
    Option("VIS", "Seeing"),
    Option("BEH", "Behaviour", hint="A condition that shows in behaviour, such as ADHD."),
    Option("CON", "Consciousness", hint="Fits or seizures."),
    Option("AUT", "Autism"),
    Option("DDA", "Something else that limits them day to day"),
)
"""NONE, the remaining code, is the answer "no" to the question whether the child is disabled."""

UPN_UNKNOWN = (
    Option("UN1", "Too young for school, and has none yet"),
    Option("UN2", "Never went to a state school in England"),
    Option("UN3", "Goes to school outside England"),
    Option("UN4", "Has just come into care, and it isn't known yet"),
    Option("UN5", "Names or dates of birth don't match between services"),
    Option("UN6", "Is new to us, and it isn't known yet"),
    Option("UN7", "Known only from an earlier referral that led to nothing"),
)

IMMIGRATION = (
    Option("alone", "Came to this country alone, and asks for asylum"),
    Option("asylum", "Asks for asylum with the family"),
    Option("refugee", "Refugee, or has leave to remain"),
    Option("visa", "Here on a visa"),
    Option("no_funds", "No recourse to public funds"),
    Option("no_papers", "No papers, or they have run out"),
    Option("other", "Something else"),
)
