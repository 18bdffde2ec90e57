"""What GOV.UK Frontend's scripts say, where the page isn't in English: they have the English words themselves."""

from django.utils.translation import get_language, gettext


def password_words() -> dict[str, str]:
    """Attributes of a password input; none in English."""
    if _is_english():
        return {}
    return {
        "data-i18n.show-password": gettext("Show"),
        "data-i18n.hide-password": gettext("Hide"),
        "data-i18n.show-password-aria-label": gettext("Show password"),
        "data-i18n.hide-password-aria-label": gettext("Hide password"),
        "data-i18n.password-shown-announcement": gettext("Your password is visible"),
        "data-i18n.password-hidden-announcement": gettext("Your password is hidden"),
    }


def count_words() -> dict[str, str]:
    """Attributes of a text area that counts characters; none in English. `%{count}` is put in by the script."""
    if _is_english():
        return {}
    return {
        "data-i18n.characters-under-limit.one": gettext("You have %{count} character remaining"),
        "data-i18n.characters-under-limit.other": gettext("You have %{count} characters remaining"),
        "data-i18n.characters-at-limit": gettext("You have 0 characters remaining"),
        "data-i18n.characters-over-limit.one": gettext("You have %{count} character too many"),
        "data-i18n.characters-over-limit.other": gettext("You have %{count} characters too many"),
    }


def _is_english() -> bool:
    return (get_language() or "en").startswith("en")
