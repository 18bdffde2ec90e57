"""Our components against the fixtures that govuk-frontend publishes: its options in, its HTML out."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from govuk.components import render_component
from tests.components.adapters import adapted
from tests.components.markup import normalised
from tests.components.unsupported import COMPONENTS_NOT_USED, FIXTURES_NOT_SUPPORTED

PUBLISHED = Path(settings.ROOT) / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
if not PUBLISHED.is_dir():
    raise RuntimeError("govuk-frontend isn't installed: run scripts/build-styles first")

COMPONENTS = sorted(path.parent.name for path in PUBLISHED.glob("*/fixtures.json"))
USED = [name for name in COMPONENTS if name not in COMPONENTS_NOT_USED]


def fixtures(component: str) -> list[dict[str, Any]]:
    """The published fixtures of a component."""
    found: list[dict[str, Any]] = json.loads((PUBLISHED / component / "fixtures.json").read_text())["fixtures"]
    return found


CASES = [
    pytest.param(component, fixture, id=f"{component}: {fixture['name']}")
    for component in USED
    for fixture in fixtures(component)
]


def is_ours_the_same(component: str, fixture: dict[str, Any]) -> tuple[bool, object, object]:
    """Whether both render alike, with both trees for the failure's message."""
    ours = normalised(render_component(component.replace("-", "_"), adapted(component, fixture["options"])))
    theirs = normalised(fixture["html"])
    return ours == theirs, ours, theirs


@pytest.mark.parametrize(("component", "fixture"), CASES)
def test_renders_as_published(component: str, fixture: dict[str, Any]) -> None:
    same, ours, theirs = is_ours_the_same(component, fixture)
    if fixture["name"] in FIXTURES_NOT_SUPPORTED.get(component, {}):
        assert not same, "this fixture is supported by now: take it off the list"
    else:
        assert ours == theirs


def test_the_lists_name_what_exists_with_a_reason() -> None:
    assert set(COMPONENTS_NOT_USED) <= set(COMPONENTS)
    for component, names in FIXTURES_NOT_SUPPORTED.items():
        assert set(names) <= {fixture["name"] for fixture in fixtures(component)}
        assert all(reason for reason in names.values())
    assert all(COMPONENTS_NOT_USED.values())
