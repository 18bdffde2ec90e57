"""Components of the GOV.UK Design System: options in, markup out.

Options have the names of govuk-frontend's macro options, in snake case, so that its documentation is ours. Two
differences: `html` doesn't exist (a text is escaped unless it is a `SafeString`), and what a block tag encloses
arrives as `content`. An id is always given by the caller.

The functions below fill in what Nunjucks' templates compute: ids, `aria-describedby`, which item is checked. The
templates in `templates/govuk/components/` hold markup only.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from govuk.script_words import count_words, password_words

Options = Mapping[str, Any]
Prepared = dict[str, Any]


def render_component(name: str, options: Options) -> SafeString:
    """Return the markup of the component `name` (`input`, `summary_list`, …); TemplateDoesNotExist if there is none."""
    prepare = PREPARATIONS.get(name, dict)
    return render_to_string(f"govuk/components/{name}.html", prepare(options))


def _join(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


def _described(options: Options, id_: str, described_by: str = "") -> Prepared:
    """Ids of hint and error message, and the `aria-describedby` that names those that are there."""
    hint_id, error_id = f"{id_}-hint", f"{id_}-error"
    return {
        **options,
        "hint_id": hint_id,
        "error_id": error_id,
        "described_by": _join(
            described_by,
            options.get("hint") and hint_id,
            options.get("error_message") and error_id,
        ),
    }


def _text_of(options: Options, *path: str) -> object:
    value: object = options
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _boolean_word(value: object) -> str:
    """`spellcheck` is an attribute with the words true and false; absent unless it was decided."""
    return str(value).lower() if isinstance(value, bool) else ""


def _labelled(options: Options) -> Prepared:
    """What text areas, selects and file uploads share."""
    prepared = _described(options, str(options["id"]), str(options.get("described_by") or ""))
    return {**prepared, "spellcheck": _boolean_word(options.get("spellcheck"))}


def _input(options: Options) -> Prepared:
    wrapped = any(
        _text_of(options, *path)
        for path in (
            ("prefix", "text"),
            ("suffix", "text"),
            ("form_group", "before_input", "text"),
            ("form_group", "after_input", "text"),
        )
    )
    return {**_labelled(options), "wrapped": wrapped}


def _password_input(options: Options) -> Prepared:
    form_group = dict(options.get("form_group") or {})
    button = render_component(
        "button",
        {
            "type": "button",
            "classes": _join(
                "govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle",
                _text_of(options, "button", "classes"),
            ),
            "text": gettext("Show"),
            "attributes": {"aria-controls": options["id"], "aria-label": gettext("Show password"), "hidden": True},
        },
    )
    after = _text_of(form_group, "after_input", "text") or ""
    return {
        "input": {
            **options,
            "form_group": {
                **form_group,
                "classes": _join("govuk-password-input", form_group.get("classes")),
                "attributes": {
                    "data-module": "govuk-password-input",
                    **password_words(),
                    **(form_group.get("attributes") or {}),
                },
                "after_input": {"text": format_html("{}{}", button, after)},
            },
            "input_wrapper": {"classes": "govuk-password-input__wrapper"},
            "classes": _join("govuk-password-input__input govuk-js-password-input-input", options.get("classes")),
            "type": "password",
            "spellcheck": False,
            "autocapitalize": "none",
            "autocomplete": options.get("autocomplete") or "current-password",
        }
    }


def _character_count(options: Options) -> Prepared:
    """A text area with a count; needs `maxlength` or `maxwords`, which are limits for the eye, not for typing."""
    id_ = str(options["id"])
    words, characters = options.get("maxwords"), options.get("maxlength")
    form_group = dict(options.get("form_group") or {})
    message = render_component(
        "hint",
        {
            "id": f"{id_}-info",
            "classes": _join("govuk-character-count__message", _text_of(options, "count_message", "classes")),
            "text": _most(words, characters),
        },
    )
    after = _text_of(form_group, "after_input", "text") or ""
    return {
        "textarea": {
            **options,
            "described_by": f"{id_}-info",
            "classes": _join("govuk-js-character-count", options.get("classes")),
            "form_group": {
                **form_group,
                "classes": _join("govuk-character-count", form_group.get("classes")),
                "attributes": {
                    "data-module": "govuk-character-count",
                    "data-maxlength": characters,
                    "data-maxwords": words,
                    "data-threshold": options.get("threshold"),
                    "data-count-type": "words" if words else None,
                    **count_words(),
                    **(form_group.get("attributes") or {}),
                },
                "after_input": {"text": format_html("{}{}", message, after)},
            },
        }
    }


def _most(words: object, characters: object) -> str:
    if words:
        return gettext("You can enter up to %(number)s words") % {"number": words}
    return gettext("You can enter up to %(number)s characters") % {"number": characters}


_PARTS = {"day": gettext_noop("Day"), "month": gettext_noop("Month"), "year": gettext_noop("Year")}


def _select(options: Options) -> Prepared:
    chosen = options.get("value")
    items = []
    for item in filter(None, options.get("items") or []):
        value = item.get("value")
        stands_for = item.get("text") if value is None else value
        selected = item.get("selected") or (bool(chosen) and stands_for == chosen and item.get("selected") is not False)
        items.append({**item, "value": value, "selected": selected})
    return {**_labelled(options), "items": items}


def _choices(options: Options, *, inputs_template: str, is_chosen: Callable[[object], bool]) -> Prepared:
    prefix = str(options["id_prefix"])
    prepared = _described(
        options,
        prefix,
        str(_text_of(options, "fieldset", "described_by") or options.get("described_by") or ""),
    )
    items = []
    for number, item in enumerate(options.get("items") or [], start=1):
        if not item:
            continue
        # The first input has no number, so that the error summary's link finds it.
        id_ = item.get("id") or (prefix if number == 1 else f"{prefix}-{number}")
        hint_id = f"{id_}-item-hint"
        items.append(
            {
                **item,
                "id": id_,
                "name": item.get("name") or options["name"],
                "checked": item.get("checked") or (is_chosen(item.get("value")) and item.get("checked") is not False),
                "conditional_id": f"conditional-{id_}",
                "hint_id": hint_id,
                "described_by": _join(
                    inputs_template.endswith("_checkboxes_inputs.html")
                    and not options.get("fieldset")
                    and prepared["described_by"],
                    _text_of(item, "hint", "text") and hint_id,
                ),
            }
        )
    return {**prepared, "items": items, "inputs_template": inputs_template}


def _radios(options: Options) -> Prepared:
    chosen = options.get("value")
    return _choices(
        options,
        inputs_template="govuk/components/_radios_inputs.html",
        is_chosen=lambda value: bool(chosen) and value == chosen,
    )


def _checkboxes(options: Options) -> Prepared:
    chosen = options.get("values") or ()
    return _choices(
        options,
        inputs_template="govuk/components/_checkboxes_inputs.html",
        is_chosen=lambda value: value in chosen,
    )


def _date_input(options: Options) -> Prepared:
    """Three inputs. An item's `error` marks that part; with an error message and no mark, all but False ones are."""
    id_ = str(options["id"])
    given = list(filter(None, options.get("items") or []))
    items = given or [{"name": "day"}, {"name": "month"}, {"name": "year"}]
    marked = any(item.get("error") for item in items)
    inputs = []
    for item in items:
        name = str(item["name"])
        at_fault = item.get("error") or (item.get("error") is not False and options.get("error_message") and not marked)
        classes = str(item.get("classes") or "")
        width = "" if "govuk-input--width-" in classes else f"govuk-input--width-{4 if name == 'year' else 2}"
        inputs.append(
            {
                "label": {
                    "text": item.get("label") or gettext(_PARTS.get(name, name.capitalize())),
                    "classes": "govuk-date-input__label",
                },
                "id": item.get("id") or f"{id_}-{name}",
                "name": f"{options['name_prefix']}-{name}" if options.get("name_prefix") else name,
                "classes": _join("govuk-date-input__input", "govuk-input--error" if at_fault else "", width, classes),
                "value": item.get("value"),
                "inputmode": item.get("inputmode") or "numeric",
                "autocomplete": item.get("autocomplete"),
                "pattern": item.get("pattern"),
                "attributes": item.get("attributes"),
            }
        )
    return {
        **_described(options, id_, str(_text_of(options, "fieldset", "described_by") or "")),
        "items": inputs,
        "inputs_template": "govuk/components/_date_input_inputs.html",
        # Without the role JAWS doesn't read the description of a fieldset of text inputs.
        "fieldset_role": "group",
    }


def _error_message(options: Options) -> Prepared:
    return {"visually_hidden_text": gettext("Error"), **options}


def _error_summary(options: Options) -> Prepared:
    return {"title_text": gettext("There is a problem"), **options}


def _notification_banner(options: Options) -> Prepared:
    success = options.get("type") == "success"
    return {
        **options,
        "role": options.get("role") or ("alert" if success else "region"),
        "title_id": options.get("title_id") or "govuk-notification-banner-title",
        "title_text": options.get("title_text") or (gettext("Success") if success else gettext("Important")),
    }


def _panel(options: Options) -> Prepared:
    """A confirmation; with the class `govuk-panel--interruption` an interruption card, which may have actions."""
    interruption = "govuk-panel--interruption" in str(options.get("classes") or "")
    actions = _actions(options)
    for action in actions["items"]:
        action["is_button"] = not action.get("href") or action.get("type") == "button"
        if action["is_button"]:
            action["type"] = action.get("type") or "button"
            action["classes"] = _join("govuk-button--inverse", action.get("classes"))
    return {**options, "interruption": interruption, "actions": actions if options.get("actions") else None}


def _summary_list(options: Options) -> Prepared:
    rows = list(filter(None, options.get("rows") or []))
    return {
        **options,
        "rows": [{**row, "actions": _actions(row)} for row in rows],
        "any_row_has_actions": any(_actions(row)["items"] for row in rows),
    }


def _actions(row: Options) -> Prepared:
    # A template reads `actions.items` of a plain mapping as its method when the key is missing.
    actions = dict(row.get("actions") or {})
    return {**actions, "items": [dict(item) for item in actions.get("items") or [] if item]}


def _table(options: Options) -> Prepared:
    return {**options, "rows": list(filter(None, options.get("rows") or []))}


def _task_list(options: Options) -> Prepared:
    prefix = options.get("id_prefix") or "task-list"
    items = []
    for number, item in enumerate(options.get("items") or [], start=1):
        if not item:
            continue
        hint_id, status_id = f"{prefix}-{number}-hint", f"{prefix}-{number}-status"
        items.append(
            {
                **item,
                "hint_id": hint_id,
                "status_id": status_id,
                "described_by": _join(item.get("hint") and hint_id, status_id),
            }
        )
    return {**options, "items": items}


def _pagination(options: Options) -> Prepared:
    items = [item for item in options.get("items") or [] if item]
    block_level = not options.get("items") and bool(options.get("next") or options.get("previous"))
    return {**options, "items": items, "block_level": block_level}


def _service_navigation(options: Options) -> Prepared:
    navigation = [item for item in options.get("navigation") or [] if item]
    collapses = options.get("collapse_navigation_on_mobile")
    return {
        **options,
        "navigation": navigation,
        "collapses": len(navigation) > 1 if collapses is None else collapses,
    }


PREPARATIONS: dict[str, Callable[[Options], Prepared]] = {
    "character_count": _character_count,
    "checkboxes": _checkboxes,
    "custom": _labelled,
    "date_input": _date_input,
    "error_message": _error_message,
    "error_summary": _error_summary,
    "file_upload": _labelled,
    "input": _input,
    "notification_banner": _notification_banner,
    "pagination": _pagination,
    "panel": _panel,
    "password_input": _password_input,
    "radios": _radios,
    "select": _select,
    "service_navigation": _service_navigation,
    "summary_list": _summary_list,
    "table": _table,
    "task_list": _task_list,
    "textarea": _labelled,
}
