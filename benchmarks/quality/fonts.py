"""The fonts of the unpacked Debian packages: which file, which language, which characters."""

from __future__ import annotations

import dataclasses
import functools
import pathlib

from .model import share


@dataclasses.dataclass(frozen=True)
class Face:
    """A font face. ``truetype`` faces can be embedded by every engine, the others by Typst alone."""

    key: str
    family: str
    file: str
    langs: tuple[str, ...]
    index: int = 0
    truetype: bool = True

    @property
    def path(self) -> pathlib.Path:
        return share("fonts", self.file)


_HANS, _HANT, _JA, _KO, _EN = ("zh-Hans",), ("zh-Hant",), ("ja",), ("ko",), ("en",)
FACES = {
    f.key: f
    for f in (
        Face("sungti", "AR PL SungtiL GB", "truetype/arphic-gbsn00lp/gbsn00lp.ttf", _HANS),
        Face("kaiti", "AR PL KaitiM GB", "truetype/arphic-gkai00mp/gkai00mp.ttf", _HANS),
        Face("zenhei", "WenQuanYi Zen Hei", "truetype/wqy/wqy-zenhei.ttc", (*_HANS, *_HANT, *_JA)),
        Face("microhei", "WenQuanYi Micro Hei", "truetype/wqy/wqy-microhei.ttc", (*_HANS, *_HANT)),
        Face("uming", "AR PL UMing CN", "truetype/arphic/uming.ttc", (*_HANS, *_HANT)),
        Face("ukai", "AR PL UKai CN", "truetype/arphic/ukai.ttc", (*_HANS, *_HANT)),
        Face("mingti", "AR PL Mingti2L Big5", "truetype/arphic-bsmi00lp/bsmi00lp.ttf", _HANT),
        Face("kaiti-tw", "AR PL KaitiM Big5", "truetype/arphic-bkai00mp/bkai00mp.ttf", _HANT),
        Face("cwming", "cwTeXMing", "truetype/cwtex/cwming.ttf", _HANT),
        Face("cwfs", "cwTeXFangSong", "truetype/cwtex/cwfs.ttf", _HANT),
        Face("ipaexm", "IPAexMincho", "opentype/ipaexfont-mincho/ipaexm.ttf", _JA),
        Face("ipaexg", "IPAexGothic", "opentype/ipaexfont-gothic/ipaexg.ttf", _JA),
        Face("ipam", "IPAMincho", "opentype/ipafont-mincho/ipam.ttf", _JA),
        Face("vlgothic", "VL Gothic", "truetype/vlgothic/VL-Gothic-Regular.ttf", _JA),
        Face("nanum-myeongjo", "NanumMyeongjo", "truetype/nanum/NanumMyeongjo.ttf", _KO),
        Face("nanum-gothic", "NanumGothic", "truetype/nanum/NanumGothic.ttf", _KO),
        Face("unbatang", "UnBatang", "truetype/unfonts-core/UnBatang.ttf", _KO),
        Face("baekmuk", "Baekmuk Batang", "truetype/baekmuk/batang.ttf", _KO),
        Face("liberation-serif", "Liberation Serif", "truetype/liberation/LiberationSerif-Regular.ttf", _EN),
        Face("liberation-sans", "Liberation Sans", "truetype/liberation/LiberationSans-Regular.ttf", _EN),
        Face("noto-serif-sc", "Noto Serif CJK SC", "opentype/noto/NotoSerifCJK-Regular.ttc", _HANS, 2, False),
        Face("noto-sans-sc", "Noto Sans CJK SC", "opentype/noto/NotoSansCJK-Regular.ttc", _HANS, 2, False),
        Face("noto-serif-tc", "Noto Serif CJK TC", "opentype/noto/NotoSerifCJK-Regular.ttc", _HANT, 3, False),
        Face("noto-sans-tc", "Noto Sans CJK TC", "opentype/noto/NotoSansCJK-Regular.ttc", _HANT, 3, False),
        Face("noto-serif-jp", "Noto Serif CJK JP", "opentype/noto/NotoSerifCJK-Regular.ttc", _JA, 0, False),
        Face("noto-sans-jp", "Noto Sans CJK JP", "opentype/noto/NotoSansCJK-Regular.ttc", _JA, 0, False),
        Face("noto-serif-kr", "Noto Serif CJK KR", "opentype/noto/NotoSerifCJK-Regular.ttc", _KO, 1, False),
    )
}


@functools.cache
def coverage(key: str) -> frozenset[int]:
    """The code points a face has glyphs for."""
    from fontTools.ttLib import TTFont

    face = FACES[key]
    font = TTFont(str(face.path), fontNumber=face.index if face.file.endswith(".ttc") else -1, lazy=True)
    return frozenset(font.getBestCmap() or ())


#: Where a face has no glyph, these are asked in turn.
FALLBACK = {
    "zh-Hans": ("zenhei", "uming", "vlgothic"),
    "zh-Hant": ("uming", "zenhei", "vlgothic"),
    "ja": ("vlgothic", "zenhei", "uming"),
    "ko": ("nanum-gothic", "zenhei", "uming"),
    "en": ("liberation-serif", "zenhei", "nanum-gothic"),
}
