/* Tables: widths first (columns.c), then rows.
 *
 * A row's cells share pieces line by line: a row is kept whole where it fits on a
 * page, and one that is longer than a page breaks between lines in all cells. */
#include "page/table.h"

#include <stdlib.h>
#include <string.h>

/* Lines of a cell that are not parted where cells stand below each other. */
#define SHORT_CELL 6

/* The variants of a cell, set; lines below each other. */
struct cell {
  const char *id;
  const struct paragraph *label; /* its column's name, where cells are stacked */
  struct set_text *sets;
  size_t set_count;
  size_t line_count;
};

/* --- rows ---------------------------------------------------------------------------- */

/* Below each other, cells have nothing to stand in line with. */
static enum text_alignment alignment_of(const struct table *table, const struct node *cell,
                                        const struct column *column) {
  const char *align = node_attribute(cell, "align");
  if (table->stacked) return ALIGN_START;
  if (!align && column->numeric) return ALIGN_END;
  if (!align) return table->layout->theme->texts[THEME_TABLE].alignment;
  if (strcmp(align, "right") == 0) return ALIGN_END;
  return strcmp(align, "center") == 0 ? ALIGN_CENTRE : ALIGN_START;
}

static bool set_cell(struct table *table, const struct node *node, struct column *column,
                     bool header, struct cell *cell) {
  size_t count = 0;
  FOR_EACH(variant, node, NODE_VARIANT) count++;
  cell->sets = arena_alloc_array(table->layout->arena, count, sizeof *cell->sets);
  FOR_EACH(variant, node, NODE_VARIANT) {
    struct manner manner = table_manner(table, variant, header);
    manner.measure = column->width;
    manner.alignment = alignment_of(table, node, column);
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
  const struct node *variant = node_of(cell->first, NODE_VARIANT);
  const char *language = variant && !variant->next ? variant->language : NULL;
  uint32_t element = element_open(layout, row->header || names_row ? ROLE_TH : ROLE_TD, language);
  if (row->header) layout->elements[element].scope = SCOPE_COLUMN;
  else if (names_row) layout->elements[element].scope = SCOPE_ROW;
  return element;
}

/* The names of columns, said again above each cell; they are artifacts, because the
 * head has said them. */
static bool set_label(struct table *table, size_t column, struct cell *cell) {
  const struct node *row = node_of(table->node->first, NODE_ROW);
  const struct node *head = row && row->header ? node_of(row->first, NODE_CELL) : NULL;
  for (size_t i = 0; head && i < column; i++) head = node_of(head->next, NODE_CELL);
  if (!head || !head->first || !cell->line_count) return true;
  struct manner manner = table_manner(table, head->first, true);
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
  id_wait(table->layout, row);
  element_open(table->layout, ROLE_TR, NULL);
  FOR_EACH(node, row, NODE_CELL) {
    if (at == table->column_count || !ok) break;
    cells[at].id = node->id;
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
  bool is_long = (int64_t)table->leading * (int64_t)lines > table->layout->height / 3;
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
      !node_of(table->node->first, NODE_ROW) || node_of(table->node->first, NODE_ROW) == row;
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

/* A cell below others may be empty, and the last. */
static void place_id(struct layout *layout, const char *id, size_t piece) {
  if (piece == layout->pieces_count) piece--;
  if (id) *LAYOUT_PUSH(layout, anchors) = (struct anchor){id, (uint32_t)piece};
}

static void place_cell(struct table *table, const struct cell *cell, const struct column *column,
                       uint32_t first, size_t line) {
  place_id(table->layout, cell->id, first + line);
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

/* Where cells stand below each other, each keeps its name, and its lines but for those in
 * the middle of many. */
static enum keep cell_keep(const struct cell *cell, size_t index) {
  size_t names = cell->label ? cell->label->line_count : 0;
  if (index < names) return KEEP_HEADING;
  bool is_middle = index > names && index + 2 < cell->line_count;
  return is_middle && cell->line_count - names > SHORT_CELL ? KEEP_SOFT : KEEP_ROW;
}

static void keep_cells(struct table *table, const struct cell *cells, uint32_t first) {
  for (size_t i = 0; table->stacked && i < table->column_count; i++) {
    for (size_t k = 0; k + 1 < cells[i].line_count; k++)
      table->layout->pieces[first + k].keep = cell_keep(&cells[i], k);
    first += (uint32_t)cells[i].line_count;
  }
}

static bool set_row(struct table *table, const struct node *row) {
  struct cell cells[COLUMN_LIMIT] = {0};
  bool ok = set_cells(table, row, cells);
  size_t lines = 0;
  for (size_t i = 0; i < table->column_count; i++) {
    if (table->stacked) lines += cells[i].line_count;
    else if (cells[i].line_count > lines) lines = cells[i].line_count;
  }
  if (!lines) lines = 1;
  if (ok) {
    uint32_t first = add_row_pieces(table, row, lines);
    keep_cells(table, cells, first);
    draw_ground(table, row, first);
    size_t at = 0;
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
  for (size_t i = first_piece; i < layout->pieces_count; i++)
    head.height += layout->pieces[i].height;
  /* a head that fills a third of a page, or whose names stand at every cell, is not repeated;
   * both, and it may even stand alone */
  bool is_high = head.height > layout->height / 3;
  for (size_t i = first_piece; i < layout->pieces_count; i++)
    layout->pieces[i].keep = table->stacked && is_high ? KEEP_SOFT : KEEP_HEADING;
  if (table->stacked || is_high) return;
  table->index = (uint32_t)layout->tables_count;
  *LAYOUT_PUSH(layout, tables) = head;
}

static bool has_rows(const struct table *table, bool header) {
  FOR_EACH(row, table->node, NODE_ROW)
    if (row->header == header) return true;
  return false;
}

/* Rows of the head or of the body, in an element of their own; a head alone is none. */
static bool set_rows(struct table *table, bool header) {
  bool grouped = has_rows(table, header) && has_rows(table, false), ok = true;
  if (grouped) element_open(table->layout, header ? ROLE_THEAD : ROLE_TBODY, NULL);
  FOR_EACH(row, table->node, NODE_ROW)
    if (ok && row->header == header) ok = set_row(table, row);
  if (grouped) element_close(table->layout);
  return ok;
}

/* Two rows stay with the head, and two go together to the last page: rows of three lines
 * and more where that leaves no large gap, and none where there are so few that then only
 * the insides of rows were left to break in. A table that fits on a page is kept whole, unless that leaves a
 * quarter of a page empty. */
static void keep_rows(struct layout *layout, size_t first_body) {
  size_t first = NONE, last = NONE, breaks = 0;
  for (size_t i = first_body; i + 1 < layout->pieces_count; i++) {
    if (layout->pieces[i].keep != KEEP_FREE) continue;
    if (!breaks) first = i;
    last = i;
    breaks++;
  }
  enum keep light = breaks > 2 ? KEEP_TOGETHER : KEEP_SOFT;
  enum keep heavy = breaks > 2 ? KEEP_LONE : KEEP_FREE;
  if (breaks) layout->pieces[first].keep = first - first_body < 2 ? light : heavy;
  if (breaks > 1)
    layout->pieces[last].keep = layout->pieces_count - last <= 3 ? light : heavy;
  if (pieces_height(layout, first_body) <= layout->height * 9 / 10)
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
  layout->pieces[last].keep = KEEP_FREE; /* even where it is the head's */
  layout_space(layout, theme->texts[THEME_BODY].leading);
}

static bool set_caption(struct layout *layout, const struct node *table) {
  const struct node *caption = node_of(table->first, NODE_CAPTION);
  if (!caption) return true;
  id_wait(layout, caption);
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
  if (!markers_flush(layout) || !set_caption(layout, node) || !columns_place(&table)) return false;
  if (!table.column_count) return true;
  size_t first_piece = layout->pieces_count, first_item = layout->items_count;
  if (!set_rows(&table, true)) return false;
  note_head(&table, first_piece, first_item);
  size_t first_body = layout->pieces_count;
  if (!set_rows(&table, false)) return false;
  close_table(&table, first_body);
  return true;
}
