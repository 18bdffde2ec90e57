"""What operators see and do: selectors, words, pages, command."""

import io
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from audit.models import Entry
from dispatch import actions, keeping, notices, other_ways, selectors
from dispatch.actions import promise
from dispatch.domain.backoff import MOST_ATTEMPTS
from dispatch.domain.other_ways import Line, OtherWays
from dispatch.domain.queues import LIMITS, Queue
from dispatch.models import OutboxChange, OutboxRow, Pulse, SentAnotherWay
from dispatch.rounds import rounds

pytestmark = pytest.mark.django_db

OPERATOR = Actor(uuid4(), "Olu Operator", uuid4(), frozenset({"operator"}))
PRACTITIONER = Actor(uuid4(), "Pat Practitioner", uuid4(), frozenset({"practitioner"}))
ACTING = {"actor": OPERATOR}


def acting_middleware(get_response):
    """Stands for sign-in: these tests are about what an actor may do, not about who it is."""

    def middleware(request):
        request.actor = ACTING["actor"]
        return get_response(request)

    return middleware


@pytest.fixture(autouse=True)
def _as_operator(settings, monkeypatch):
    monkeypatch.setitem(ACTING, "actor", OPERATOR)
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "tests.dispatch.test_operations.acting_middleware",
        "audit.middleware.RecordRefusals",
    ]


def make(state="due", *, queue=Queue.ROUTINE, ago=timedelta(), attempts=0, error=""):
    """A promise in a state, made `ago`."""
    row = promise(kind="test_effect", key=f"row:{uuid4()}", references={}, by=OPERATOR, queue=queue)
    then = row.created_at - ago
    OutboxRow.objects.filter(pk=row.pk).update(
        state=state,
        attempts=attempts,
        last_error=error,
        created_at=then,
        next_try_at=then,
        done_at=then if state == "done" else None,
        parked_at=then if state == "parked" else None,
        lease_token=uuid4() if state == "leased" else None,
        leased_until=then + timedelta(minutes=1) if state == "leased" else None,
    )
    row.refresh_from_db()
    return row


class TestDepth:
    def test_nothing_waits(self):
        make("done")
        make("set_aside")
        depth = selectors.depth(timezone.now())
        assert [queue.queue for queue in depth.queues] == list(Queue)
        assert {(queue.due, queue.leased, queue.oldest_due) for queue in depth.queues} == {(0, 0, None)}
        assert (depth.late, depth.parked) == (0, 0)

    def test_counts_by_queue_in_one_query(self, django_assert_num_queries):
        long_ago = LIMITS[Queue.URGENT].late + timedelta(minutes=1)
        make(queue=Queue.URGENT, ago=long_ago, attempts=2)
        make(queue=Queue.URGENT)
        make("leased", queue=Queue.URGENT, ago=long_ago)
        make("parked", queue=Queue.DOCUMENTS)
        with django_assert_num_queries(1):
            depth = selectors.depth(timezone.now())
        urgent, routine, _mail, documents = depth.queues
        assert (urgent.due, urgent.failing, urgent.leased, urgent.late, urgent.parked) == (2, 1, 1, 2, 0)
        assert urgent.oldest_due is not None
        assert urgent.oldest_due >= long_ago
        assert (routine.due, documents.parked) == (0, 1)
        assert (depth.late, depth.parked) == (2, 1)

    def test_each_row_stands_in_one_section(self):
        long_ago = timedelta(hours=1)
        parked, failing, late = make("parked"), make(ago=long_ago, attempts=1), make(ago=long_ago)
        dead = make("leased", ago=timedelta(minutes=30), attempts=1)
        make()
        assert list(selectors.parked()) == [parked]
        assert list(selectors.failing()) == [failing]
        assert list(selectors.late(timezone.now())) == [late, dead]
        assert selectors.waiting().count() == 5


class TestActions:
    @pytest.mark.parametrize("state", ["due", "parked", "set_aside"])
    def test_retry_makes_it_due_with_all_its_attempts(self, state):
        row = make(state, attempts=MOST_ATTEMPTS)
        OutboxRow.objects.filter(pk=row.pk).update(next_try_at=timezone.now() + timedelta(hours=1))
        actions.retry_now(row_id=row.pk, by=OPERATOR)
        row.refresh_from_db()
        assert (row.state, row.attempts, row.parked_at) == ("due", 0, None)
        assert row.next_try_at <= timezone.now()
        change = OutboxChange.objects.latest("pk")
        assert (change.before, change.after, change.by_name) == (state, "due", "Olu Operator")
        entry = Entry.objects.get(verb="outbox.retry")
        assert (entry.actor_id, entry.subject_id) == (OPERATOR.person_id, str(row.pk))

    def test_a_retried_row_is_kept(self):
        ran = make("parked")
        OutboxRow.objects.filter(pk=ran.pk).update(kind="test_failing", references={"for_good": 1})
        actions.retry_now(row_id=ran.pk, by=OPERATOR)
        keeping.keep(ran.pk)
        ran.refresh_from_db()
        assert (ran.state, ran.attempts) == ("parked", 1)

    @pytest.mark.parametrize("state", ["leased", "done"])
    @pytest.mark.parametrize("verb", ["retry", "set_aside"])
    def test_what_is_done_or_in_work_is_left_alone(self, state, verb):
        row = make(state)
        act, more = (actions.retry_now, {}) if verb == "retry" else (actions.set_aside, {"reason": "a reason"})
        with pytest.raises(Refusal) as refused:
            act(row_id=row.pk, by=OPERATOR, **more)
        assert (refused.value.rule, refused.value.subject_id) == (f"outbox.{verb}", row.pk)
        row.refresh_from_db()
        assert row.state == state

    @pytest.mark.parametrize("state", ["due", "parked"])
    def test_setting_aside_keeps_the_reason_out_of_the_audit_record(self, state):
        row = make(state)
        actions.set_aside(row_id=row.pk, reason=" The mailbox moved. ", by=OPERATOR)
        row.refresh_from_db()
        assert (row.state, row.parked_at) == ("set_aside", None)
        assert OutboxChange.objects.latest("pk").why == "The mailbox moved."
        assert Entry.objects.get(verb="outbox.set_aside").detail == {"kind": "test_effect"}
        keeping.keep(row.pk)
        row.refresh_from_db()
        assert row.state == "set_aside"


class TestPages:
    def test_shows_what_needs_an_eye(self, client):
        parked = make("parked", attempts=32, error="dispatch.email.PersonGone")
        failing = make(attempts=3, error="builtins.ConnectionRefusedError")
        make()
        page = client.get(reverse("dispatch:operations")).content.decode()
        assert "1 piece of work waits for an operator." in page
        assert "The person it is for has no account any more" in page
        assert "A service that it needs could not be reached" in page
        for row in (parked, failing):
            assert f'Try again now<span class="govuk-visually-hidden">: Test effect {str(row.pk)[:8]}</span>' in page
        assert page.count("Try again now") == 2
        assert "2 due (the oldest for under a minute), 1 failing, 0 late, 0 in work, 1 parked" in page

    def test_says_when_there_is_nothing(self, client):
        page = client.get(reverse("dispatch:operations")).content.decode()
        assert "Parked (0)" in page
        assert "for an operator." not in page
        assert page.count("Nothing now.") == 3
        assert "Given up until an operator decides." not in page

    def test_what_waits_for_a_person_stands_before_what_runs_by_itself(self, client):
        make("parked")
        page = client.get(reverse("dispatch:operations")).content.decode()
        assert page.index("Parked (1)") < page.index("Virus scanner") < page.index("Failing (0)")

    def test_shows_which_watch_is_silent_and_which_works(self, client):
        Pulse.objects.bulk_create(Pulse(name=one.name, at=timezone.now()) for one in rounds())
        page = client.get(reverse("dispatch:operations")).content.decode()
        assert ("silent" not in page, "It is asked for every 10 seconds." in page) == (True, True)
        Pulse.objects.filter(name="audit.seal").update(at=timezone.now() - timedelta(hours=2))
        page = client.get(reverse("dispatch:operations")).content.decode()
        assert "A watch is silent: nobody is warned by it." in page
        card = page[page.index('id="watches"') :]
        assert card.index("Seal the audit record") < card.index("Last through 2 hours ago") < card.index("Works")

    @pytest.mark.parametrize("name", ["operations", "row", "retry", "set_aside"])
    @pytest.mark.django_db(transaction=True)
    def test_nobody_else_gets_in_and_the_attempt_is_recorded(self, client, name):
        with transaction.atomic():
            row = make("parked")
        ACTING["actor"] = PRACTITIONER
        address = reverse(f"dispatch:{name}", args=[] if name == "operations" else [row.pk])
        ask = client.get if name in {"operations", "row"} else client.post
        answer = ask(address, {"reason": "a reason"})
        assert answer.status_code == 403
        assert "Only operators" in answer.content.decode()
        entry = Entry.objects.get(outcome="refused")
        assert entry.actor_id == PRACTITIONER.person_id
        row.refresh_from_db()
        assert row.state == "parked"

    def test_a_row_shows_its_life(self, client):
        row = make("parked")
        actions.set_aside(row_id=row.pk, reason="The <mailbox> moved", by=OPERATOR)
        page = client.get(reverse("dispatch:row", args=[row.pk])).content.decode()
        assert "Set aside by an operator" in page
        assert "&lt;mailbox&gt;" in page
        assert "Olu Operator" in page
        assert "Try again now" in page
        assert 'name="reason"' not in page

    def test_retry(self, client):
        row = make("parked")
        page = client.post(reverse("dispatch:retry", args=[row.pk]), follow=True).content.decode()
        assert "It will be tried again now." in page
        row.refresh_from_db()
        assert row.state == "due"

    def test_set_aside(self, client):
        row = make("parked")
        address = reverse("dispatch:set_aside", args=[row.pk])
        form = client.get(reverse("dispatch:row", args=[row.pk])).content.decode()
        assert f'action="{address}"' in form
        page = client.post(address, {"reason": "Nobody needs it"}, follow=True).content.decode()
        assert "It is set aside" in page
        row.refresh_from_db()
        assert row.state == "set_aside"

    def test_set_aside_without_a_reason_asks_for_one(self, client):
        row = make("parked")
        page = client.post(reverse("dispatch:set_aside", args=[row.pk]), {"reason": ""}).content.decode()
        assert "<title>Error: " in page
        assert 'href="#id_reason"' in page
        assert "Enter why this work will not be done" in page
        row.refresh_from_db()
        assert row.state == "parked"

    @pytest.mark.parametrize("name", ["row", "retry", "set_aside"])
    def test_what_is_not_there(self, client, name):
        address = reverse(f"dispatch:{name}", args=[uuid4()])
        answer = client.get(address) if name == "row" else client.post(address, {"reason": "a reason"})
        assert answer.status_code == 404

    @pytest.mark.parametrize("name", ["retry", "set_aside"])
    def test_changes_are_posted(self, client, name):
        assert client.get(reverse(f"dispatch:{name}", args=[uuid4()])).status_code == 405


class TestCommand:
    def run(self, *arguments):
        out = io.StringIO()
        call_command("outbox", *arguments, stdout=out)
        return out.getvalue()

    def test_lists(self):
        row = make("parked", error="builtins.KeyError")
        make("done")
        listed = self.run()
        assert "routine: 0 due, 0 failing, 0 in work, 0 late, 1 parked" in listed
        assert f"{row.pk}  parked" in listed
        assert "builtins.KeyError" in listed
        assert "audit.seal: silent, last through never" in listed
        assert len(listed.splitlines()) == len(Queue) + len(rounds()) + len(notices.notices(timezone.now())) + 1

    def test_as_json(self):
        row = make(ago=timedelta(minutes=2))
        data = json.loads(self.run("--json"))
        assert [queue["due"] for queue in data["queues"]] == [0, 1, 0, 0]
        assert data["queues"][1]["oldest_due_seconds"] >= 120
        assert [found["id"] for found in data["rows"]] == [str(row.pk)]

    def test_retries(self):
        row = make("parked")
        assert "will be tried again now" in self.run("--retry", str(row.pk))
        row.refresh_from_db()
        assert row.state == "due"
        assert Entry.objects.get(verb="outbox.retry").actor_name == "command line: outbox"

    def test_says_what_cannot_be_retried(self):
        row = make("done")
        with pytest.raises(CommandError, match="It is done"):
            self.run("--retry", str(row.pk))
        with pytest.raises(CommandError, match="There is no work"):
            self.run("--retry", str(uuid4()))


class TestAnotherWay:
    @pytest.fixture(autouse=True)
    def _for_somebody(self, monkeypatch):
        ways = OtherWays(
            "The front door", "Say that it comes.", (Line("Duty desk", "01632 960001"),), (("fax", "By fax"),)
        )
        self.taken: list[tuple[object, str]] = []
        monkeypatch.setitem(
            other_ways._ways,
            "test_effect",
            (lambda _found, _now: ways, lambda row, way, _by: self.taken.append((row.pk, way))),
        )

    def test_another_way_is_the_first_thing_to_do_and_setting_aside_the_last(self, client):
        page = client.get(reverse("dispatch:row", args=[make("parked").pk])).content.decode()
        buttons = [page.index(words) for words in ("/another-way/", "Try again now", 'name="reason"')]
        assert buttons == sorted(buttons)
        assert re.findall(r'class="govuk-button(?: govuk-button--\w+)?"', page[page.index("<main") :]) == [
            'class="govuk-button"',
            *['class="govuk-button govuk-button--secondary"'] * 2,
        ]

    def test_by_hand_it_is_recorded_who_told_whom_and_when_and_it_is_tried_no_more(self, client):
        row = make("parked", error="test.Error")
        page = client.get(reverse("dispatch:another_way", args=[row.pk])).content.decode()
        assert "01632 960001" in page
        assert "Say that it comes." in page
        answer = client.post(reverse("dispatch:another_way", args=[row.pk]), {"to_whom": "Mx Hope, duty desk"})
        assert answer.url == reverse("dispatch:row", args=[row.pk])
        row.refresh_from_db()
        sent = SentAnotherWay.objects.get(row=row)
        assert (row.state, sent.way, sent.to_whom, sent.by_name) == (
            "set_aside",
            "by_hand",
            "Mx Hope, duty desk",
            "Olu Operator",
        )
        assert Entry.objects.get(verb="outbox.another_way").detail == {"kind": "test_effect", "way": "by_hand"}
        assert "Mx Hope, duty desk" in client.get(reverse("dispatch:row", args=[row.pk])).content.decode()

    def test_by_another_gateway(self, client):
        row = make("parked", error="test.Error")
        assert client.post(reverse("dispatch:another_way", args=[row.pk]), {"way": "fax"}).status_code == 302
        assert self.taken == [(row.pk, "fax")]
        assert client.post(reverse("dispatch:another_way", args=[make("due").pk]), {"way": "pigeon"}).status_code == 403

    def test_what_only_its_queue_can_have_is_tried_on(self, monkeypatch):
        ways = OtherWays("The front door", "Say so.", (), replaces=False)
        monkeypatch.setitem(other_ways._ways, "test_effect", (lambda _found, _now: ways, None))
        row = make("due", attempts=2)
        actions.send_another_way(row_id=row.pk, way="by_hand", to_whom="Mx Hope", by=OPERATOR)
        row.refresh_from_db()
        assert row.state == "due"

    @pytest.mark.parametrize("state", ["done", "leased", "set_aside"])
    def test_what_is_done_or_in_work_goes_no_other_way(self, state, client):
        row = make(state)
        assert client.get(reverse("dispatch:another_way", args=[row.pk])).status_code == 403
        with pytest.raises(Refusal):
            actions.send_another_way(row_id=row.pk, way="by_hand", to_whom="Mx Hope", by=OPERATOR)

    @pytest.mark.parametrize("to_whom", ["", "  ", "x" * 201])
    def test_by_hand_somebody_is_named(self, to_whom, client):
        row = make("due")
        assert client.post(reverse("dispatch:another_way", args=[row.pk]), {"to_whom": to_whom}).status_code == 200
        with pytest.raises(Refusal):
            actions.send_another_way(row_id=row.pk, way="by_hand", to_whom=to_whom, by=OPERATOR)
        assert not SentAnotherWay.objects.exists()

    def test_only_operators(self, client, monkeypatch):
        row = make("parked")
        monkeypatch.setitem(ACTING, "actor", PRACTITIONER)
        assert client.get(reverse("dispatch:another_way", args=[row.pk])).status_code == 403
        with pytest.raises(Refusal):
            actions.send_another_way(row_id=row.pk, way="by_hand", to_whom="Mx Hope", by=PRACTITIONER)

    def test_the_command_does_the_same(self):
        row, out = make("parked"), io.StringIO()
        call_command("outbox", ways=row.pk, stdout=out)
        assert "01632 960001" in out.getvalue()
        call_command("outbox", another_way=row.pk, to="Mx Hope", stdout=out)
        assert SentAnotherWay.objects.get(row=row).by_name == "command line: outbox"
        with pytest.raises(CommandError):
            call_command("outbox", another_way=make("done").pk, to="Mx Hope", stdout=out)

    def test_what_is_for_nobody_has_no_other_way(self, client, monkeypatch):
        monkeypatch.delitem(other_ways._ways, "test_effect")
        row = make("parked")
        assert client.get(reverse("dispatch:another_way", args=[row.pk])).status_code == 404
        assert "another-way" not in client.get(reverse("dispatch:row", args=[row.pk])).content.decode()
