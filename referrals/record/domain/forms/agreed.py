"""What somebody agrees to who agrees to a part: which parts of the form, and who may have them.

Values as consent's rules name them. What finds a child and keeps somebody safe is no part to choose: it always goes.
"""

from referrals.record.domain.forms.parts import Kind, Option, Question, When

AGREED_PARTS = (
    Option("background", "Background", hint="Language, religion, ethnicity, who looks after the child."),
    Option("health", "Health, disability and feelings"),
    Option("school", "School or nursery"),
    Option("home", "Home life", hint="Care, family, housing and money."),
    Option("agencies", "Who else works with the family"),
    Option("level", "Strengths, needs and the level of need"),
    Option("help", "What has been done, and help so far"),
    Option("files", "Files"),
)
"""Parts of the form, as people ask a family about them."""
ALL_PARTS = Option("all", "All of it", exclusive=True)

AGREED_WITH = (
    Option("early_help", "Early help: teams that support families"),
    Option("social_care", "Children's social care"),
    Option("specialist", "Teams for one thing, such as exploitation"),
)
"""Kinds of front door that somebody may agree to. Who deals with an allegation, and the police, aren't asked for: a
limit holds back nothing that protects."""
EVERYBODY = Option("everybody", "Everybody it has to go to", exclusive=True)

_LIMITED = (When("said", ("limited",)),)

AGREED_IN_PART = (
    Question(
        "agreed_parts",
        "Which parts may go along?",
        Kind.MULTI,
        hint="Who the child is, where they are, the worry, what the adults at home live with and what keeps anybody "
        "safe always go.",
        options=(*AGREED_PARTS, ALL_PARTS),
        mandatory=True,
        not_known=True,
        when=_LIMITED,
    ),
    Question(
        "agreed_with",
        "Who may have them?",
        Kind.MULTI,
        options=(*AGREED_WITH, EVERYBODY),
        mandatory=True,
        not_known=True,
        when=_LIMITED,
    ),
    Question("limits", "What do they agree to, in their words?", Kind.LONG_TEXT, mandatory=True, when=_LIMITED),
)
"""Asked of each person who agrees to some of it."""
