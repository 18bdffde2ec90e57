"""Pages of the MARF about the worry: harm child by child, what happened, who is alleged, the child's own view."""

from referrals.record.domain.forms.marf_harm import DOMESTIC_ABUSE, FGM, HARM, HOME_LIFE, INJURIES, MISSING
from referrals.record.domain.forms.parts import DateRule, Kind, Option, Page, Per, Question, When

_CONCERN = Page(
    key="concern",
    section="The worry",
    title="What has happened",
    questions=(
        Question(
            "what",
            "What did you see or hear that worries you?",
            Kind.LONG_TEXT,
            hint="Facts first, then what you think of them. Say which is which.",
            mandatory=True,
        ),
        Question(
            "happened_on",
            "When did it happen, or start?",
            Kind.PARTIAL_DATE,
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
        ),
        Question("happened_at", "If it was on one day: at about what time?", Kind.TIME, hint="For example, 4:30pm."),
        Question("where", "Where did it happen?", Kind.TEXT, limit=1000, mandatory=True, not_known=True),
        Question(
            "source",
            "How do you know?",
            Kind.MULTI,
            options=(
                Option("saw", "I saw or heard it"),
                Option("child", "The child told me"),
                Option("parent", "A parent or carer told me"),
                Option("colleague", "A colleague told me"),
                Option("other", "Somebody else told me"),
            ),
            mandatory=True,
        ),
        Question(
            "source_detail",
            "Who told you, and in what words?",
            Kind.LONG_TEXT,
            hint="Quote them, and say what you asked. Name each person, or say who must not be named and why.",
            when=(When("source", ("child", "parent", "colleague", "other")),),
            mandatory=True,
            not_known=True,
        ),
        Question(
            "history",
            "What happened before?",
            Kind.LONG_TEXT,
            hint="In a few words. Single events with their dates have a page of their own.",
            not_known=True,
        ),
    ),
)

_CHRONOLOGY = Page(
    key="chronology",
    section="The worry",
    title="What happened when",
    intro="Earlier events that matter, each by itself. Copy them from your records: what, when, and who says so.",
    questions=(
        Question(
            "chronology",
            "Events",
            Kind.ROWS,
            row_name="event",
            sorted_by="on",
            not_known=True,
            columns=(
                Question("on", "Date of the event", Kind.PARTIAL_DATE, hint="As far as you know it."),
                Question("event", "What happened?", Kind.LONG_TEXT, limit=2000),
                Question("told_by", "Who saw it or said it?", Kind.TEXT),
                Question("recorded", "Date when it was recorded", Kind.PARTIAL_DATE, date_rule=DateRule.PAST),
            ),
        ),
    ),
)

_ALLEGED = Page(
    key="alleged",
    section="The worry",
    title="Who may be causing harm",
    questions=(
        Question(
            "alleged",
            "Is somebody alleged or suspected to be causing harm?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "alleged_who",
            "Who, and how do they know the child?",
            Kind.LONG_TEXT,
            limit=1000,
            hint="Name, age if you know it, and where they live. A description will do if you have no name.",
            mandatory=True,
            not_known=True,
            when=(When("alleged", ("yes",)),),
        ),
        Question(
            "alleged_works_with_children",
            "Do they work or volunteer with children?",
            Kind.YES_NO,
            hint="If yes, the designated officer of the council where they work (the LADO) has to know too.",
            mandatory=True,
            when=(When("alleged", ("yes",)),),
        ),
        Question(
            "alleged_workplace",
            "Where do they work or volunteer?",
            Kind.TEXT,
            limit=1000,
            mandatory=True,
            not_known=True,
            when=(When("alleged_works_with_children", ("yes",)),),
        ),
        Question(
            "alleged_area",
            "Which council area is that in?",
            Kind.AREA,
            options=(Option("elsewhere", "Another area"),),
            mandatory=True,
            not_known=True,
            when=(When("alleged_works_with_children", ("yes",)),),
        ),
        Question(
            "alleged_learned_on",
            "On which day did you learn of it?",
            Kind.PARTIAL_DATE,
            hint="The designated officer has to be told within one working day of that.",
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("alleged_works_with_children", ("yes",)),),
        ),
        Question(
            "alleged_contact",
            "Can this person get to the child now, in person, by phone or online?",
            Kind.YES_NO,
            mandatory=True,
            when=(When("alleged", ("yes",)),),
        ),
        Question(
            "alleged_others",
            "Is anybody else alleged or suspected? Leave it empty if not",
            Kind.ROWS,
            row_name="person",
            when=(When("alleged", ("yes",)),),
            columns=(
                Question("who", "Who, and how do they know the child?", Kind.TEXT, limit=1000),
                Question("works", "Do they work or volunteer with children?", Kind.YES_NO),
                Question("workplace", "If they do, where?", Kind.TEXT, limit=1000),
                Question(
                    "work_area",
                    "If they do, which council area is that in?",
                    Kind.AREA,
                    options=(Option("elsewhere", "Another area"),),
                    not_known=True,
                ),
                Question("reach", "Can this person get to the child now, in person, by phone or online?", Kind.YES_NO),
            ),
        ),
    ),
)

_CIRCUMSTANCES = Page(
    key="circumstances",
    section="The worry",
    title="{name}: is any of this known or suspected?",
    intro="Some of these need a particular next step, and decide whether the family may be told.",
    per=Per.CHILD,
    questions=(
        Question(
            "circumstances",
            "Tick all that are known or suspected",
            Kind.MULTI,
            options=(
                Option("physical_abuse", "Physical abuse"),
                Option("non_mobile_injury", "A bruise or injury, and the child does not move about alone"),
                Option("emotional_abuse", "Emotional abuse"),
                Option("neglect", "Neglect"),
                Option("sexual_abuse", "Sexual abuse"),
                Option("sexual_activity_under_13", "Sexual activity by a child under 13"),
                Option("sexual_exploitation", "Sexual exploitation"),
                Option("criminal_exploitation", "Criminal exploitation, such as county lines"),
                Option("trafficking", "Trafficking or modern slavery"),
                Option("domestic_abuse", "Domestic abuse"),
                Option("fgm", "Female genital mutilation"),
                Option("forced_marriage", "Forced marriage"),
                Option("honour_based_abuse", "So-called honour-based abuse"),
                Option("fabricated_illness", "Fabricated or induced illness"),
                Option("radicalisation", "Radicalisation"),
                Option("gang", "Gangs or serious violence"),
                Option("serious_crime", "Another serious crime"),
                Option("harmful_sexual_behaviour", "Harmful sexual behaviour by the child"),
                Option("online_harm", "Harm online"),
                Option("person_posing_risk", "A person who poses a risk to children"),
                Option("missing", "Going missing"),
                Option("self_harm", "Self-harm"),
                Option("suicide_attempt", "An attempt at suicide"),
                Option("private_fostering", "Private fostering"),
                Option("homeless_16_17", "Homeless, or soon to be, at 16 or 17"),
                Option("young_carer", "Cares for somebody at home (a young carer)"),
                Option("none", "None of these", exclusive=True),
            ),
            mandatory=True,
            not_known=True,
        ),
    ),
)

_ANALYSIS = Page(
    key="analysis",
    section="The worry",
    title="What it adds up to",
    questions=(
        Question(
            "worried",
            "What are you worried about, and what may happen if nothing changes?",
            Kind.LONG_TEXT,
            hint="For each worry: what has happened, how often and how badly, what it does to the child, and what you "
            "fear will come of it.",
            mandatory=True,
        ),
        Question(
            "harder",
            "What makes it harder?",
            Kind.LONG_TEXT,
            hint="What stands in the way of keeping the child safe and well. For example debts, illness, or an adult "
            "who can't be spoken to.",
            not_known=True,
        ),
        Question(
            "working_well",
            "What is working well?",
            Kind.LONG_TEXT,
            hint="Who and what keeps the child safe and well already, and when it has gone better. Say how you know.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "needs_to_happen",
            "What needs to happen?",
            Kind.LONG_TEXT,
            hint="What would be different for the child, who has to see it, and the first step.",
            mandatory=True,
            not_known=True,
        ),
    ),
)

_VIEW = Page(
    key="child-view",
    section="The worry",
    title="{name}: their own view",
    per=Per.CHILD,
    questions=(
        Question(
            "view_given",
            "Do you have this child's own view?",
            Kind.CHOICE,
            options=(
                Option("words", "Yes, in their words"),
                Option("shown", "Yes, from how they behave or play"),
                Option("no", "No"),
            ),
            mandatory=True,
        ),
        Question(
            "view",
            "What did they say or show?",
            Kind.LONG_TEXT,
            hint="Their own words where you can.",
            mandatory=True,
            when=(When("view_given", ("words", "shown")),),
        ),
        Question(
            "view_wants",
            "What do they want to happen?",
            Kind.LONG_TEXT,
            hint="Also if it can't be had. For example “I want to stay with Nan”.",
            not_known=True,
            when=(When("view_given", ("words", "shown")),),
        ),
        Question(
            "view_absent_because",
            "Why not?",
            Kind.LONG_TEXT,
            hint="For example not born yet, too young, or it was not safe to ask.",
            mandatory=True,
            when=(When("view_given", ("no",)),),
        ),
    ),
)

_FAMILY_VIEW = Page(
    key="family-view",
    section="The worry",
    title="What the parents or carers say",
    questions=(
        Question(
            "parents_view",
            "What do they say about what worries you?",
            Kind.LONG_TEXT,
            hint="Say who says what. If nobody could be asked safely, write that.",
            mandatory=True,
            not_known=True,
            unknown_costs="The front door hears one side only, and has to ask.",
        ),
        Question(
            "parents_want",
            "What help do they want?",
            Kind.LONG_TEXT,
            hint="In their words. If they want none, say that.",
            not_known=True,
        ),
    ),
)

_SCALING = Page(
    key="scaling",
    section="The worry",
    title="How safe is it, from 0 to 10?",
    intro="0: so unsafe that something will happen soon. 10: safe enough that nobody needs to do more. "
    "Ask the family too, where it is safe to ask.",
    questions=(
        Question(
            "scaling",
            "Numbers, and who gave them",
            Kind.ROWS,
            row_name="number",
            not_known=True,
            columns=(
                Question("who", "Who says it?", Kind.TEXT, hint="For example you, the mother, or the child."),
                Question(
                    "score",
                    "Number",
                    Kind.SCALE,
                    options=tuple(Option(str(number), str(number)) for number in range(11)),
                ),
                Question("why", "Why this number, and not a lower one?", Kind.TEXT, limit=1000),
            ),
        ),
    ),
)

WORRY_PAGES = (
    HARM,
    INJURIES,
    _CONCERN,
    _CHRONOLOGY,
    _ALLEGED,
    HOME_LIFE,
    DOMESTIC_ABUSE,
    _CIRCUMSTANCES,
    FGM,
    MISSING,
    _ANALYSIS,
    _FAMILY_VIEW,
    _SCALING,
    _VIEW,
)
