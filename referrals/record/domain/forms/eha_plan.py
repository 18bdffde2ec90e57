"""Pages of the early help assessment about what was agreed: actions, the team, the lead, how it is measured, review.

Actions are bounded, a page each: the next one is asked for when the one before says so, so that nothing needs a script.
"""

from referrals.record.domain.forms.parts import Kind, Option, Page, Question, When

AGREED = "What we agreed"
MOST_ACTIONS = 8


def action_key(number: int) -> str:
    """Return the key of the page about an action, counted from 1."""
    return f"action-{number}"


def _action(number: int) -> Page:
    last = number == MOST_ACTIONS
    follows = (
        Question(
            f"more_{number}",
            "Anything else that was agreed",
            Kind.LONG_TEXT,
            hint="This is the last action of its own. Write who does what by when.",
        )
        if last
        else Question(
            f"more_{number}",
            "Is there another action?",
            Kind.CHOICE,
            options=(Option("yes", "Yes"), Option("no", "No")),
            mandatory=True,
        )
    )
    return Page(
        key=action_key(number),
        section=AGREED,
        title=f"Action {number}",
        intro="" if number > 1 else "What you agreed together, one action a page, the family's own among them.",
        when=() if number == 1 else (When(f"more_{number - 1}", ("yes",), page=action_key(number - 1)),),
        questions=(
            Question(
                f"action_{number}_need",
                "Which need is it for?",
                Kind.TEXT,
                hint="One of those that you wrote down. For example, getting to school on time.",
            ),
            Question(
                f"action_{number}_what",
                "What will be done?",
                Kind.LONG_TEXT,
                limit=2000,
                hint="One thing that somebody can see done, and how often. Not “support”, but “we ring at seven”.",
                mandatory=True,
            ),
            Question(
                f"action_{number}_who",
                "Who does it?",
                Kind.TEXT,
                hint="A name: a family member, or somebody who has agreed to do it.",
                mandatory=True,
            ),
            Question(f"action_{number}_by", "By when?", Kind.PARTIAL_DATE, mandatory=True, not_known=True),
            Question(
                f"action_{number}_outcome", "How will you know that it helped?", Kind.TEXT, limit=1000, not_known=True
            ),
            follows,
        ),
    )


ACTION_PAGES = tuple(_action(number) for number in range(1, MOST_ACTIONS + 1))

_TEAM = Page(
    key="team",
    section=AGREED,
    title="Team around the family",
    questions=(
        Question(
            "team",
            "Who is in the team, and what does each do?",
            Kind.LONG_TEXT,
            hint="One person a line: name, agency, phone, and what they do. The family belongs to the team.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "team_asked",
            "Have those who are named agreed to take part?",
            Kind.YES_NO,
            mandatory=True,
        ),
    ),
)

_LEAD = Page(
    key="lead",
    section=AGREED,
    title="Who leads",
    intro="One person who holds the plan together, and whom the family can turn to.",
    questions=(
        Question("lead_name", "Name of the lead professional", Kind.TEXT, mandatory=True, not_known=True),
        Question("lead_agency", "Their role and agency", Kind.TEXT, mandatory=True, not_known=True),
        Question("lead_contact", "How to reach them", Kind.TEXT, limit=1000, mandatory=True, not_known=True),
        Question("lead_agreed", "Have they agreed to lead?", Kind.YES_NO, mandatory=True),
        Question(
            "lead_choice",
            "Whom do the children and the family want to lead?",
            Kind.TEXT,
            limit=1000,
            hint="If it is somebody else, say why they don't.",
            mandatory=True,
            not_known=True,
        ),
    ),
)

_MEASURES = Page(
    key="measures",
    section=AGREED,
    title="How change is measured",
    questions=(
        Question(
            "measured_by",
            "Who has filled in an outcome measure?",
            Kind.MULTI,
            options=(
                Option("parent", "A parent or carer"),
                Option("lead", "The lead professional"),
                Option("child", "A child"),
                Option("other", "Another family member"),
                Option("none", "Nobody yet", exclusive=True),
            ),
            mandatory=True,
            not_known=True,
        ),
        Question(
            "measured",
            "Which measure, and what does each say?",
            Kind.LONG_TEXT,
            hint="The name of the measure, then who gave which result.",
            mandatory=True,
            not_known=True,
            when=(When("measured_by", ("parent", "lead", "child", "other")),),
        ),
        Question(
            "not_measured_because",
            "Why not yet?",
            Kind.LONG_TEXT,
            mandatory=True,
            when=(When("measured_by", ("none",)),),
        ),
    ),
)

_REVIEW = Page(
    key="review",
    section=AGREED,
    title="Review",
    questions=(
        Question("review_on", "When is it reviewed?", Kind.PARTIAL_DATE, mandatory=True, not_known=True),
        Question("review_how", "Where or how, and who comes?", Kind.TEXT, limit=1000, not_known=True),
    ),
)

PLAN_PAGES = (*ACTION_PAGES, _TEAM, _LEAD, _MEASURES, _REVIEW)
