#!/usr/bin/python3
"""Makes the web fonts: small, Vietnamese and Latin only. Called by make-fonts.sh, which brings the sources.

Literata is made variable again (wght 400..600) from its two static instances, whose outlines match point for point:
one file then serves text and headings. Be Vietnam Pro's instances do not match, so its weights stay separate files.
Text is NFC everywhere in bantin (vietnamese.md, 1), so the files hold the precomposed letters and no combining marks,
and need no mark positioning. Kerning is kept, rewritten as one class table without the pairs nobody can see."""
import io
import os
import sys

from fontTools import subset
from fontTools.designspaceLib import AxisDescriptor, DesignSpaceDocument, SourceDescriptor
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import build as build_variable

VIETNAMESE = 'ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư' + ''.join(map(chr, range(0x1EA0, 0x1EFA)))
SIGNS = '\u00a0§«°²³·»½×–—‘’“”„•…′₫−'
ARROWS = '←→↑↓✓'
LETTERS = [ord(c) for c in ''.join(map(chr, range(0x20, 0x7F))) + VIETNAMESE + SIGNS]
WITH_ARROWS = LETTERS + [ord(c) for c in ARROWS]


def cut(font, codes):
    """Keeps the glyphs of `codes`, without hints and layout tables."""
    o = subset.Options()
    o.hinting = False
    o.layout_features = []
    o.name_IDs = [1, 2]
    o.drop_tables += ['GPOS', 'GSUB', 'GDEF', 'DSIG', 'STAT', 'meta', 'gasp', 'prep']
    o.glyph_names = True
    s = subset.Subsetter(o)
    s.populate(unicodes=codes)
    s.subset(font)
    font['name'].names = [n for n in font['name'].names if n.nameID in (1, 2) and n.platformID == 3]
    return font


def pair_values(font, codes):
    """The kerning of each pair of glyphs, as the font's own tables give it: the first subtable that covers a pair wins."""
    names = {font.getBestCmap()[c] for c in codes if c in font.getBestCmap()}
    gpos = font['GPOS'].table
    wanted = sorted({i for f in gpos.FeatureList.FeatureRecord if f.FeatureTag == 'kern' for i in f.Feature.LookupListIndex})
    pairs = {}
    for index in wanted:
        seen = {}
        for st in gpos.LookupList.Lookup[index].SubTable:
            st = st.ExtSubTable if st.LookupType == 9 else st
            if st.LookupType != 2:
                continue
            if st.Format == 1:
                for left, ps in zip(st.Coverage.glyphs, st.PairSet):
                    for r in ps.PairValueRecord:
                        if left in names and r.SecondGlyph in names:
                            seen.setdefault((left, r.SecondGlyph), getattr(r.Value1, 'XAdvance', 0) or 0)
                continue
            for left in st.Coverage.glyphs:
                if left not in names:
                    continue
                row = st.Class1Record[st.ClassDef1.classDefs.get(left, 0)].Class2Record
                for right in names:
                    v = row[st.ClassDef2.classDefs.get(right, 0)].Value1
                    seen.setdefault((left, right), (getattr(v, 'XAdvance', 0) or 0) if v else 0)
        for k, v in seen.items():
            pairs[k] = pairs.get(k, 0) + v
    return pairs


def kern_feature(pairs, least, step):
    """One class table: glyphs with the same row (or column) share a class; values are rounded to `step`, those under `least` go."""
    kept = {k: round(v / step) * step for k, v in pairs.items() if abs(v) >= least}
    rows, cols = {}, {}
    for (l, r), v in sorted(kept.items()):
        rows.setdefault(l, []).append((r, v))
        cols.setdefault(r, []).append((l, v))
    left, right = {}, {}
    for g, vs in rows.items():
        left.setdefault(tuple(vs), []).append(g)
    for g, vs in cols.items():
        right.setdefault(tuple(vs), []).append(g)
    out, name = [], {}
    for n, gs in enumerate(right.values()):
        out.append(f'@R{n}=[{" ".join(gs)}];')
        name.update({g: f'@R{n}' for g in gs})
    out.append('feature kern {')
    for vs, gs in left.items():
        done = set()
        for r, v in vs:
            if name[r] not in done:
                done.add(name[r])
                out.append(f' pos [{" ".join(gs)}] {name[r]} {v};')
    return 'languagesystem DFLT dflt;languagesystem latn dflt;' + '\n'.join(out + ['} kern;'])


def finish(font, path, pairs, least, upem):
    if upem != font['head'].unitsPerEm:
        scale = upem / font['head'].unitsPerEm
        scale_upem(font, upem)
        pairs = {k: v * scale for k, v in pairs.items()}
        least *= scale
    if least:
        addOpenTypeFeaturesFromString(font, kern_feature(pairs, least, max(1, round(least / 3))))
    font['post'].formatType = 3.0
    font.flavor = 'woff2'
    font.save(path)
    print(f'{os.path.getsize(path):6d} {os.path.basename(path)}')


def one(source, path, codes, least, upem):
    font = TTFont(source)
    pairs = pair_values(font, codes)
    finish(cut(font, codes), path, pairs, least, upem)


def variable(regular, semibold, path, codes, least, upem):
    pairs = pair_values(TTFont(regular), codes)
    space = DesignSpaceDocument()
    axis = AxisDescriptor(tag='wght', name='Weight', minimum=400, default=400, maximum=600)
    space.addAxis(axis)
    for source, weight in ((regular, 400), (semibold, 600)):
        mem = io.BytesIO()
        cut(TTFont(source), codes).save(mem)
        mem.seek(0)
        space.addSource(SourceDescriptor(font=TTFont(mem), location={'Weight': weight}, familyName='Literata', styleName=str(weight)))
    font, _, _ = build_variable(space, exclude=['STAT', 'HVAR', 'MVAR'])
    finish(font, path, pairs, least, upem)


def whole(source, path):
    """For the PDF composer: Latin and Vietnamese with combining marks and every feature, no hints; pango shapes it."""
    o = subset.Options()
    o.hinting = False
    o.layout_features = ['*']
    o.name_IDs = ['*']
    o.glyph_names = False
    font = TTFont(source)
    s = subset.Subsetter(o)
    s.populate(unicodes=[*range(0x20, 0x250), *range(0x2B0, 0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x2270), 0x25A0, 0x25AA,
                         0x25CB, 0x25CF, 0x25E6, 0x2713])
    s.subset(font)
    font.save(path)
    print(f'{os.path.getsize(path):6d} {os.path.basename(path)}')


def main(src, out, print_out):
    lit = lambda n: f'{src}/literata/{n}/Literata_{n}.ttf'
    ui = lambda n: f'{src}/be-vietnam-pro/{n}/BeVietnamPro_{n}.ttf'
    variable(lit('400Regular'), lit('600SemiBold'), f'{out}/literata.woff2', LETTERS, 18, 500)
    one(ui('400Regular'), f'{out}/ui-400.woff2', WITH_ARROWS, 18, 500)
    one(ui('600SemiBold'), f'{out}/ui-600.woff2', WITH_ARROWS, 18, 500)
    for path, name in ((lit, 'Literata'), (ui, 'BeVietnamPro')):
        for style, file in (('400Regular', 'Regular'), ('700Bold', 'Bold'), ('400Regular_Italic', 'Italic'), ('700Bold_Italic', 'BoldItalic')):
            whole(path(style), f'{print_out}/{name}-{file}.ttf')


if __name__ == '__main__':
    main(*sys.argv[1:4])
