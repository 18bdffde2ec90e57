"""The client of the virus scanner, against a server that speaks clamd's protocol."""

import socket
import threading

import pytest

from dispatch import scanner
from tests.clamd import BEYOND, EICAR, NAME, STREAM_MAX_LENGTH
from tests.clamd import scanner as running_scanner


@pytest.fixture
def clamd(settings):
    with running_scanner() as server:
        settings.VIRUS_SCANNER = server.address
        yield server


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000])
def test_what_is_clean_is_clean_whatever_its_size(clamd, size):
    assert scanner.scan(b"a" * size) == scanner.Verdict(looked=True)


@pytest.mark.parametrize("before", [0, 64 * 1024 - 30, 200_000])
def test_a_virus_is_found_also_across_two_chunks(clamd, before):
    verdict = scanner.scan(b"a" * before + EICAR)
    assert verdict == scanner.Verdict(looked=True, signature=NAME)


@pytest.mark.parametrize("more", [1, 1024 * 1024, STREAM_MAX_LENGTH])
def test_what_the_scanner_never_takes_is_no_use_trying_again(clamd, more):
    """It says so and hangs up, while there is more to send or not."""
    with pytest.raises(scanner.TooLargeForScanner):
        scanner.scan(b"a" * (STREAM_MAX_LENGTH + more))


def test_what_it_takes_at_most_it_looks_at(clamd):
    assert scanner.scan(b"a" * STREAM_MAX_LENGTH) == scanner.Verdict(looked=True)


def test_what_is_beyond_its_limits_is_no_virus_and_not_clean(clamd):
    clamd.limited = True
    assert scanner.scan(b"a letter") == scanner.Verdict(True, BEYOND, in_full=False)


def test_switched_off_nobody_looks_and_it_says_so(settings):
    settings.VIRUS_SCANNER = "off"
    assert scanner.scan(EICAR) == scanner.Verdict(looked=False)
    assert scanner.state() is scanner.ScannerState.OFF
    assert not scanner.is_on()


def test_its_state_is_asked_by_its_own_ping(clamd, settings):
    assert scanner.state() is scanner.ScannerState.ANSWERS
    settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{_unused_port()}"
    assert scanner.state() is scanner.ScannerState.UNREACHABLE
    with pytest.raises(scanner.ScannerTrouble):
        scanner.scan(b"anything")


def test_a_socket_in_the_file_system_serves_as_well(tmp_path, settings):
    place = tmp_path / "clamd.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(place))
        listening.listen()
        settings.VIRUS_SCANNER = f"unix://{place}"
        with _answering(listening, b"PONG\0"):
            assert scanner.state() is scanner.ScannerState.ANSWERS


@pytest.mark.parametrize(
    "said", [b"", b"stream: OK", b"HTTP/1.1 400 Bad Request\r\n\0", b"stream: lstat() failed. ERROR\0"]
)
def test_no_other_answer_counts_as_clean(settings, said):
    with socket.create_server(("127.0.0.1", 0)) as listening, _answering(listening, said):
        settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(scanner.ScannerTrouble):
            scanner.scan(b"a letter")


def _unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


class _answering:  # noqa: N801  # reads as a sentence
    """Somebody who says one thing to the first who calls, and hangs up."""

    def __init__(self, listening, said):
        self.thread = threading.Thread(target=self._answer, args=(listening, said), daemon=True)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.thread.join(timeout=10)

    def _answer(self, listening, said):
        line, _ = listening.accept()
        with line:
            line.recv(65536)
            line.sendall(said)
