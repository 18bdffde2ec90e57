"""The gateway to other systems: signature, addresses, and a real receiver that answers, fails and hangs up."""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch import webhook
from dispatch.addresses import AddressRefused, check_numbers, target_of
from dispatch.domain.signing import TOLERANCE, BadSignature, check_signature, signature

NOW = dt.datetime(2026, 11, 3, 10, 0, tzinfo=dt.UTC)
SECRET, EARLIER = "s" * 43, "e" * 43


@dataclass
class Receiver:
    """What the receiver got, and how it answers."""

    address: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    trickles: bool = False
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real HTTP server on this machine, in a thread."""
    answers, hung_up = Receiver(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answers.got.append((dict(self.headers), body))
            if answers.hangs_up:
                self.connection.close()
                return
            self.send_response(answers.status)
            if answers.trickles:
                self.trickle()
            for name, value in answers.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def trickle(self) -> None:
            """Send header after header, each in good time, for far longer than the whole may take; end at last."""
            self.flush_headers()
            for number in range(60):
                try:
                    self.wfile.write(f"X-Wait-{number}: 1\r\n".encode())
                except OSError:
                    return
                hung_up.wait(0.05)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.address = f"http://127.0.0.1:{server.server_port}/take?from=here"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield answers
    hung_up.set()
    server.shutdown()
    thread.join()
    server.server_close()


def sent(receiver: Receiver, body: bytes = b'{"a": 1}', secrets: tuple[str, ...] = (SECRET,)) -> webhook.Answer:
    message = webhook.Message(address=receiver.address, body=body, event_id="event-1", secrets=secrets)
    return webhook.post(message, now=NOW, plain_allowed=True)


def test_a_message_arrives_whole_signed_and_with_its_id(receiver):
    receiver.headers = {"Webhook-Receipt": "case 1042"}
    assert sent(receiver) == webhook.Answer(200, "case 1042")
    ((headers, body),) = receiver.got
    assert body == b'{"a": 1}'
    assert headers["Webhook-Id"] == "event-1"
    check_signature(headers["Webhook-Signature"], body, secret=SECRET, now=NOW)
    assert SECRET not in str(headers)


def test_while_a_secret_is_replaced_either_one_opens_it(receiver):
    sent(receiver, secrets=(SECRET, EARLIER))
    ((headers, body),) = receiver.got
    for secret in (SECRET, EARLIER):
        check_signature(headers["Webhook-Signature"], body, secret=secret, now=NOW)
    with pytest.raises(BadSignature, match="wrong"):
        check_signature(headers["Webhook-Signature"], body, secret="o" * 43, now=NOW)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, webhook.SentElsewhere),
        (302, webhook.SentElsewhere),
        (307, webhook.SentElsewhere),
        (400, webhook.Refused),
        (401, webhook.Refused),
        (404, webhook.Refused),
        (410, webhook.Refused),
        (408, webhook.NotTaken),
        (429, webhook.NotTaken),
        (500, webhook.NotTaken),
        (503, webhook.NotTaken),
    ],
)
def test_what_an_answer_means(status, error, receiver):
    receiver.status = status
    receiver.headers = {"Location": receiver.address}
    with pytest.raises(error):
        sent(receiver)
    assert len(receiver.got) == 1, "no redirect is followed, and nothing is tried twice in one attempt"


def test_a_receiver_that_dies_in_the_middle_is_tried_again(receiver):
    receiver.hangs_up = True
    with pytest.raises(webhook.NotReached):
        sent(receiver)


def test_a_receiver_that_trickles_is_given_up_when_the_time_for_the_whole_is_over(receiver, monkeypatch):
    monkeypatch.setattr(webhook, "ANSWER_SECONDS", 0.5)
    receiver.trickles = True
    with pytest.raises(webhook.NotReached):
        sent(receiver)


def test_a_name_that_cannot_be_one_is_said_at_once(receiver):
    receiver.address = f"https://{'a' * 70}.example/"
    with pytest.raises(webhook.BadAddress):
        sent(receiver)


def test_nobody_at_the_address_is_tried_again(receiver):
    receiver.address = "http://127.0.0.1:9/"
    with pytest.raises(webhook.NotReached):
        sent(receiver)


def test_a_receipt_is_kept_as_a_short_line_and_never_more(receiver):
    receiver.headers = {"Webhook-Receipt": "x" * 500}
    assert sent(receiver).receipt == "x" * webhook.LONGEST_RECEIPT


def test_outside_a_demonstration_this_machine_is_refused_before_anything_is_sent(receiver):
    message = webhook.Message(address=receiver.address, body=b"{}", event_id="e", secrets=(SECRET,))
    with pytest.raises(webhook.BadAddress):
        webhook.post(message, now=NOW)
    inside = webhook.Message(address="https://localhost/", body=b"{}", event_id="e", secrets=(SECRET,))
    with pytest.raises(webhook.BadAddress):
        webhook.post(inside, now=NOW)
    assert receiver.got == []


@pytest.mark.parametrize(
    "address",
    [
        "http://cases.example/",
        "ftp://cases.example/",
        "https://user:word@cases.example/",
        "https://user@cases.example/",
        "https:///nowhere",
        "https://cases.example/#part",
        "https://cases.example:notaport/",
        "https://cases.example/with space",
        "https://fälle.example/",
        "https://cases.example/fälle",
        "https://10.0.0.1/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "javascript:alert(1)",
        "",
        f"https://cases.example/{'a' * 500}",
    ],
)
def test_addresses_that_cannot_be_used(address):
    with pytest.raises(AddressRefused) as refused:
        target_of(address)
    assert refused.value.reason


def test_an_address_is_taken_apart():
    target = target_of("https://cases.example:8443/take?way=1")
    assert (target.host, target.port, target.path, target.secure) == ("cases.example", 8443, "/take?way=1", True)


@pytest.mark.parametrize(
    "numbers",
    [
        (),
        ("10.1.2.3",),
        ("8.8.8.8", "192.168.0.1"),
        ("0.0.0.0",),
        ("224.0.0.1",),
        ("::1",),
        ("fd00::1",),
        ("fe80::1",),
        ("2002:a00:1::",),
        ("100.64.0.1",),
    ],
)
def test_one_private_number_is_enough_to_refuse(numbers):
    with pytest.raises(AddressRefused):
        check_numbers(numbers)


def test_public_numbers_pass():
    check_numbers(["8.8.8.8", "2606:4700::1111"])


@given(st.binary(max_size=200), st.integers(-3600, 3600), st.binary(min_size=1, max_size=20))
def test_a_signature_holds_for_its_body_and_its_moment_alone(body, apart, other):
    header = signature(body, secrets=[SECRET], at=NOW)
    then = NOW + dt.timedelta(seconds=apart)
    if abs(apart) <= TOLERANCE.total_seconds():
        check_signature(header, body, secret=SECRET, now=then)
    else:
        with pytest.raises(BadSignature, match="old"):
            check_signature(header, body, secret=SECRET, now=then)
    with pytest.raises(BadSignature):
        check_signature(header, body + other, secret=SECRET, now=NOW)


@pytest.mark.parametrize("header", ["", "t=,v1=aa", "v1=aa", "t=1,t=2,v1=aa", "t=١٢٣,v1=aa", "t=99999999999999,v1=aa"])
def test_what_is_no_signature(header):
    with pytest.raises(BadSignature, match="malformed"):
        check_signature(header, b"", secret=SECRET, now=NOW)


def test_a_short_secret_signs_nothing():
    for secrets in ([], ["short"]):
        with pytest.raises(ValueError, match="secret"):
            signature(b"", secrets=secrets, at=NOW)
