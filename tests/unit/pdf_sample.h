/* Items of pages made by hand, through HarfBuzz alone. */
#ifndef TESTS_UNIT_PDF_SAMPLE_H
#define TESTS_UNIT_PDF_SAMPLE_H

#include "base/arena.h"
#include "page/page.h"

#include <hb-ot.h>
#include <hb.h>

struct sample {
  struct arena *arena;
  struct messages *messages;
  struct font_library *fonts;
  const struct face *latin, *han, *japanese;
  struct item items[64];
  size_t item_count;
};

static const struct text_style black = {.colour = 0x202020};

/* Shapes a text in one face and sets it at a place. */
static void set(struct sample *s, uint32_t element, const struct face *face, const char *language,
                mpt size, mpt x, mpt baseline, const char *text) {
  struct glyph_run *run = arena_alloc(s->arena, sizeof *run);
  hb_buffer_t *buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, text, -1, 0, -1);
  hb_buffer_guess_segment_properties(buffer);
  hb_buffer_set_language(buffer, hb_language_from_string(language, -1));
  hb_shape(face->hb_font, buffer, NULL, 0);
  unsigned count;
  const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(buffer, NULL);
  struct glyph *glyphs = arena_alloc_array(s->arena, count, sizeof *glyphs);
  int64_t at = 0;
  uint32_t end = (uint32_t)strlen(text);
  for (unsigned i = count; i-- > 0;) { /* backwards: a cluster ends where the next one starts */
    bool continues = i > 0 && info[i].cluster == info[i - 1].cluster;
    glyphs[i].id = (uint16_t)info[i].codepoint;
    glyphs[i].continues = continues;
    glyphs[i].text_length = continues ? 0 : (end - info[i].cluster) & 0x7FFF;
    if (!continues) end = info[i].cluster;
  }
  for (unsigned i = 0; i < count; i++) {
    glyphs[i].x = (mpt)((at + position[i].x_offset) * size / face->units_per_em);
    at += position[i].x_advance;
  }
  hb_buffer_destroy(buffer);
  *run = (struct glyph_run){
      .face = face,
      .size = size,
      .style = &black,
      .glyphs = glyphs,
      .glyph_count = count,
  };
  s->items[s->item_count++] = (struct item){
      .kind = ITEM_TEXT,
      .element = element,
      .text = {.run = run, .source = text, .x = x, .baseline = baseline},
  };
}

#endif
