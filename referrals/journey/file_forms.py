"""Choosing files, and saying what each of them is. They work without scripts: choose, then describe."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from govuk.forms import GovukForm
from govuk.layout import Button, Component, Fieldset, Layout
from govuk.looks import Look
from referrals.documents.files import FileShown
from referrals.journey.page_form import DO
from referrals.record.actions import Described, Upload
from referrals.record.domain.attachments import LARGEST, LIMITS, LONGEST_DESCRIPTION, clean_name
from referrals.record.domain.file_types import ACCEPTED, TAKEN

REMOVE, SAVE, ADD, UPLOAD, TAKE = "remove", "save", "add", "upload", "take"


class _SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _SeveralFiles(forms.FileField):
    """A file field that takes several, each as it arrived."""

    widget = _SeveralInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Return the chosen files; their content is judged when they are taken."""
        return list(data) if isinstance(data, list | tuple) else [data] if data else []


class ChooseForm(GovukForm):
    """One or several files. What is wrong with one stands beside it once they have arrived."""

    chosen = _SeveralFiles(
        label=_("Choose files"),
        help_text=f"{LIMITS} {TAKEN}",
        required=False,
        widget=_SeveralInput({"accept": ACCEPTED, "multiple": True}),
    )
    looks = {"chosen": Look(size="m")}

    def __init__(self, *args: Any, too_large: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.too_large = tuple(
            gettext("“%(clean_name)s” is larger than %(largest)s MB.")
            % {"clean_name": clean_name(name), "largest": LARGEST // 1024**2}
            for name in too_large
        )

    def layout(self) -> Layout:
        """The field and a button that says what it does."""
        return Layout("chosen", Button(gettext("Upload"), name=DO, value=UPLOAD, kind="secondary"))

    def clean(self) -> dict[str, Any] | None:
        """Ask for a file where none was chosen. What didn't arrive, being too large, was chosen all the same."""
        if not self.cleaned_data.get("chosen") and not self.too_large:
            self.add_error("chosen", gettext("Choose a file"))
        return self.cleaned_data

    def uploads(self) -> list[Upload]:
        """What arrived, read whole: each is small enough, or it would not have arrived."""
        return [Upload(one.name or "", one.read()) for one in self.cleaned_data.get("chosen", ())]


class TakeForm(GovukForm):
    """Files of the earlier form to take along. Nothing is ticked beforehand."""

    taken = forms.MultipleChoiceField(
        label=_("Which of them go along?"),
        help_text=_("Each is checked for viruses again. What was said of it comes along, and can be changed."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    looks = {"taken": Look(size="s", small=True)}

    def __init__(self, files: Sequence[FileShown], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.shown = files
        self.fields["taken"].choices = [(str(one.id), _named(one)) for one in files]  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        """The boxes and a button that says what it does."""
        return Layout("taken", Button(gettext("Take these files along"), name=DO, value=TAKE, kind="secondary"))

    def clean(self) -> dict[str, Any] | None:
        """Ask for a file where none was ticked."""
        if not self.errors and not self.cleaned_data.get("taken"):
            self.add_error("taken", gettext("Tick the files that go along"))
        return self.cleaned_data

    def chosen(self) -> list[UUID]:
        """The files that were ticked."""
        return [UUID(one) for one in self.cleaned_data["taken"]]


def _named(one: FileShown) -> str:
    """A file in one line: its name and kind, when it was chosen, whom it is about, what was said of it."""
    said = [
        one.name,
        gettext("%(kind)s, %(size)s, chosen %(at)s")
        % {"kind": one.kind, "size": one.size, "at": date_format(one.at, "j F Y")},
        one.about,
        one.description,
    ]
    return ". ".join(filter(None, said))


class DescribeForm(GovukForm):
    """What each file is, and about which child it is. None of it has to be answered."""

    def __init__(self, files: Sequence[FileShown], children: Mapping[str, str], *args: Any, add: bool, **more: Any):
        self.shown, self.children, self.add_button = files, children, add
        super().__init__(*args, **more)
        for one in self.shown:
            if one.kept_out:
                continue
            self.fields[f"what-{one.id}"] = forms.CharField(
                label=gettext("What is it, who made it, and when?"),
                help_text=gettext("File %(number)s. Such as: photo of the bruise on his arm, taken by me on 3 March.")
                % {"number": one.number},
                required=False,
                max_length=LONGEST_DESCRIPTION,
                initial=one.description,
                widget=forms.Textarea({"rows": "2"}),
            )
            if len(self.children) > 1:
                self.fields[f"about-{one.id}"] = forms.ChoiceField(
                    label=gettext("Whom is file %(number)s about?") % {"number": one.number},
                    required=False,
                    choices=[("", gettext("All of the children")), *self.children.items()],
                    initial=next((key for key, name in self.children.items() if name == one.about), ""),
                    widget=forms.Select,
                )

    def layout(self) -> Layout:
        """File by file, with its state and a button that takes it off; then the buttons for all."""
        parts = [Fieldset(f"{one.number}. {one.name}", *self._of(one), size="s") for one in self.shown]
        if self.add_button:
            last = (Button(gettext("Add these files"), name=DO, value=ADD),)
        else:
            last = (Button(gettext("Save and continue"), name=DO, value=SAVE),)
        return Layout(*parts, *last)

    def _of(self, one: FileShown) -> Iterable[Any]:
        said = f"{one.kind}, {one.size}. {one.state}."
        if one.kept_out:
            yield Component("warning_text", text=said, icon_fallback_text=gettext("Warning"))
        else:
            yield Component("inset_text", text=said)
        yield from (name for name in (f"what-{one.id}", f"about-{one.id}") if name in self.fields)
        yield Button(
            gettext("Take file %(number)s off") % {"number": one.number},
            name=DO,
            value=f"{REMOVE}:{one.id}",
            kind="secondary",
        )

    def said(self) -> dict[UUID, Described]:
        """What was said of each file that stood on the page: of one that came in another tab meanwhile, nothing."""
        return {
            one.id: Described(
                self.cleaned_data[f"what-{one.id}"],
                UUID(about) if (about := self.cleaned_data.get(f"about-{one.id}", "")) else None,
            )
            for one in self.shown
            if f"what-{one.id}" in self.data
        }
