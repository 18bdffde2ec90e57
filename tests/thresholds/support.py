"""A small invented pack, as text that tests bend and as a Pack. Its numbers are reserved for drama."""

from thresholds.domain.assemble import PackErrors
from thresholds.domain.pack import Pack
from thresholds.domain.parse import PackFile, parse_pack

PACK = """\
area: {slug: sandford, name: Sandford, partnership: Sandford Safeguarding Partnership}
effective_from: 2026-01-05
national: 2026-01-01
documents:
  - {id: threshold, kind: threshold, title: Sandford thresholds}
  - {id: page, kind: page, title: A newer page}
standing: {text: Guidance., citation: {section: Introduction, lines: 3}}
levels:
  - {id: low, name: Low, legal: none, meaning: Few needs., citation: {section: Levels, lines: 10}}
  - {id: middle, name: Middle, legal: s17, meaning: More needs., citation: {section: Levels, lines: 11}}
  - {id: high, name: High, legal: s47, meaning: Harm., citation: {section: Levels, lines: 12-14}}
domains:
  - {id: care, name: Care, meaning: Daily care., citation: {section: Tables, lines: 20}}
conditions:
  - {id: protective, question: Is a parent protective?, citation: {section: Tables, lines: 30}}
descriptors:
  - {id: sf-1, domain: care, level: low, wording: Often hungry., citation: {section: Tables, lines: 30}}
  - id: sf-2
    domain: care
    level: middle
    wording: At risk, parent protects.
    citation: {section: Tables, lines: 31}
    twin: {id: sf-3, condition: protective, holds: true}
  - id: sf-3
    domain: care
    level: high
    wording: At risk, nobody protects.
    citation: {section: Tables, lines: 32}
    twin: {id: sf-2, condition: protective, holds: false}
cumulative: {descriptors: 2, domains: 1, set_by: The test., citation: {section: Levels, lines: 15}}
main_door: office
front_doors:
  - id: office
    name: Sandford Front Door
    kind: social_care
    takes: [protection]
    numbers:
      - {label: Office, number: 01632 960101, status: stated, citation: {section: Contacts, lines: 40}}
    hours:
      - status: stated
        openings:
          - {days: [monday, tuesday, wednesday, thursday], opens: 09:00, closes: 17:00}
          - {days: [friday], opens: 09:00, closes: 16:30}
        citation: {section: Contacts, lines: 40}
    out_of_hours: night
    citation: {section: Contacts, lines: 40}
  - id: night
    name: Sandford Night Team
    kind: out_of_hours
    takes: [protection]
    numbers:
      - {label: Night, number: 01632 960202, status: stated, citation: {section: Contacts, lines: 41}}
    hours: [{status: stated, when_others_closed: true, citation: {section: Contacts, lines: 41}}]
    citation: {section: Contacts, lines: 41}
routes:
  - {id: r-harm, name: Harm, when: {harm: ["yes"]}, door: office, citation: {section: Contacts, lines: 40}}
consent_rules:
  - id: c-age
    topic: competence
    when: {age: {from_years: 12}}
    effects: [weigh_maturity]
    text: Weigh maturity.
    citation: {section: Consent, lines: 50}
  - id: c-refusal
    topic: refusal
    when: {agreement: [refused]}
    effects: [record_reasons]
    text: Record why.
    citation: {section: Consent, lines: 51}
deadlines:
  - id: d-form
    name: Send the form
    who: the practitioner
    amount: 1
    unit: working_days
    after: call
    statutory: false
    citation: {section: Contacts, lines: 42}
escalation:
  policy: Sandford disagreements
  stages: [{number: 1, name: Talk, who: practitioners, citation: {section: Disagreement, lines: 60}}]
  citation: {section: Disagreement, lines: 60}
golden_rules: {edition: "2024", citation: {section: Sharing, lines: 70}}
silent: [{topic: lado}]
"""

FORM = """
form:
  off: [scaling, member-more]
  pages:
    - {page: agencies, title: Who else helps}
  questions:
    - {page: analysis, question: working_well, label: What gives you hope?}
    - {page: child-services, question: gp, mandatory: true}
  own_pages:
    - {id: panel, follows: agencies, title: The local panel, intro: The panel meets on Mondays.}
  own_questions:
    - id: panel-heard
      page: panel
      kind: choice
      label: Has the panel heard of this family?
      mandatory: true
      unknown_costs: The panel asks you again.
      options: [{id: heard, label: It has}, {id: not-heard, label: It has not}]
    - {id: ward, page: child-services, kind: line, label: Which ward does the child live in?}
  note: Decided by the invented partnership in May.
"""
"""What a partnership changes about the forms, to stand after PACK."""

NATIONAL = """\
documents:
  - {id: act, kind: law, title: An Act}
overrides:
  - id: nat-danger
    name: Danger
    when: {flags: [immediate_danger]}
    raises_to: s47
    urgent: true
    steps: [{text: Ring 999., citation: {document: act, section: section 1}}]
    citation: {document: act, section: section 1}
"""


def parsed(text: str = PACK, *more: str, national: str = NATIONAL) -> Pack:
    """The pack of these texts."""
    files = [PackFile("pack.yaml", text), *(PackFile(f"more{n}.yaml", part) for n, part in enumerate(more))]
    return parse_pack(files, {"2026-01-01": PackFile("national.yaml", national)})


def bent(before: str, after: str, text: str = PACK) -> str:
    """The text with one place changed; the place must be there exactly once."""
    assert text.count(before) == 1, before
    return text.replace(before, after)


def line_of(words: str, text: str = PACK) -> int:
    """Number of the first line that holds the words."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def mistakes(text: str, *more: str, national: str = NATIONAL) -> list[str]:
    """What is wrong with these texts, as people read it; empty when nothing is."""
    try:
        parsed(text, *more, national=national)
    except PackErrors as errors:
        return [str(mistake) for mistake in errors.mistakes]
    return []
