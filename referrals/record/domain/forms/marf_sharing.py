"""Pages of the MARF about sharing with and about the family, and about what has been done already."""

from referrals.record.domain.forms import common
from referrals.record.domain.forms.agreed import AGREED_IN_PART
from referrals.record.domain.forms.parts import NOT_KNOWN, DateRule, Kind, Option, Page, Per, Question, When

# Values as consent's rules name them, so that no table stands between the answer and the decision.
_SAID = (
    Option("given", "Yes, to all of it"),
    Option("limited", "Yes, to some of it"),
    Option("refused", "No"),
    Option("withdrawn", "They agreed before and took it back"),
    Option("not_sought", "They have not been asked"),
)
_ASKED = ("given", "limited", "refused", "withdrawn")

_REASONS = (
    Option("risk_to_child", "It could put the child at more risk"),
    Option("risk_to_another_child", "It could put another child at risk"),
    Option("risk_to_somebody_else", "It could put somebody else at risk"),
    Option("risk_to_referrer", "It could put me or a colleague at risk"),
    Option("serious_crime", "It could get in the way of an investigation of a serious crime"),
    Option("assault_by_carer", "It is about violence or sexual abuse by a parent or carer"),
    Option("fabricated_illness_or_forced_marriage", "It is about fabricated illness or forced marriage"),
    Option("harmful_delay", "It would take time that the child doesn't have"),
    Option("not_reached", "I could not reach them"),
)
_NOT_ASKED = (
    Question(
        "not_asked_because",
        "Why have they not been asked?",
        Kind.MULTI,
        options=_REASONS,
        when=(When("said", ("not_sought",)),),
    ),
    Question(
        "not_asked_why",
        "What does that rest on? If you could not reach them, what did you try?",
        Kind.LONG_TEXT,
        when=(When("said", ("not_sought",)),),
    ),
)
"""Asked about each person: one may be dangerous to ask, and another easy."""

_BORN = (When("unborn", ("no",), page="child-about"),)

_CHILD = Page(
    key="child-sharing",
    section="Sharing information",
    title="{name}: what they say about this referral",
    per=Per.CHILD,
    when=_BORN,
    questions=(
        Question(
            "said", "Does this child agree to the referral?", Kind.CHOICE, options=_SAID, mandatory=True, not_known=True
        ),
        Question(
            "said_on",
            "On which day did they say so?",
            Kind.DATE,
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("said", _ASKED),),
        ),
        Question("said_to", "Who asked them?", Kind.TEXT, not_known=True, when=(When("said", _ASKED),)),
        *AGREED_IN_PART,
        Question(
            "words",
            "What did they say, in their own words?",
            Kind.LONG_TEXT,
            not_known=True,
            when=(When("said", _ASKED),),
        ),
        *_NOT_ASKED,
        Question(
            "told_on",
            "If they know that you are sending it, on which day were they told?",
            Kind.DATE,
            date_rule=DateRule.PAST,
        ),
    ),
)

_UNDERSTANDS = Page(
    key="child-understands",
    section="Sharing information",
    title="{name}: can they decide this themselves?",
    intro="Age is a prompt and decides nothing. From 16 on, capacity is assumed unless there is reason to doubt it.",
    per=Per.CHILD,
    when=_BORN,
    questions=(
        Question(
            "competent",
            "Under 16: do they understand this decision, in your judgement?",
            Kind.YES_NO,
            hint="What it is about, and what may follow from it.",
        ),
        Question(
            "competence_reasoning",
            "What makes you think so?",
            Kind.LONG_TEXT,
            mandatory=True,
            when=(When("competent", ("yes", "no")),),
        ),
        Question("capacity", "16 or 17: do they have the mental capacity for this decision?", Kind.YES_NO),
        Question(
            "capacity_why",
            "Why do you doubt it?",
            Kind.LONG_TEXT,
            mandatory=True,
            when=(When("capacity", ("no",)),),
        ),
    ),
)

_CARE_ORDER = Page(
    key="child-care-order",
    section="Sharing information",
    title="{name}: care order",
    intro="Under a care order the local authority shares parental responsibility, so it is asked too.",
    per=Per.CHILD,
    when=_BORN,
    questions=(
        Question("care_order", "Is there a care order for this child?", Kind.YES_NO),
        Question(
            "authority_said",
            "What does the local authority say about this referral?",
            Kind.CHOICE,
            options=_SAID,
            not_known=True,
            when=(When("care_order", ("yes",)),),
        ),
        Question(
            "authority_said_on",
            "On which day did they say so?",
            Kind.DATE,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("care_order", ("yes",)), When("authority_said", _ASKED)),
        ),
        Question(
            "authority_who",
            "Who said it, and what in their words?",
            Kind.LONG_TEXT,
            not_known=True,
            when=(When("care_order", ("yes",)), When("authority_said", _ASKED)),
        ),
    ),
)

_FAMILY = Page(
    key="member-sharing",
    section="Sharing information",
    title="{name}: what they say about this referral",
    intro="Talk first, unless that could put a child or anybody else at risk, or lose evidence.",
    per=Per.MEMBER,
    questions=(
        Question(
            "information_shared",
            "Does the referral hold information about this person?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question("said", "Do they agree to the referral?", Kind.CHOICE, options=_SAID, mandatory=True, not_known=True),
        Question(
            "said_on",
            "On which day did they say so?",
            Kind.DATE,
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("said", _ASKED),),
        ),
        Question("said_to", "Who asked them?", Kind.TEXT, not_known=True, when=(When("said", _ASKED),)),
        *AGREED_IN_PART,
        Question(
            "words",
            "What did they say? If they refused, why?",
            Kind.LONG_TEXT,
            mandatory=True,
            not_known=True,
            when=(When("said", _ASKED),),
        ),
        *_NOT_ASKED,
        Question(
            "told_on",
            "If they know that you are sending it, on which day were they told?",
            Kind.DATE,
            date_rule=DateRule.PAST,
        ),
    ),
)

_WITHOUT = Page(
    key="without-agreement",
    section="Sharing information",
    title="If somebody has not agreed",
    intro="Where a child has been harmed or may be, you can share without agreement. Record why.",
    questions=(
        Question(
            "everybody_agrees",
            "Do all of them agree: each child who can say, and a parent with parental responsibility?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "not_seeking",
            "Is there anybody else whom you did not ask? If so, why not?",
            Kind.MULTI,
            options=_REASONS,
            when=(When("everybody_agrees", ("no", NOT_KNOWN)),),
        ),
        Question(
            "not_seeking_why",
            "Explain the reason",
            Kind.LONG_TEXT,
            mandatory=True,
            when=(
                When("everybody_agrees", ("no", NOT_KNOWN)),
                When(
                    "not_seeking",
                    (
                        "risk_to_child",
                        "risk_to_another_child",
                        "risk_to_somebody_else",
                        "risk_to_referrer",
                        "serious_crime",
                        "assault_by_carer",
                        "fabricated_illness_or_forced_marriage",
                        "harmful_delay",
                    ),
                ),
            ),
        ),
        Question(
            "tried",
            "What did you do to reach them?",
            Kind.LONG_TEXT,
            mandatory=True,
            when=(When("everybody_agrees", ("no", NOT_KNOWN)), When("not_seeking", ("not_reached",))),
        ),
        Question(
            "why_without",
            "Why is it right for the child to share without agreement?",
            Kind.LONG_TEXT,
            mandatory=True,
            when=(When("everybody_agrees", ("no", NOT_KNOWN)),),
        ),
    ),
)

_TELLING = Page(
    key="telling",
    section="Sharing information",
    title="What the family may know",
    questions=(
        Question(
            "risk_from_telling",
            "Could telling the family put anybody at risk?",
            Kind.YES_NO,
            hint="If yes or not known, the family is not told until the front door says so.",
            mandatory=True,
        ),
        Question(
            "risk_from_telling_why",
            "What is the risk, and to whom?",
            Kind.LONG_TEXT,
            hint="What has been said or done that makes you fear it. For example “He hit her after she spoke to us.”",
            mandatory=True,
            when=(When("risk_from_telling", ("yes",)),),
        ),
        Question(
            "withhold",
            "Is there anything in this referral that the family must not see?",
            Kind.LONG_TEXT,
            hint="For example who told you, or where somebody lives.",
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

_HOLDS = Page(
    key="what-it-holds",
    section="Sharing information",
    title="What the referral holds",
    intro="Share what the front door needs to keep the child safe, and no more.",
    questions=(
        Question(
            "special_category",
            "Does it speak of health, ethnicity, religion, or sexual life or orientation?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "criminal_offence",
            "Does it speak of crimes, also alleged ones?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "facts_apart_from_opinion",
            "Have you kept facts apart from what you think of them?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "asked_under_s47",
            "Did the council ask you for it, for an inquiry under section 47?",
            Kind.YES_NO,
        ),
    ),
)

SHARING_PAGES = (_TELLING, _CHILD, _UNDERSTANDS, _CARE_ORDER, _FAMILY, _WITHOUT, _HOLDS)
"""Whether telling is dangerous is asked before anybody is asked who was told, and when."""

_AGENCY = Page(
    key="agency-action",
    section="What has been done",
    title="What your agency has done",
    questions=(
        Question(
            "done",
            "What has your agency done to help so far, and what changed?",
            Kind.LONG_TEXT,
            hint="Each step with its date. For example “Breakfast club since May: on time on three days of five.”",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "will_do",
            "What will you go on doing?",
            Kind.LONG_TEXT,
            hint="Who sees the child, how often, and whom they tell.",
            not_known=True,
        ),
    ),
)

_EARLY_HELP = Page(
    key="early-help",
    section="What has been done",
    title="Early help so far",
    questions=(
        Question("eha_done", "Has there been an early help assessment?", Kind.YES_NO, mandatory=True),
        Question(
            "eha_on",
            "When was it done?",
            Kind.PARTIAL_DATE,
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("eha_done", ("yes",)),),
        ),
        Question(
            "eha_when",
            "Who leads it, and what came of it?",
            Kind.TEXT,
            limit=1000,
            mandatory=True,
            not_known=True,
            when=(When("eha_done", ("yes",)),),
        ),
        Question(
            "eha_none_because",
            "Why not?",
            Kind.LONG_TEXT,
            hint="Harm needs no assessment first: then say just that.",
            mandatory=True,
            not_known=True,
            when=(When("eha_done", ("no",)),),
        ),
    ),
)

DONE_PAGES = (common.RING_FIRST, _AGENCY, _EARLY_HELP)
