"""Hypothesis profiles: quick and repeatable by default; `HYPOTHESIS_PROFILE=thorough` looks longer, and elsewhere."""

import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "thorough", parent=settings.get_profile("default"), derandomize=False, database=None, max_examples=5000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture
def unprivileged() -> list[str]:
    """How to run textfix so that permissions count, also for root."""
    command = [sys.executable, "-m", "textfix"]
    if os.geteuid() != 0:
        return command
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    try:
        if subprocess.run([*drop, *command, "--version"], capture_output=True, timeout=60).returncode == 0:
            return [*drop, *command]
    except FileNotFoundError:
        pass
    pytest.skip("root may read and write everything here")
