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
    r"^(?:Sweep|Tell (?:operators )?of|Raise the alarm|Watch (?:what|drafts)|Seal the|Discard held) .*": "operators",
    r"https?://\S+": "addresses",
    # What stands in the record as it was written down then.
    r"People of the (?:agency|front doors?) that (?:wrote|works?) (?:on )?it|so that somebody looks": "as recorded",
    r"⟧(?:Added to(?: here)?|Information (?:asked|given)|Advice given|Sent urgent)⟦": "an e-mail's name, as recorded",
    r"^In words\.|^All of it, as it was submitted\.": "as recorded",
    r"^What was asked for\.|The copy has not been made yet|Common law duty of confidentiality": "as recorded",
    r"The family must not be told of this, .*|It is not answered whether telling .*": "as recorded",
    r"Do not tell them until the front door says .*|Tell the referrer what was decided": "as recorded",
    r"Whether telling the family is (?:a )?risk hasn't .*|The (?:parent|carer) must not be told .*": "as recorded",
    # Answers read back as a rule reads them, beside what was changed, kept back or checked.
    r"^(?:Not provided|Yes|mother|Yes, to all of it)$": "an answer that is read back",
    r"^What did they say\? If they refused, why\?$|^On which day did they say so\?$": "its question",
    r"^Do they agree to the referral\?$": "its question",
    r": ⟧Kim Vale: .*": "the title and question of an answer that is read back",
    r"Your password (?:can’t|must) [^.]*\.": "Django's own, which Django translates",
}
