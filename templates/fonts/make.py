#!/usr/bin/env python3
"""Makes the fonts of this folder from the Liberation fonts (2.x): make.py FOLDER-WITH-LIBERATION

What printing on paper and on today's screens has no use for is left out: hinting, kerning and
ligatures (the layouts set text without them, as Word does). Every character, and every width, is
as it was. The licence asks that changed fonts have another name. Needs fonttools.
"""
import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY, SIMILAR, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 3, 4, 6, 16

for source in sorted(pathlib.Path(sys.argv[1]).glob("Liberation[S]*-*.ttf")):
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=["*"], name_languages=["*"], notdef_outline=True,
        recalc_timestamp=False, drop_tables=["FFTM", "GDEF", "GPOS", "GSUB", "kern", "DSIG"],
    )
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    for name in font["name"].names:
        if name.nameID in (FAMILY, SIMILAR, FULL, POSTSCRIPT, TYPOGRAPHIC):
            name.string = name.toUnicode().replace("Liberation", "Tjut")
    subset.save_font(font, pathlib.Path(__file__).parent / source.name.replace("Liberation", "Tjut"), options)
