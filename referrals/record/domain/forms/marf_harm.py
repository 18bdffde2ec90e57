"""Pages of the MARF about harm: to each child, on the body, by going missing, and what the adults at home live with."""

from referrals.record.domain.forms import body, common
from referrals.record.domain.forms.parts import DateRule, Kind, Option, Page, Per, Question, When

HARM = Page(
    key="harm",
    section="The worry",
    title="{name}: harm",
    intro="Harm is asked for each child, apart from any level of need.",
    per=Per.CHILD,
    questions=(
        common.HARM,
        Question(
            "harm_what",
            "What is the harm, or what do you fear?",
            Kind.LONG_TEXT,
            mandatory=True,
            not_known=True,
            when=(When("harm", common.POSSIBLE_HARM),),
        ),
        Question(
            "injured",
            "Has the child an injury, or marks?",
            Kind.YES_NO,
            hint="Of which you know, or which you see. Don't undress a child to look.",
            when=(When("harm", common.POSSIBLE_HARM),),
        ),
    ),
)

INJURIES = Page(
    key="injuries",
    section="The worry",
    title="{name}: injuries or marks",
    intro="Write down what you see or were told. Don't undress or photograph the child, and don't ask what leads them.",
    per=Per.CHILD,
    when=(When("injured", ("yes",), page="harm"),),
    questions=(
        Question(
            "body",
            "Where on the body?",
            Kind.BODY,
            hint="Left and right are the child's own. Say for each place what you see: size, colour, shape.",
            options=body.OPTIONS,
            mandatory=True,
            not_known=True,
        ),
        Question(
            "injury",
            "How was it explained, by whom, and in what words?",
            Kind.LONG_TEXT,
            mandatory=True,
            not_known=True,
        ),
        Question("injury_on", "When did it happen, as far as is known?", Kind.PARTIAL_DATE, date_rule=DateRule.PAST),
        Question("injury_seen_by", "Who saw it, and when?", Kind.TEXT, limit=500),
        Question(
            "injury_doctor",
            "Has a doctor or nurse seen it?",
            Kind.YES_NO,
            hint="If it may need treatment, get that first.",
            mandatory=True,
        ),
    ),
)

HOME_LIFE = Page(
    key="home-life",
    section="The worry",
    title="What the adults at home live with",
    questions=(
        Question(
            "adults_have",
            "Is any of this known or suspected of the adults who look after the children?",
            Kind.MULTI,
            options=(
                Option("domestic_abuse_now", "Domestic abuse now"),
                Option("domestic_abuse_before", "Domestic abuse in the past"),
                Option("mental_health", "Poor mental health"),
                Option("substances", "Alcohol or drugs"),
                Option("learning", "Learning difficulties"),
                Option("illness", "Illness or disability"),
                Option("crime", "Crime, or time in prison"),
                Option("money", "Money, debts or housing"),
                Option("none", "None of these", exclusive=True),
            ),
            mandatory=True,
            not_known=True,
        ),
        Question(
            "adults_detail",
            "Who is it about, and how does it affect the children?",
            Kind.LONG_TEXT,
            hint="For each: who, since when, how bad it is on a bad day, and what the children then do without.",
            not_known=True,
            when=(
                When(
                    "adults_have",
                    (
                        "domestic_abuse_now",
                        "domestic_abuse_before",
                        "mental_health",
                        "substances",
                        "learning",
                        "illness",
                        "crime",
                        "money",
                    ),
                ),
            ),
        ),
    ),
)

DOMESTIC_ABUSE = Page(
    key="domestic-abuse",
    section="The worry",
    title="Domestic abuse",
    intro="Don't let the person who may be abusive learn of these questions or answers.",
    when=(When("adults_have", ("domestic_abuse_now", "domestic_abuse_before"), page="home-life"),),
    questions=(
        Question(
            "dash",
            "Was a DASH risk checklist done?",
            Kind.YES_NO,
            hint="DASH: domestic abuse, stalking and honour-based violence. 24 questions, asked of the adult victim.",
        ),
        Question(
            "dash_on", "On which day?", Kind.PARTIAL_DATE, date_rule=DateRule.PAST, when=(When("dash", ("yes",)),)
        ),
        Question(
            "dash_score", "How many were answered yes?", Kind.TEXT, not_known=True, when=(When("dash", ("yes",)),)
        ),
        Question(
            "marac",
            "Is there a MARAC about the family, or has there been one?",
            Kind.CHOICE,
            hint="A conference of agencies about adults at high risk of domestic abuse.",
            options=(
                Option("held", "Yes, it was held"),
                Option("referred", "It was asked for, and isn't held yet"),
                Option("no", "No"),
            ),
            not_known=True,
        ),
        Question(
            "marac_on",
            "When was it, or when will it be?",
            Kind.PARTIAL_DATE,
            when=(When("marac", ("held", "referred")),),
        ),
    ),
)

MISSING = Page(
    key="missing",
    section="The worry",
    title="{name}: times missing",
    per=Per.CHILD,
    when=(When("circumstances", ("missing",), page="circumstances"),),
    questions=(
        Question(
            "missing_now",
            "Is the child missing now?",
            Kind.YES_NO,
            hint="If yes, the police have to know: call 999 if the child may be in danger, else 101.",
            mandatory=True,
        ),
        Question(
            "description",
            "What do they look like, and what are they wearing?",
            Kind.LONG_TEXT,
            hint="Height, build, hair, eyes, marks, clothes, phone with them.",
            mandatory=True,
            not_known=True,
            when=(When("missing_now", ("yes",)),),
        ),
        Question(
            "missing_episodes",
            "Times missing in the last 90 days",
            Kind.ROWS,
            row_name="time",
            sorted_by="since",
            not_known=True,
            columns=(
                Question("since", "From", Kind.PARTIAL_DATE, date_rule=DateRule.PAST),
                Question("until", "To", Kind.PARTIAL_DATE),
                Question("where", "Where and with whom were they, as far as is known?", Kind.TEXT, limit=1000),
            ),
        ),
    ),
)

_KNOWN_CASE = (When("fgm_known", ("yes",)), When("fgm_regulated", ("yes",)))
FGM = Page(
    key="fgm",
    section="The worry",
    title="{name}: female genital mutilation",
    intro="Don't examine the child, and don't tell the family until the front door says so.",
    per=Per.CHILD,
    when=(When("circumstances", ("fgm",), page="circumstances"),),
    questions=(
        Question(
            "fgm_known",
            "Did she tell you that she was cut, or did you see signs of it?",
            Kind.YES_NO,
            hint="You yourself. If somebody else told you, or you fear that it may happen, answer no: this referral "
            "tells the front door.",
            mandatory=True,
        ),
        Question(
            "fgm_learned_on",
            "On which day did she tell you, or did you see them?",
            Kind.PARTIAL_DATE,
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("fgm_known", ("yes",)),),
        ),
        Question(
            "fgm_regulated",
            "Are you a teacher, or a registered health or social care professional?",
            Kind.YES_NO,
            hint="For example a nurse, midwife, doctor or social worker. The law then asks you to report it to the "
            "police yourself, straight away.",
            mandatory=True,
            when=(When("fgm_known", ("yes",)),),
        ),
        Question(
            "fgm_reported",
            "Have you reported it to the police yourself?",
            Kind.YES_NO,
            hint="On 101, or in writing. Sending this referral is not that report, and nobody can make it for you.",
            mandatory=True,
            when=_KNOWN_CASE,
        ),
        Question(
            "fgm_police_reference",
            "Reference number that the police gave you",
            Kind.TEXT,
            not_known=True,
            when=(*_KNOWN_CASE, When("fgm_reported", ("yes",))),
        ),
    ),
)
