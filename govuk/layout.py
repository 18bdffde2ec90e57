"""Layout objects for crispy-forms. Texts given to them are shown as they stand, never run as templates.

crispy-forms' own `Div`, `Row`, `Column`, `Hidden` work with the pack too. Its `Fieldset`, `HTML` and `Submit`
run their text as a template: never give those a text that isn't written in the code.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout as CrispyLayout
from crispy_forms.layout import LayoutObject
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from govuk.bound import render_bound_field
from govuk.components import render_component
from govuk.looks import Look, Size

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Layout(CrispyLayout):
    """The parts of a form in order: names of fields and layout objects."""

    def __init__(self, *fields: Any) -> None:
        super().__init__(*fields)  # type: ignore[no-untyped-call]  # crispy-forms is untyped


class Field(LayoutObject):
    """One field by name, with a look of its own or else its form's."""

    def __init__(self, name: str, look: Look | None = None) -> None:
        self.fields = [name]
        self.name = name
        self.look = look

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The field's markup, with what its choices reveal."""
        mark_rendered(form, self.name)
        return render_question(form[self.name], context, self.look, template_pack)


class Component(LayoutObject):
    """A component by name with its options, round the layout that it encloses if there is any.

    `Component("details", "phone", summary_text="I would rather be rung")`, `Component("inset_text", text="…")`.
    """

    def __init__(self, name: str, /, *fields: Any, **options: Any) -> None:
        self.name = name
        self.fields = list(fields)
        self.options = options

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The component's markup."""
        if not self.fields:
            return render_component(self.name, self.options)
        content = render_parts(self.fields, form, context, template_pack)
        options = {**self.options, "content": content}
        if self.name == "details" and any(form[name].errors for name in names_in(self.fields, form)):
            # The error summary's link couldn't land on what is folded away.
            options["open"] = True
        return render_component(self.name, options)


class Fieldset(Component):
    """Several fields that belong together under one legend."""

    def __init__(self, legend: str, *fields: Any, size: Size = "m", heading: bool = False) -> None:
        classes = f"govuk-fieldset__legend--{size}" if size else ""
        super().__init__("fieldset", *fields, legend={"text": legend, "classes": classes, "is_page_heading": heading})


class Button(Component):
    """A button that submits, guarded against a double click; with a name it tells which button it was."""

    def __init__(self, text: "StrOrPromise", *, name: str = "", value: str = "", kind: str = "") -> None:
        """`kind` is `secondary`, `warning` or nothing."""
        super().__init__(
            "button",
            text=text,
            name=name,
            value=value,
            classes=f"govuk-button--{kind}" if kind else "",
            prevent_double_click=True,
        )


def render_question(
    field: forms.BoundField, context: Context, look: Look | None = None, template_pack: str = "govuk"
) -> SafeString:
    """A bound field with what its choices reveal; `look` goes before the form's."""
    look = look or look_of(field.form, field.name)
    revealed = {value: render_parts(parts, field.form, context, template_pack) for value, parts in look.reveals.items()}
    return render_bound_field(field, look, revealed)


def look_of(form: forms.BaseForm, name: str) -> Look:
    """What the form's `looks` say of the field; a plain Django form has none."""
    looks: dict[str, Look] = getattr(form, "looks", {})
    return looks.get(name) or Look()


def render_parts(parts: Any, form: forms.BaseForm, context: Context, template_pack: str) -> SafeString:
    """Names and layout objects, one after the other."""
    rendered = []
    for part in parts:
        if isinstance(part, str):
            rendered.append(Field(part).render(form, context, template_pack))
        else:
            rendered.append(part.render(form, context, template_pack=template_pack))
    return format_html_join("", "{}", ((part,) for part in rendered))


def mark_rendered(form: forms.BaseForm, name: str) -> None:
    """Note that a field stands on the page; ImproperlyConfigured when it stands there twice, or doesn't exist."""
    if name not in form.fields:
        raise ImproperlyConfigured(f"The layout of {type(form).__name__} names {name!r}, which is no field of it")
    rendered: set[str] | None = getattr(form, "rendered_fields", None)
    if rendered is not None:
        if name in rendered:
            raise ImproperlyConfigured(f"The layout of {type(form).__name__} shows {name!r} twice")
        rendered.add(name)


def revealed_names(form: forms.BaseForm) -> frozenset[str]:
    """Fields that show inside another field's choice, so not by themselves."""
    return frozenset(
        name
        for field in form.fields
        for parts in look_of(form, field).reveals.values()
        for name in names_in(parts, form)
    )


def names_in(item: Any, form: forms.BaseForm) -> Iterator[str]:
    """Names of the fields in a layout in the order of the page, what choices reveal included."""
    if isinstance(item, str):
        yield from names_in(Field(item), form)
    elif isinstance(item, Field):
        yield item.name
        for parts in (item.look or look_of(form, item.name)).reveals.values():
            yield from names_in(parts, form)
    elif isinstance(item, LayoutObject):
        yield from names_in(item.fields, form)
    elif isinstance(item, list | tuple):
        for part in item:
            yield from names_in(part, form)
