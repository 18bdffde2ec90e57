"""The words of the sheets: their names, headings, and a line of help for each."""

SHEETS = {
    "documents": ("Sources", "The documents and pages that sources name."),
    "levels": ("Levels", "Levels of need, lowest first: the order of the rows is the order of the levels."),
    "domains": ("Domains", "The dimensions by which descriptors are ordered."),
    "conditions": ("Conditions", "Facts on which descriptors hang, each as a question."),
    "descriptors": ("Descriptors", "One circumstance a row."),
    "overrides": ("Overrides", "Your own circumstances that outrank every level; the national ones always hold too."),
    "overrides.steps": ("Override steps", "What to do, first things first."),
    "exploitation.categories": ("Exploitation categories", "Rows of the table of exploitation."),
    "exploitation.categories.signs": ("Exploitation signs", "Single signs of exploitation. They are never summed."),
    "protective_factors": ("Protective factors", "Strengths. They never lower a level."),
    "harm_factors": ("Harm factors", "What makes harm likelier, or warns that it is near."),
    "services": ("Services", "What is offered at each level."),
    "services.next_steps": ("Next steps", "What is asked for next at a level."),
    "front_doors": ("Front doors", "The teams that receive."),
    "front_doors.numbers": ("Numbers", "Telephone lines of the front doors, the one to ring first first."),
    "front_doors.numbers.alternatives": ("Other numbers", "What another source gives for the same line."),
    "front_doors.channels": ("Ways in", "Other ways of reaching a front door."),
    "front_doors.hours": ("Opening hours", "Opening hours as one source gives them."),
    "front_doors.hours.openings": ("Opening times", "Spans of the day, local time."),
    "routes": ("Routes", "Under which facts a referral goes where. The order of the rows is their precedence."),
    "routes.steps": ("Route steps", "What to do before or beside a route, in order."),
    "consent_rules": ("Consent rules", "What is asked about agreement, and about who is told."),
    "early_help.says": ("Early help says", "What the document asks of an early help assessment."),
    "deadlines": ("Deadlines", "Acts and the time for them."),
    "escalation.stages": ("Escalation stages", "Steps of resolving a disagreement."),
    "golden_rules.own.rules": ("Golden rules", "An edition of your own, where you have one; empty: the national one."),
    "form.pages": ("Form titles", "Other titles for pages of the form. Empty: they are as everywhere."),
    "form.questions": ("Form questions", "Other words for questions, or that one has to be answered."),
    "form.own_pages": ("Form own pages", "Pages of your own. Each needs a question of your own on it."),
    "form.own_questions": ("Form own questions", "Questions of your own. Not known is always an answer to them."),
    "form.own_questions.options": ("Form own answers", "Answers of those of your own questions that are a choice."),
    "silent": ("Not stated", "What your document does not state, so that a gap is never an oversight."),
    "notes": ("Notes", "Defects of the document, and how they are read."),
}
"""Name and help of the sheet for each list of a pack, by its path."""

KEYS = {"ServicesAtLevel": "level"}
"""The field by which other rows name a part that has no id; one that isn't listed has a number."""

LINKS = {
    "Override": "Override",
    "ExploitationCategory": "Category",
    "ServicesAtLevel": "Level",
    "FrontDoor": "Front door",
    "Telephone": "Line no.",
    "Hours": "Hours no.",
    "Route": "Route",
    "OwnQuestion": "Own question",
}
"""Heading of the column in which rows of other sheets name a row of this part."""

LINK_HELP = "{}: the row that this one belongs to."
NUMBER_HELP = "Number of the row within its front door: other sheets name it by this."

_GROUPS = {
    "citation": "Source",
    "age": "Age",
    "twin": "Twin",
    "when": "When",
    "area": "Area",
    "standing": "Standing",
    "exploitation": "Exploitation",
    "cumulative": "Cumulative",
    "escalation": "Disagreement",
    "golden_rules": "Golden rules",
    "own": "Own edition",
    "early_help": "Early help",
    "form": "Form",
}

_HEADINGS = {
    "up_to": "Up to level",
    "raises": "Raises a level",
    "why_not": "Why it raises nothing",
    "of_indicator": "Speaks of the exploitation indicator",
    "flags": "Circumstances",
    "terms": "Search words",
    "from_years": "from",
    "under_years": "under",
    "legal": "Meaning in law",
    "not_mobile": "Only if not moving about",
    "raises_to": "Raises to",
    "ring": "Ring first",
    "tell_family": "May the family be told",
    "also": "Repeated by",
    "when_others_closed": "When others are closed",
    "takes": "Takes",
    "door": "Front door",
    "ring_first": "Ring before writing",
    "prompt_age": "Age that prompts",
    "who": "Who acts",
    "after": "Counts from",
    "outer_limit": "Latest time",
    "handled_by": "Made safe by",
    "out_of_hours": "When closed, ring",
    "warning": "Warning sign",
    "holds": "condition holds",
    "off": "Pages left out",
    "unknown_costs": "What not knowing costs",
}

_HELP = {
    "id": "Permanent: never change it, and never use it for something else. A new row gets a new id.",
    "slug": "Short name of the area. May not be changed.",
    "name": "Name, as people know it.",
    "document": "Id of one of the sources; empty: your own threshold document.",
    "text": "In short words of your own.",
    "note": "Anything to add; shown beside it.",
    "domain": "Id of a domain.",
    "level": "Id of a level.",
    "flags": "Circumstances that rules ask about.",
    "terms": "Words people use for the same thing.",
    "wording": "The circumstance in short words.",
    "title": "Title of the document.",
    "address": "Address as printed.",
    "kind": "What sort it is.",
    "urgent": "Whether it waits for nothing.",
    "raises": "Whether it may raise a level.",
    "why_not": "Needed where it raises nothing, else empty.",
    "of_indicator": "Yes where it only says at which level the exploitation indicator stands.",
    "status": "stated: only if your own document gives it and nothing newer disputes it.",
    "number": "The number, in groups parted by single spaces.",
    "opens": "Time like 09:00.",
    "closes": "Time like 17:00.",
    "days": "Days of the week; empty: not stated.",
    "effects": "What it does to the decision to share.",
    "topic": "What it is about.",
    "takes": "What the front door takes.",
    "amount": "How many; empty: not stated.",
    "unit": "Of what; empty: not stated.",
    "after": "What the time counts from.",
    "services": "Names of services.",
    "door": "Id of a front door.",
    "legal": "What the level may mean under the Children Act 1989.",
    "policy": "Name of the policy.",
    "standing": "How it is to be used.",
    "edition": "Edition.",
    "unborn": "About an unborn child; then no years.",
    "label": "What the line is for.",
    "effective_from": "First day on which new referrals use it, like 2026-09-01.",
    "national": "Date of the national part. May not be changed here.",
    "citation": "",
    "condition": "Id of the condition.",
    "descriptors": "How many descriptors make a whole picture.",
    "domains": "Over how many domains.",
    "unless": "Exceptions that are printed.",
    "who": "Who has to act.",
    "statutory": "From an Act or statutory guidance.",
    "meaning": "In a few plain words.",
    "question": "A question that yes, no or not known answers.",
    "overlaps": "Ids of levels that overlap with it.",
    "levels": "Ids of levels.",
    "partnership": "Name of the safeguarding partnership.",
    "set_by": "Who set the numbers.",
}

_SAY_IT_THEMSELVES = frozenset({"FormSettings", "PageTitle", "QuestionSetting", "OwnPage", "OwnQuestion", "OwnOption"})
"""Parts whose fields bear names that mean something else elsewhere."""

_NUMBERS = {
    "Level": "The number, if the document gives one.",
    "EscalationStage": "Number of the stage, from 1.",
    "Rule": "Number of the rule, from 1.",
    "GoldenRule": "Number of the rule, from 1.",
}

FEW = 12
"""So many codes fit into a line of help; more stand in the first sheet."""


def sheet(path: str) -> tuple[str, str]:
    """Name and help of the sheet for the list at `path`; a list that nobody has named yet bears its own field's name,
    so that a new list of the schema never stops an export."""
    return SHEETS.get(path, (path.replace(".", " ").replace("_", " ").capitalize()[:31], "One item a row."))


def group(name: str) -> str:
    """The name of a group of fields, or of a list of groups, in a heading."""
    return _GROUPS.get(name, name.replace("_", " ").capitalize())


def heading(name: str, above: tuple[str, ...]) -> str:
    """The heading of a field inside the groups `above`."""
    own = _HEADINGS.get(name, name.replace("_", " ").capitalize())
    if above and above[-1] == "when" and name == "out_of_hours":
        own = "Out of hours"
    first, *others = [*(group(one) for one in above), own]
    return ": ".join([first, *(words[0].lower() + words[1:] for words in others)])


def help_of(model: str, name: str, description: str | None, codes: tuple[str, ...], *, many: bool, needed: bool) -> str:
    """A line of help for a column."""
    said = _NUMBERS[model] if name == "number" and model in _NUMBERS else _HELP.get(name)
    said = None if model in _SAY_IT_THEMSELVES else said
    parts = [said or " ".join((description or "").replace("`", "").split())]
    if codes:
        parts.append(f"One of: {', '.join(codes)}." if len(codes) <= FEW else "Codes stand in the first sheet.")
    if many:
        parts.append("Several: put | between them.")
    if needed:
        parts.append("Needed.")
    return " ".join(filter(None, parts))
