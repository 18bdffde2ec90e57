"""Searching and narrowing a pack as its page shows it."""

from typing import Any

from django import forms

from govuk.forms import GovukForm
from govuk.looks import Look
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Listed
from thresholds.domain.narrow import Wanted
from thresholds.domain.pack import Pack
from thresholds.presenters import level_name

KINDS = {
    Listed.DESCRIPTOR: "Descriptors",
    Listed.OVERRIDE: "What outranks every level",
    Listed.SIGN: "Signs of exploitation",
    Listed.PROTECTIVE_FACTOR: "Protective factors",
    Listed.HARM_FACTOR: "What makes harm likelier",
}
UNBORN = "unborn"
ADULT = 18


class FindForm(GovukForm):
    """Words to look for, and what to narrow to. Posted: words may name a child's troubles and stay out of addresses."""

    words = forms.CharField(
        label="Search this document",
        help_text="For example bruising, or parent drinks",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use 200 characters or fewer: a few words find more than a whole story"},
    )
    level = forms.ChoiceField(label="Level", required=False)
    domain = forms.ChoiceField(label="Domain", required=False)
    age = forms.ChoiceField(label="Child’s age", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)

    looks = {"words": Look(size="s")}

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        """Offer the levels, domains and kinds that this pack has."""
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS if _has(pack, kind)]
        self._offer("level", "Every level", [(level.id, level_name(pack, level.id)) for level in pack.levels])
        self._offer("domain", "Every domain", [(domain.id, domain.name) for domain in pack.domains])
        years = [("0", "Under 1"), *((str(years), str(years)) for years in range(1, ADULT))]
        self._offer("age", "Every age", [(UNBORN, "Unborn"), *years])
        self._offer("kind", "Everything", [(kind.value, KINDS[kind]) for kind in kinds])
        if not pack.domains:
            del self.fields["domain"]

    def _offer(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every), *choices]

    def wanted(self) -> Wanted:
        """What to narrow to; only of a valid form."""
        asked = self.cleaned_data
        return Wanted(
            level=asked["level"] or None,
            domain=asked.get("domain") or None,
            age=_age(asked["age"]),
            kind=Listed(asked["kind"]) if asked["kind"] else None,
        )


def _age(chosen: str) -> ChildAge | None:
    if not chosen:
        return None
    return ChildAge(unborn=True) if chosen == UNBORN else ChildAge.exactly(int(chosen))


def _has(pack: Pack, kind: Listed) -> bool:
    return bool(
        {
            Listed.DESCRIPTOR: pack.descriptors,
            Listed.OVERRIDE: pack.overrides,
            Listed.SIGN: pack.exploitation,
            Listed.PROTECTIVE_FACTOR: pack.protective_factors,
            Listed.HARM_FACTOR: pack.harm_factors,
        }[kind]
    )
