"""Searching and narrowing a pack as its page shows it; uploading, comparing and publishing drafts."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.layout import Field, Layout
from govuk.looks import Look
from thresholds import spreadsheets
from thresholds.domain.assemble import Mistake, PackErrors
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Listed
from thresholds.domain.narrow import Wanted
from thresholds.domain.pack import Pack
from thresholds.domain.permissions import LONGEST_AHEAD
from thresholds.presenters import level_name
from thresholds.spreadsheets.bounds import MOST_BYTES

KINDS = {
    Listed.DESCRIPTOR: gettext_noop("Descriptors"),
    Listed.OVERRIDE: gettext_noop("What outranks every level"),
    Listed.SIGN: gettext_noop("Signs of exploitation"),
    Listed.PROTECTIVE_FACTOR: gettext_noop("Protective factors"),
    Listed.HARM_FACTOR: gettext_noop("What makes harm likelier"),
}
UNBORN = "unborn"
ADULT = 18


class FindForm(GovukForm):
    """Words to look for, and what to narrow to. Posted: words may name a child's troubles and stay out of addresses."""

    words = forms.CharField(
        label=_("Search this document"),
        help_text=_("For example bruising, or parent drinks"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Use 200 characters or fewer: a few words find more than a whole story")},
    )
    level = forms.ChoiceField(label=_("Level"), required=False)
    domain = forms.ChoiceField(label=_("Domain"), required=False)
    age = forms.ChoiceField(label=_("Child's age"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    looks = {"words": Look(size="s")}

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        """Offer the levels, domains and kinds that this pack has."""
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in KINDS if _has(pack, kind)]
        self._offer("level", gettext("Every level"), [(level.id, level_name(pack, level.id)) for level in pack.levels])
        self._offer("domain", gettext("Every domain"), [(domain.id, domain.name) for domain in pack.domains])
        years = [("0", gettext("Under 1")), *((str(years), str(years)) for years in range(1, ADULT))]
        self._offer("age", gettext("Every age"), [(UNBORN, gettext("Unborn")), *years])
        self._offer("kind", gettext("Everything"), [(kind.value, gettext(KINDS[kind])) for kind in kinds])
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


class UploadForm(GovukForm):
    """A file that becomes a draft, if it holds a whole pack of the area. `mistakes` says what is wrong with it."""

    submit_text = _("Upload as a draft")

    file = forms.FileField(
        label=_("Choose a file"),
        help_text=_(
            "An Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods), CSV files in a zip, or YAML. At most 5 MB."
        ),
        allow_empty_file=True,  # our own words for it
        error_messages={"required": _("Choose a file to upload")},
    )
    note = forms.CharField(
        label=_("What is this draft about?"),
        help_text=_("Optional. For example: wording agreed in October. Do not name anybody."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Use 200 characters or fewer")},
    )

    def __init__(self, *args: Any, area: str, **kwargs: Any) -> None:
        """Take packs of that area (slug) alone."""
        super().__init__(*args, **kwargs)
        self.area = area
        self.mistakes: tuple[Mistake, ...] = ()

    def clean_file(self) -> Pack:
        """The pack in the file, told by its content. What was sent is read once and kept nowhere."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise ValidationError(
                gettext("The file must be smaller than %(most_bytes)s MB") % {"most_bytes": MOST_BYTES // 1024 // 1024}
            )
        try:
            pack, kind = spreadsheets.read_upload(str(sent.name)[:100], sent.read(MOST_BYTES + 1))
        except PackErrors as errors:
            self.mistakes = errors.mistakes
            number = len(errors.mistakes)
            said = ngettext(
                "The file has a mistake and was not kept", "The file has %(number)s mistakes and was not kept", number
            )
            raise ValidationError(said % {"number": number}) from None
        if pack.area.slug != self.area:
            whose = pack.area.name
            raise ValidationError(
                gettext("This is the document of %(whose)s. You can only upload that of your own area")
                % {"whose": whose}
            )
        self.source = kind.code
        return pack

    @property
    def pack(self) -> Pack:
        """The pack; only of a valid form."""
        found: Pack = self.cleaned_data["file"]
        return found


class CompareForm(GovukForm):
    """Two of an area's versions and drafts."""

    submit_text = _("Compare")

    old = forms.ChoiceField(label=_("From"), error_messages={"invalid_choice": _("Choose one of these documents")})
    new = forms.ChoiceField(label=_("To"), error_messages={"invalid_choice": _("Choose one of these documents")})

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the choices on both sides, in their order."""
        super().__init__(*args, **kwargs)
        self.choices = list(choices)
        for name in ("old", "new"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = self.choices
        # Never the same on both sides: from what is published to the newest draft, or from the version before.
        published = [key for key, _name in self.choices if key.startswith("version-")]
        newest = self.choices[0][0] if self.choices else None
        self.fields["new"].initial = newest
        self.fields["old"].initial = next((key for key in published if key != newest), None)


class StartForm(GovukForm):
    """The day from which a draft applies."""

    submit_text = _("Continue")

    start = GovukDateField(
        subject=_("The date"),
        label=_("From which day does it apply?"),
        help_text=_("Today or later. Referrals that are started from that day on use it."),
        error_messages={"required": _("Enter the day from which it applies")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        """`today` is the first day that may be chosen."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_start(self) -> dt.date:
        """A day from today on."""
        start: dt.date = self.cleaned_data["start"]
        if start < self.today:
            raise date_error(gettext("The date must be today or in the future"), "day", "month", "year")
        if start > self.today + LONGEST_AHEAD:
            raise date_error(gettext("The date must be within the next two years"), "year")
        return start


class ConfirmForm(GovukForm):
    """What whoever publishes was shown: the version that the differences were shown against (empty: there was none),
    and those that follow. It stands in the page's own form, with the page's button."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    knows_later = forms.MultipleChoiceField(
        label=_("Another version follows"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick that you know which version takes the place of this one"),
            "invalid_choice": _("The versions that follow have changed: look at them, and tick again"),
        },
    )

    def __init__(self, *args: Any, later: Sequence[dt.date], **kwargs: Any) -> None:
        """`later` are the days from which other versions are published already; without one nothing is asked."""
        super().__init__(*args, **kwargs)
        if later:
            self._ask(later)
        else:
            del self.fields["knows_later"]
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def _ask(self, later: Sequence[dt.date]) -> None:
        said = gettext("I know that the version from %(day)s takes the place of this one on that day")
        field = self.fields["knows_later"]
        assert isinstance(field, forms.MultipleChoiceField)
        # The days are the answer: a tick from before another version came is none for that one.
        answer = " ".join(day.isoformat() for day in later)
        field.choices = [(answer, said % {"day": f"{later[0]:%-d %B %Y}"})]

    def layout(self) -> Layout:
        """The tick alone: what is hidden is rendered of itself, and the button is the page's."""
        return Layout(*(Field(field.name) for field in self.visible_fields()))

    @property
    def seen_version(self) -> int | None:
        """The version's number; 0, which none has, where what was sent is no number. Only of a cleaned form."""
        number: int | None = self.cleaned_data.get("seen", 0)
        return number

    @property
    def known_later(self) -> tuple[dt.date, ...]:
        """The days that were ticked. Only of a cleaned form."""
        ticked: list[str] = self.cleaned_data.get("knows_later", [])
        return tuple(dt.date.fromisoformat(day) for answer in ticked for day in answer.split())
