"""What an area's document says of early help assessments: what they are called, and what it asks of them."""

from enum import StrEnum

from thresholds.domain.parts import Citation, Part, Slug, Text


class EarlyHelpTopic(StrEnum):
    """What a statement about early help assessments is about."""

    ASSESSMENT = "assessment"
    ANALYSIS = "analysis"
    LEAD = "lead"
    TEAM = "team"
    MEASURE = "measure"
    REVIEW = "review"
    SENDING = "sending"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"


class EarlyHelpStatement(Part):
    """Something that the document asks of an assessment, in our own short words."""

    topic: EarlyHelpTopic
    text: Text
    citation: Citation


class EarlyHelp(Part):
    """Early help in the words of the document. What it doesn't name is left out."""

    assessment: Text
    """Full name of the assessment, as people know it."""
    short: Text
    """How it is called in short, for example EHA."""
    plan: Text | None = None
    """Name of the plan that follows, where it has one of its own."""
    analysis: Text | None = None
    """Name of the approach by which it is analysed, for example Signs of Safety."""
    lead: Text | None = None
    """What whoever leads is called."""
    measure: Text | None = None
    """Name of the outcome measure."""
    door: Slug | None = None
    """Id of the front door that a finished assessment goes to; left out: not stated."""
    levels: tuple[Slug, ...] = ()
    """Ids of the levels at which it goes to that door, by the highest of several; left out: at every level."""
    says: tuple[EarlyHelpStatement, ...] = ()
    """What the document asks of an assessment."""
    citation: Citation
