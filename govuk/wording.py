"""What a field says when it isn't answered right, in the words of the Design System.

Django's own messages ("This field is required.") don't name the question, and a person reads them away from it, in the
error summary. A field's own `error_messages` are left as they are.
"""

import re

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext

# Nothing that people type may be without bound; far above what anybody writes into one box.
LONGEST_TEXT = 50_000


def translated(words: object) -> str:
    """Return fixed words of a rule, which knows no languages, in the language of the page: as a whole, or sentence by
    sentence where a rule has put several together. What has no translation stays as it is."""
    said = str(words or "")
    found = gettext(said)
    if found != said or ". " not in said:
        return found
    return " ".join(gettext(one) for one in re.split(r"(?<=\.) ", said))


def word_messages(field: forms.Field, label: str) -> None:
    """Put our words in the place of Django's in this (copied) field, and bound a text that has no limit."""
    if isinstance(field, forms.CharField) and not any(isinstance(v, MaxLengthValidator) for v in field.validators):
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    for code, message in _messages(field, str(label)).items():
        if _is_djangos(field, code):
            field.error_messages[code] = message


def _is_djangos(field: forms.Field, code: str) -> bool:
    if code not in field.error_messages:
        return True
    for ancestor in type(field).__mro__:
        messages = vars(ancestor).get("default_error_messages", {})
        if code in messages:
            return ancestor.__module__.startswith("django.") and field.error_messages[code] == messages[code]
    return False


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    question = label.endswith("?")
    asked = f"“{label}”"
    named = gettext("Your answer to %(asked)s") % {"asked": asked} if question else label
    # These are filled with values, so a per cent sign of the label's is doubled.
    subject = named.replace("%", "%%")
    messages = {
        "max_length": gettext("%(subject)s must be %%(limit_value)d characters or fewer. It has %%(show_value)d")
        % {"subject": subject},
        "min_length": gettext("%(subject)s must be %%(limit_value)d characters or more") % {"subject": subject},
        "min_value": gettext("%(subject)s must be %%(limit_value)s or more") % {"subject": subject},
        "max_value": gettext("%(subject)s must be %%(limit_value)s or less") % {"subject": subject},
        "null_characters_not_allowed": gettext(
            "%(subject)s holds a hidden character that cannot be kept. Type that part again"
        )
        % {"subject": subject},
        "invalid_choice": gettext("Choose one of the answers shown"),
        "invalid_list": gettext("Choose from the answers shown"),
    }
    if isinstance(field, forms.EmailField):
        messages["required"] = (
            gettext("Answer %(asked)s") % {"asked": asked}
            if question
            else gettext("Enter %(inside_a_sentence)s") % {"inside_a_sentence": _inside_a_sentence(label)}
        )
        messages["invalid"] = gettext("Enter an email address in the correct format, like name@example.com")
    elif isinstance(field, forms.FileField):
        messages["required"] = (
            gettext("Choose a file") if question else gettext("Choose a file for %(asked)s") % {"asked": asked}
        )
        messages["empty"] = gettext("The chosen file is empty")
    elif isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        messages["required"] = gettext("Tick %(asked)s") % {"asked": asked}
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        messages["required"] = (
            gettext("Choose an answer to %(asked)s") % {"asked": asked}
            if question
            else gettext("Select %(inside_a_sentence)s") % {"inside_a_sentence": _inside_a_sentence(label)}
        )
    else:
        messages["required"] = (
            gettext("Answer %(asked)s") % {"asked": asked}
            if question
            else gettext("Enter %(inside_a_sentence)s") % {"inside_a_sentence": _inside_a_sentence(label)}
        )
        if isinstance(field, forms.IntegerField):
            kind = gettext("a whole number") if type(field) is forms.IntegerField else gettext("a number")
            messages["invalid"] = gettext("%(named)s must be %(kind)s") % {"named": named, "kind": kind}
    return messages


def _inside_a_sentence(label: str) -> str:
    """`Work email` becomes `work email`; `NHS number` stays."""
    first = label.split(" ", 1)[0]
    return label if first != first.capitalize() or first == "I" else label[:1].lower() + label[1:]
