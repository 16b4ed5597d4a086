/* Lines into glyph runs at their places.
 *
 * A line that is broken inside a word, or where HarfBuzz says that the break would
 * change the glyphs around it, has that part shaped again on its own. Then the line is
 * justified and its clusters are laid out from left to right; the space at which it
 * ends is laid out too, beyond its width, so that the text can be had back whole. */
#include "text/setting.h"

#include <assert.h>
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

static uint32_t text_end(const struct setting *s, uint32_t i) {
  return i < s->count ? s->characters[i].offset : (uint32_t)s->text_length;
}

/* The glyphs of characters [start, end), which were shaped together and lie together. */
struct part {
  uint32_t start, end;
  uint32_t first_glyph, glyph_count;
  bool offset; /* one of them is off the baseline */
};

static struct part find_part(const struct setting *s, uint32_t start, uint32_t end) {
  struct part part = {.start = start, .end = end};
  while (start < end && !s->characters[start].starts_cluster) start++;
  if (start == end) return part;
  part.first_glyph = s->characters[start].glyph;
  for (size_t g = part.first_glyph; g < s->glyph_count; g++, part.glyph_count++) {
    if (s->glyphs[g].character < start || s->glyphs[g].character >= end) break;
    part.offset |= s->glyphs[g].y != 0;
  }
  return part;
}

/* The glyphs of the cluster that character `i` starts, from `at` on; how many. */
static uint32_t lay_cluster(const struct setting *s, uint32_t i, int64_t x, struct glyph *out,
                            mpt *offsets) {
  uint32_t count = 0;
  for (size_t g = s->characters[i].glyph; g < s->glyph_count && s->glyphs[g].character == i; g++) {
    const struct shaped *shaped = &s->glyphs[g];
    out[count] = (struct glyph){
        .x = (mpt)(x + shaped->x), .id = (uint16_t)shaped->id, .continues = count > 0};
    if (offsets) offsets[count] = shaped->y;
    x += shaped->advance;
    count++;
  }
  return count;
}

/* What struct glyph has room for; an item, and so a cluster, is far shorter. */
enum { TEXT_MOST = 0x7FFF };
static_assert(4 * ITEM_LONGEST <= TEXT_MOST, "a cluster's length must fit");

static void lay_run(struct composer *c, const struct part *part, struct glyph_run *run,
                    struct glyph *glyphs, mpt *offsets) {
  const struct setting *s = c->s;
  uint32_t cluster = 0, laid = 0, text_start = 0;
  for (uint32_t i = part->start; i < part->end; i++) {
    const struct character *character = &s->characters[i];
    const struct adjustment *adjustment = &c->adjustments[i - c->span->start];
    c->pen += character->gap + adjustment->before;
    if (i == part->start) run->start = run->end = (mpt)c->pen;
    if (character->starts_cluster) {
      int64_t x = c->pen - character->cut_left - adjustment->left;
      cluster = laid;
      text_start = character->offset;
      laid += lay_cluster(s, i, x, glyphs + laid, offsets ? offsets + laid : NULL);
    }
    if (cluster < laid) glyphs[cluster].text_length = (text_end(s, i + 1) - text_start) & TEXT_MOST;
    c->pen += character_cell(character) - adjustment->left - adjustment->right;
    if (i < c->span->end) run->end = (mpt)c->pen;
  }
}

static void lay_hyphen(struct composer *c, const struct item *item, struct glyph_run *run,
                       struct glyph *glyph) {
  mpt width;
  uint32_t id = item_glyph(item, '-', &width);
  *glyph = (struct glyph){.x = (mpt)c->pen, .id = (uint16_t)id};
  run->glyph_count++;
  c->pen += width;
  run->end = (mpt)c->pen;
}

static void add_run(struct composer *c, uint32_t start, uint32_t end) {
  struct setting *s = c->s;
  const struct item *item = &s->items[s->characters[start].item];
  const struct text_run *source = &s->spec->runs[item->run];
  struct part part = find_part(s, start, end);
  bool hyphen = c->span->kind == BREAK_HYPHEN && end == c->span->next;
  uint32_t room = part.glyph_count + hyphen;
  struct glyph *glyphs = arena_alloc_array(c->arena, room, sizeof *glyphs);
  mpt *offsets = part.offset ? arena_alloc_array(c->arena, room, sizeof *offsets) : NULL;
  struct glyph_run *run = &c->runs[c->run_count++];
  *run = (struct glyph_run){.face = item->face,
                            .style = source->style,
                            .glyphs = glyphs,
                            .offsets = offsets,
                            .glyph_count = part.glyph_count,
                            .text_start = s->characters[start].offset,
                            .mark = source->mark,
                            .size = item->size};
  lay_run(c, &part, run, glyphs, offsets);
  if (hyphen) lay_hyphen(c, item, run, glyphs + part.glyph_count);
}

/* --- emphasis dots (A26) ---------------------------------------------------------------- */

static bool is_dotted(const struct setting *s, uint32_t i) {
  const struct character *c = &s->characters[i];
  return c->kind == KIND_HAN && character_style(s, c)->emphasis_dots;
}

/* One dot for every Han character of the glyph run `under`, if there are any. */
static void add_dots(struct composer *c, const struct glyph_run *under, uint32_t start,
                     uint32_t end) {
  const struct setting *s = c->s;
  if (!under->style->emphasis_dots) return;
  struct glyph *dots = arena_alloc_array(c->arena, under->glyph_count, sizeof *dots);
  struct glyph_run *run = &c->runs[c->run_count];
  *run = *under;
  run->glyphs = dots;
  run->offsets = NULL;
  run->glyph_count = 0;
  run->dots = true;
  for (struct cluster cluster = {0}; cluster_next(under, &cluster);) {
    while (start < end && s->characters[start].offset < cluster.text_start) start++;
    if (start >= end || !is_dotted(s, start)) continue;
    mpt middle = under->glyphs[cluster.first_glyph].x + s->characters[start].advance / 2;
    dots[run->glyph_count++] = (struct glyph){.x = middle};
  }
  if (run->glyph_count > 0) c->run_count++;
}

/* --- one line ------------------------------------------------------------------------------ */

static uint32_t part_end(const struct setting *s, const struct line_span *line, uint32_t i) {
  uint32_t end = s->items[s->characters[i].item].end;
  return end < line->next ? end : line->next;
}

static size_t count_runs(const struct setting *s, const struct line_span *line) {
  size_t count = 0;
  for (uint32_t i = line->start; i < line->next; i = part_end(s, line, i))
    count += character_style(s, &s->characters[i])->emphasis_dots ? 2 : 1;
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
  out->width = justify(s, span, measure, fill, c->adjustments, &out->natural_width);
  c->pen = indent + aligned(s->spec->alignment, measure - out->width);
  c->run_count = 0;
  c->runs = arena_alloc_array(c->arena, count_runs(s, span), sizeof *c->runs);
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
