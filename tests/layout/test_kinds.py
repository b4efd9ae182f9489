"""Kinds of blocks."""

from __future__ import annotations

import pytest

from textfix.layout import measure


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("本报记者 张国静", "byline"),
        ("新华社记者 李明 王小红", "byline"),
        ("本报记者张国静 摄", "byline"),
        ("通讯员 赵刚", "byline"),
        ("文/图 刘洋", "byline"),
        ("作者：梁启超", "byline"),
        ("By John Smith", "byline"),
        ("2024年", "heading"),
        ("第一站——守护绿水青山", "heading"),
        ("城西区：勇争先 当表率 书写高质量发展新篇章", "heading"),
        ("……", "paragraph"),
        ("征程重起步，负重再奋蹄！", "paragraph"),
        ("记者在现场看到，各项工作正在有序推进。", "paragraph"),
        ("- 3 -", "furniture"),
        ("第3页", "furniture"),
        ("--------------------", "furniture"),
        ("名称    数量    金额", "table"),
        ("第一章 总则........1", "table"),
        ("• 可以安装一台主服务器，重新启动后将不能访问互联网。", "item"),
    ],
)
def test_kind(line: str, kind: str) -> None:
    assert measure(line).blocks()[0][0] == kind


def test_verse_is_told_by_its_run() -> None:
    assert set(measure("白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。").kinds()) == {"verse"}
