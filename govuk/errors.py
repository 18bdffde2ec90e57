"""What is wrong with forms, in the order of the page, each with the input that its link lands on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from govuk.bound import first_input_id
from govuk.layout import names_in


@dataclass(frozen=True)
class Problem:
    """One line of an error summary: the message, and the id of the input to mend ("" when there is none)."""

    message: str
    target: str


def problems_in(*sources: forms.BaseForm | forms.BaseFormSet) -> list[Problem]:  # type: ignore[type-arg]
    """Every error of the bound forms and formsets, in order; unbound ones have none."""
    found: list[Problem] = []
    for source in sources:
        if isinstance(source, forms.BaseFormSet):
            if source.is_bound:
                found.extend(Problem(str(message), _first_target(source.forms)) for message in source.non_form_errors())
                found.extend(problems_in(*source.forms))
        elif source.is_bound:
            found.extend(_problems_of_form(source))
    return found


def _problems_of_form(form: forms.BaseForm) -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem(str(message), _first_target([form]))
    for name in page_order(form):
        field = form[name]
        target = "" if field.is_hidden else first_input_id(field)
        for message in field.errors:
            yield Problem(str(message), target)


def _first_target(several: list[forms.BaseForm]) -> str:
    for form in several:
        for name in page_order(form):
            if not form[name].is_hidden:
                return first_input_id(form[name])
    return ""


def page_order(form: forms.BaseForm) -> list[str]:
    """Names of all the form's fields in the order in which its layout shows them; those it leaves out come last."""
    layout = getattr(getattr(form, "helper", None), "layout", None)
    shown = names_in(layout if layout is not None else list(form.fields), form)
    names = [name for name in dict.fromkeys(shown) if name in form.fields]
    return names + [name for name in form.fields if name not in names]
