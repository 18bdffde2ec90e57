"""Free text that looks as if it held details of somebody who has no part in the referral.

Pointed out before sending, with the words marked; a person decides. Nothing is blocked, removed or kept back: that a
number stands in the story may be just what keeps a child safe. Rather few alarms than many, since people stop reading
them: what the referral knows of the children, the household, the writer and the front doors isn't pointed out, nor are
numbers reserved for drama. Source: the sixth golden rule (share only relevant, accurate information).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from referrals.record.domain.identifiers import is_nhs_number

AROUND = 60
"""Characters shown on each side of what was found."""
MOST = 50
"""More than so many are not listed: the page would say nothing any more."""


class Detail(StrEnum):
    """What it looks like."""

    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NHS_NUMBER = "nhs_number"
    CHILD = "child"


DETAILS: dict[Detail, str] = {
    Detail.PHONE: "a telephone number",
    Detail.EMAIL: "an e-mail address",
    Detail.POSTCODE: "a postcode",
    Detail.ADDRESS: "an address",
    Detail.NHS_NUMBER: "an NHS number",
    Detail.CHILD: "the name of a child who isn't on the referral",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """What somebody wrote in answer to one question; `person` is the id of whom the page is about, or empty."""

    page: str
    person: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """What belongs on the referral: names as people write them, and texts with numbers and addresses of those who are
    on it, of who writes it, and of the front doors."""

    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a passage, with the words around it."""

    detail: Detail
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        """What was found, as it was written."""
        return self.passage.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The words before it."""
        cut = max(0, self.start - AROUND)
        return ("…" if cut else "") + self.passage.text[cut : self.start]

    @property
    def after(self) -> str:
        """The words after it."""
        cut = self.end + AROUND
        return self.passage.text[self.end : cut] + ("…" if cut < len(self.passage.text) else "")


def uninvolved(passages: Iterable[Passage], known: Known) -> tuple[Found, ...]:
    """What looks like details of somebody uninvolved, in the order of the text, at most `MOST`; the same for the same
    texts. Its time grows with the length of the texts and no faster."""
    whose = _whose(known)
    found: list[Found] = []
    for passage in passages:
        found += _in_passage(passage, whose)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


_Whose = tuple[dict[Detail, frozenset[str]], str, frozenset[str]]
_PHONE = re.compile(r"(?<![\d+])(?:\+44[\s-]?(?:\(0\)[\s-]?)?|0)\d(?:[\s-]{0,2}\d){8,9}(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[ABD-HJLNP-UW-Z]{2}\b")
_STREETS = (
    "Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Row|Court|Way|Crescent|Place|Terrace|Gardens|Grove|Mews|Square|Walk"
    "|Rise"
)
_ADDRESS = re.compile(rf"\b\d{{1,4}}[A-Za-z]?,?[ ]{{1,3}}(?:[A-Z][\w'’-]{{1,30}}[ ]{{1,3}}){{1,3}}(?:{_STREETS})\b")
_NHS = re.compile(r"(?<!\d)[4679]\d{2}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_NAME = r"[A-Z][a-zà-öø-ÿ'’]{1,20}(?:-[A-Z][a-z]{1,20})?"
_OTHER_CHILD = re.compile(
    r"\b(?:friend|best friend|classmate|pupil|student|boyfriend|girlfriend|boy|girl|child|lad|teammate)s?"
    rf"(?:,| called| named| is called)?[ ]{{1,3}}({_NAME}(?:[ ]{{1,3}}{_NAME})?)"
)
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december the a an i he she they we it his her their our my this that on in at "
        "when if and but school year class mr mrs ms miss dr",
    )
)
_DRAMA = re.compile(
    r"(?:01632960|07700900|01(?:13|14|15|16|17|18|21|31|41|51|61)4960|02079460|0191498 ?0|02896496|02920180|08081570"
    r"|09098790|03069990)\d{1,4}$"
)


def _in_passage(passage: Passage, whose: _Whose) -> list[Found]:
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for detail, pattern, keep in _FINDERS:
        for match in pattern.finditer(passage.text):
            start, end = match.span(1) if pattern.groups else match.span()
            if any(start < until and end > since for since, until in taken) or not keep(match.group(), whose):
                continue
            if detail is Detail.CHILD:
                end = start + len(_name_of(match.group(1)))
                if end == start or _is_known(passage.text[start:end], whose):
                    continue
            taken.append((start, end))
            found.append(Found(detail, passage, start, end))
            if len(found) >= MOST:
                break
    return sorted(found, key=lambda one: one.start)


def _digits(text: str) -> str:
    digits = "".join(one for one in text if one.isdecimal())
    if text.lstrip().startswith("+44"):
        digits = "0" + digits.removeprefix("44").removeprefix("0")
    return digits


def _plain(text: str) -> str:
    return "".join(one for one in text.casefold() if one.isalnum())


def _another_phone(text: str, whose: _Whose) -> bool:
    digits = _digits(text)
    return digits not in whose[0][Detail.PHONE] and _DRAMA.match(digits) is None and len(digits) in {10, 11}


def _another_number(text: str, whose: _Whose) -> bool:
    digits = _digits(text)
    return is_nhs_number(digits) and digits not in whose[0][Detail.NHS_NUMBER]


def _another_text(text: str, whose: _Whose) -> bool:
    return _plain(text) not in whose[1]


def _any(text: str, whose: _Whose) -> bool:
    return bool(text)


_FINDERS: tuple[tuple[Detail, re.Pattern[str], Callable[[str, _Whose], bool]], ...] = (
    (Detail.EMAIL, _EMAIL, _another_text),
    (Detail.NHS_NUMBER, _NHS, _another_number),
    (Detail.PHONE, _PHONE, _another_phone),
    (Detail.POSTCODE, _POSTCODE, _another_text),
    (Detail.ADDRESS, _ADDRESS, _another_text),
    (Detail.CHILD, _OTHER_CHILD, _any),
)


def _name_of(text: str) -> str:
    """The words from the start that read as a name; empty where the first one doesn't."""
    words = text.split(" ")
    if words[0].casefold() in _NOT_NAMES:
        return ""
    second = words[-1] if len(words) > 1 else ""
    return text if not second or second.casefold() not in _NOT_NAMES else words[0]


def _is_known(name: str, whose: _Whose) -> bool:
    return name.partition(" ")[0].casefold().removesuffix("’s").removesuffix("'s") in whose[2]


def _whose(known: Known) -> _Whose:
    phones = {_digits(match.group()) for text in known.texts for match in _PHONE.finditer(text)}
    numbers = {_digits(match.group()) for text in known.texts for match in _NHS.finditer(text)}
    names = {word.casefold() for name in known.names for word in _words(name)}
    return (
        {Detail.PHONE: frozenset(phones), Detail.NHS_NUMBER: frozenset(numbers)},
        " ".join(_plain(text) for text in known.texts),
        frozenset(names),
    )


def _words(name: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r"[^\W\d_]{2,}", name))
