"""A partnership's own form from its pack to the front door; an old referral keeps the form that it was written on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from referrals.documents import blank
from referrals.documents.presenters.copy import present
from referrals.exchange.domain.message import Page as MessagePage
from referrals.record import actions
from referrals.record.selectors import content_of, draft_of, latest_submission, left_out_of
from tests.desks import signed_in
from tests.factories import AREA, AgencyFactory, person_with
from tests.journey.support import School, Writer, home, publish_area, text_of
from tests.packs import shipped
from tests.record.support import NOW, acting, save, submitted
from tests.thresholds.support import FORM, PACK, parsed
from thresholds.actions import keep_draft, publish
from thresholds.domain.pack import Pack

SHIPPED = shipped(AREA)
OWN = SHIPPED.model_copy(update={"form": parsed(PACK + FORM).form})
HEARD, WARD = "Has the panel heard of this family?", "Which ward does the child live in?"


def put_in_force(pack: Pack) -> None:
    publish(pack=pack, by=Actor.system("tests"), now=NOW, revise=True)


@pytest.fixture
def there(db: None) -> School:
    put_in_force(OWN)
    return School()


@pytest.fixture
def writer(there: School) -> Writer:
    """A teacher who has written, on the area's own form, about a child who lives there."""
    writer = Writer(there.teacher).begin("marf", danger="likely", cannot_wait="no")
    writer.fill("desk", about_desk="no")
    writer.add_child()
    return writer.fill("child-home", writer.child.pk, **home())


def tasks(writer: Writer) -> str:
    return text_of(writer.get(reverse("journey:tasks", args=[writer.referral.pk])))


def test_the_form_is_the_areas_once_the_home_is_known_and_stays_so(there: School, writer: Writer):
    assert "In the area of this home the form asks 2 more questions and not" in text_of(writer.page)
    listed = tasks(writer)
    assert "The local panel" in listed
    assert "Who else helps" in listed
    assert "How safe is it, from 0 to 10?" not in listed
    page = text_of(writer.open("own-panel").page)
    assert "The panel meets on Mondays." in page
    assert "The panel asks you again." in page
    checked = text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))
    assert HEARD in checked
    writer.fill("own-panel", own_panel_heard="not_known")
    writer.fill("child-services", writer.child.pk, open_case="no", own_ward="Mill ward")

    # Another version takes the pages back: what is being written stays as it is, what is begun after it does not.
    put_in_force(SHIPPED)
    assert "The local panel" in tasks(writer)
    other = Writer(there.teacher).begin("marf", danger="no", cannot_wait="no").add_child()
    other.fill("child-home", other.child.pk, **home())
    assert "asks 2 more questions" not in text_of(other.page)
    assert "The local panel" not in tasks(other)


def test_what_is_sent_keeps_it_everywhere(there: School, writer: Writer):
    referral = writer.referral
    writer.fill("own-panel", own_panel_heard="not_known")
    writer.fill("child-services", writer.child.pk, open_case="no", own_ward="Mill ward")
    assert "Mill ward" in text_of(writer.get(reverse("journey:check", args=[referral.pk])))
    writer.press_send()
    put_in_force(SHIPPED)

    submission = latest_submission(referral)
    assert submission is not None
    content = content_of(submission)
    page = next(one for one in content["pages"] if one["key"] == "own-panel")
    assert page["title"] == "The local panel"
    assert [(one["key"], one["label"], one["reads"]) for one in page["questions"]] == [
        ("own_panel_heard", HEARD, "Not known")
    ]
    assert all(one["page"] != "own-panel" for one in content["missing"])
    assert content["packs"][0]["sha256"] == OWN.sha256()
    # As a front door's own system gets it.
    message = MessagePage.model_validate(page, extra="ignore")
    assert message.questions[0].key == "own_panel_heard"
    copy = str(present(content, sha256=submission.sha256, words={}))
    assert HEARD in copy
    assert "Mill ward" in copy
    shown = text_of(writer.get(reverse("referral", args=[referral.pk])))
    assert HEARD in shown
    assert "Mill ward" in shown
    # Begun anew where nobody asks it any more, the words go along.
    now = timezone.now()
    again = actions.begin_from(source=referral, kind="marf", by=acting(there.teacher, now), now=now)
    assert "Mill ward" in str(draft_of(again).pages)


def test_another_area_does_not_ask_it_and_nothing_is_lost(writer: Writer):
    publish_area("wakefield")
    writer.fill("own-panel", own_panel_heard="heard")
    child = writer.child.pk
    writer.fill("child-services", child, open_case="no", own_ward="Mill ward")
    writer.fill("child-home", child, **home(home_area="wakefield"))
    listed = tasks(writer)
    assert "The local panel" not in listed
    assert "Asked by another area's form" in listed
    assert "Mill ward" in listed
    assert "Something was sent that this page doesn't ask" not in listed
    # The page that asked it is saved without it: the words are set aside, and come back with their area.
    writer.fill("child-services", child, open_case="yes")
    left = left_out_of(writer.referral, draft_of(writer.referral), now=NOW)
    assert ("Ward", "Mill ward") in [(one.question, one.words) for one in left]
    writer.fill("child-home", child, **home())
    assert 'value="Mill ward"' in writer.open("child-services", child).page
    assert "The local panel" in tasks(writer)


AUNT = [{"who": "The aunt", "score": "3", "why": "He shouts at night."}]
LEFT_OUT = "How safe is it, from 0 to 10?"


def test_what_was_written_before_the_home_was_known_stays_and_goes_along(there: School):
    writer = Writer(there.teacher).begin("marf", danger="likely", cannot_wait="no")
    writer.fill("desk", about_desk="no").add_child()
    referral = writer.referral
    save(referral, "scaling", there.teacher, scaling=AUNT)
    writer.fill("child-home", writer.child.pk, **home())
    listed = tasks(writer)
    assert "The local panel" in listed
    assert LEFT_OUT in listed
    page = writer.open("scaling").page
    assert "This area's form doesn't ask this" in page
    assert "He shouts at night." in page
    assert "He shouts at night." in text_of(writer.get(reverse("journey:check", args=[referral.pk])))
    referral.refresh_from_db()
    content = content_of(submitted(referral, there.teacher))
    assert "He shouts at night." in str(next(one for one in content["pages"] if one["key"] == "scaling"))
    assert all(one["page"] != "scaling" for one in content["missing"])


def test_a_page_left_out_goes_again_once_nothing_is_on_it(there: School, writer: Writer):
    referral = writer.referral
    referral.refresh_from_db()
    assert LEFT_OUT not in tasks(writer)
    # From a window that was open before the home was known.
    save(referral, "scaling", there.teacher, scaling=AUNT)
    assert LEFT_OUT in tasks(writer)
    save(referral, "scaling", there.teacher, version=1, scaling=[])
    assert LEFT_OUT not in tasks(writer)
    typed = actions.Typed(fields=[("scaling-0-who", "The aunt")], version=2, tab="a", number=0)
    kept = actions.keep_typed(referral=referral, page="scaling", typed=typed, by=acting(there.teacher), now=NOW)
    assert kept == 1
    assert LEFT_OUT in tasks(writer)


def test_what_another_areas_own_questions_asked_is_frozen_in_words(there: School, writer: Writer):
    publish_area("wakefield")
    writer.fill("own-panel", own_panel_heard="heard")
    child = writer.child.pk
    writer.fill("child-services", child, open_case="no", own_ward="Mill ward")
    writer.fill("child-home", child, **home(home_area="wakefield"))
    writer.referral.refresh_from_db()
    submission = submitted(writer.referral, there.teacher)
    content = content_of(submission)
    assert content["left_out"] == [
        {"page": "own-panel", "title": "Asked by another area's form: Panel heard", "words": "heard"},
        {"page": "child-services", "title": "Asked by another area's form: Ward", "words": "Mill ward"},
    ]
    assert "Mill ward" in str(present(content, sha256=submission.sha256, words={}))


def test_the_form_to_print_is_the_areas_and_a_drafts_before_it_is_published(there: School):
    _, printed = blank.form_for(AREA, SHIPPED.effective_from)
    pages = {page.title: page for section in printed.sections for page in section.pages}
    assert pages["The local panel"].spaces[0].ticks == ("It has", "It has not")
    assert pages["The local panel"].spaces[0].unknown == "Not known. The panel asks you again."
    assert "How safe is it, from 0 to 10?" not in pages
    council = AgencyFactory.create(name="Invented Council", kind="local_authority", areas=[AREA])
    manager = person_with(Role.PARTNERSHIP_MANAGER, agency=council)
    other = OWN.model_copy(update={"form": parsed(PACK + FORM.replace("The local panel", "The new panel")).form})
    draft = keep_draft(pack=other, source="yaml", note="", by=acting(manager), now=NOW)
    keeper = Writer(manager)
    keeper.client = signed_in(manager)
    assert "The new panel" in keeper.get(reverse("blank_form:draft", args=[draft.pk]))
    assert "It applies to nobody" in text_of(keeper.page)
    assert "How safe is it" not in keeper.get(reverse("blank_form:draft_early_help", args=[draft.pk]))
    assert "Has the panel heard" in keeper.get(reverse("thresholds:preview", args=[draft.pk]))
    assert Writer(there.teacher).client.get(reverse("blank_form:draft", args=[draft.pk])).status_code in {403, 404}
