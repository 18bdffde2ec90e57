"""What of govuk-frontend the pack leaves out, each with its reason. A fixture that isn't here is compared."""

COMPONENTS_NOT_USED = {
    "accordion": "hides content that people in a hurry need; sections stand open or behind details",
    "cookie-banner": "only strictly necessary cookies are set",
    "exit-this-page": "meant for people at risk who use a service, not for staff who report",
    "feedback": "a gov.uk pattern",
    "footer": "carries crest and licence; ours is a plain list of help",
    "generic-header": "ours holds the person's name and sign-out too",
    "header": "carries the crown",
    "language-navigation": "the service is in English",
    "tabs": "hide content, and split lists that belong together",
}

ENGLISH = "the service is in English: its script's own English words stand"
COUNT_TYPE = "characters are counted from a limit, so the type needs no attribute"
NO_LIMIT = "a count without a limit says nothing; the pack refuses it"
SLOTS = "nothing is slotted into the navigation; the person's name stands in the header's bar"
PLAIN_UPLOAD = "the plain file input works with every assistive technology; the drop zone hides it"

FIXTURES_NOT_SUPPORTED: dict[str, dict[str, str]] = {
    "character-count": {
        "with count type 'length'": COUNT_TYPE,
        "with count type 'characters'": COUNT_TYPE,
        "with count type 'characters' and value": COUNT_TYPE,
        "with count type 'characters' and error message": COUNT_TYPE,
        "with count type 'characters' and threshold": COUNT_TYPE,
        "with count type 'words'": COUNT_TYPE,
        "with count type 'words' and value": COUNT_TYPE,
        "with count type 'words' and error message": COUNT_TYPE,
        "with count type 'words' and threshold": COUNT_TYPE,
        "with custom textarea description": ENGLISH,
        "with translations": ENGLISH,
        "to configure in JavaScript": NO_LIMIT,
        "with neither maxlength nor maxwords set": NO_LIMIT,
        "with neither maxlength, maxwords nor textarea description set": NO_LIMIT,
    },
    "date-input": {
        "with values, name prefix and custom names": "a part is called year, or else it isn't as wide as one",
    },
    "file-upload": {
        "enhanced": PLAIN_UPLOAD,
        "enhanced, with error message and hint": PLAIN_UPLOAD,
        "enhanced, multiple files": PLAIN_UPLOAD,
        "enhanced, custom wrapper classes and attributes": PLAIN_UPLOAD,
        "translated": ENGLISH,
    },
    "password-input": {"with translations": ENGLISH},
    "select": {"with falsy values": "a choice's value is a text here; a boolean of Python is not JavaScript's"},
    "service-navigation": {
        "with language navigation": ENGLISH,
        "with right-aligned language navigation": ENGLISH,
        "inverse with language navigation": ENGLISH,
        "with slotted content": SLOTS,
        "with `inline` end slot": SLOTS,
    },
}
