"""The time of an assessment, which runs before anybody knows whether one follows."""

OF_AN_ASSESSMENT = frozenset({"nat-assessment"})
"""Ids of deadlines that only an assessment has. They count from the referral (Working Together: 45 working days), so
that they run before anybody knows whether one follows; the decision ends them where none does, and only there."""


def conditional_name(deadline: str, name: str) -> str:
    """Return the name of a time, by its deadline's id, before it is known whether an assessment follows."""
    return f"{name}, if an assessment follows" if deadline in OF_AN_ASSESSMENT else name
