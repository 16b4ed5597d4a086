/* Lines into glyph runs at their places.
 *
 * A line that is broken inside a word, or where HarfBuzz says that the break would
 * change the glyphs around it, has that part shaped again on its own. Then the line is
 * justified and its clusters are laid out from left to right; the space at which it
 * ends is laid out too, beyond its width, so that the text can be had back whole. */
#include "text/setting.h"

#include <stdlib.h>

struct composer {
  struct setting *s;
  struct arena *arena;
  const struct line_span *span;
  struct adjustment *adjustments;
  struct glyph_run *runs;
  size_t run_count;
  int64_t pen;
};

/* --- shaping again ---------------------------------------------------------------- */

static void mend_part(struct setting *s, uint32_t item, uint32_t start, uint32_t end) {
  const struct item *whole = &s->items[item];
  if (!whole->face) return;
  const struct character *first = &s->characters[start];
  bool torn_start = start > whole->start && (!first->starts_cluster || first->unsafe);
  bool torn_end =
      end < whole->end && (!s->characters[end].starts_cluster || s->characters[end].unsafe);
  if (torn_start || torn_end) shape_again(s, item, start, end);
}

static void mend_line(struct setting *s, const struct line_span *line) {
  for (uint32_t i = line->start; i < line->end;) {
    uint32_t item = s->characters[i].item;
    uint32_t end = s->items[item].end < line->next ? s->items[item].end : line->next;
    mend_part(s, item, i, end);
    i = end;
  }
}

/* --- one run -------------------------------------------------------------------------- */

static struct adjustment adjustment_of(const struct composer *c, uint32_t i) {
  return i < c->span->end ? c->adjustments[i - c->span->start] : (struct adjustment){0};
}

static size_t cluster_glyphs(const struct setting *s, uint32_t i) {
  size_t count = 0;
  for (size_t g = s->characters[i].glyph; g < s->glyph_count && s->glyphs[g].character == i; g++) {
    count++;
  }
  return count;
}

static uint32_t text_end(const struct setting *s, uint32_t i) {
  return i < s->count ? s->characters[i].offset : (uint32_t)s->text_length;
}

static void lay_glyphs(const struct composer *c, uint32_t i, mpt rise, struct glyph *out) {
  const struct setting *s = c->s;
  const struct character *character = &s->characters[i];
  struct adjustment adjustment = adjustment_of(c, i);
  int64_t x = c->pen - character->cut_left - adjustment.left;
  size_t count = cluster_glyphs(s, i);
  for (size_t k = 0; k < count; k++) {
    const struct shaped *shaped = &s->glyphs[character->glyph + k];
    out[k] = (struct glyph){shaped->id, (mpt)(x + shaped->x), shaped->y + rise};
    x += shaped->advance;
  }
}

static void advance_pen(struct composer *c, uint32_t i) {
  struct adjustment adjustment = adjustment_of(c, i);
  c->pen += character_cell(&c->s->characters[i]) - adjustment.left - adjustment.right;
}

static void lay_run(struct composer *c, uint32_t start, uint32_t end, struct glyph_run *run,
                    struct glyph *glyphs, struct cluster *clusters) {
  const struct setting *s = c->s;
  uint32_t glyph = 0;
  size_t cluster = 0;
  for (uint32_t i = start; i < end; i++) {
    c->pen += s->characters[i].gap + adjustment_of(c, i).before;
    if (i == start) run->start = run->end = (mpt)c->pen;
    if (s->characters[i].starts_cluster) {
      uint32_t count = (uint32_t)cluster_glyphs(s, i);
      lay_glyphs(c, i, run->style->rise, glyphs + glyph);
      clusters[cluster++] = (struct cluster){glyph, count, s->characters[i].offset, 0};
      glyph += count;
    }
    if (cluster) clusters[cluster - 1].text_end = text_end(s, i + 1);
    advance_pen(c, i);
    if (i < c->span->end) run->end = (mpt)c->pen;
  }
}

static void lay_hyphen(struct composer *c, const struct item *item, struct glyph_run *run,
                       struct glyph *glyphs, struct cluster *clusters) {
  mpt width;
  uint32_t id = item_glyph(item, '-', &width);
  uint32_t at = text_end(c->s, c->span->end);
  glyphs[run->glyph_count] = (struct glyph){id, (mpt)c->pen, run->style->rise};
  clusters[run->cluster_count] = (struct cluster){(uint32_t)run->glyph_count, 1, at, at};
  run->glyph_count++;
  run->cluster_count++;
  c->pen += width;
  run->end = (mpt)c->pen;
}

static void add_run(struct composer *c, uint32_t start, uint32_t end) {
  struct setting *s = c->s;
  const struct item *item = &s->items[s->characters[start].item];
  const struct text_run *source = &s->spec->runs[item->run];
  struct glyph_run *run = &c->runs[c->run_count++];
  *run = (struct glyph_run){
      .face = item->face, .size = item->size, .style = source->style, .mark = source->mark};
  for (uint32_t i = start; i < end; i++) {
    if (!s->characters[i].starts_cluster) continue;
    run->cluster_count++;
    run->glyph_count += cluster_glyphs(s, i);
  }
  struct glyph *glyphs = arena_alloc_array(c->arena, run->glyph_count + 1, sizeof *glyphs);
  struct cluster *clusters = arena_alloc_array(c->arena, run->cluster_count + 1, sizeof *clusters);
  lay_run(c, start, end, run, glyphs, clusters);
  bool hyphen = c->span->kind == BREAK_HYPHEN && end == c->span->next;
  if (hyphen) lay_hyphen(c, item, run, glyphs, clusters);
  run->glyphs = glyphs;
  run->clusters = clusters;
}

/* --- emphasis dots (A26) ---------------------------------------------------------------- */

/* A dot under every Han character, of this size and so far below the baseline, in
 * parts of a thousand of an em. */
enum { DOT_SIZE = 400, DOT_DEPTH = 330, DOT_CODE = 0x2022 };

static bool is_dotted(const struct setting *s, uint32_t i) {
  const struct character *c = &s->characters[i];
  return c->kind == KIND_HAN && character_style(s, c)->emphasis_dots;
}

static const struct face *dot_face(const struct item *item, const struct font_set *set) {
  if (face_glyph(item->face, DOT_CODE)) return item->face;
  return font_set_face(set, FONT_SCRIPT_HAN, DOT_CODE);
}

/* The glyph run of the dots under glyph run `under`; false where it has none. */
static bool add_dots(struct composer *c, const struct glyph_run *under, uint32_t start,
                     uint32_t end) {
  struct setting *s = c->s;
  const struct item *item = &s->items[s->characters[start].item];
  size_t count = 0;
  for (uint32_t i = start; i < end; i++) count += is_dotted(s, i);
  const struct face *face = count ? dot_face(item, under->style->fonts) : NULL;
  if (!face) return false;
  struct item dot = {.face = face, .size = (mpt)((int64_t)item->size * DOT_SIZE / 1000)};
  mpt width;
  uint32_t id = item_glyph(&dot, DOT_CODE, &width);
  struct glyph *glyphs = arena_alloc_array(c->arena, count, sizeof *glyphs);
  struct cluster *clusters = arena_alloc_array(c->arena, count, sizeof *clusters);
  mpt depth = (mpt)((int64_t)item->size * DOT_DEPTH / 1000);
  size_t k = 0;
  for (size_t n = 0; n < under->cluster_count; n++) {
    uint32_t at = under->clusters[n].text_start;
    while (start < end && s->characters[start].offset < at) start++;
    if (start >= end || !is_dotted(s, start)) continue;
    mpt x = under->glyphs[under->clusters[n].first_glyph].x;
    mpt middle = x + s->characters[start].advance / 2;
    glyphs[k] = (struct glyph){id, middle - width / 2, under->style->rise - depth};
    clusters[k] =
        (struct cluster){(uint32_t)k, 1, under->clusters[n].text_end, under->clusters[n].text_end};
    k++;
  }
  c->runs[c->run_count++] = (struct glyph_run){.face = face,
                                               .size = dot.size,
                                               .style = under->style,
                                               .mark = under->mark,
                                               .glyphs = glyphs,
                                               .glyph_count = k,
                                               .clusters = clusters,
                                               .cluster_count = k,
                                               .start = under->start,
                                               .end = under->end};
  return true;
}

/* --- one line ------------------------------------------------------------------------------ */

static uint32_t part_end(const struct setting *s, const struct line_span *line, uint32_t i) {
  uint32_t end = s->items[s->characters[i].item].end;
  return end < line->next ? end : line->next;
}

static size_t count_parts(const struct setting *s, const struct line_span *line) {
  size_t count = 0;
  for (uint32_t i = line->start; i < line->next; i = part_end(s, line, i)) count++;
  return count;
}

static mpt aligned(enum text_alignment alignment, mpt room) {
  if (alignment == ALIGN_CENTRE) return room / 2;
  return alignment == ALIGN_END ? room : 0;
}

static void compose_line(struct composer *c, struct line *out) {
  struct setting *s = c->s;
  const struct line_span *span = c->span;
  mend_line(s, span);
  mpt indent = line_indent(s, span->start), measure = s->spec->measure - indent;
  bool fill = s->spec->alignment == ALIGN_JUSTIFY && span->kind != BREAK_FORCED;
  out->natural_width = line_natural_width(s, span);
  out->width = justify(s, span, measure, fill, c->adjustments);
  c->pen = indent + aligned(s->spec->alignment, measure - out->width);
  c->run_count = 0;
  c->runs = arena_alloc_array(c->arena, count_parts(s, span) * 2, sizeof *c->runs);
  for (uint32_t i = span->start; i < span->next;) {
    uint32_t end = part_end(s, span, i);
    if (s->items[s->characters[i].item].face) {
      size_t index = c->run_count;
      add_run(c, i, end);
      add_dots(c, &c->runs[index], i, end);
    }
    i = end;
  }
  out->runs = c->runs;
  out->run_count = c->run_count;
  out->text_start = text_end(s, span->start);
  out->text_end = text_end(s, span->next);
  out->hyphenated = span->kind == BREAK_HYPHEN;
  out->forced = span->kind == BREAK_FORCED;
}

const struct line *compose(struct setting *s, struct arena *arena) {
  uint32_t longest = 0;
  for (size_t i = 0; i < s->line_count; i++) {
    uint32_t length = s->lines[i].next - s->lines[i].start;
    if (length > longest) longest = length;
  }
  struct composer c = {.s = s, .arena = arena};
  c.adjustments = memory_alloc((size_t)longest * sizeof *c.adjustments);
  struct line *lines = arena_alloc_array(arena, s->line_count, sizeof *lines);
  for (size_t i = 0; i < s->line_count; i++) {
    c.span = &s->lines[i];
    compose_line(&c, &lines[i]);
  }
  free(c.adjustments);
  return lines;
}
