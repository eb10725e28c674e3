"""Makes zaoyuan_cli/rules/glyphs.txt anew: the characters that both fonts of the papers can draw.

    pip install fonttools pylopdf-fonts-zh-cn
    python tests/make_glyphs.py

Read from the character maps of Noto Sans SC and Noto Serif SC as the package carries them (SIL OFL 1.1). A list of code
points is no part of a font.
"""

from collections.abc import Iterable
from pathlib import Path

FONTS = ("NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf")
TARGET = Path(__file__).parents[1] / "zaoyuan_cli" / "rules" / "glyphs.txt"


def drawn() -> set[int]:
    import pylopdf_fonts_zh_cn
    from fontTools.ttLib import TTFont

    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    maps = [set(TTFont(folder / name).getBestCmap()) for name in FONTS]
    return set.intersection(*maps)


def ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


if __name__ == "__main__":
    words = [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in ranges(drawn())]
    lines = [" ".join(words[start : start + 10]) for start in range(0, len(words), 10)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="ascii")
