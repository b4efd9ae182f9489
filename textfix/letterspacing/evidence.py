"""Is a string of characters that stood apart a word or sentence, or are they single items?

Three kinds of evidence: how much likelier the characters stand together than by chance (counted pairs), whether they
are members of the short closed sets that people enumerate character by character, and whether they look like names.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["HEADS", "around", "cohesion", "count_pairs", "is_enumeration", "is_name", "pairs", "values_of"]

# Sets that are listed, tabulated and drilled one character at a time: numerals, stems, branches and their animals,
# directions and positions, seasons, weekdays and elements, units of time, sexes, answers, grades, colours.
_ENUMERATED = frozenset(
    "〇零一二三四五六七八九十百千万億亿两壹贰叁肆伍陆柒捌玖拾廿卅"
    "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗猪豬"
    "东東南西北中上下左右前后後内內外里裡春夏秋冬日月火水木金土"
    "年季旬周週时時分秒男女是否有无無对對错錯正反大小优優良差红紅橙黄黃绿綠青蓝藍紫白黑灰阴陰阳陽"
)  # fmt: skip

# A year written out is made of numerals and yet one word.
_YEAR = ("一九", "二〇", "二零", "二○", "一八")

# Words of two characters that heads, tables and forms set apart to fill the measure.
_HEAD_WORDS = """
目录 目錄 目次 前言 序言 序文 自序 总序 總序 代序 引言 导言 導言 绪论 緒論 绪言 緒言 导论 導論 凡例 例言
提要 摘要 概要 概述 总论 總論 总则 總則 附则 附則 罚则 罰則 附录 附錄 附件 附表 附图 附圖 附注 附註 后记
後記 跋文 结语 結語 结论 結論 尾声 尾聲 楔子 说明 說明 备注 備註 注释 註釋 索引 通知 公告 通告 布告 佈告
启事 啟事 声明 聲明 决定 決定 命令 报告 報告 请示 請示 批复 批復 批覆 函件 证明 證明 合同 协议 協議 章程
项目 項目 序号 序號 编号 編號 名称 名稱 单位 單位 数量 數量 金额 金額 合计 合計 小计 小計 总计 總計 共计
共計 姓名 性别 性別 年龄 年齡 民族 籍贯 籍貫 职务 職務 职称 職稱 电话 電話 地址 地点 地點 时间 時間 日期
主席 主编 主編 编辑 編輯 记录 記錄 出席 列席 甲方 乙方 单价 單價 总价 總價 品名 规格 規格 签名 簽名 签字
簽字 盖章 蓋章 抄送 抄报 主送 傳真 传真 邮编 郵編 网址 網址 定价 定價 版次 印次 印张 印張 字数 字數 开本
開本 书号 書號
"""
HEADS = frozenset(_HEAD_WORDS.split())

# The commonest surnames of the national name report (Ministry of Public Security, 2020), with the Traditional forms.
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭"
    "萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范范汪廖石金韦韋贾賈夏付傅方邹鄒白"
    "孟熊秦邱侯江尹薛闫閻段雷龙龍史陶黎贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常"
    "乔喬甘施柯章倪伍庞龐颜顏殷詹樊霍翁祝涂翟穆尤柴聂聶欧歐辜耿鲁魯葛岳毕畢梅盛"
)


def pairs(strings: Sequence[str]) -> list[list[float]]:
    """Return, for each string, how much likelier than chance each of its neighbours stand together, in nats.

    >>> [[value > 3 for value in row] for row in pairs(["使用", "伟李"])]
    [[True], [False]]
    """
    return [row.tolist() for row in values_of(strings)]


def values_of(strings: Sequence[str]) -> list[NDArray[Any]]:
    """Return the same as columns, which take an eighth of the memory."""
    values = _values("\n".join(strings))
    rows = []
    offset = 0
    for string in strings:
        rows.append(values[offset : offset + max(0, len(string) - 1)])
        offset += len(string) + 1
    return rows


def around(text: str, places: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return what `pairs` tells of the two characters before each place, and of those on either side of it.

    Where there is but one before it, the first of the two means nothing.

    >>> import numpy as np
    >>> before, across = around("使用 用", np.array([2]))
    >>> before.item() > 3, across.item() > 3
    (True, False)
    """
    import numpy as np

    from textfix.layout.classes import codes_of, table_index
    from textfix.layout.words import words

    table, codes = words(), table_index(codes_of(text))
    before, across = np.empty((2, len(places)), np.float32)
    for low in range(0, len(places), _PLACES):
        at = places[low : low + _PLACES]
        two, one, behind = (table.folded(codes.take(at + by, mode="clip")) for by in (-2, -1, 1))
        before[low : low + _PLACES] = table.pairs(two, one)
        across[low : low + _PLACES] = table.pairs(one, behind)
    return before, across


_PLACES = 1 << 16


def count_pairs(strings: Sequence[str], least: float) -> tuple[int, int]:
    """Return how many neighbours there are in strings, and how many of them are worth so much (see `pairs`).

    >>> count_pairs(["使用", "伟李", "一"], 3)
    (2, 1)
    """
    import numpy as np

    from textfix.layout.classes import codes_of

    count = worth = 0
    for at in range(0, len(strings), _AT_ONCE):
        joined = "\n".join(strings[at : at + _AT_ONCE])
        inside = codes_of(joined) != ord("\n")
        neighbours = inside[:-1] & inside[1:]
        count += int(np.count_nonzero(neighbours))
        worth += int(np.count_nonzero((_values(joined) >= least) & neighbours))
    return count, worth


_AT_ONCE = 1 << 12


def _values(text: str) -> NDArray[Any]:
    """How much likelier than chance each two neighbours of a text stand together."""
    import numpy as np

    from textfix.layout.classes import codes_of, table_index
    from textfix.layout.words import words

    if len(text) < 2:
        return np.zeros(0, np.float32)
    table = words()
    keys = table.folded(table_index(codes_of(text)))
    return table.pairs(keys[:-1], keys[1:])


def cohesion(values: Sequence[float]) -> float:
    """Return the log likelihood ratio of running text against single items, given the evidence of neighbouring pairs.

    A pair that was never counted says little, for no table holds every name and term; hence the bounds.
    """
    return sum(min(max(value, -1.0), 5.0) for value in values)


def is_enumeration(characters: str) -> bool:
    """Say whether characters that stand apart are items of a list rather than a text.

    >>> [is_enumeration(text) for text in ("甲乙丙丁", "东南西北", "是否是否", "あいうえお", "工作报告", "一九九七年")]
    [True, True, True, True, False, False]
    """
    if characters.startswith(_YEAR) and len(characters) >= 5 and characters[4] == "年":
        return False
    if 5 * sum(map(_ENUMERATED.__contains__, characters)) >= 4 * len(characters):
        return True
    if len(characters) >= 4 and 5 * len(set(characters)) <= 3 * min(len(characters), 12):
        return True
    return len(characters) >= 3 and all(a < b for a, b in pairwise(characters))


def is_name(characters: str) -> bool:
    """Say whether two or three characters may be a person's name."""
    return 2 <= len(characters) <= 3 and characters[0] in _SURNAMES and characters not in HEADS
