"""docker-compose.yml and Dockerfile hold together. No container engine runs these tests, so they read the files."""

import configparser
import importlib
import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from config import serving
from config.environment import Environment
from dispatch.domain.queues import LIMITS, WORKERS, YIELDS, Queue

PROJECT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["prepare", "web", *WORKERS, "beat"]
IMAGE = (PROJECT / "Dockerfile").read_text()


def longest_task(worker: str) -> float:
    """Seconds after which a task of this worker is killed at the latest. What beat asks for has the general limit."""
    asked = [LIMITS[Queue(queue)].hard.total_seconds() for queue in WORKERS[worker] if queue in set(Queue)]
    return max(settings.CELERY_TASK_TIME_LIMIT, *asked)


def seconds(duration: str) -> float:
    """A duration as the compose file gives it."""
    return sum(float(count) * {"m": 60, "s": 1}[unit] for count, unit in re.findall(r"(\d+)([ms])", duration))


def trial_settings(monkeypatch, tmp_path) -> configparser.ConfigParser:
    """What `./run` tells its supervisor."""
    monkeypatch.syspath_prepend(str(PROJECT / "scripts"))
    run = importlib.import_module("run")
    monkeypatch.setattr(run, "STATE", importlib.import_module("house.place").State(tmp_path))
    programs = configparser.ConfigParser(interpolation=None)
    programs.read(run.supervisor_settings(8000))
    return programs


def test_the_parts_of_production_are_there():
    assert {"proxy", "web", *WORKERS, "beat", "database", "redis"} <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_references_resolve(name):
    service = SERVICES[name]
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    volumes = [volume.split(":")[0] for volume in service.get("volumes", [])]
    assert {volume for volume in volumes if not volume.startswith(".")} <= set(COMPOSE["volumes"])
    for volume in volumes:
        assert not volume.startswith(".") or (PROJECT / volume).exists()
    for variable, path in service.get("environment", {}).items():
        if variable.endswith("_FILE"):
            assert str(path).removeprefix("/run/secrets/") in service["secrets"], variable


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_few_rights(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", ["web", *WORKERS, "beat"])
def test_every_setting_without_default_is_given(name):
    given = {variable.removesuffix("_FILE").lower() for variable in SERVICES[name]["environment"]}
    required = {field for field, info in Environment.model_fields.items() if info.is_required()}
    assert required <= given


@pytest.mark.parametrize("name", ["web", *WORKERS, "beat"])
def test_whatever_can_be_set_is_handed_through(name):
    given = {variable.removesuffix("_FILE").lower() for variable in SERVICES[name]["environment"]}
    # E-mail to files is for trials; what Prometheus shows is asked of the web process alone.
    elsewhere = {"mail_folder"} if name == "web" else {"mail_folder", "metrics_token"}
    assert given == set(Environment.model_fields) - elsewhere


def test_nothing_starts_without_a_mail_server():
    assert SERVICES["web"]["environment"]["SMTP_HOST"].startswith("${SMTP_HOST:?")


@pytest.mark.parametrize("name", ["proxy", *WORKERS, "beat", "database", "redis"])
def test_services_have_a_health_check(name):
    assert "test" in SERVICES[name]["healthcheck"]


@pytest.mark.parametrize("name", WORKERS)
def test_each_worker_takes_from_its_queues(name):
    command = SERVICES[name]["command"]
    assert command[command.index("--queues") + 1].split(",") == list(WORKERS[name])
    trial = (PROJECT / "scripts" / "run.py").read_text()
    assert f'"{name}": "{",".join(WORKERS[name])}"' in trial


@pytest.mark.parametrize("name", WORKERS)
def test_drawing_yields_to_pages_and_deliveries_wherever_it_runs(name, monkeypatch, tmp_path):
    yields = YIELDS.get(name, 0)
    assert ("cpu_shares" in SERVICES[name]) == bool(yields)
    assert SERVICES[name].get("cpu_shares", 0) < 1024  # What every container has that says nothing.
    assert f" nice -n {yields} " in trial_settings(monkeypatch, tmp_path)[f"program:{name}"]["command"]


@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_that_is_stopped_has_the_time_to_finish_what_it_has_begun(name):
    assert seconds(SERVICES[name]["stop_grace_period"]) > longest_task(name)


def test_a_page_that_was_asked_for_is_answered_before_the_web_process_is_killed():
    assert seconds(SERVICES["web"]["stop_grace_period"]) > serving.graceful_timeout
    # The proxy, which is stopped before it, waits for the same pages.
    assert seconds(SERVICES["proxy"]["stop_grace_period"]) >= seconds(SERVICES["web"]["stop_grace_period"])


def test_a_trial_that_is_stopped_gives_the_same_time(monkeypatch, tmp_path):
    programs = trial_settings(monkeypatch, tmp_path)
    waits = {name: programs.getfloat(f"program:{name}", "stopwaitsecs") for name in ["web", *WORKERS, "beat"]}
    assert all(waits[name] > longest_task(name) for name in WORKERS)
    assert waits["web"] > serving.graceful_timeout


def test_the_image_and_a_trial_serve_pages_by_the_same_file():
    by_it = "--config python:config.serving"
    command = json.loads(IMAGE[IMAGE.rindex("CMD ") + 4 :].replace("\\\n", ""))
    assert by_it in " ".join(command)
    assert by_it in (PROJECT / "scripts" / "run.py").read_text()


def test_the_image_is_built_as_run_builds_and_runs_unprivileged():
    assert re.findall(r"scripts/set-up (\w+)", IMAGE) == ["packages", "environment", "styles"]
    assert re.search(r"^USER 10001$", IMAGE, re.MULTILINE)
    assert "HEALTHCHECK" in IMAGE


def test_only_the_proxy_is_reachable_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_secrets_are_made_for_every_secret_named():
    script = (PROJECT / "scripts" / "make-secrets").read_text()
    for name in COMPOSE["secrets"]:
        made = name in script or (name.endswith("_database_url") and 'f"{role}_database_url"' in script)
        assert made, name
