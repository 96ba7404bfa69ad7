#!/usr/bin/env python3
"""Makes the fonts of this folder: make.py FOLDER-WITH-LIBERATION FOLDER-WITH-DEJAVU

From the Liberation fonts (2.x): what printing on paper and on today's screens has no use for is left out: hinting, kerning
and ligatures (the layouts set text without them, as Word does). Every character, and every width, is as it was; the
non-breaking hyphen, which Liberation lacks, is drawn as the hyphen. From DejaVu Sans (2.37): the boxes and ticks that forms
are full of, and nothing else. Both licences ask that changed fonts have another name. Needs fonttools.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY, SIMILAR, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 3, 4, 6, 16
HYPHEN, NON_BREAKING_HYPHEN = 0x2010, 0x2011
TICKS = "☐☑☒✓✔✗✘"


def main(liberation, dejavu):
    for source in sorted(pathlib.Path(liberation).glob("Liberation[S]*-*.ttf")):
        font = TTFont(source, recalcTimestamp=False)
        for table in font["cmap"].tables:
            if table.isUnicode() and HYPHEN in table.cmap:
                table.cmap[NON_BREAKING_HYPHEN] = table.cmap[HYPHEN]
        write(font, font.getBestCmap(), "Liberation", "Tjut", source.name.replace("Liberation", "Tjut"))
    ticks = TTFont(pathlib.Path(dejavu) / "DejaVuSans.ttf", recalcTimestamp=False)
    write(ticks, map(ord, TICKS), "DejaVu", "Tjut", "TjutTecken-Regular.ttf", family="Tjut Tecken")


def write(font, characters, old, new, file, family=None):
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=["*"], name_languages=["*"], notdef_outline=True,
        recalc_timestamp=False, drop_tables=["FFTM", "GDEF", "GPOS", "GSUB", "kern", "DSIG"],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for name in font["name"].names:
        if name.nameID in (FAMILY, SIMILAR, FULL, POSTSCRIPT, TYPOGRAPHIC):
            text = name.toUnicode()
            name.string = text.replace(f"{old} Sans", family).replace(f"{old}Sans", family.replace(" ", "")) if family else text.replace(old, new)
    subset.save_font(font, pathlib.Path(__file__).parent / file, options)


main(*sys.argv[1:])
