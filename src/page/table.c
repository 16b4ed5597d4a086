/* Tables. Widths first, then rows.
 *
 *   natural width of a column: its longest cell on one line
 *   least width: its longest unbreakable part
 *
 * Where all natural widths fit, columns have them, and what is over is shared out;
 * else each column has its least width and a part of the rest by how much it lacks.
 * Where not even the least widths fit (large print on small paper), cells stand below
 * each other, each under its column's name.
 *
 * A row's cells share pieces line by line: a row is kept whole where it fits on a
 * page, and one that is longer than a page breaks between lines in all cells. */
#include "page/layout.h"

#include <stdlib.h>
#include <string.h>

/* More columns than this is a mistake that the guide reports; the rest is not drawn. */
#define COLUMN_LIMIT 64
/* Ems: a cell of up to this width is better not broken; so much a column of a table that
 * is narrower than its page is wider than its longest cell. */
#define WHOLE_CELL 10
#define SPREAD     5

struct column {
  mpt natural, least, width, left;
  mpt whole; /* its least width where dates, names and the like stay on one line */
  bool numeric;
};

struct table {
  struct layout *layout;
  const struct node *node;
  struct column columns[COLUMN_LIMIT];
  size_t column_count;
  mpt padding;
  mpt leading;
  mpt width;
  uint32_t index; /* of its head in layout->tables, or NONE */
  bool stacked;
};

/* The variants of a cell, set; lines below each other. */
struct cell {
  const struct paragraph *label; /* its column's name, where cells are stacked */
  struct set_text *sets;
  size_t set_count;
  size_t line_count;
};

static const struct node *first_of(const struct node *node, enum node_kind kind) {
  while (node && node->kind != kind) node = node->next;
  return node;
}

#define FOR_EACH(child, parent, kind)                                                              \
  for (const struct node *child = first_of((parent)->first, kind); child;                          \
       child = first_of(child->next, kind))

/* --- widths -------------------------------------------------------------------------- */

static struct manner cell_manner(const struct table *table, const struct node *variant,
                                 bool header) {
  struct manner manner = manner_of(table->layout, THEME_TABLE, variant->language);
  manner.first_indent = 0;
  manner.alignment = ALIGN_START;
  if (header) manner.look.weight = THEME_STRONG;
  return manner;
}

/* The width of the longest word of Latin, or four Han. */
static mpt least_width(const struct table *table, const struct node *variant, mpt natural) {
  struct layout *layout = table->layout;
  char *text = node_text(layout->arena, variant);
  size_t longest = 0, run = 0, bytes = strlen(text);
  for (size_t i = 0; i <= bytes; i++) {
    bool joins = i + 1 < bytes && memcmp(text + i, "\xC2\xA0", 2) == 0; /* no-break space */
    if (joins) i++;
    bool breaks = !joins && (i == bytes || text[i] == ' ' || (text[i] & 0x80));
    if (!breaks) run++;
    if (breaks && run > longest) longest = run;
    if (breaks) run = 0;
  }
  mpt size = layout->theme->texts[THEME_TABLE].size;
  mpt width = (mpt)((int64_t)longest * size * 62 / 100);
  if (width < size * 4) width = size * 4;
  return width < natural ? width : natural;
}

/* Figures, signs and units: "$120,000", "12 万", "3–5 年". */
static bool looks_numeric(const char *text) {
  size_t digits = 0, letters = 0;
  bool dated = strstr(text, "\xE5\xB9\xB4") != NULL; /* a date is words: 2027年5月1日 */
  for (; *text; text++) {
    digits += *text >= '0' && *text <= '9';
    letters += (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    letters += (*text & 0xF0) == 0xE0; /* Han, and signs like it */
  }
  return digits > 0 && letters <= 3 && letters < digits && !dated;
}

static bool measure_cell(struct table *table, const struct node *cell, struct column *column,
                         bool header) {
  FOR_EACH(variant, cell, NODE_VARIANT) {
    struct manner manner = cell_manner(table, variant, header);
    mpt natural = inline_natural_width(table->layout, variant, &manner);
    if (natural < 0) return false;
    mpt least = least_width(table, variant, natural);
    if (natural > column->natural) column->natural = natural;
    mpt whole = natural <= manner.look.size * WHOLE_CELL ? natural : least;
    if (least > column->least) column->least = least;
    if (whole > column->whole) column->whole = whole;
    if (!header && !looks_numeric(node_text(table->layout->arena, variant)))
      column->numeric = false;
  }
  return true;
}

static bool measure(struct table *table) {
  for (size_t i = 0; i < COLUMN_LIMIT; i++) table->columns[i].numeric = true;
  FOR_EACH(row, table->node, NODE_ROW) {
    size_t at = 0;
    FOR_EACH(cell, row, NODE_CELL) {
      if (at == COLUMN_LIMIT) break;
      if (!measure_cell(table, cell, &table->columns[at++], row->header)) return false;
    }
    if (at > table->column_count) table->column_count = at;
  }
  table->columns[0].numeric = false;
  return true;
}

static void share_out(struct table *table, int64_t room) {
  int64_t natural = 0, least = 0;
  for (size_t i = 0; i < table->column_count; i++) {
    natural += table->columns[i].natural;
    least += table->columns[i].least;
  }
  for (size_t i = 0; i < table->column_count; i++) {
    struct column *column = &table->columns[i];
    int64_t lacks = column->natural - column->least;
    if (natural <= room)
      column->width =
          (mpt)(column->natural + (room - natural) * column->natural / (natural ? natural : 1));
    else if (least >= room) column->width = (mpt)(room * column->least / least);
    else column->width = (mpt)(column->least + (room - least) * lacks / (natural - least));
  }
}

static void stack_columns(struct table *table) {
  table->stacked = true;
  for (size_t i = 0; i < table->column_count; i++) {
    struct column *column = &table->columns[i];
    column->left = level_left(table->layout) + table->padding;
    column->width = table->width - 2 * table->padding;
    column->numeric = false;
  }
}

static void place_columns(struct table *table) {
  struct layout *layout = table->layout;
  mpt columns = (mpt)table->column_count, gaps = 2 * table->padding * columns;
  int64_t least = 0, whole = 0, natural = 0, room = table->width - gaps;
  for (size_t i = 0; i < table->column_count; i++) {
    least += table->columns[i].least;
    whole += table->columns[i].whole;
    natural += table->columns[i].natural;
  }
  if (least > room) {
    stack_columns(table);
    return;
  }
  for (size_t i = 0; whole <= room && i < table->column_count; i++)
    table->columns[i].least = table->columns[i].whole;
  int64_t spread = natural + (int64_t)layout->theme->texts[THEME_TABLE].size * SPREAD * columns;
  if (spread < room) table->width = (mpt)spread + gaps;
  share_out(table, table->width - gaps);
  mpt left = level_left(layout);
  for (size_t i = 0; i < table->column_count; i++) {
    table->columns[i].left = left + table->padding;
    left += table->columns[i].width + 2 * table->padding;
  }
}

/* --- rows ---------------------------------------------------------------------------- */

static enum text_alignment alignment_of(const struct node *cell, const struct column *column) {
  const char *align = node_attribute(cell, "align");
  if (!align) return column->numeric ? ALIGN_END : ALIGN_START;
  if (strcmp(align, "right") == 0) return ALIGN_END;
  return strcmp(align, "center") == 0 ? ALIGN_CENTRE : ALIGN_START;
}

static bool set_cell(struct table *table, const struct node *node, struct column *column,
                     bool header, struct cell *cell) {
  size_t count = 0;
  FOR_EACH(variant, node, NODE_VARIANT) count++;
  cell->sets = arena_alloc_array(table->layout->arena, count, sizeof *cell->sets);
  FOR_EACH(variant, node, NODE_VARIANT) {
    struct manner manner = cell_manner(table, variant, header);
    manner.measure = column->width;
    manner.alignment = alignment_of(node, column);
    struct set_text *set = &cell->sets[cell->set_count];
    if (count > 1) element_open(table->layout, ROLE_SPAN, variant->language);
    bool ok = inline_set(table->layout, variant, &manner, set);
    if (count > 1) element_close(table->layout);
    if (!ok) return false;
    cell->set_count++;
    cell->line_count += set->paragraph->line_count;
  }
  return true;
}

static uint32_t open_cell(struct table *table, const struct node *row, const struct node *cell,
                          size_t column) {
  struct layout *layout = table->layout;
  bool names_row = column == 0 && !row->header && node_has_class(table->node, "row-headers");
  const struct node *variant = first_of(cell->first, NODE_VARIANT);
  const char *language = variant && !variant->next ? variant->language : NULL;
  uint32_t element = element_open(layout, row->header || names_row ? ROLE_TH : ROLE_TD, language);
  if (row->header) layout->elements[element].scope = SCOPE_COLUMN;
  else if (names_row) layout->elements[element].scope = SCOPE_ROW;
  return element;
}

/* The names of columns, said again above each cell; they are artifacts, because the
 * head has said them. */
static bool set_label(struct table *table, size_t column, struct cell *cell) {
  const struct node *row = first_of(table->node->first, NODE_ROW);
  const struct node *head = row && row->header ? first_of(row->first, NODE_CELL) : NULL;
  for (size_t i = 0; head && i < column; i++) head = first_of(head->next, NODE_CELL);
  if (!head || !head->first || !cell->line_count) return true;
  struct manner manner = cell_manner(table, head->first, true);
  manner.measure = table->columns[column].width;
  manner.look.colour = table->layout->theme->colours[COLOUR_MUTED];
  struct plain_run run = {.text = node_text(table->layout->arena, head->first),
                          .language = head->first->language,
                          .bare = true};
  cell->label = words_set(table->layout, &run, 1, &manner);
  if (cell->label) cell->line_count += cell->label->line_count;
  return cell->label != NULL;
}

static bool set_cells(struct table *table, const struct node *row, struct cell *cells) {
  size_t at = 0;
  bool ok = true;
  element_open(table->layout, ROLE_TR, NULL);
  FOR_EACH(node, row, NODE_CELL) {
    if (at == table->column_count || !ok) break;
    open_cell(table, row, node, at);
    ok = set_cell(table, node, &table->columns[at], row->header, &cells[at]);
    if (ok && table->stacked && !row->header) ok = set_label(table, at, &cells[at]);
    element_close(table->layout);
    at++;
  }
  element_close(table->layout);
  return ok;
}

/* A row is kept whole, but for one that is longer than a third of a page: it may go on
 * overleaf with two lines at least on either side. */
static enum keep row_keep(const struct table *table, size_t index, size_t lines) {
  if (index + 1 == lines) return KEEP_FREE;
  bool is_long = table->leading * (mpt)lines > table->layout->height / 3;
  return is_long && index > 0 && index + 2 < lines ? KEEP_SOFT : KEEP_ROW;
}

static uint32_t add_row_pieces(struct table *table, const struct node *row, size_t lines) {
  struct layout *layout = table->layout;
  uint32_t first = (uint32_t)layout->pieces_count;
  for (size_t i = 0; i < lines; i++) {
    mpt height = table->leading;
    if (i == 0) height += table->padding;
    if (i + 1 == lines) height += table->padding;
    uint32_t index = piece_add(layout, height);
    layout->pieces[index].keep = row_keep(table, i, lines);
    layout->pieces[index].table = row->header ? NONE : table->index;
    layout->pieces[index].node = row;
  }
  return first;
}

static void draw_ground(struct table *table, const struct node *row, uint32_t first) {
  struct layout *layout = table->layout;
  const struct theme *theme = layout->theme;
  mpt left = level_left(layout), right = left + table->width;
  for (uint32_t piece = first; row->header && piece < layout->pieces_count; piece++)
    add_rectangle(layout, piece, left, 0, right, layout->pieces[piece].height,
                  theme->colours[COLOUR_TINT]);
  bool is_first =
      !first_of(table->node->first, NODE_ROW) || first_of(table->node->first, NODE_ROW) == row;
  rgb colour = theme->colours[is_first ? COLOUR_TEXT : COLOUR_RULE];
  mpt width = is_first ? theme->rule_width * 2 : theme->rule_width;
  add_rectangle(layout, first, left, 0, right, width, colour);
}

/* A page may begin here: with the first cell that has this line. */
static void begin_piece(struct piece *piece, const struct set_text *set, size_t line,
                        size_t *from) {
  size_t offset = line_offset(set, line, from);
  if (piece->node->kind != NODE_ROW) return;
  piece->node = set->variant;
  piece->offset = offset;
}

static void place_label(struct table *table, const struct cell *cell, const struct column *column,
                        uint32_t first, size_t *line, mpt baseline) {
  struct layout *layout = table->layout;
  size_t item = layout->items_count, from = 0;
  for (size_t k = 0; cell->label && k < cell->label->line_count; k++, ++*line) {
    begin_piece(&layout->pieces[first + *line], &cell->sets[0], 0, &from);
    line_place(layout, cell->label, k, first + (uint32_t)*line, column->left,
               baseline + (*line == 0 ? table->padding : 0));
  }
  for (; item < layout->items_count; item++) layout->items[item].item.element = ELEMENT_ARTIFACT;
}

static void place_cell(struct table *table, const struct cell *cell, const struct column *column,
                       uint32_t first, size_t line) {
  struct look look = look_of(table->layout->theme, THEME_TABLE);
  place_label(table, cell, column, first, &line, look_baseline(&look));
  for (size_t i = 0; i < cell->set_count; i++) {
    const struct set_text *set = &cell->sets[i];
    size_t from = 0;
    for (size_t k = 0; k < set->paragraph->line_count; k++, line++) {
      begin_piece(&table->layout->pieces[first + line], set, k, &from);
      line_place(table->layout, set->paragraph, k, first + (uint32_t)line, column->left,
                 look_baseline(&look) + (line == 0 ? table->padding : 0));
    }
  }
}

static bool set_row(struct table *table, const struct node *row) {
  struct cell cells[COLUMN_LIMIT] = {0};
  bool ok = set_cells(table, row, cells);
  size_t lines = 0, at = 0;
  for (size_t i = 0; i < table->column_count; i++) {
    if (table->stacked) lines += cells[i].line_count;
    else if (cells[i].line_count > lines) lines = cells[i].line_count;
  }
  if (!lines) lines = 1;
  if (ok) {
    uint32_t first = add_row_pieces(table, row, lines);
    draw_ground(table, row, first);
    for (size_t i = 0; i < table->column_count; i++) {
      place_cell(table, &cells[i], &table->columns[i], first, at);
      if (table->stacked) at += cells[i].line_count;
    }
  }
  for (size_t i = 0; i < table->column_count; i++)
    for (size_t k = 0; k < cells[i].set_count; k++) set_text_finish(&cells[i].sets[k]);
  return ok;
}

/* --- head and body ------------------------------------------------------------------------ */

static void note_head(struct table *table, size_t first_piece, size_t first_item) {
  struct layout *layout = table->layout;
  if (layout->pieces_count == first_piece) return;
  struct table_head head = {.first_piece = (uint32_t)first_piece,
                            .piece_count = (uint32_t)(layout->pieces_count - first_piece),
                            .first_item = (uint32_t)first_item,
                            .item_count = (uint32_t)(layout->items_count - first_item)};
  for (size_t i = first_piece; i < layout->pieces_count; i++) {
    head.height += layout->pieces[i].height;
    layout->pieces[i].keep = KEEP_HEADING;
  }
  /* a head that fills a third of a page, or whose names stand at every cell, is not repeated */
  if (table->stacked || head.height > layout->height / 3) return;
  table->index = (uint32_t)layout->tables_count;
  *LAYOUT_PUSH(layout, tables) = head;
}

/* Rows of the head or of the body, in an element of their own. */
static bool set_rows(struct table *table, bool header) {
  bool opened = false, ok = true;
  FOR_EACH(row, table->node, NODE_ROW) {
    if (!ok || row->header != header) continue;
    if (!opened) element_open(table->layout, header ? ROLE_THEAD : ROLE_TBODY, NULL);
    opened = true;
    ok = set_row(table, row);
  }
  if (opened) element_close(table->layout);
  return ok;
}

/* Two rows stay with the head, and two go together to the last page; unless there are
 * so few that then only the insides of rows were left to break in. A table of up to
 * half a page is kept whole, unless that leaves more than half of a page empty. */
static void keep_rows(struct layout *layout, size_t first_body) {
  struct piece *from = NULL, *before_last = NULL;
  size_t breaks = 0;
  for (size_t i = first_body; i + 1 < layout->pieces_count; i++) {
    if (layout->pieces[i].keep != KEEP_FREE) continue;
    if (!from) from = &layout->pieces[i];
    before_last = &layout->pieces[i];
    breaks++;
  }
  enum keep keep = breaks > 2 ? KEEP_TOGETHER : KEEP_SOFT;
  if (from) from->keep = keep;
  if (before_last) before_last->keep = keep;
  if (pieces_height(layout, first_body) <= layout->height / 2)
    keep_from(layout, first_body, KEEP_WHOLE);
}

static void close_table(struct table *table, size_t first_body) {
  struct layout *layout = table->layout;
  const struct theme *theme = layout->theme;
  uint32_t last = (uint32_t)layout->pieces_count - 1;
  mpt left = level_left(layout), bottom = layout->pieces[last].height;
  add_rectangle(layout, last, left, bottom - theme->rule_width, left + table->width, bottom,
                theme->colours[COLOUR_TEXT]);
  keep_rows(layout, first_body);
  layout_space(layout, theme->texts[THEME_BODY].leading);
}

static bool set_caption(struct layout *layout, const struct node *table) {
  const struct node *caption = first_of(table->first, NODE_CAPTION);
  if (!caption) return true;
  struct text_block how = {.role = THEME_CAPTION,
                           .element_role = ROLE_CAPTION,
                           .one_element = true,
                           .across = true,
                           .flush = true,
                           .keep = KEEP_HEADING,
                           .heading = NONE};
  if (!text_block_set(layout, caption, &how)) return false;
  layout_space(layout, layout->theme->texts[THEME_CAPTION].space_before);
  return true;
}

bool table_set(struct layout *layout, const struct node *node) {
  const struct theme_text *text = &layout->theme->texts[THEME_TABLE];
  struct table table = {.layout = layout,
                        .node = node,
                        .padding = layout->theme->table_padding,
                        .leading = text->leading,
                        .width = level_width(layout),
                        .index = NONE};
  layout_space(layout, layout->theme->texts[THEME_BODY].leading);
  element_open(layout, ROLE_TABLE, NULL);
  if (!markers_flush(layout) || !set_caption(layout, node) || !measure(&table)) return false;
  if (!table.column_count) return true;
  place_columns(&table);
  size_t first_piece = layout->pieces_count, first_item = layout->items_count;
  if (!set_rows(&table, true)) return false;
  note_head(&table, first_piece, first_item);
  size_t first_body = layout->pieces_count;
  if (!set_rows(&table, false)) return false;
  close_table(&table, first_body);
  return true;
}
