"""What "not known" costs, question by question: one short sentence beside the answer. Not known is always an
answer; whoever gives it is told what follows, so that a guess and a phone call can be weighed.

By key of question, for the questions that have to be answered. A test names those without a sentence.
"""

from collections.abc import Iterable
from dataclasses import replace

from referrals.record.domain.forms.parts import Kind, Page, Question

_FINDS = "Checks at other agencies may find nobody, or somebody else."
_DAY_OF_AGREEMENT = "The record of what was agreed has a gap."
_NO_AGREEMENT = "It does not count as agreement."
_MEASURE = "There is nothing to measure change against."

COSTS: dict[str, str] = {
    # Who they are.
    "children_complete": "A child who may be at risk too could be missed.",
    "given_names": _FINDS,
    "family_name": _FINDS,
    "born": "Age matters to levels, to agreement, and to finding the right child.",
    "expected": "Nobody can tell how soon a plan is needed.",
    "sex": "Checks at other agencies take longer.",
    "moves_about": "An injury is then weighed as that of a child who cannot.",
    "interpreter": "The first conversation may have to be held again.",
    "household_complete": "Somebody who protects or harms could be missed.",
    "full_name": "Nobody can check what is known of them.",
    "relationship": "It is not clear who they are to the child.",
    "in_home": "It is not clear who is at home with the child.",
    # Where they are.
    "address": "Nobody can visit today.",
    "postcode": "The home is harder to find, and its area is not proposed.",
    "home_area": "No threshold document applies, and the right front door may get it later.",
    "where_now": "Somebody has to find the child first.",
    "found_area": "It is not clear which council would act today.",
    "safe_tonight": "Where harm is possible, it counts as not safe.",
    "care_28_days": "The child may be privately fostered without the council knowing.",
    "open_case": "The social worker who knows the family may not be told today.",
    # What happened.
    "harm_what": "The front door has to ring you to find out.",
    "body": "A doctor has nothing to compare with.",
    "injury": "Nobody can tell later whether the story changed.",
    "injury_doctor": "Treatment may be late, and so may evidence.",
    "happened_on": "Nobody can tell how long it has gone on.",
    "where": "Other children there could be at risk too.",
    "source_detail": "Nobody can be asked who saw or heard it.",
    "alleged": "Nobody can be kept away from the child.",
    "alleged_who": "Nobody can check what is known of them.",
    "alleged_works_with_children": "Other children could be at risk where they work.",
    "alleged_workplace": "The designated officer does not know whom to ask.",
    "alleged_area": "It is not clear which council's designated officer acts.",
    "alleged_learned_on": "The time to tell the designated officer counts from now: perhaps too late.",
    "alleged_contact": "The child may be with them now.",
    "adults_have": "What makes the home unsafe could be missed.",
    "circumstances": "Something that asks for action today could be missed.",
    "fgm_known": "You are reminded of the report to the police as if it were known.",
    "fgm_learned_on": "The time that the law allows counts from now: perhaps too late.",
    "fgm_regulated": "You are reminded of the report to the police as if the duty were yours.",
    "fgm_reported": "You are reminded of it as if it had not been made.",
    "missing_now": "Perhaps nobody is looking for them.",
    "description": "The police do not know whom to look for.",
    "working_well": "What could be built on is not seen.",
    "needs_to_happen": "Your view of what would help is missing.",
    "child_said": "Nobody has the child's own words to go by.",
    # The level.
    "descriptors": "Your judgement cannot be compared with the document.",
    "signs": "Exploitation could be missed.",
    "protective": "Nothing is known that protects the child, and it is weighed so.",
    "judged_level": "Nothing can be compared with the document.",
    # Telling and agreement.
    "risk_from_telling": "The family is not told yet.",
    "identities_to_protect": "A name may reach somebody who would harm them.",
    "identities_how": "A name may reach somebody who would harm them.",
    "said": _NO_AGREEMENT,
    "agreed_parts": "Only who, where, the worry and safety go.",
    "agreed_with": "Nobody is left out of those who get it.",
    "said_on": _DAY_OF_AGREEMENT,
    "information_shared": "It is not clear whether they have to be asked.",
    "words": "Somebody has to ask them again.",
    "everybody_agrees": _NO_AGREEMENT,
    "special_category": "It is treated as if it did.",
    "criminal_offence": "The record of sharing has a gap.",
    "facts_apart_from_opinion": "A reader may take a view for a fact.",
    "family_told": "The front door has to ask you before it speaks with them.",
    "signature": "Nobody can show that they agreed.",
    "copy_to": "Somebody may wait for a copy, or get one that they should not.",
    # What was done.
    "rang_whom": "Nobody can find the call again.",
    "rang_by": "Nobody can ask what was said.",
    "rang_on": "The time to write after a call cannot be counted.",
    "rang_advice": "Nobody can check whether it was followed.",
    "done": "What has been tried may be tried again.",
    "eha_done": "The family may be asked everything again.",
    "eha_on": "Nobody can tell whether it still holds.",
    "eha_when": "Whoever leads it is not asked.",
    "eha_none_because": "The front door may ask you why.",
    # The assessment.
    "family_hopes": "The plan may be somebody else's, and not theirs.",
    "tried_before": "What did not help may be tried again.",
    "day": "Nobody knows what the child lives with.",
    **{f"action_{number}_by": "Nobody can say whether it was done in time." for number in range(1, 9)},
    "team": "Nobody knows whom to call together.",
    "team_asked": "Somebody may be counted on who does not know of it.",
    "lead_name": "Nobody holds it together.",
    "lead_agency": "The family does not know whom they deal with.",
    "lead_contact": "The family cannot reach them.",
    "lead_agreed": "Perhaps nobody leads.",
    "lead_choice": "The family may get somebody whom they do not want.",
    "measured_by": _MEASURE,
    "measured": _MEASURE,
    "review_on": "Nothing brings the plan back until a day is set.",
}

SAYS_ENOUGH = ("_strengths", "_needs")
"""Endings of keys that need no sentence: a part of the assessment that isn't known shows as a gap in it, and the same
words on eleven pages would be read on none."""


def with_costs(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return the pages with a sentence on each question that has to be answered and has none of its own."""
    return tuple(replace(page, questions=tuple(_with_cost(one) for one in page.questions)) for page in pages)


def can_be_unknown(question: Question) -> bool:
    """Whether "not known" is an answer to it."""
    return question.not_known or question.kind is Kind.YES_NO


def _with_cost(question: Question) -> Question:
    if question.unknown_costs or not question.mandatory or not can_be_unknown(question):
        return question
    return replace(question, unknown_costs=COSTS.get(question.key, ""))
