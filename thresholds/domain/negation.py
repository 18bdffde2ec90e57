"""Which words of a reading are denied: "no bruises seen", "denies self-harm", "was not hit".

A denial reaches the next thing named and what is listed with it, over words that only report ("no signs of", "did not
see any"). It doesn't reach on to other things: "no coat, dad hit him" denies a coat. Where the denying word is part of
a phrase that was found ("no food in the house"), it denies nothing else. When in doubt, nothing is denied.
"""

from collections.abc import Iterable, Iterator, Set

from thresholds.domain.words import NOT, Reading, stem

REACH = 8
"""Words after a denying word that are looked at."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_DENYING = _stems("no without nil denies denied denial deny negative") | {NOT}
_FAR = _stems("denies denied denial deny")
"""Words that deny a whole list, with `and` too."""
_NOT_DENYING = _stems(
    """sure only doubt wonder just know say tell explain remember clear certain reason explanation want allowed able
    believe rule first one matter surprised surprise idea choice longterm recall account happy cope listen hide"""
)
"""After a denying word: it is no denial of what follows ("not sure whether", "can't rule out")."""
_REPORTING = _stems(
    """see notice observe find show appear seem look think report disclose evidence sign concern history indication
    suggestion mention obvious visible new other further current recent known apparent physical worry issue risk
    immediate thought feeling intent intention plan longer problem under any kind raised identified use using take
    taking experience experiencing have get suffer present active serious significant major real form type previous
    ongoing reports disclosures incidents incident instances involved being be been concerned witnessed note noted"""
)
_BREAKING = _stems(
    """but however although though except yet because when while who which then until unless where after before if he
    she they i we you mum dad mother father parent parents mam nan partner stepdad stepmum carer boyfriend"""
)
_LISTING = frozenset({"or", "nor", "and"})
_NOT_FOUND = _stems("see notice observe report note evidence disclose present find visible apparent raise identify")
_NONE = _stems("none nil")


def denied_places(reading: Reading, used: Set[int]) -> frozenset[int]:
    """Places from which on a phrase that begins there is denied. `used` are places that a found phrase is made of."""
    return frozenset(place for _cue, reached in _denials(reading, used) for place in reached)


def denies(reading: Reading) -> bool:
    """Whether a word stands in it that may deny something."""
    return any(root in _DENYING for root in reading.stems)


def denying_places(reading: Reading, used: Set[int]) -> frozenset[int]:
    """Places of the words that deny others: the "no" of "no bruises". `used` as in `denied_places`.

    What comes before another denial denies nothing but that, so it counts among them as a whole: "has not seen that" of
    "has not seen that there is no food".
    """
    before_others = (place for cue in range(len(reading)) for place in _before_another(reading, cue))
    return frozenset(cue for cue, reached in _denials(reading, used) if reached).union(before_others)


def _before_another(reading: Reading, cue: int) -> range:
    """The places from a denying word up to the next one, where only words that report lie between; none elsewhere."""
    stems = reading.stems
    if stems[cue] in _DENYING:
        for place in range(cue + 1, min(cue + 1 + REACH, len(reading))):
            if reading.sentences[place] != reading.sentences[cue]:
                break
            if stems[place] in _DENYING:
                return range(cue, place)
            if not (stems[place] in _REPORTING or reading.light[place]):
                break
    return range(0)


def _denials(reading: Reading, used: Set[int]) -> Iterator[tuple[int, frozenset[int]]]:
    for place, root in enumerate(reading.stems):
        if root in _DENYING and place not in used:
            yield place, frozenset(_reach(reading, place))


def _reach(reading: Reading, cue: int) -> Iterable[int]:
    stems, sentence = reading.stems, reading.sentences[cue]
    end = min(cue + 1 + REACH, len(reading))
    far = stems[cue] in _FAR
    named = False
    place = cue + 1
    if place < end and stems[place] in _NOT_DENYING:
        return
    while place < end and reading.sentences[place] == sentence:
        root = stems[place]
        if root in _BREAKING or root in _DENYING:
            return
        listing = root in _LISTING or reading.commas[place]
        if root == "and" and not far and named and not _listed(reading, place + 1):
            return
        if root in _LISTING:
            named = False
        elif root in _REPORTING or reading.light[place]:
            yield place
        else:
            if named and not listing and not far:
                return
            yield place
            named = True
        place += 1


def _listed(reading: Reading, place: int) -> bool:
    """Whether a list seems to go on after `and`: not with somebody who does something."""
    return place < len(reading) and reading.stems[place] not in _BREAKING and not reading.light[place]


def is_denied(reading: Reading, places: tuple[int, ...], denied: Set[int], used: Set[int]) -> bool:
    """Whether the phrase found at `places` is denied, before it, in it or after it ("bruises: none seen")."""
    inside = range(places[0], places[-1])
    telling = next((place for place in places if not reading.light[place]), places[0])
    if telling in denied or any(place not in used and _denies_inside(reading, place, places) for place in inside):
        return True
    last, sentence = places[-1], reading.sentences[places[-1]]
    for place in range(last + 1, min(last + 4, len(reading))):
        if reading.sentences[place] != sentence:
            return False
        root = reading.stems[place]
        if root in _NONE:
            return _is_none(reading, place)
        if root == NOT and place not in used:
            after = place + 1
            return after < len(reading) and reading.stems[after] in _NOT_FOUND
        if not reading.light[place]:
            return False
    return False


def _denies_inside(reading: Reading, cue: int, places: tuple[int, ...]) -> bool:
    """Whether a word within a phrase denies it: "bruises none seen", or what comes after it: "mum is not hitting him".
    Over a comma or into a list it is left in doubt."""
    if reading.stems[cue] in _NONE:
        return _is_none(reading, cue)
    # "Shook him because he wouldn't stop crying": what is denied is another thing than what was done.
    begins_anew = any(reading.stems[place] in _BREAKING for place in range(places[0] + 1, cue))
    if reading.stems[cue] not in _DENYING or begins_anew:
        return False
    after = next((place for place in places if place > cue and not reading.light[place]), None)
    if after is None or after not in _reach(reading, cue):
        return False
    return not any(reading.commas[place] or reading.stems[place] in _LISTING for place in range(cue + 1, after + 1))


def _is_none(reading: Reading, place: int) -> bool:
    """Whether "none" says that there is none: not "none of them explained", "none of us knew"."""
    end = reading.ends[place]
    # A few characters only: a long text isn't copied for each word of it.
    return reading.text[end : end + 12].lstrip()[:3].lower() != "of "
