"""reStructuredText: directives, literal blocks and titles are refused."""

from __future__ import annotations

from textfix import Pipeline
from textfix.normalizers import Punctuation, Spacing

PAGE = """\
标题,一
=======

正文,见 :ref:`目标,甲` 和``a,b``,以及`链接,乙 <http://a.b/c,d>`_。

.. note:: 注意,甲

   内容,乙

继续,写::

    代码,丙

:字段,丁: 值

>>> print("你好,世界")
你好,世界

====== ======
甲,乙   丙,丁
====== ======
戊,己   庚,辛

壬,癸   子,丑
====== ======

--option=甲,乙  选项

行内|替换,戊|,完.

.. |替换,戊| replace:: 文字,己
"""

REPAIRED = """\
标题,一
=======

正文，见 :ref:`目标,甲` 和``a,b``，以及`链接,乙 <http://a.b/c,d>`_。

.. note:: 注意,甲

   内容,乙

继续，写::

    代码,丙

:字段,丁: 值

>>> print("你好,世界")
你好,世界

====== ======
甲,乙   丙,丁
====== ======
戊,己   庚,辛

壬,癸   子,丑
====== ======

--option=甲,乙  选项

行内|替换,戊|，完。

.. |替换,戊| replace:: 文字,己
"""


def test_only_running_text_is_repaired() -> None:
    assert Pipeline([Spacing(), Punctuation()])(PAGE, markup="rst") == REPAIRED
