"""Words that pages say in English all the same: patterns, each with the reason. docs/languages.md says it in words."""

KNOWN: dict[str, str] = {
    # What a rule puts together from parts, with values inside.
    r"(?:\w+day(?: (?:to|and) \w+day)? )?(?:[\d:]+(?:am|pm)|midday) to (?:[\d:]+(?:am|pm)|midday)": "hours of a door",
    r", days not stated|[Oo]utside office hours|\(hours not confirmed\)|Another source gives": "hours of a door",
    r"What you chose reaches .*|\d+ concerns in \d+ parts .*|Agreement is given by .*": "reasons of the check",
    r"Lawful basis recorded: .*|.*what was shared, with whom and why\.": "what is recorded of sharing",
    r"We (?:asked about|tell you|are sharing) .*|You can ask to see .*|Taking up help is .*": "words for a parent",
    r"Only what they need to help goes, .*": "words for a parent",
    r"(?:Submission|Addendum|File) \d+|Arrived at |, if an assessment follows": "a number or a place in it",
    r"^(?:Robin \d Vale|Kim Vale|Person \d): [\w ,?]+$": "a title with somebody's name, where a rule gives both",
    r"Up to \d+ at once .*|This is not a date\. .*": "limits and formats with their values",
    r"^Version from .*, revision \d+$": "the name of a version",
    # Names and codes.
    r"lines? \d+[-\d, ]*|, (?:referral|assessment|children|overrides)$|\(police\)|www\.\S+": "where it was read",
    r"UK GDPR Article [\d()a-z]+|Data Protection Act 2018 section \d+": "names of laws",
    r" and Schedule \d+ paragraph \d+": "names of laws",
    r"^(?:Mail|Documents|Routine|Urgent|Watch)$|Switched off \(VIRUS_SCANNER\).*": "for operators",
    r"Your password (?:can’t|must) [^.]*\.": "Django's own, which Django translates",
}
