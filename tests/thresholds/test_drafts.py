"""Drafts: what a partnership manager uploads, looks at and publishes; what nobody else may; what changes nothing."""

import datetime as dt
import threading
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import Agency, Person
from accounts.selectors import actor_for
from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from tests.desks import signed_in
from tests.factories import AgencyFactory, person_with
from tests.packs import shipped
from thresholds import open_work, selectors, spreadsheets
from thresholds.actions import OvertakenError, discard_draft, keep_draft, publish, publish_draft
from thresholds.domain.difference import difference
from thresholds.domain.pack import Pack
from thresholds.models import PackDraft, PackVersion

AREA = "westmorland-and-furness"
SHIPPED = shipped(AREA)
BURY = shipped("bury")
MEANING = "Families manage, with what everybody can use."


def reworded(pack: Pack = SHIPPED, meaning: str = MEANING) -> Pack:
    level = pack.levels[0].model_copy(update={"meaning": meaning})
    return pack.model_copy(update={"levels": (level, *pack.levels[1:])})


def without_a_door(pack: Pack = SHIPPED) -> Pack:
    """A pack whose first front door has lost its lines."""
    door = next(door for door in pack.front_doors if any(line.number for line in door.numbers))
    doors = tuple(door.model_copy(update={"numbers": ()}) if one == door else one for one in pack.front_doors)
    return pack.model_copy(update={"front_doors": doors})


@pytest.fixture
def council(db: None) -> Agency:
    publish(pack=SHIPPED, by=actor_for(person_with(Role.OPERATOR), timezone.now()), now=timezone.now())
    return AgencyFactory.create(name="Invented Council", kind="local_authority", areas=[AREA, "bury"])


@pytest.fixture
def manager(council: Agency) -> Person:
    return person_with(Role.PARTNERSHIP_MANAGER, agency=council, full_name="Ruth Alder")


def text_of(answer) -> str:
    """The page with every run of white space as one space."""
    return " ".join(answer.content.decode().split())


def acting(person: Person):
    return actor_for(person, timezone.now())


def kept(person: Person, pack: Pack | None = None) -> PackDraft:
    return keep_draft(pack=pack or reworded(), source="xlsx", note="Agreed", by=acting(person), now=timezone.now())


def upload(person: Person, data: bytes, name: str = "pack.xlsx", note: str = ""):
    sent = SimpleUploadedFile(name, data, "text/html")
    return signed_in(person).post(reverse("thresholds:keep"), {"file": sent, "note": note})


def today() -> dt.date:
    return day_of(timezone.now())


def in_force() -> selectors.PublishedPack:
    return selectors.current_pack(AREA, today())


@pytest.mark.parametrize("code", ["xlsx", "ods", "csv", "yaml"])
def test_what_parses_becomes_a_draft_and_changes_nothing(manager, code):
    before = in_force()
    answer = upload(manager, spreadsheets.export(reworded(), code), note="Wording agreed in October")
    draft = PackDraft.objects.get()
    assert answer["Location"] == reverse("thresholds:draft", args=[draft.pk])
    assert (draft.area, draft.source, draft.note, draft.state) == (AREA, code, "Wording agreed in October", "open")
    assert draft.pack() == reworded()
    assert in_force() == before
    assert PackVersion.objects.count() == 1
    assert Entry.objects.get(verb="thresholds.draft").subject_id == str(draft.pk)


def test_the_day_is_chosen_when_it_is_published_and_is_no_change_of_the_draft(manager):
    browser, draft = signed_in(manager), kept(manager)
    start = today() + dt.timedelta(days=20)
    for name, arguments in (("draft", [draft.pk]), ("publish_from", [draft.pk, start.isoformat()])):
        page = text_of(browser.get(reverse(f"thresholds:{name}", args=arguments)))
        assert "Reworded: 1" in page
        assert "Changed: " not in page
        assert "Effective from" not in page
    same = kept(manager, SHIPPED.model_copy(update={"effective_from": start}))
    assert "Nothing is different." in text_of(browser.get(reverse("thresholds:draft", args=[same.pk])))


def test_what_does_not_parse_is_told_line_by_line_and_not_kept(manager):
    broken = spreadsheets.export(SHIPPED, "yaml").replace(b"legal: none", b"legal: s18", 1)
    answer = upload(manager, broken, "mine.yaml")
    page = text_of(answer)
    assert "The file has a mistake and was not kept" in page
    assert "mine.yaml:" in page
    assert "levels[0].legal" in page
    assert PackDraft.objects.count() == 0
    assert "<script>" not in text_of(upload(manager, b"a: 1", "<script>x.yaml"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"0" * (5 * 1024 * 1024 + 1), "must be smaller than 5 MB"),
        (spreadsheets.export(BURY, "csv"), "This is the document of Bury."),
    ],
)
def test_what_is_no_pack_of_the_area_is_refused(manager, data, words):
    assert words in text_of(upload(manager, data))
    assert PackDraft.objects.count() == 0


def test_nothing_chosen(manager):
    page = text_of(signed_in(manager).post(reverse("thresholds:keep"), {"note": "x"}))
    assert "Choose a file to upload" in page


def test_only_the_manager_of_the_area_keeps_its_pack(manager):
    draft = kept(manager)
    elsewhere = person_with(Role.PARTNERSHIP_MANAGER, agency=AgencyFactory.create(areas=["bury", AREA]))
    with pytest.raises(NotYours):
        selectors.draft_for(acting(elsewhere), draft.pk)
    with pytest.raises(NotYours):
        selectors.kept_version(acting(elsewhere), in_force().version_id)
    for person in (elsewhere, person_with(Role.DSL), person_with(Role.ADMINISTRATOR)):
        by, now = acting(person), timezone.now()
        with pytest.raises(Refusal):
            keep_draft(pack=SHIPPED, source="xlsx", note="", by=by, now=now)
        with pytest.raises(Refusal):
            discard_draft(draft_id=draft.pk, by=by, now=now)
        with pytest.raises(Refusal):
            publish_draft(draft_id=draft.pk, start=today(), seen=in_force().version_id, by=by, now=now)
    assert list(selectors.drafts_of(acting(elsewhere))) == []
    assert PackVersion.objects.count() == 1


def test_publishing_from_a_day_makes_a_version_that_applies_from_then_on(manager):
    draft, start = kept(manager), today() + dt.timedelta(days=7)
    before = in_force()
    browser = signed_in(manager)
    typed = {"start_day": start.day, "start_month": start.month, "start_year": start.year}
    answer = browser.post(reverse("thresholds:publish", args=[draft.pk]), typed)
    confirm = reverse("thresholds:publish_from", args=[draft.pk, start.isoformat()])
    assert answer["Location"] == confirm
    page = text_of(browser.get(confirm))
    assert "<ins>" in page
    assert start.isoformat() not in strip_tags(page)  # a day as people write it
    assert PackVersion.objects.count() == 1  # a page that shows publishes nothing
    answer = browser.post(confirm, {"seen": before.version_id})
    assert answer["Location"] == reverse("thresholds:keep")
    assert in_force() == before
    after = selectors.current_pack(AREA, start)
    assert after.pack == reworded().model_copy(update={"effective_from": start})
    draft.refresh_from_db()
    assert (draft.state, draft.version_id, draft.ended_by_name) == ("published", after.version_id, "Ruth Alder")
    assert Entry.objects.filter(verb="thresholds.publish", subject_id=str(after.version_id)).count() == 1


@pytest.mark.parametrize("days", [-1, 731])
def test_a_day_that_has_passed_or_lies_too_far_ahead_is_refused(manager, days):
    draft, start = kept(manager), today() + dt.timedelta(days=days)
    with pytest.raises(Refusal, match="publish_date"):
        publish_draft(
            draft_id=draft.pk, start=start, seen=in_force().version_id, by=acting(manager), now=timezone.now()
        )
    browser = signed_in(manager)
    typed = {"start_day": start.day, "start_month": start.month, "start_year": start.year}
    assert "The date must be" in text_of(browser.post(reverse("thresholds:publish", args=[draft.pk]), typed))
    assert browser.get(reverse("thresholds:publish_from", args=[draft.pk, start.isoformat()])).status_code == 404
    assert browser.get(reverse("thresholds:publish_from", args=[draft.pk, "tomorrow"])).status_code == 404


def test_a_draft_that_changes_nothing_is_not_published(manager):
    draft = kept(manager, SHIPPED)
    with pytest.raises(Refusal, match="publish_same"):
        publish_draft(
            draft_id=draft.pk, start=today(), seen=in_force().version_id, by=acting(manager), now=timezone.now()
        )
    page = signed_in(manager).get(reverse("thresholds:publish_from", args=[draft.pk, today().isoformat()]))
    assert "There is nothing to publish" in text_of(page)


def test_a_second_manager_is_told_that_another_version_came_first(manager, council):
    other = person_with(Role.PARTNERSHIP_MANAGER, agency=council)
    mine, theirs, seen = kept(manager), kept(other, reworded(meaning="Said otherwise.")), in_force().version_id
    confirm = reverse("thresholds:publish_from", args=[mine.pk, today().isoformat()])
    publish_draft(draft_id=theirs.pk, start=today(), seen=seen, by=acting(other), now=timezone.now())
    answer = signed_in(manager).post(confirm, {"seen": seen}, follow=True)
    assert "Another version was published meanwhile" in text_of(answer)
    assert "Said otherwise." in text_of(answer).replace("<del>", "").replace("</del>", "")
    assert in_force().pack.levels[0].meaning == "Said otherwise."
    mine.refresh_from_db()
    assert mine.state == "open"
    with pytest.raises(OvertakenError, match="has published this draft already"):
        discard_draft(draft_id=theirs.pk, by=acting(manager), now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_wins_and_the_other_is_told(council, manager):
    other = person_with(Role.PARTNERSHIP_MANAGER, agency=council)
    drafts = {manager: kept(manager), other: kept(other, reworded(meaning="Said otherwise."))}
    seen, ready, results = in_force().version_id, threading.Barrier(2), []

    def run(person: Person) -> None:
        try:
            ready.wait(timeout=30)
            publish_draft(draft_id=drafts[person].pk, start=today(), seen=seen, by=acting(person), now=timezone.now())
            results.append("published")
        except OvertakenError as overtaken:
            results.append(overtaken.why)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(results) == ["Another version was published meanwhile. Look at what would change now.", "published"]
    assert PackDraft.objects.filter(state="published").count() == 1


def test_a_draft_can_be_discarded_once(manager):
    draft = kept(manager)
    browser, address = signed_in(manager), reverse("thresholds:discard", args=[draft.pk])
    assert "Discard this draft?" in text_of(browser.get(address))
    assert browser.post(address).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.ended_by_name) == ("discarded", "Ruth Alder")
    assert "has discarded this draft already" in text_of(browser.post(address, follow=True))
    publish_page = browser.get(reverse("thresholds:publish", args=[draft.pk]), follow=True)
    assert "has discarded this draft already" in text_of(publish_page)
    assert Entry.objects.filter(verb="thresholds.discard").count() == 1


def test_a_preview_says_that_it_applies_to_nobody(manager):
    page = text_of(signed_in(manager).get(reverse("thresholds:preview", args=[kept(manager).pk])))
    assert "This is a draft. It applies to nobody." in page
    assert MEANING in page


def test_the_draft_shows_what_to_look_at_first_and_how_much_lies_there(manager, monkeypatch):
    draft = kept(manager, without_a_door())
    door = next(door for door in SHIPPED.front_doors if any(line.number for line in door.numbers))
    monkeypatch.setattr(open_work, "_counting", [lambda area: {door.id: 3} if area == AREA else {}])
    page = text_of(signed_in(manager).get(reverse("thresholds:draft", args=[draft.pk])))
    look, rest = page.index("Look at these first"), page.index("What changes")
    assert look < page.index("This number is taken out") < rest
    assert "3 referrals lie there undecided" in page


@pytest.mark.parametrize("code", list(spreadsheets.FORMATS))
def test_downloads_are_attachments_that_come_back_as_they_are(manager, code):
    browser, draft = signed_in(manager), kept(manager)
    for name, arguments, pack in (
        ("download_draft", [draft.pk, code], reworded()),
        ("download_version", [in_force().version_id, code], SHIPPED),
    ):
        answer = browser.get(reverse(f"thresholds:{name}", args=arguments))
        assert answer["Content-Disposition"].startswith(f'attachment; filename="{AREA}-')
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert spreadsheets.read_upload("x", answer.content)[0] == pack


def test_any_two_are_compared(manager):
    draft = kept(manager)
    browser, version = signed_in(manager), in_force().version_id
    address = reverse("thresholds:compare")
    first = browser.get(address)
    assert "Compare versions and drafts" in text_of(first)
    assert (first.context["form"]["old"].initial, first.context["form"]["new"].initial) == (
        f"version-{version}",
        f"draft-{draft.pk}",
    )
    page = text_of(browser.get(address, {"old": f"version-{version}", "new": f"draft-{draft.pk}"}))
    assert "Reworded: 1" in page
    assert SHIPPED.levels[0].name in page
    assert "Nothing is different." in text_of(
        browser.get(address, {"old": f"version-{version}", "new": f"version-{version}"})
    )
    assert "Choose one of these documents" in text_of(browser.get(address, {"old": "version-0", "new": "draft-1"}))


def test_the_command_brings_a_draft_or_publishes(council, manager, tmp_path):
    path = tmp_path / "edited.xlsx"
    path.write_bytes(spreadsheets.export(reworded(), "xlsx"))
    out = StringIO()
    call_command("import_pack", path, stdout=out)
    assert "1 item differs" in out.getvalue() or "2 items differ" in out.getvalue()
    assert [draft.made_by_name for draft in selectors.drafts_of(acting(manager))] == ["system: import_pack"]
    start = (today() + dt.timedelta(days=1)).isoformat()
    call_command("import_pack", path, "--publish", "--from", start, stdout=out)
    assert selectors.current_pack(AREA, dt.date.fromisoformat(start)).pack.levels[0].meaning == MEANING
    call_command("import_pack", path, "--publish", "--from", start, stdout=out)
    assert "unchanged" in out.getvalue()
    assert PackVersion.objects.count() == 2
    path.write_bytes(spreadsheets.export(without_a_door(), "xlsx"))
    call_command("import_pack", path, stdout=out)
    assert "look at: This number is taken out" in out.getvalue()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--publish"], "go together"),
        (["--from", "2027-01-04"], "go together"),
        (["--publish", "--from", "soon"], "is not a date"),
        (["--publish", "--from", "2026-01-04"], "from today or a later day"),
        (["--publish", "--from", "2207-01-04"], "at most two years ahead"),
        ([], r"pack.yaml:1: .*Nothing was kept"),
    ],
)
def test_the_command_refuses_with_the_reason(db, tmp_path, options, words):
    path = tmp_path / "pack.yaml"
    path.write_text("- no pack\n")
    with pytest.raises(CommandError, match=f"(?s){words}"):
        call_command("import_pack", path, *options, stdout=StringIO())


def test_the_command_publishes_for_a_new_area_only_when_told_so(council, tmp_path):
    area = SHIPPED.area.model_copy(update={"slug": "westmoreland-and-furness"})
    path, start = tmp_path / "edited.xlsx", today().isoformat()
    path.write_bytes(spreadsheets.export(SHIPPED.model_copy(update={"area": area}), "xlsx"))
    with pytest.raises(CommandError, match="Nothing is published for westmoreland-and-furness yet"):
        call_command("import_pack", path, "--publish", "--from", start, stdout=StringIO())
    assert PackVersion.objects.count() == 1
    call_command("import_pack", path, "--publish", "--from", start, "--new-area", stdout=StringIO())
    assert PackVersion.objects.filter(area="westmoreland-and-furness").count() == 1


def test_a_version_that_follows_already_is_named_before_publishing(council, manager, tmp_path):
    later = today() + dt.timedelta(days=40)
    to_come = reworded(meaning="Said otherwise.").model_copy(update={"effective_from": later})
    publish(pack=to_come, by=acting(manager), now=timezone.now())
    draft = kept(manager)
    browser, said = signed_in(manager), f"Another version is published from {later:%-d %B %Y} already."
    for day, named in ((today(), True), (later, False)):
        page = text_of(browser.get(reverse("thresholds:publish_from", args=[draft.pk, day.isoformat()])))
        assert (said in page) is named
    path, out = tmp_path / "edited.xlsx", StringIO()
    path.write_bytes(spreadsheets.export(reworded(), "xlsx"))
    call_command("import_pack", path, "--publish", "--from", today().isoformat(), stdout=out)
    assert f"another version takes its place from {later}" in out.getvalue()


def test_the_pages_only_mark_words_that_changed(manager):
    assert difference(SHIPPED, reworded())  # the one change there is
    page = text_of(signed_in(manager).get(reverse("thresholds:draft", args=[kept(manager).pk])))
    assert page.count("<ins>") >= 1
    assert "&lt;ins&gt;" not in page


def test_a_draft_that_breaks_a_rule_of_today_is_not_published(manager: Person):
    """One that was kept before the rule came in."""
    broken = reworded().model_copy(update={"main_door": "nowhere"})
    draft = kept(manager, broken)
    with pytest.raises(Refusal, match="publish_faults") as refused:
        publish_draft(
            draft_id=draft.pk, start=today(), seen=in_force().version_id, by=acting(manager), now=timezone.now()
        )
    assert "“nowhere” is not the id of a front door" in refused.value.reason
    assert PackDraft.objects.get().state == PackDraft.State.OPEN
