/* The dictionaries of a composite font: ISO 32000-1, 9.7. */
#include "pdf/font_objects.h"

#include "pdf/syntax.h"

#include <stdio.h>
#include <stdlib.h>

/* Six letters that differ with the glyphs, before the face's name: what marks a
 * subset (ISO 32000-1, 9.6.4). */
static void put_base_font(struct buffer *out, const struct outlines *outlines) {
  char name[128];
  uint64_t hash = outlines->subset->glyphs_hash;
  for (int i = 0; i < 6; i++) {
    name[i] = (char)('A' + hash % 26);
    hash /= 26;
  }
  snprintf(name + 6, sizeof name - 6, "+%s", outlines->face->postscript_name);
  put_name(out, name);
}

/* Bits of Flags: ISO 32000-1, table 123. */
static unsigned descriptor_flags(const struct face *face) {
  return (face->is_monospaced ? 1u : 0) | (face->is_serif ? 2u : 0) | 4u |
         (face->slant == FONT_ITALIC ? 64u : 0);
}

static HPDF_Dict add_program(const struct outlines *outlines, struct document *document) {
  const struct subset *subset = outlines->subset;
  char entries[48] = "/Subtype/CIDFontType0C";
  if (!outlines->face->is_cff) {
    snprintf(entries, sizeof entries, "/Length1 %zu", subset->program_length);
  }
  hash_add(document->hash, subset->digest, sizeof subset->digest);
  return document_add_packed(document, entries, &subset->program);
}

static HPDF_Dict add_descriptor(const struct outlines *outlines, struct document *document) {
  const struct face *face = outlines->face;
  struct buffer text = {0};
  uint32_t program = object_number(add_program(outlines, document));
  buffer_append_text(&text, "/Type/FontDescriptor/FontName");
  put_base_font(&text, outlines);
  buffer_printf(&text, "/Flags %u/FontBBox[%d %d %d %d]/ItalicAngle ", descriptor_flags(face),
                face_thousandths(face, face->bounds[0]), face_thousandths(face, face->bounds[1]),
                face_thousandths(face, face->bounds[2]), face_thousandths(face, face->bounds[3]));
  put_length(&text, (int64_t)face->italic_angle * MPT_PER_POINT / 65536);
  buffer_printf(&text, "/Ascent %d/Descent %d/CapHeight %d/StemV %d%s %u 0 R",
                face_thousandths(face, face->ascender), face_thousandths(face, face->descender),
                face_thousandths(face, face->cap_height), face->weight / 5,
                face->is_cff ? "/FontFile3" : "/FontFile2", program);
  HPDF_Dict descriptor = document_add(document, &text);
  buffer_finish(&text);
  return descriptor;
}

/* Most glyphs of a Han face are one em wide: that is the default, and the others are
 * listed in stretches of neighbours. */
static void put_widths(struct buffer *out, const struct outlines *outlines) {
  const struct subset *subset = outlines->subset;
  int usual = outlines->face->is_cff ? 1000 : 0;
  bool open = false;
  buffer_printf(out, "/DW %d/W[", usual);
  for (unsigned code = 0; code < subset->glyph_count; code++) {
    int width = outlines->subset->widths[code];
    if (width == usual) {
      if (open) buffer_append_byte(out, ']');
      open = false;
      continue;
    }
    if (!open) put_integer(out, code);
    buffer_append_byte(out, open ? ' ' : '[');
    put_integer(out, width);
    open = true;
  }
  buffer_append_text(out, open ? "]]" : "]");
}

uint32_t font_add_descendant(const struct outlines *outlines, struct document *document) {
  struct buffer text = {0};
  uint32_t descriptor = object_number(add_descriptor(outlines, document));
  buffer_printf(&text, "/Type/Font/Subtype/%s/BaseFont",
                outlines->face->is_cff ? "CIDFontType0" : "CIDFontType2/CIDToGIDMap/Identity");
  put_base_font(&text, outlines);
  buffer_printf(&text,
                "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                "/FontDescriptor %u 0 R",
                descriptor);
  put_widths(&text, outlines);
  HPDF_Dict descendant = document_add(document, &text);
  buffer_finish(&text);
  return object_number(descendant);
}

void font_put_character_map(const struct outlines *outlines, const struct way *way,
                            struct buffer *out) {
  const struct subset *subset = outlines->subset;
  struct reading *by_code = memory_alloc(subset->glyph_count * sizeof *by_code);
  for (unsigned code = 0; code < subset->glyph_count; code++) {
    by_code[code] = outlines_reading(outlines, way, subset->originals[code]);
  }
  tounicode_write(by_code, subset->glyph_count, out);
  free(by_code);
}

uint32_t font_add_composite(const struct outlines *outlines, uint32_t descendant, uint32_t map,
                            struct document *document) {
  struct buffer text = {0};
  buffer_append_text(&text, "/Type/Font/Subtype/Type0/BaseFont");
  put_base_font(&text, outlines);
  buffer_printf(&text, "/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R", descendant,
                map);
  HPDF_Dict font = document_add(document, &text);
  buffer_finish(&text);
  return object_number(font);
}
