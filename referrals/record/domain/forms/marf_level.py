"""Pages of the MARF about the level of need. The practitioner judges first; only then is the indicated level shown."""

from referrals.record.domain.forms.parts import Kind, Need, Option, Page, Per, Question, When

_PACK = (Need("child-home", "home_area"),)
"""The home area says whose document holds. No other answer about the home does, so no other is waited for."""

_DESCRIPTORS = Page(
    key="descriptors",
    section="Level of need",
    title="{name}: what fits",
    intro="The descriptors are guidance, not a checklist. Choose what fits and say what shows it.",
    per=Per.CHILD,
    needs=_PACK,
    questions=(
        Question(
            "descriptors",
            "Descriptors that fit this child",
            Kind.DESCRIPTORS,
            hint="For each, what you saw or heard.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "conditions",
            "What some descriptors depend on",
            Kind.CONDITIONS,
            hint="While an answer is not known, the higher of two levels is shown.",
        ),
        Question("harm_factors", "What makes harm more likely for this child?", Kind.HARM_FACTORS),
    ),
)

_EXPLOITATION = Page(
    key="exploitation",
    section="Level of need",
    title="{name}: signs of exploitation",
    intro="A short look at exploitation alone. Each sign speaks for itself; they are never added up.",
    per=Per.CHILD,
    needs=_PACK,
    called_for=(
        When(
            "circumstances",
            ("sexual_exploitation", "criminal_exploitation", "trafficking", "missing"),
            page="circumstances",
        ),
    ),
    questions=(Question("signs", "Which of these have you seen?", Kind.SIGNS, mandatory=True, not_known=True),),
)

_PROTECTIVE = Page(
    key="protective",
    section="Level of need",
    title="{name}: what protects them",
    intro="Strengths are shown beside the worries. They never lower a level.",
    per=Per.CHILD,
    needs=_PACK,
    questions=(
        Question(
            "protective",
            "What protects this child?",
            Kind.PROTECTIVE_FACTORS,
            options=(Option("none_found", "I found none of these", exclusive=True),),
            mandatory=True,
            not_known=True,
        ),
        Question("protective_detail", "Who or what, and since when?", Kind.LONG_TEXT),
    ),
)

_JUDGED = Page(
    key="judged",
    section="Level of need",
    title="{name}: your judgement",
    intro="Your own judgement comes first. The next page shows what the threshold document indicates.",
    per=Per.CHILD,
    needs=_PACK,
    questions=(
        Question("judged_level", "Which level of need fits this child?", Kind.LEVEL, mandatory=True, not_known=True),
        Question("judged_because", "Why do you judge it so?", Kind.LONG_TEXT, mandatory=True),
    ),
)

_INDICATED = Page(
    key="indicated",
    section="Level of need",
    title="{name}: what the document indicates",
    per=Per.CHILD,
    # The level alone: why it was judged so is asked for there beside it, and hides nothing while it is missing.
    needs=(Need("judged", "judged_level"),),
    questions=(
        Question(
            "keeps_judgement",
            "Having read this, do you keep your judgement?",
            Kind.CHOICE,
            options=(
                Option("same", "It is the same as mine"),
                Option("yes", "Yes, although it differs"),
                Option("no", "No, I want to change it"),
                # Stored, and never asked: see `referrals.journey.presenters.indicated`.
                Option("nothing", "There was nothing to compare"),
            ),
            mandatory=True,
        ),
        Question(
            "differs_because",
            "Why do they differ?",
            Kind.LONG_TEXT,
            hint="The document can't know everything that you do. Say what it misses.",
            mandatory=True,
            when=(When("keeps_judgement", ("yes",)),),
        ),
    ),
)

LEVEL_PAGES = (_DESCRIPTORS, _EXPLOITATION, _PROTECTIVE, _JUDGED, _INDICATED)
