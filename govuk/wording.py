"""What a field says when it isn't answered right, in the words of the Design System.

Django's own messages ("This field is required.") don't name the question, and a person reads them away from it, in the
error summary. A field's own `error_messages` are left as they are.
"""

from django import forms
from django.core.validators import MaxLengthValidator

# Nothing that people type may be without bound; far above what anybody writes into one box.
LONGEST_TEXT = 50_000


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
    named = f"Your answer to {asked}" if question else label
    # These are filled with values, so a per cent sign of the label's is doubled.
    subject = named.replace("%", "%%")
    messages = {
        "max_length": f"{subject} must be %(limit_value)d characters or fewer. It has %(show_value)d",
        "min_length": f"{subject} must be %(limit_value)d characters or more",
        "min_value": f"{subject} must be %(limit_value)s or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "null_characters_not_allowed": f"{subject} holds a hidden character that cannot be kept. Type that part again",
        "invalid_choice": "Choose one of the answers shown",
        "invalid_list": "Choose from the answers shown",
    }
    if isinstance(field, forms.EmailField):
        messages["required"] = f"Answer {asked}" if question else f"Enter {_inside_a_sentence(label)}"
        messages["invalid"] = "Enter an email address in the correct format, like name@example.com"
    elif isinstance(field, forms.FileField):
        messages["required"] = "Choose a file" if question else f"Choose a file for {asked}"
        messages["empty"] = "The chosen file is empty"
    elif isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        messages["required"] = f"Tick {asked}"
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        messages["required"] = f"Choose an answer to {asked}" if question else f"Select {_inside_a_sentence(label)}"
    else:
        messages["required"] = f"Answer {asked}" if question else f"Enter {_inside_a_sentence(label)}"
        if isinstance(field, forms.IntegerField):
            kind = "a whole number" if type(field) is forms.IntegerField else "a number"
            messages["invalid"] = f"{named} must be {kind}"
    return messages


def _inside_a_sentence(label: str) -> str:
    """`Work email` becomes `work email`; `NHS number` stays."""
    first = label.split(" ", 1)[0]
    return label if first != first.capitalize() or first == "I" else label[:1].lower() + label[1:]
