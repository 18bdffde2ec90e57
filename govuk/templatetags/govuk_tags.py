"""Template tags of the pack; a built-in library, so no template needs to load it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from govuk import wording
from govuk.components import render_component
from govuk.errors import Problem, problems_in
from govuk.layout import render_parts, render_question, revealed_names

register = template.Library()


@register.simple_tag
def govuk(component_name: str, options: Mapping[str, Any] | None = None, **more: Any) -> SafeString:
    """`{% govuk "tag" text="Urgent" classes="govuk-tag--red" %}`: a component, options as in `govuk.components`."""
    return render_component(component_name, {**(options or {}), **more})


@register.simple_block_tag(end_name="endcomponent")
def component(
    content: SafeString,
    component_name: str,
    options: Mapping[str, Any] | None = None,
    **more: Any,
) -> SafeString:
    """`{% component "details" summary_text="Who sees this" %}…{% endcomponent %}`: the component round a block."""
    return render_component(component_name, {**(options or {}), **more, "content": content})


@register.simple_tag(takes_context=True)
def govuk_field(context: Context, field: forms.BoundField) -> SafeString:
    """A form's field with label, hint, error message and input, as its form's looks say."""
    return render_question(field, context)


@register.simple_tag(takes_context=True)
def govuk_fields(context: Context, form: forms.BaseForm) -> SafeString:
    """All fields of a form, each once, without the form's tag and without buttons."""
    inside = revealed_names(form)
    return render_parts([name for name in form.fields if name not in inside], form, context, "govuk")


@register.simple_tag(takes_context=True)
def error_summary(context: Context, *forms_or_formsets: object) -> SafeString:
    """The summary of all errors in the forms and formsets named, else in the context's; empty when there is none."""
    problems = _problems(context, forms_or_formsets)
    if not problems:
        return SafeString("")
    items = [{"text": problem.message, "href": f"#{problem.target}" if problem.target else ""} for problem in problems]
    return render_component("error_summary", {"error_list": items})


@register.simple_tag(takes_context=True)
def error_prefix(context: Context, *forms_or_formsets: object) -> str:
    """`Error: ` for the page's title when a form has errors, else nothing."""
    return gettext("Error: ") if _problems(context, forms_or_formsets) else ""


def _problems(context: Context, named: Iterable[object]) -> list[Problem]:
    found = list(named) or [context.get("form"), context.get("formset"), *(context.get("forms") or ())]
    return problems_in(*(item for item in found if isinstance(item, forms.BaseForm | forms.BaseFormSet)))


@register.simple_tag
def message_banner(message: Message, number: int) -> SafeString:
    """One of Django's messages as a notification banner; `number` tells several on a page apart."""
    kind = "success" if message.level_tag == "success" else ""
    return render_component(
        "notification_banner",
        {"type": kind, "text": message.message, "title_id": f"message-{number}"},
    )


@register.filter
def attributes(values: Mapping[str, object] | None) -> SafeString:
    """HTML attributes from a mapping, each with a space before it: True gives the bare name, None and False nothing."""
    if not isinstance(values, Mapping):
        return SafeString("")
    return format_html_join(
        "",
        "{}{}",
        (
            (format_html(" {}", name), "" if value is True else format_html('="{}"', value))
            for name, value in values.items()
            if value is not None and value is not False
        ),
    )


@register.filter
def navigation_items(entries: Iterable[Any]) -> list[dict[str, Any]]:
    """Entries with `text`, `url` and `current` as the service navigation's items."""
    return [{"text": entry.text, "href": entry.url, "current": entry.current} for entry in entries]


@register.filter
def unlocalised(value: object) -> str:
    """A value as it stands: numbers without thousands separators, for `value` attributes."""
    return value if isinstance(value, str) else str(value)


@register.filter
def translated(words: object) -> str:
    """Fixed words of a rule in the language of the page: `govuk.wording.translated`."""
    return wording.translated(words)


@register.filter
def tel(number: str) -> SafeString:
    """A telephone number as a link that rings it, shown as it was written; an extension isn't dialled."""
    dialled, _, _ = re.sub(r"\(0\)", "", str(number)).lower().partition("ext")
    digits = re.sub(r"[^0-9+]", "", dialled)
    # Without breaks inside: a number split over two lines is misread.
    return format_html('<a class="govuk-link app-number" href="tel:{}">{}</a>', digits, number)
