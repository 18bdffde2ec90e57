"""Foreign keys and migrations obey the arrows that import-linter holds the imports to."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

PROJECT = Path(__file__).resolve().parents[2]

# Lowest first (docs/architecture.md). Rooms of one line never point at each other.
LAYERS: list[set[str]] = [
    {"audit"},
    {"accounts"},
    {"dispatch"},
    {"thresholds"},
    {"referrals_places"},
    {"referrals_record"},
    {"consent"},
    {"referrals_routing", "referrals_documents"},
    {"referrals_casework"},
    {"referrals_journey", "referrals_review", "referrals_triage", "referrals_exchange"},
    {"referrals_oversight"},
]
LAYER_OF = {label: place for place, labels in enumerate(LAYERS) for label in labels}
# Django's own tables that ours may point at.
BELOW_ALL = {"contenttypes", "auth", "sessions"}


def may_point(source: str, target: str) -> bool:
    """Whether room `source` may hold a foreign key to, or a migration dependency on, room `target`."""
    return source == target or target in BELOW_ALL or LAYER_OF[target] < LAYER_OF[source]


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in LAYER_OF]


def test_every_room_is_placed():
    """A new app is given its layer before it gets a model."""
    ours = {
        config.label
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(PROJECT) and ".venv" not in config.path
    }
    assert ours - {"govuk"} == set(LAYER_OF)


def test_foreign_keys_point_downwards():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is not None
        and not may_point(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert wrong == []


def test_nothing_points_out_of_audit():
    """The record outlives what it speaks of: it names ids and holds no key."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config("audit").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is not None
        and field.related_model._meta.app_label != "audit"
    ]
    assert wrong == []


def test_migration_dependencies_point_downwards():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    wrong = [
        f"{key} → {parent}"
        for key, migration in loader.disk_migrations.items()
        if key[0] in LAYER_OF
        for parent in migration.dependencies
        if parent[0] != "__setting__" and not may_point(key[0], parent[0])
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("referrals_record", "accounts", True),
        ("accounts", "referrals_record", False),
        ("referrals_review", "referrals_triage", False),
        ("referrals_journey", "referrals_casework", True),
        ("thresholds", "dispatch", True),
        ("audit", "accounts", False),
    ],
)
def test_the_arrow_check_can_fail(source, target, allowed):
    assert may_point(source, target) is allowed
