"""Words for the codes of packs, as people read them. A code without words fails a test."""

from django.utils.translation import gettext_noop

from thresholds.domain.doors import Takes
from thresholds.domain.duties import Effect, Event, NoteKind, Silent, Unit
from thresholds.domain.early_help import EarlyHelpTopic
from thresholds.domain.parts import AgencyKind, Agreement, Flag, Harm

TAKES = {
    Takes.PROTECTION: gettext_noop("child protection"),
    Takes.IN_NEED: gettext_noop("children in need"),
    Takes.EARLY_HELP: gettext_noop("early help"),
    Takes.ADVICE: gettext_noop("advice"),
    Takes.ALLEGATION: gettext_noop("allegations against people who work with children"),
    Takes.RADICALISATION: gettext_noop("radicalisation"),
    Takes.EXPLOITATION: gettext_noop("exploitation"),
    Takes.DISABILITY: gettext_noop("disabled children"),
}
UNITS = {
    Unit.HOURS: gettext_noop("hours"),
    Unit.WORKING_HOURS: gettext_noop("working hours"),
    Unit.DAYS: gettext_noop("days"),
    Unit.WORKING_DAYS: gettext_noop("working days"),
    Unit.MONTHS: gettext_noop("months"),
}
EVENTS = {
    Event.CALL: gettext_noop("the call"),
    Event.REFERRAL: gettext_noop("the referral"),
    Event.ALLEGATION: gettext_noop("the allegation"),
    Event.STRATEGY_DISCUSSION: gettext_noop("the strategy discussion"),
    Event.FGM_DISCOVERED: gettext_noop("FGM was discovered"),
    Event.DISAGREEMENT: gettext_noop("the disagreement was raised"),
    Event.EARLY_HELP_STARTED: gettext_noop("early help began"),
    Event.PARTNER_ASKED: gettext_noop("the partner was asked"),
    Event.DRAFT_CHANGED: gettext_noop("the draft was last changed"),
}
HARM = {
    Harm.YES: gettext_noop("yes"),
    Harm.SUSPECTED: gettext_noop("suspected"),
    Harm.NOT_SURE: gettext_noop("not sure"),
    Harm.NO: gettext_noop("no"),
}
AGREEMENT = {
    Agreement.GIVEN: gettext_noop("given"),
    Agreement.REFUSED: gettext_noop("refused"),
    Agreement.NOT_SOUGHT: gettext_noop("not sought"),
    Agreement.CHILD_ONLY: gettext_noop("given by the child alone"),
}
AGENCIES = {
    AgencyKind.SCHOOL: gettext_noop("a school"),
    AgencyKind.EARLY_YEARS: gettext_noop("early years"),
    AgencyKind.HEALTH: gettext_noop("health"),
    AgencyKind.POLICE: gettext_noop("police"),
    AgencyKind.HOUSING: gettext_noop("housing"),
    AgencyKind.VOLUNTARY: gettext_noop("the voluntary sector"),
    AgencyKind.LOCAL_AUTHORITY: gettext_noop("the local authority"),
    AgencyKind.OTHER: gettext_noop("another agency"),
}
EFFECTS = {
    Effect.AGREEMENT_NEEDED: gettext_noop("Agreement is needed"),
    Effect.AGREEMENT_NOT_NEEDED: gettext_noop("Agreement is not needed"),
    Effect.CHILD_AGREES_TOO: gettext_noop("The child is asked too"),
    Effect.WEIGH_MATURITY: gettext_noop("Weigh the child's maturity"),
    Effect.PARENT_DECIDES: gettext_noop("A parent or guardian decides"),
    Effect.MANAGER_APPROVES: gettext_noop("A manager approves"),
    Effect.MANAGER_OR_LEAD_APPROVES: gettext_noop("A manager or safeguarding lead approves"),
    Effect.MANAGER_OR_LEAD_ADVISES: gettext_noop("Ask a manager or safeguarding lead"),
    Effect.TELL_BEFORE: gettext_noop("Tell the family first"),
    Effect.TELL_AFTER: gettext_noop("Tell the family afterwards"),
    Effect.TELLING_IS_GOOD_PRACTICE: gettext_noop("Telling the family is good practice"),
    Effect.MAY_WITHHOLD: gettext_noop("You may go ahead without telling the family"),
    Effect.NEVER_TELL: gettext_noop("The family must not be told"),
    Effect.RECORD_REASONS: gettext_noop("Record the reasons"),
    Effect.TELL_DOOR_OF_REFUSAL: gettext_noop("Tell the front door of the refusal"),
    Effect.REFUSAL_ALONE_RAISES_NOTHING: gettext_noop("Refusal alone raises nothing"),
    Effect.REFUSAL_MAY_SIGNAL_RISK: gettext_noop("Refusal may be a sign of risk"),
    Effect.NEVER_DELAY: gettext_noop("Nothing waits for it"),
    Effect.CONFIRM_AGREEMENT: gettext_noop("Say in the referral that agreement was given"),
}
SILENT = {
    Silent.DESCRIPTORS: gettext_noop("Descriptors"),
    Silent.EXPLOITATION: gettext_noop("An exploitation indicator"),
    Silent.PROTECTIVE_FACTORS: gettext_noop("Protective factors"),
    Silent.HARM_FACTORS: gettext_noop("Harm factors"),
    Silent.SERVICES: gettext_noop("Services by level"),
    Silent.DEADLINES: gettext_noop("Local deadlines"),
    Silent.ESCALATION_STAGES: gettext_noop("Stages of a disagreement"),
    Silent.COMPETENCE: gettext_noop("When a child can decide for themself"),
    Silent.CUMULATIVE: gettext_noop("Several needs together"),
    Silent.FRONT_DOOR_NUMBER: gettext_noop("The front door's number"),
    Silent.FRONT_DOOR_HOURS: gettext_noop("The front door's hours"),
    Silent.OUT_OF_HOURS_NUMBER: gettext_noop("A number out of hours"),
    Silent.EMERGENCY: gettext_noop("What to do in an emergency"),
    Silent.LADO: gettext_noop("How to reach the designated officer (LADO)"),
    Silent.EXPLOITATION_ROUTE: gettext_noop("A route for exploitation"),
    Silent.REFUSAL: gettext_noop("What follows a refusal"),
    Silent.EARLY_HELP: gettext_noop("An early help assessment by name"),
}
NOTES = {
    NoteKind.GARBLED: gettext_noop("Damaged text"),
    NoteKind.OUT_OF_DATE: gettext_noop("Out of date"),
    NoteKind.CONFLICT: gettext_noop("Contradiction"),
    NoteKind.UNSAFE: gettext_noop("Made safe"),
    NoteKind.NEWER_PAGE: gettext_noop("Newer page"),
    NoteKind.READING: gettext_noop("How we read it"),
}
FLAGS = {
    Flag.IMMEDIATE_DANGER: gettext_noop("immediate danger"),
    Flag.PHYSICAL_ABUSE: gettext_noop("physical abuse"),
    Flag.NON_MOBILE_INJURY: gettext_noop("bruise or injury on a child who doesn't move about alone"),
    Flag.EMOTIONAL_ABUSE: gettext_noop("emotional abuse"),
    Flag.NEGLECT: gettext_noop("neglect"),
    Flag.SEXUAL_ABUSE: gettext_noop("sexual abuse"),
    Flag.SEXUAL_ACTIVITY: gettext_noop("sexual activity"),
    Flag.SEXUAL_ACTIVITY_UNDER_13: gettext_noop("sexual activity under 13"),
    Flag.HARMFUL_SEXUAL_BEHAVIOUR: gettext_noop("worrying or harmful sexual behaviour"),
    Flag.SEXUAL_EXPLOITATION: gettext_noop("sexual exploitation"),
    Flag.CRIMINAL_EXPLOITATION: gettext_noop("criminal exploitation"),
    Flag.GANG: gettext_noop("gangs"),
    Flag.TRAFFICKING: gettext_noop("trafficking or modern slavery"),
    Flag.MISSING: gettext_noop("going missing"),
    Flag.ONLINE_HARM: gettext_noop("harm online"),
    Flag.RADICALISATION: gettext_noop("radicalisation"),
    Flag.FGM: gettext_noop("FGM"),
    Flag.FORCED_MARRIAGE: gettext_noop("forced marriage"),
    Flag.HONOUR_BASED_ABUSE: gettext_noop("honour-based abuse"),
    Flag.FABRICATED_ILLNESS: gettext_noop("fabricated or induced illness"),
    Flag.DISCLOSURE: gettext_noop("the child has told somebody of abuse"),
    Flag.DOMESTIC_ABUSE: gettext_noop("domestic abuse"),
    Flag.SELF_HARM: gettext_noop("self-harm"),
    Flag.SUICIDE_ATTEMPT: gettext_noop("suicide attempt"),
    Flag.ALLEGATION_AGAINST_PROFESSIONAL: gettext_noop("allegation against somebody who works with children"),
    Flag.PERSON_POSING_RISK: gettext_noop("a person who poses a risk to children"),
    Flag.SERIOUS_CRIME: gettext_noop("serious crime"),
    Flag.PARENTAL_SUBSTANCE_MISUSE: gettext_noop("parents' use of alcohol or drugs"),
    Flag.PARENTAL_MENTAL_HEALTH: gettext_noop("parents' mental health"),
    Flag.SUBSTANCE_MISUSE: gettext_noop("the child's use of alcohol or drugs"),
    Flag.DISABILITY: gettext_noop("disability"),
    Flag.YOUNG_CARER: gettext_noop("young carer"),
    Flag.UNBORN: gettext_noop("unborn child"),
    Flag.PRIVATE_FOSTERING: gettext_noop("private fostering"),
    Flag.HOMELESS_16_17: gettext_noop("homeless at 16 or 17"),
    Flag.UNACCOMPANIED: gettext_noop("unaccompanied child"),
    Flag.NOT_IN_EDUCATION: gettext_noop("not in education"),
}
EARLY_HELP = {
    EarlyHelpTopic.ASSESSMENT: gettext_noop("The assessment"),
    EarlyHelpTopic.ANALYSIS: gettext_noop("Worried, working well, needs to happen"),
    EarlyHelpTopic.LEAD: gettext_noop("Who leads"),
    EarlyHelpTopic.TEAM: gettext_noop("Team around the family"),
    EarlyHelpTopic.MEASURE: gettext_noop("Outcome measures"),
    EarlyHelpTopic.REVIEW: gettext_noop("Review"),
    EarlyHelpTopic.SENDING: gettext_noop("Where it goes"),
    EarlyHelpTopic.STEP_UP: gettext_noop("Stepping up"),
    EarlyHelpTopic.STEP_DOWN: gettext_noop("Stepping down"),
}
