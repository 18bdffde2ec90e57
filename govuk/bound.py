"""From a form's bound field to the component that shows it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from govuk.components import render_component
from govuk.looks import Look
from govuk.widgets import PARTS, GovukDateWidget

# Attributes of a widget that have an option of their own, or that the Design System advises against: `maxlength` cuts
# off what is pasted, `required` and `min` bring the browser's own messages, a placeholder vanishes when it is needed,
# and `autofocus` carries a screen reader past the page's help.
NOT_PASSED_ON = frozenset(
    {
        *("aria-describedby", "aria-invalid", "autocapitalize", "autocomplete", "autofocus", "class", "cols", "id"),
        *("inputmode", "max", "maxlength", "min", "minlength", "pattern", "placeholder", "required", "rows"),
        *("spellcheck", "step", "type"),
    }
)


def render_bound_field(field: forms.BoundField, look: Look, revealed: Mapping[str, SafeString]) -> SafeString:
    """The field's component; `revealed` holds what each choice reveals, by the choice's value. Hidden ones bare."""
    if field.is_hidden:
        return field.as_widget()
    for widget_class, build in BUILDERS:
        if isinstance(field.field.widget, widget_class):
            name, options = build(field, look, revealed)
            return render_component(name, options)
    return render_component("custom", {**_labelled(field, look), "control": _own_control(field)})


def first_input_id(field: forms.BoundField) -> str:
    """The id of the input that mends the field's error: the first, or the first part of a date that is at fault."""
    if isinstance(field.field.widget, GovukDateWidget):
        return f"{_id(field)}-{(_parts_at_fault(field) or PARTS)[0]}"
    return _id(field)


def _id(field: forms.BoundField) -> str:
    return str(field.field.widget.attrs.get("id") or field.auto_id or field.html_name)


def _own_control(field: forms.BoundField) -> SafeString:
    described_by = " ".join(
        f"{_id(field)}-{kind}" for kind, there in (("hint", field.help_text), ("error", field.errors)) if there
    )
    return field.as_widget(attrs={"id": _id(field), **({"aria-describedby": described_by} if described_by else {})})


def _common(field: forms.BoundField) -> dict[str, Any]:
    widget = field.field.widget
    lines = [(format_html("<br>{}", message) if place else message,) for place, message in enumerate(field.errors)]
    return {
        "name": field.html_name,
        "classes": widget.attrs.get("class", ""),
        "attributes": {name: value for name, value in widget.attrs.items() if name not in NOT_PASSED_ON},
        "disabled": field.field.disabled,
        "hint": {"text": field.help_text} if field.help_text else None,
        "error_message": {"text": format_html_join("", "{}", lines)} if field.errors else None,
    }


def _labelled(field: forms.BoundField, look: Look) -> dict[str, Any]:
    size = look.shown_size
    return {
        **_common(field),
        "id": _id(field),
        "label": {
            "text": field.label,
            "classes": f"govuk-label--{size}" if size else "",
            "is_page_heading": look.heading,
        },
    }


def _in_fieldset(field: forms.BoundField, look: Look) -> dict[str, Any]:
    size = look.shown_size
    legend = {
        "text": field.label,
        "classes": f"govuk-fieldset__legend--{size}" if size else "",
        "is_page_heading": look.heading,
    }
    return {**_common(field), "fieldset": {"legend": legend}}


Built = tuple[str, dict[str, Any]]
Builder = Callable[[forms.BoundField, Look, Mapping[str, SafeString]], Built]


def _input(field: forms.BoundField, look: Look, _revealed: Mapping[str, SafeString]) -> Built:
    widget = field.field.widget
    options = _labelled(field, look)
    attrs = widget.attrs
    kind = str(attrs.get("type") or getattr(widget, "input_type", "text"))
    number = kind == "number"
    width = f"govuk-{'input--width' if look.width.isdigit() else '!-width'}-{look.width}" if look.width else ""
    return "input", {
        **options,
        "classes": f"{options['classes']} {width}".strip(),
        # The browser's number box drops what isn't a number and changes with the scroll wheel.
        "type": "text" if number else kind,
        "inputmode": attrs.get("inputmode") or ("numeric" if number and attrs.get("step") != "any" else None),
        "spellcheck": _spellcheck(attrs, off=number or kind in {"email", "tel", "url"}),
        "autocomplete": attrs.get("autocomplete"),
        "autocapitalize": attrs.get("autocapitalize"),
        "pattern": attrs.get("pattern"),
        "value": widget.format_value(field.value()),
        "prefix": {"text": look.prefix} if look.prefix else None,
        "suffix": {"text": look.suffix} if look.suffix else None,
    }


def _spellcheck(attrs: Mapping[str, object], *, off: bool) -> bool | None:
    if "spellcheck" in attrs:
        return str(attrs["spellcheck"]).lower() == "true"
    return False if off else None


def _password(field: forms.BoundField, look: Look, _revealed: Mapping[str, SafeString]) -> Built:
    widget = field.field.widget
    return "password_input", {
        **_labelled(field, look),
        "autocomplete": widget.attrs.get("autocomplete"),
        "value": widget.format_value(field.value()) if getattr(widget, "render_value", False) else None,
    }


def _textarea(field: forms.BoundField, look: Look, _revealed: Mapping[str, SafeString]) -> Built:
    widget = field.field.widget
    options = {
        **_labelled(field, look),
        # Django's own default, a text, isn't anybody's choice: the component's stands.
        "rows": None if widget.attrs.get("rows") == "10" else widget.attrs.get("rows"),
        "spellcheck": _spellcheck(widget.attrs, off=False),
        "autocomplete": widget.attrs.get("autocomplete"),
        "value": widget.format_value(field.value()),
    }
    if not look.count:
        return "textarea", options
    limit = getattr(field.field, "max_length", None)
    if not limit:
        raise ImproperlyConfigured(f"{field.name}: a count needs the field's max_length")
    return "character_count", {**options, "maxlength": limit, "threshold": 75}


def _file(field: forms.BoundField, look: Look, _revealed: Mapping[str, SafeString]) -> Built:
    options = _labelled(field, look)
    return "file_upload", {**options, "multiple": options["attributes"].pop("multiple", False)}


def _chosen(field: forms.BoundField) -> frozenset[str]:
    shown = field.field.widget.format_value(field.value())
    return frozenset([shown] if isinstance(shown, str) else map(str, shown or ()))


def _select(field: forms.BoundField, look: Look, _revealed: Mapping[str, SafeString]) -> Built:
    widget, chosen = field.field.widget, _chosen(field)
    options = _labelled(field, look)
    options["attributes"] = {
        **options["attributes"],
        "multiple": bool(getattr(widget, "allow_multiple_selected", False)),
    }
    items = [{"value": value, "text": text, "selected": value in chosen} for value, text in _flat_choices(field)]
    return "select", {**options, "items": items}


def _flat_choices(field: forms.BoundField) -> list[tuple[str, str]]:
    choices = []
    for value, text in field.field.widget.choices:
        if isinstance(text, list | tuple):
            raise ImproperlyConfigured(f"{field.name}: choices in groups have no component; use a fieldset a group")
        choices.append(("" if value is None else str(value), text))
    return choices


def _choice_items(
    field: forms.BoundField, look: Look, revealed: Mapping[str, SafeString], own: Mapping[str, object]
) -> list[dict[str, Any]]:
    chosen = _chosen(field)
    items: list[dict[str, Any]] = []
    for value, text in _flat_choices(field):
        if value in look.dividers:
            items.append({"divider": look.dividers[value]})
        items.append(
            {
                "value": value,
                "text": text,
                "checked": value in chosen,
                "disabled": field.field.disabled,
                "attributes": own,
                "behaviour": "exclusive" if value in look.exclusive else None,
                "hint": {"text": look.hints[value]} if value in look.hints else None,
                "conditional": {"text": revealed.get(value, "")},
            }
        )
    return items


def _group_of_choices(kind: str) -> Builder:
    def build(field: forms.BoundField, look: Look, revealed: Mapping[str, SafeString]) -> Built:
        options = _in_fieldset(field, look)
        variants = {f"govuk-{kind}--small": look.small, f"govuk-{kind}--inline": look.inline}
        classes = [options["classes"], *(name for name, wanted in variants.items() if wanted)]
        return kind, {
            **options,
            "id_prefix": _id(field),
            "classes": " ".join(filter(None, classes)),
            "attributes": {},
            "items": _choice_items(field, look, revealed, options["attributes"]),
        }

    return build


def _single_checkbox(field: forms.BoundField, look: Look, revealed: Mapping[str, SafeString]) -> Built:
    widget = field.field.widget
    options = _common(field)
    checked = isinstance(widget, forms.CheckboxInput) and widget.check_test(field.value())
    item = {
        "value": "on",
        "text": field.label,
        "checked": checked,
        "disabled": field.field.disabled,
        "attributes": options["attributes"],
        "hint": options["hint"],
        "conditional": {"text": revealed.get("on", "")},
    }
    return "checkboxes", {
        **options,
        "id_prefix": _id(field),
        "classes": f"{options['classes']}{' govuk-checkboxes--small' if look.small else ''}".strip(),
        "attributes": {},
        "hint": None,
        "items": [item],
    }


def _date(field: forms.BoundField, look: Look, _revealed: Mapping[str, SafeString]) -> Built:
    widget = field.field.widget
    if not isinstance(widget, GovukDateWidget):
        raise TypeError(f"{field.name} has no date widget")
    at_fault = _parts_at_fault(field)
    birthday = widget.attrs.get("autocomplete") == "bday"
    items = [
        {
            "id": f"{_id(field)}-{part}",
            "name": f"{field.html_name}_{part}",
            "label": gettext(part.capitalize()),
            "value": value,
            "error": part in at_fault if at_fault else None,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}",
            "autocomplete": f"bday-{part}" if birthday else None,
            "attributes": {"disabled": field.field.disabled},
        }
        for part, value in zip(PARTS, widget.shown(field.value()), strict=True)
    ]
    return "date_input", {**_in_fieldset(field, look), "id": _id(field), "items": items}


def _parts_at_fault(field: forms.BoundField) -> tuple[str, ...]:
    if not field.errors:
        return ()
    named: set[str] = set()
    for error in field.form.errors[field.name].as_data():
        if isinstance(error, ValidationError) and isinstance(error.params, dict):
            named.update(error.params.get("parts", ()))
    return tuple(part for part in PARTS if part in named)


# In this order: a class stands before those it inherits from.
BUILDERS: tuple[tuple[type[forms.Widget], Builder], ...] = (
    (GovukDateWidget, _date),
    (forms.CheckboxInput, _single_checkbox),
    (forms.CheckboxSelectMultiple, _group_of_choices("checkboxes")),
    (forms.RadioSelect, _group_of_choices("radios")),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.widgets.Input, _input),
)
