"""Which words of a text are shown as those that caused something."""

from collections.abc import Iterable
from dataclasses import dataclass

from thresholds.domain.hits import Hit
from thresholds.domain.words import Reading

SPANS_SHOWN = 12


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of the text exactly as given, `end` not included."""

    start: int
    end: int


def spans_of(reading: Reading, hits: Iterable[Hit]) -> tuple[Span, ...]:
    """The words of the hits, those next to each other as one span; at most `SPANS_SHOWN`."""
    places = sorted({place for hit in hits for place in hit.places})
    spans: list[Span] = []
    sentence = -1
    for place in places:
        start, end = reading.starts[place], reading.ends[place]
        together = spans and reading.sentences[place] == sentence
        if spans and (start < spans[-1].end or (together and _joined(reading, place, spans[-1]))):
            spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
        else:
            spans.append(Span(start, end))
        sentence = reading.sentences[place]
    return tuple(spans[:SPANS_SHOWN])


def _joined(reading: Reading, place: int, before: Span) -> bool:
    """Whether nothing but a small word lies between the span before and this word."""
    return (
        place > 0
        and reading.starts[place] - before.end <= 12
        and (reading.ends[place - 1] == before.end or reading.light[place - 1])
    )
