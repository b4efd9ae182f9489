"""A plot of throughput against length, as SVG: flat where the time is linear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10

__all__ = ["plot"]

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 190, 40, 50
_COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b", "#17becf", "#7f7f7f")


def plot(series: Mapping[str, Sequence[tuple[float, float]]], title: str, across: str, up: str) -> str:
    """Return an SVG with a line for each series of points, both axes logarithmic."""
    points = [point for line in series.values() for point in line]
    low, high = floor(log10(min(x for x, _ in points))), log10(max(x for x, _ in points))
    bottom, top = floor(log10(min(y for _, y in points))), log10(max(y for _, y in points)) + 0.1

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            _LEFT + (log10(x) - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - (log10(y) - bottom) / (top - bottom) * (_HEIGHT - _TOP - _BOTTOM),
        )

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="14">{title}</text>',
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 12}" text-anchor="middle">{across}</text>',
        f'<text transform="translate(18 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">{up}</text>',
    ]
    for power in range(low, floor(high) + 1):
        x, y = place(10.0**power, 10.0**bottom)
        out.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x:.1f}" y2="{_TOP}" stroke="#dddddd"/>')
        raised = f'<tspan dy="-5" font-size="9">{power}</tspan>'
        out.append(f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle">10{raised}</text>')
    for power in range(bottom, floor(top) + 1):
        for step in (1, 2, 5):
            if log10(step) + power > top:
                continue
            x, y = place(10.0**low, step * 10.0**power)
            out.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
            out.append(f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{step * 10.0**power:g}</text>')
    ends: list[float] = []
    for colour, (name, line) in zip(_COLOURS, sorted(series.items(), key=lambda item: -item[1][-1][1])):
        places = [place(x, y) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        label = max([places[-1][1] + 4, *(end + 15 for end in ends)])
        ends.append(label)
        out.append(f'<text x="{_WIDTH - _RIGHT + 8}" y="{label:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])
