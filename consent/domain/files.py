"""Which files a recipient gets, by whom each is about; the rule is told in `recipients`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consent.domain.sections import Part


@dataclass(frozen=True, slots=True)
class File:
    """A file of the referral. `about`: a child's id, empty for all of them."""

    id: str
    number: int
    about: str


def goes(about: str, *, limited: bool, safety: Mapping[str, bool]) -> bool:
    """Whether a file goes. `safety`: by id of another front door's child, whether what is said about them bears on
    safety; `limited`: agreement narrows what goes."""
    return safety.get(about, not limited)


def file_goes(need: Mapping[str, Any], file: Mapping[str, Any]) -> bool:
    """Whether a file that is added later goes to the recipient, by whom it is about: `file` is what was frozen of it.
    `need` is what was recorded (`consent.domain.recipients.Needed.to_dict`)."""
    if need["whole"]:
        return True
    safety = {other["id"]: bool(other["safety"]) for other in need["others"]}
    agreed_to = Part.FILES.value in need.get("parts", ())
    return goes(str(file["about"]), limited=bool(need["limited"]) and not agreed_to, safety=safety)
