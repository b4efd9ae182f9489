"""Configuration: `textfix.toml`, or `[tool.textfix]` of pyproject.toml, the closest one upward from each file.

Configurations are not merged: the closest one counts, alone, unless it says `extend`.
"""

from textfix.config.discovery import closest, load
from textfix.config.errors import ConfigError
from textfix.config.settings import Configuration, FileSettings

__all__ = ["ConfigError", "Configuration", "FileSettings", "closest", "load"]
