"""Hypothesis profiles: quick and repeatable by default; `HYPOTHESIS_PROFILE=thorough` looks longer, and elsewhere."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "thorough", parent=settings.get_profile("default"), derandomize=False, database=None, max_examples=5000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
