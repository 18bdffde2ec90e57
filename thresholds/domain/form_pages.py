"""Which pages of the forms a partnership may change, and how far. Everything else is asked in every area alike.

What safety or the law needs isn't here at all: danger, who the child is, where they are, harm, circumstances, levels,
agreement and telling, who was rung. A question that a rule reads keeps its words, because other words would make it
another question: only what nobody but people read can be reworded. `tests/record/test_own_forms.py` holds these lists
against the forms and the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """What may be changed of a page, besides its title and questions of one's own on it: whether it may be left out,
    and keys of the questions that may get other words (`reword`) or be made mandatory (`require`)."""

    off: bool = False
    reword: frozenset[str] = frozenset()
    require: frozenset[str] = frozenset()


def _may(reword: str = "", require: str = "", *, off: bool = False) -> Changes:
    return Changes(off, frozenset(reword.split()), frozenset(require.split()))


def _need(area: str) -> Changes:
    return _may(f"{area}_strengths {area}_needs", off=True)


CHANGEABLE: Mapping[str, Changes] = {
    "reason": _may("referred_before referred_before_what", "referred_before referred_before_what"),
    "referrer": _may(require="referrer_email referrer_best_time referrer_stand_in"),
    "child-identity": _may(require="ethnic_group religion religion_other"),
    "child-needs": _may(require="disabled disability ehcp communication language"),
    "child-care": _may("immigration_detail", "immigration immigration_status immigration_detail carer"),
    "child-school": _may("education_detail", "school school_urn upn education_detail"),
    "child-services": _may(require="gp nhs_number social_worker social_worker_phone"),
    "member-more": _may(require="sex phone language interpreter ethnic_group", off=True),
    "previous-addresses": _may(require="previous_addresses", off=True),
    "agencies": _may(require="team_around team_who"),
    "orders": _may("plans_detail", "court_orders plans plans_detail"),
    "concern": _may(require="history"),
    "chronology": _may(require="chronology", off=True),
    "home-life": _may(require="adults_detail"),
    "analysis": _may("working_well"),
    "family-view": _may(require="parents_want"),
    "scaling": _may(require="scaling", off=True),
    "child-view": _may(require="view_wants"),
    "agency-action": _may("will_do", "will_do"),
    "early-help": _may("eha_none_because", off=True),
    "eha-reason": _may("family_hopes tried_before"),
    "need-learning": _need("learning"),
    "need-health": _need("health"),
    "need-feelings": _need("feelings"),
    "need-bonds": _need("bonds"),
    "need-self-care": _need("self_care"),
    "need-basic-care": _need("basic_care"),
    "need-warmth": _need("warmth"),
    "need-guidance": _need("guidance"),
    "need-relationships": _need("relationships"),
    "need-home-money": _need("home_money"),
    "need-community": _need("community"),
    "child-day": _may("child_scale child_scale_why", "child_scale child_scale_why", off=True),
    "member-voice": _may("member_scale member_scale_why", "member_scale member_scale_why"),
    "team": _may(),
    "lead": _may("lead_agency"),
    "measures": _may("measured_by measured not_measured_because", off=True),
    "review": _may("review_how", "review_how"),
}
"""By key of page. A page that stands in one form only is changed there, one that stands in both in both."""
