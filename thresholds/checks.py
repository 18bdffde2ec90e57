"""A broken pack, lexicon or file of what was learned stops the system from starting, with the place of the mistake."""

import zlib
from collections.abc import Sequence
from typing import Any
from zipfile import BadZipFile

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Info, register

from accounts import clock
from thresholds import files
from thresholds.bank_holidays import known_holidays
from thresholds.domain.assemble import PackErrors
from thresholds.domain.bank_holidays import Standing


@register()
def packs_are_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each mistake in each shipped pack."""
    found: list[CheckMessage] = []
    for folder in files.pack_folders():
        try:
            files.read_pack(folder)
        except PackErrors as errors:
            found += [Error(str(mistake), id="thresholds.E001") for mistake in errors.mistakes]
    return found


@register()
def the_lexicon_is_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each mistake in the lexicon."""
    try:
        files.read_lexicon()
    except PackErrors as errors:
        return [Error(str(mistake), id="thresholds.E002") for mistake in errors.mistakes]
    return []


@register()
def what_was_learned_is_sound(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error where a file of what labelled narratives taught can't be read."""
    found: list[CheckMessage] = []
    for path, read in ((files.LEARNED, files.read_learned), (files.CLOSE_READING, files.read_close_reading)):
        try:
            read(path)
        except (OSError, EOFError, KeyError, ValueError, BadZipFile, zlib.error) as error:
            found.append(Error(f"{path.name} can't be read: {error!r}", id="thresholds.E003"))
    return found


@register()
def bank_holidays_are_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A word once the list of bank holidays runs out. It stops nothing: a system that takes referrals goes on."""
    known = known_holidays()
    if known.standing(clock.day_of(clock.now())) is Standing.OK:
        return []
    return [
        Info(
            f"The bank holidays are known until {known.until.isoformat()}.",
            hint="Bring the package govuk-bank-holidays up to date.",
            id="thresholds.I001",
        )
    ]
