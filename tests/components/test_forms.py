"""Forms through crispy-forms: whole markup, escaping, links that land, typed text that stays."""

from datetime import date
from typing import Any

import pytest
from crispy_forms.layout import HTML, Div, Submit
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from govuk.components import render_component
from govuk.demonstration import DemonstrationForm, wrong_answers
from govuk.errors import problems_in
from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.layout import Button, Component, Field, Fieldset, Layout
from govuk.looks import Look
from tests.components.markup import normalised, parsed

SCRIPT = "<script>alert(1)</script>"
YES_NO = [("yes", "Yes"), ("no", "No")]


def shown(form: Any, source: str = "{% error_summary form %}{% crispy form %}") -> Any:
    """The form's markup as a tree."""
    return parsed(html_of(form, source))


def html_of(form: Any, source: str = "{% crispy form %}") -> str:
    return Template("{% load crispy_forms_tags %}" + source).render(Context({"form": form}))


class Short(GovukForm):
    name = forms.CharField(label="Full name", help_text="As in your records.", max_length=10)


def test_a_plain_declaration_gives_the_published_markup() -> None:
    expected = render_component(
        "input",
        {
            "id": "id_name",
            "name": "name",
            "label": {"text": "Full name", "classes": "govuk-label--s"},
            "hint": {"text": "As in your records."},
        },
    ) + render_component("button", {"text": "Continue", "prevent_double_click": True})
    assert normalised(html_of(Short())) == normalised(f'<form method="post" novalidate>{expected}</form>')


def test_the_browsers_own_checks_and_limits_stay_out() -> None:
    tree = shown(DemonstrationForm())
    assert tree.xpath("//form/@novalidate") != []
    assert not tree.xpath("//@required | //@maxlength | //@min | //@max | //@placeholder | //@autofocus | //@style")
    assert not tree.xpath("//input[@type='number']")


class Hostile(GovukForm):
    text = forms.CharField(label=f"{SCRIPT} label", help_text=f"{SCRIPT} hint", max_length=5)
    choice = forms.ChoiceField(
        label=f"{SCRIPT} legend", choices=[(SCRIPT, f"{SCRIPT} choice")], widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(label=SCRIPT, choices=[(SCRIPT, SCRIPT)], widget=forms.CheckboxSelectMultiple)
    chosen = forms.ChoiceField(label=SCRIPT, choices=[(SCRIPT, SCRIPT)])
    tick = forms.BooleanField(label=SCRIPT, help_text=SCRIPT)
    day = GovukDateField(label=SCRIPT, subject=SCRIPT, help_text=SCRIPT)
    looks = {
        "text": Look(prefix=SCRIPT, suffix=SCRIPT),
        "choice": Look(hints={SCRIPT: SCRIPT}, dividers={SCRIPT: SCRIPT}),
    }

    def layout(self) -> Layout:
        fields = Fieldset("{% now 'Y' %}" + SCRIPT, *(Field(name) for name in self.fields))
        return Layout(fields, Component("inset_text", text=SCRIPT), Button(SCRIPT, name=SCRIPT, value=SCRIPT))


@pytest.mark.parametrize("data", [None, {"text": SCRIPT * 2, "day_day": SCRIPT, "day_month": SCRIPT}])
def test_nothing_that_people_write_becomes_markup(data: dict[str, str] | None) -> None:
    form = Hostile(data)
    tree = shown(form)
    assert not tree.xpath("//script")
    assert tree.text_content().count(SCRIPT) >= 12
    assert "{% now 'Y' %}" in tree.text_content()
    if data:
        assert tree.xpath("//input[@name='text']/@value") == [SCRIPT * 2]
        assert tree.xpath("//input[@name='day_month']/@value") == [SCRIPT]


def test_every_link_of_the_summary_lands_on_a_visible_input() -> None:
    tree = shown(DemonstrationForm(wrong_answers()))
    targets = tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")
    assert len(targets) >= 14
    for target in targets:
        (landed,) = tree.xpath(f"//*[@id='{target[1:]}']")
        assert landed.tag in {"input", "select", "textarea"}
        assert not landed.xpath("ancestor::details[not(@open)]")


def test_the_summary_follows_the_page_and_names_what_a_choice_reveals() -> None:
    tree = shown(DemonstrationForm(wrong_answers()))
    targets = [href[1:] for href in tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")]
    inputs = tree.xpath("//form//*[self::input or self::select or self::textarea]/@id")
    assert targets == [id_ for id_ in inputs if id_ in targets]
    assert "id_seen_by" in targets


@pytest.mark.parametrize("data", [None, wrong_answers()])
def test_ids_are_single_and_references_lead_somewhere(data: dict[str, Any] | None) -> None:
    tree = shown(DemonstrationForm(data))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    references = tree.xpath("//@aria-describedby | //@for | //@data-aria-controls | //@aria-controls")
    assert len(references) > 20
    assert {name for value in references for name in value.split()} <= set(ids)


class Reveals(GovukForm):
    helped = forms.ChoiceField(label="Helped?", choices=YES_NO, widget=forms.RadioSelect)
    who = forms.CharField(label="By whom?", required=False)
    looks = {"helped": Look(reveals={"yes": ["who"], "no": []})}


def test_what_a_choice_reveals_stands_once_and_an_empty_one_controls_nothing() -> None:
    tree = shown(Reveals())
    assert len(tree.xpath("//input[@name='who']")) == 1
    assert tree.xpath("//input[@name='helped']/@data-aria-controls") == ["conditional-id_helped"]
    assert tree.xpath("//*[@id='conditional-id_helped']//input/@name") == ["who"]
    assert "govuk-radios__conditional--hidden" in tree.xpath("//*[@id='conditional-id_helped']/@class")[0]
    chosen = shown(Reveals({"helped": "yes"}))
    assert "hidden" not in chosen.xpath("//*[@id='conditional-id_helped']/@class")[0]
    assert len(shown(Reveals(), "{{ form|crispy }}").xpath("//input[@name='who']")) == 1


def test_the_summary_speaks_for_several_forms_and_formsets() -> None:
    formset_class = forms.formset_factory(Short, extra=0)
    formset = formset_class(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-1-name": "Robin"},
    )
    formset.forms[0].empty_permitted = False
    other = Short({}, prefix="b", auto_id="x_%s")
    context = Context({"forms": [other, formset], "form": None})
    tree = parsed(Template("{% error_prefix %}{% error_summary %}").render(context))
    assert tree.xpath("//a/@href") == ["#x_b-name", "#id_form-0-name"]
    assert (tree.text or "").startswith("Error: ")
    assert Template("{% error_prefix %}{% error_summary %}").render(Context({"form": Short()})) == ""


def test_an_error_of_the_whole_form_lands_on_its_first_input() -> None:
    form = Short({"name": "Robin"})
    form.add_error(None, "These answers contradict each other")
    assert [(problem.message, problem.target) for problem in problems_in(form)] == [
        ("These answers contradict each other", "id_name")
    ]


def test_what_a_rule_refuses_leads_to_the_field_that_asked_for_it() -> None:
    class Asked(GovukForm):
        asked_by = {"due_at": "on"}

        on = GovukDateField(label="By which day?")
        why = forms.CharField(label="Why?")

    form = Asked({"on_day": "1", "on_month": "2", "on_year": "2026", "why": "Because"})
    for about in ("due_at", "why", "", "something else"):
        form.refuse(f"No 100% ({about})", about=about)
    found = [(problem.message, problem.target) for problem in problems_in(form)]
    assert found == [
        ("No 100% ()", "id_on-day"),
        ("No 100% (something else)", "id_on-day"),
        ("No 100% (due_at)", "id_on-day"),
        ("No 100% (why)", "id_why"),
    ]
    assert form.errors.keys() == {"__all__", "on", "why"}


def test_a_plain_django_form_renders_with_the_pack_too() -> None:
    class SignIn(forms.Form):
        login = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "e-mail"}))
        password = forms.CharField(widget=forms.PasswordInput)
        remember = forms.BooleanField(required=False)
        when = forms.SplitDateTimeField()

    for source in ("{{ form|crispy }}", "{% crispy form %}"):
        tree = shown(SignIn({"password": "secret"}), source)
        assert tree.xpath("//input[@id='id_login']/@autocomplete") == ["email"]
        assert tree.xpath("//input[@id='id_login']/@aria-describedby") == ["id_login-error"]
        assert tree.xpath("//input[@type='password']/@class")[0].startswith("govuk-input")
        assert not tree.xpath("//input[@type='password']/@value")
        assert tree.xpath("//input[@type='checkbox'][@class='govuk-checkboxes__input']")
        assert tree.xpath("//input[@name='when_0']")


def test_crispys_own_layout_objects_have_templates() -> None:
    class Mixed(GovukForm):
        token = forms.CharField(widget=forms.HiddenInput, initial="abc")
        name = forms.CharField()

        def layout(self) -> Layout:
            return Layout(Div("name", css_class="a"), HTML("<p>{{ form.name.label }}</p>"), Submit("go", "Go"))

    tree = shown(Mixed())
    assert tree.xpath("//div[@class='a']//input/@name") == ["name"]
    assert tree.xpath("//button/@name") == ["go"]
    # A hidden field that the layout forgets still goes with the form.
    assert tree.xpath("//input[@type='hidden']/@value") == ["abc"]


@pytest.mark.parametrize("names", [("name", "name"), ("name", "nam")])
def test_a_layout_that_shows_a_field_twice_or_names_none_is_refused(names: tuple[str, str]) -> None:
    class Wrong(Short):
        def layout(self) -> Layout:
            return Layout(*(Field(name) for name in names))

    with pytest.raises(ImproperlyConfigured):
        html_of(Wrong())


def test_a_count_without_a_limit_and_grouped_choices_are_refused() -> None:
    class Uncounted(GovukForm):
        worry = forms.CharField(widget=forms.Textarea)
        looks = {"worry": Look(count=True)}

    class Grouped(GovukForm):
        area = forms.ChoiceField(choices=[("North", [("a", "A")])])

    for form_class in (Uncounted, Grouped):
        with pytest.raises(ImproperlyConfigured):
            html_of(form_class())


def test_hidden_characters_are_refused_and_what_was_typed_stays() -> None:
    form = Short({"name": "a\0b"})
    assert form.errors == {"name": ["Full name holds a hidden character that cannot be kept. Type that part again"]}
    assert form["name"].value() == "a\0b"


def test_no_text_is_without_bound() -> None:
    class Long(GovukForm):
        worry = forms.CharField(label="100% sure?", widget=forms.Textarea)

    assert Long({"worry": "x" * 50_000}).is_valid()
    (message,) = Long({"worry": "x" * 50_001}).errors["worry"]
    assert message == "Your answer to “100% sure?” must be 50000 characters or fewer. It has 50001"


def test_messages_name_their_question_and_a_fields_own_words_stay() -> None:
    class Words(GovukForm):
        worry = forms.CharField(label="What worries you?")
        nhs = forms.CharField(label="NHS number")
        email = forms.EmailField(label="Work email")
        setting = forms.ChoiceField(label="Place of work", choices=YES_NO)
        own = forms.CharField(label="Own", error_messages={"required": "In my own words"})

    assert Words({}).errors == {
        "worry": ["Answer “What worries you?”"],
        "nhs": ["Enter NHS number"],
        "email": ["Enter work email"],
        "setting": ["Select place of work"],
        "own": ["In my own words"],
    }


class Born(GovukForm):
    born = GovukDateField(label="Date of birth", subject="Date of birth")

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        if born.year > 2026:
            raise date_error("Date of birth must be in the past", "year")
        return born


def born(day: str = "", month: str = "", year: str = "") -> Born:
    return Born({"born_day": day, "born_month": month, "born_year": year})


@pytest.mark.parametrize(
    ("typed", "message", "at_fault"),
    [
        (("", "", ""), "Enter date of birth", ["day", "month", "year"]),
        (("31", "", "2016"), "Date of birth must include a month", ["month"]),
        (("", " ", "2016"), "Date of birth must include a day and month", ["day", "month"]),
        (("32", "3", "2016"), "Date of birth must be a real date", ["day"]),
        (("x", "13", "2016"), "Date of birth must be a real date", ["day", "month"]),
        (("31", "6", "2016"), "Date of birth must be a real date", ["day"]),
        (("29", "2", "2015"), "Date of birth must be a real date", ["day"]),
        (("1", "1", "16"), "Year must include 4 numbers", ["year"]),
        (("1", "1", "20160"), "Date of birth must be a real date", ["year"]),
        (("31", "12", "1899"), "Date of birth must be a real date", ["year"]),
        (("1", "1", "2201"), "Date of birth must be a real date", ["year"]),
        (("31", "12", "9999"), "Date of birth must be a real date", ["year"]),
        (("31", "12", "2200"), "Date of birth must be in the past", ["year"]),
        (("1\0", "1", "2016"), "Date of birth must be a real date", ["day"]),
        (("1", "1", "2027"), "Date of birth must be in the past", ["year"]),
    ],
)
def test_a_wrong_date_marks_the_parts_at_fault(typed: tuple[str, str, str], message: str, at_fault: list[str]) -> None:
    form = born(*typed)
    tree = shown(form)
    assert form.errors["born"] == [message]
    marked = tree.xpath("//input[contains(@class, 'govuk-input--error')]/@id")
    assert marked == [f"id_born-{part}" for part in at_fault]
    assert tree.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href") == [f"#id_born-{at_fault[0]}"]
    if "\0" not in "".join(typed):
        assert [form["born"].value()[place] for place in range(3)] == list(typed)


@pytest.mark.parametrize("typed", [("31", "3", "2016"), ("31", "March", "2016"), (" 31 ", "mar", "2016")])
def test_a_date_may_name_its_month(typed: tuple[str, str, str]) -> None:
    form = born(*typed)
    assert form.is_valid()
    assert form.cleaned_data["born"] == date(2016, 3, 31)


def test_a_date_may_lie_in_the_first_year_there_is() -> None:
    assert born("1", "1", "1900").is_valid()


def test_a_date_shows_its_initial_value_and_an_optional_one_may_stay_empty() -> None:
    class Seen(GovukForm):
        seen = GovukDateField(required=False)

    tree = shown(Seen(initial={"seen": date(2026, 11, 3)}))
    assert tree.xpath("//input[starts-with(@name, 'seen_')]/@value") == ["3", "11", "2026"]
    form = Seen({"seen_day": "", "seen_month": "", "seen_year": ""})
    assert form.is_valid()
    assert form.cleaned_data["seen"] is None
