"""Findings for programs: JSON and JSON Lines, GitHub annotations, SARIF 2.1.0.

Columns are code points, counted from 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from textfix._version import __version__
from textfix.report.findings import Finding
from textfix.report.width import quoted

__all__ = ["FileReport", "github", "json_document", "json_lines", "sarif"]

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"


class FileReport:
    """What was found in one file, or why it could not be looked at."""

    def __init__(self, name: str, findings: Iterable[Finding] = (), errors: Iterable[str] = ()) -> None:
        self.name = name
        self.findings = list(findings)
        self.errors = list(errors)


def json_document(reports: Iterable[FileReport]) -> str:
    """Return one JSON object: textfix (its version), findings, doubts, warnings, errors."""
    reports = list(reports)
    rows = [_row(report.name, found) for report in reports for found in report.findings]
    document = {
        "textfix": __version__,
        "findings": [row for row in rows if row["kind"] == "finding"],
        "doubts": [row for row in rows if row["kind"] == "doubt"],
        "warnings": [row for row in rows if row["kind"] == "warning"],
        "errors": [{"file": report.name, "message": message} for report in reports for message in report.errors],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def json_lines(report: FileReport) -> Iterator[str]:
    """Yield one JSON object a line: kind is finding, doubt, warning or error."""
    for found in report.findings:
        yield json.dumps(_row(report.name, found), ensure_ascii=False)
    for message in report.errors:
        yield json.dumps({"kind": "error", "file": report.name, "message": message}, ensure_ascii=False)


def github(report: FileReport) -> Iterator[str]:
    """Yield workflow commands that GitHub shows as annotations: errors for findings, notices for doubts."""
    levels = {"finding": "error", "doubt": "notice", "warning": "warning"}
    for found in report.findings:
        columns = f",col={found.column},endColumn={found.end_column}" if found.line == found.end_line else ""
        place = f"file={_property(report.name)},line={found.line},endLine={found.end_line}{columns}"
        title = _property(f"textfix {found.reason}")
        yield f"::{levels[found.kind]} {place},title={title}::{_data(_message(found))}"
    for message in report.errors:
        yield f"::error file={_property(report.name)},title=textfix::{_data(message)}"


def sarif(reports: Iterable[FileReport]) -> str:
    """Return a SARIF log: a rule for each reason, a result for each finding with its fix, doubts as notes."""
    reports = list(reports)
    reasons = sorted({found.reason for report in reports for found in report.findings})
    index = {reason: number for number, reason in enumerate(reasons)}
    run = {
        "tool": {
            "driver": {
                "name": "textfix",
                "version": __version__,
                "rules": [{"id": name, "name": _camel(name), "shortDescription": {"text": name}} for name in reasons],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(report.name, found, index) for report in reports for found in report.findings],
        "invocations": [
            {
                "executionSuccessful": not any(report.errors for report in reports),
                "toolExecutionNotifications": [
                    {"level": "error", "message": {"text": message}, "locations": [_location(report.name)]}
                    for report in reports
                    for message in report.errors
                ],
            }
        ],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _row(name: str, found: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": found.kind,
        "file": name,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
        "start": found.start,
        "end": found.end,
        "reason": found.reason,
        "before": found.before,
    }
    row |= {"after": found.after} if found.after is not None else {"evidence": found.evidence}
    return row


def _message(found: Finding) -> str:
    if found.after is None:
        return f"{quoted(found.before)}: {found.evidence}"
    return f"{quoted(found.before)} → {quoted(found.after)}"


def _result(name: str, found: Finding, index: dict[str, int]) -> dict[str, Any]:
    region = {
        "startLine": found.line,
        "startColumn": found.column,
        "endLine": found.end_line,
        "endColumn": found.end_column,
    }
    location = _location(name)
    result: dict[str, Any] = {
        "ruleId": found.reason,
        "ruleIndex": index[found.reason],
        "level": "note" if found.kind == "doubt" else "warning",
        "message": {"text": _message(found)},
        "locations": [{"physicalLocation": {**location["physicalLocation"], "region": region}}],
    }
    if found.after is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": found.after}}
        artifact = location["physicalLocation"]["artifactLocation"]
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}]}]
    return result


def _location(name: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": quote(name.replace("\\", "/"))}}}


def _camel(reason: str) -> str:
    return "".join(part.capitalize() for part in re.split("[^0-9A-Za-z]+", reason))


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
