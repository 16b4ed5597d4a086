/* Set lines into pieces, and blocks of text into lines.
 *
 *        one column                two columns
 *   piece  | en line 1 |     piece  | en line 1 | zh line 1 |
 *   piece  | en line 2 |     piece  | en line 2 | zh line 2 |
 *   piece  | zh line 1 |     piece  |           | zh line 3 |
 *
 * Variants take the columns in turn: a variant in the first column begins new
 * pieces, one in a later column shares those of its pair. So side by side is the
 * same loop as one after the other. */
#include "page/layout.h"

/* A link's area reaches this far above and below the baseline, per mille of the size. */
#define LINK_ABOVE 900
#define LINK_BELOW 250

/* Baselines stand so that the em box of Han is centred in the leading. */
#define HAN_ASCENT 880

mpt look_baseline(const struct look *look) {
  return (look->leading - look->size) / 2 + (mpt)((int64_t)look->size * HAN_ASCENT / 1000);
}

static mpt scaled(mpt length, int per_mille) {
  return (mpt)((int64_t)length * per_mille / 1000);
}

/* --- one line ------------------------------------------------------------------------- */

static void place_underline(struct layout *layout, const struct glyph_run *run, uint32_t piece,
                            mpt x, mpt baseline) {
  const struct face *face = run->face;
  mpt down = (mpt)((int64_t)run->size * -face->underline_position / face->units_per_em);
  mpt thick = (mpt)((int64_t)run->size * face->underline_thickness / face->units_per_em);
  add_rectangle(layout, piece, x + run->start, baseline + down, x + run->end,
                baseline + down + thick, run->style->colour);
}

/* Runs of one link that follow each other on a line are one area. */
static void place_link(struct layout *layout, const struct glyph_run *run, uint32_t piece, mpt x,
                       mpt baseline, uint32_t *last) {
  const struct mark *mark = &layout->marks[run->mark];
  if (mark->target == NONE) {
    *last = NONE;
    return;
  }
  const struct target *target = &layout->targets[mark->target];
  if (*last == mark->target) {
    layout->links[layout->links_count - 1].area.right = x + run->end;
    return;
  }
  uint32_t element = mark->element;
  while (layout->elements[element].role != ROLE_LINK) element = layout->elements[element].parent;
  mpt size = run->style->size;
  *LAYOUT_PUSH(layout, links) = (struct placed_link){
      .piece = piece,
      .area = {.element = element,
               .left = x + run->start,
               .right = x + run->end,
               .top = baseline - run->style->rise - scaled(size, LINK_ABOVE),
               .bottom = baseline - run->style->rise + scaled(size, LINK_BELOW),
               .address = target->address,
               .destination = target->destination,
               .contents = target->contents}};
  *last = mark->target;
}

/* Drawn, and an artifact: a dot is no character of the text. Its middle is a quarter of an
 * em below the baseline, its width a sixth. */
static void place_dots(struct layout *layout, const struct glyph_run *run, uint32_t piece, mpt x,
                       mpt baseline) {
  mpt size = run->style->size;
  for (size_t i = 0; i < run->glyph_count; i++) {
    struct disc disc = {.x = x + run->glyphs[i].x,
                        .y = baseline - run->style->rise + size / 4,
                        .radius = size / 12,
                        .fill = run->style->colour};
    disc_place(layout, piece, ELEMENT_ARTIFACT, disc);
  }
}

void line_place(struct layout *layout, const struct paragraph *paragraph, size_t index,
                uint32_t piece, mpt x, mpt baseline) {
  const struct line *line = &paragraph->lines[index];
  uint32_t link = NONE;
  for (size_t i = 0; i < line->run_count; i++) {
    const struct glyph_run *run = &line->runs[i];
    if (run->dots) {
      place_dots(layout, run, piece, x, baseline);
      continue;
    }
    struct mark *mark = &layout->marks[run->mark];
    if (mark->id) *LAYOUT_PUSH(layout, anchors) = (struct anchor){mark->id, piece};
    mark->id = NULL;
    struct item *item = item_add(layout, piece, ITEM_TEXT, mark->element);
    item->text.run = run;
    item->text.source = paragraph->text;
    item->text.x = x;
    item->text.baseline = baseline;
    place_link(layout, run, piece, x, baseline, &link);
    if (mark->note != NONE) note_place(layout, mark->note, piece);
    if (run->style->underlined) place_underline(layout, run, piece, x, baseline);
  }
}

size_t line_offset(const struct set_text *set, size_t line, size_t *from) {
  uint32_t at = set->paragraph->lines[line].text_start;
  if (!set->origin_count) return 0;
  while (*from + 1 < set->origin_count && set->origins[*from + 1].start <= at) ++*from;
  const struct run_origin *origin = &set->origins[*from];
  return origin->offset + (origin->counts ? at - origin->start : 0);
}

/* --- blocks of text ----------------------------------------------------------------------- */

struct columns {
  size_t count;
  mpt width, gap;
};

/* Columns of fewer ems than this are no columns: the languages stand below each other. */
#define LEAST_COLUMN 12
/* Latin words are not spread over lines of fewer ems than this: about 48 letters (A24). */
#define LEAST_JUSTIFIED 24
/* Languages below each other that have up to so many lines together are not parted. */
#define SHORT_BLOCK 6

static struct columns columns_of(struct layout *layout, size_t variants, bool across) {
  struct columns columns = {1, layout->width, layout->theme->column_gap};
  if (layout->edition->mode != MODE_PARALLEL || across || variants < 2) return columns;
  columns.count =
      variants < layout->edition->language_count ? variants : layout->edition->language_count;
  mpt gaps = columns.gap * (mpt)(columns.count - 1);
  columns.width = (layout->width - gaps) / (mpt)columns.count;
  const struct level *level = level_top(layout);
  if (columns.width - level->left - level->right <
      layout->theme->texts[level->role].size * LEAST_COLUMN)
    return (struct columns){1, layout->width, 0};
  return columns;
}

/* Widows and orphans, and what its block says of its lines. Where large print asks for
 * three lines, two are a little better than one. */
static enum keep line_keep(const struct layout *layout, enum keep least, size_t index,
                           size_t count) {
  const struct theme *theme = layout->theme;
  size_t after = index + 1, left = count - after;
  enum keep keep = KEEP_FREE;
  if (left && (after < (size_t)theme->orphan_lines || left < (size_t)theme->widow_lines))
    keep = after < 2 || left < 2 ? KEEP_PARAGRAPH : KEEP_ROW;
  return keep > least ? keep : least;
}

/* The pieces of a variant: new ones in the first column, else those of its pair and
 * as many more as it is longer. */
static uint32_t lines_pieces(struct layout *layout, uint32_t first, size_t count, mpt leading) {
  size_t have = first == NONE ? 0 : layout->pieces_count - first;
  if (first == NONE) first = (uint32_t)layout->pieces_count;
  for (; have < count; have++) piece_add(layout, leading);
  return first;
}

static void variant_place(struct layout *layout, const struct set_text *set,
                          const struct look *look, uint32_t first, mpt x, bool starts) {
  size_t from = 0;
  for (size_t i = 0; i < set->paragraph->line_count; i++) {
    struct piece *piece = &layout->pieces[first + i];
    if (starts || !piece->node) {
      piece->node = set->variant;
      piece->offset = line_offset(set, i, &from);
    }
    if (set->paragraph->lines[i].hyphenated && piece->keep < KEEP_WORD) piece->keep = KEEP_WORD;
    line_place(layout, set->paragraph, i, first + (uint32_t)i, x, look_baseline(look));
  }
}

/* Each variant keeps its own lines: where two stand side by side, a break must be
 * good for both. */
static void keep_lines(struct layout *layout, enum keep least, uint32_t first, size_t count) {
  for (size_t i = 0; i < count; i++) {
    enum keep keep = line_keep(layout, least, i, count);
    struct piece *piece = &layout->pieces[first + i];
    if (piece->keep < keep) piece->keep = keep;
  }
}

/* LI > Lbl, LBody: a term and what it means, in one language. */
static void open_entry(struct layout *layout, const struct node *variant,
                       const struct text_block *how, struct manner *manner) {
  element_open(layout, ROLE_LI, variant->language);
  manner->lead = node_variant(how->term, variant->language);
  manner->lead_element = element_add(layout, ROLE_LBL, NULL);
  element_open(layout, ROLE_LBODY, NULL);
}

static bool variant_set(struct layout *layout, const struct node *variant,
                        const struct text_block *how, struct manner *manner, mpt x,
                        uint32_t *first) {
  size_t open = layout->open_count;
  if (how->term) open_entry(layout, variant, how, manner);
  enum role role = how->one_element ? ROLE_SPAN : how->element_role;
  bool has_element = !how->one_element || how->several;
  if (has_element) element_open(layout, role, variant->language);
  struct set_text set = {0};
  bool ok = inline_set(layout, variant, manner, &set);
  if (ok && set.paragraph->line_count) {
    bool starts = *first == NONE;
    *first = lines_pieces(layout, *first, set.paragraph->line_count, manner->look.leading);
    if (starts && how->role == THEME_BODY) layout->pieces[*first].snaps = true;
    size_t marker = layout->items_count;
    if (starts) ok = markers_place(layout, *first, look_baseline(&manner->look));
    size_t end = layout->items_count;
    for (size_t i = 1; starts && ok && i < how->columns; i++)
      markers_repeat(layout, marker, end, how->pitch * (mpt)i);
    variant_place(layout, &set, &manner->look, *first, x, starts);
    keep_lines(layout, how->keep, *first, set.paragraph->line_count);
    if (starts && manner->lead) layout->pieces[*first].node = manner->lead;
  }
  if (*first != NONE) anchors_place(layout, *first); /* of a language beside the first */
  set_text_finish(&set);
  element_close_to(layout, open);
  return ok;
}

/* A heading's other languages: lighter and smaller than the first, not than the body. */
static struct look second_look(const struct theme *theme, const struct look *first) {
  struct look look = look_of(theme, THEME_SUBTITLE);
  mpt body = theme->texts[THEME_BODY].size;
  look.size = scaled(first->size, 800) > body ? scaled(first->size, 800) : body;
  look.leading = (mpt)((int64_t)first->leading * look.size / first->size);
  look.colour = theme->colours[COLOUR_MUTED];
  return look;
}

static struct manner block_manner(struct layout *layout, const struct text_block *how,
                                  const struct node *block, const struct node *variant,
                                  size_t index, const struct columns *columns) {
  const char *language = variant->language ? variant->language : element_language(layout);
  struct manner manner = manner_of(layout, how->role, language);
  const struct level *level = level_top(layout);
  manner.measure = columns->width - level->left - level->right;
  bool is_narrow = manner.measure < manner.look.size * LEAST_JUSTIFIED;
  if (is_narrow && manner.alignment == ALIGN_JUSTIFY && !language_is_han(language))
    manner.alignment = ALIGN_START;
  if (how->flush || (how->latin_flush && !language_is_han(language))) manner.first_indent = 0;
  if (how->hanging) manner.first_indent = -manner.look.size * 3 / 2;
  manner.balanced = how->heading != NONE;
  manner.prefix = how->heading != NONE && index == 0 ? block->number : NULL;
  if (how->heading != NONE && index > 0) manner.look = second_look(layout->theme, &manner.look);
  if (how->strong) manner.look.weight = THEME_STRONG;
  return manner;
}

static size_t count_variants(const struct node *block) {
  size_t count = 0;
  for (const struct node *variant = block->first; variant; variant = variant->next)
    count += variant->kind == NODE_VARIANT;
  return count;
}

bool text_block_set(struct layout *layout, const struct node *block,
                    const struct text_block *given) {
  struct text_block how = *given;
  size_t variants = count_variants(block), index = 0, start = layout->pieces_count;
  how.several = variants > 1;
  struct columns columns = columns_of(layout, variants, how.across);
  how.columns = columns.count;
  how.pitch = columns.width + columns.gap;
  const char *language = variants == 1 ? block->first->language : NULL;
  if (how.one_element) element_open(layout, how.element_role, language);
  bool ok = true;
  uint32_t first = NONE;
  for (const struct node *variant = block->first; ok && variant; variant = variant->next, index++) {
    size_t column = index % columns.count;
    if (column == 0) first = NONE;
    struct manner manner = block_manner(layout, &how, block, variant, index, &columns);
    mpt x = level_left(layout) + (mpt)column * how.pitch;
    ok = variant_set(layout, variant, &how, &manner, x, &first);
  }
  if (how.one_element) element_close(layout);
  if (how.several && columns.count == 1 && layout->pieces_count - start <= SHORT_BLOCK)
    keep_from(layout, start, KEEP_SOFT);
  return ok;
}
