"""Pages of the MARF about the referral itself: why it is made, and who makes it."""

from referrals.record.domain.forms.parts import Kind, Option, Page, Question, When

REASON = Page(
    key="reason",
    section="Before you start",
    title="Why you are referring",
    questions=(
        Question(
            "referral_type",
            "What do you think is needed?",
            Kind.CHOICE,
            hint="The front door decides. Your view helps it to start in the right place.",
            options=(
                Option("protect", "Protection: a child is harmed, or may be"),
                Option("need", "Children's social care: without it the child will not do well"),
                Option("early_help", "Early help for the family"),
                Option("not_sure", "I am not sure"),
            ),
            mandatory=True,
        ),
        Question(
            "referral_reason",
            "Why now? One or two sentences",
            Kind.LONG_TEXT,
            hint="What changed, or was one thing too many. The details follow on other pages.",
            limit=500,
            mandatory=True,
        ),
        Question("referred_before", "Has your agency referred this family before?", Kind.YES_NO),
        Question(
            "referred_before_what",
            "When, and what came of it?",
            Kind.LONG_TEXT,
            limit=2000,
            hint="The year will do. What was decided, and what changed for the children.",
            not_known=True,
            when=(When("referred_before", ("yes",)),),
        ),
    ),
)

REFERRER = Page(
    key="referrer",
    section="Before you start",
    title="How to reach you",
    intro="The front door may ring you back. People who work with children give their name when they refer.",
    questions=(
        Question(
            "referrer_relationship",
            "How do you know the child or children?",
            Kind.TEXT,
            hint="For example their class teacher for two years, or met once on a visit.",
            mandatory=True,
        ),
        Question(
            "referrer_phone",
            "Phone number on which you can be reached",
            Kind.PHONE,
            mandatory=True,
            from_account="phone",
        ),
        Question(
            "referrer_email",
            "Secure e-mail address",
            Kind.EMAIL,
            hint="A work address. Never a private one.",
            from_account="email",
        ),
        Question(
            "referrer_address",
            "Address of your school, surgery or office",
            Kind.LONG_TEXT,
            limit=500,
            hint="If somebody may have to find you there.",
        ),
        Question(
            "referrer_best_time",
            "When is the best time to reach you?",
            Kind.TEXT,
            hint="For example after 3:30pm, or between lessons at 10:50am.",
        ),
        Question(
            "referrer_stand_in",
            "Who can answer for you when you are not there?",
            Kind.TEXT,
            limit=500,
            hint="Name, role and phone number.",
        ),
    ),
)
