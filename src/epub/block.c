/* Blocks: the walk enters and leaves, and `current` is the element that is open.
 * A table says what each kind is in XHTML, with the structural semantics of EPUB and
 * the role of DPUB-ARIA side by side, so that no one has the one without the other
 * (C11). What bears text is written whole when it is entered. */
#include "epub/markup.h"
#include "epub/page_list.h"
#include "epub/piece.h"
#include "epub/writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct shape {
  const char *element;
  const char *type; /* epub:type */
  const char *role;
  const char *class;
};

static const struct shape shapes[] = {
    [NODE_GUIDE] = {"div"},
    [NODE_SECTION] = {"section"},
    [NODE_DIVISION] = {"div"},
    [NODE_LIST] = {"ul"},
    [NODE_ITEM] = {"li"},
    [NODE_TABLE] = {"table"},
    [NODE_ROW] = {"tr"},
    [NODE_FIGURE] = {"figure"},
    [NODE_CHART] = {"figure", NULL, NULL, "chart"},
    [NODE_CALLOUT] = {"aside", NULL, NULL, "callout"},
    [NODE_FOOTNOTE] = {"aside", "footnote", "doc-footnote"},
    [NODE_GLOSSARY] = {"section", "glossary", "doc-glossary", "glossary"},
    [NODE_ENTRY] = {"dd", "glossdef"},
    [NODE_SKILLS] = {"section", NULL, NULL, "skills"},
    [NODE_PLAN] = {"section", NULL, NULL, "plan"},
    [NODE_WORKSHEET] = {"section", NULL, NULL, "worksheet"},
    [NODE_QUOTE] = {"blockquote"},
    [NODE_HEADING] = {"h1"},
    [NODE_PARAGRAPH] = {"p"},
    [NODE_CELL] = {"td"},
    [NODE_CAPTION] = {"figcaption"},
    [NODE_TERM] = {"dt", "glossterm"},
    [NODE_CODE_BLOCK] = {"pre"},
    [NODE_QR] = {"p", NULL, NULL, "address"},
    [NODE_IMAGE] = {"img"},
    [NODE_RULE] = {"hr"},
    [NODE_PAGE_BREAK] = {"div", NULL, NULL, "page-break"},
    [NODE_KIND_COUNT] = {NULL},
};

/* Tips and warnings have semantics of their own. */
static const struct {
  const char *class;
  struct shape shape;
} callouts[] = {
    {"tip", {"aside", "tip", "doc-tip", "callout tip"}},
    {"note", {"section", "notice", "doc-notice", "callout note"}},
    {"warning", {"section", "notice", "doc-notice", "callout warning"}},
    {"important", {"section", "notice", "doc-notice", "callout important"}},
};

static struct shape shape_of(const struct node *node) {
  struct shape shape = shapes[node->kind];
  if (node->kind == NODE_LIST && node->ordered) shape.element = "ol";
  if (node->kind == NODE_CALLOUT)
    for (size_t i = 0; i < sizeof callouts / sizeof *callouts; i++)
      if (node_has_class(node, callouts[i].class)) return callouts[i].shape;
  assert(shape.element); /* else its row is missing above */
  return shape;
}

static const char *const heading_elements[] = {"h1", "h1", "h2", "h3", "h4", "h5", "h6"};

static const char *heading_element(const struct node *heading) {
  int level = heading->level < 1 ? 1 : heading->level > 6 ? 6 : heading->level;
  return heading_elements[level];
}

static struct markup *open_element(struct writer *writer, struct markup *parent,
                                   const struct node *node, const char *element) {
  struct shape shape = shape_of(node);
  struct markup *opened = markup_add_block(parent, element ? element : shape.element);
  markup_set(opened, "id", book_id(writer->book, node->id));
  markup_set_type(opened, shape.type);
  markup_set(opened, "role", shape.role);
  markup_set(opened, "class", shape.class);
  markup_set_language(opened, node->language);
  return opened;
}

/* --- blocks that bear text ---------------------------------------------------------- */

static void write_heading(struct writer *writer, const struct node *heading) {
  for (const struct node *variant = heading->first; variant; variant = variant->next)
    page_list_mark_node(writer->book, writer->current, writer->file, variant);
  struct markup *node = open_element(writer, writer->current, heading, heading_element(heading));
  inline_write_heading(writer, node, heading);
}

static void set_alignment(struct markup *node, const struct node *cell) {
  const char *align = node_attribute(cell, "align");
  if (!align) return;
  if (strcmp(align, "right") == 0) markup_set(node, "class", "right");
  if (strcmp(align, "center") == 0) markup_set(node, "class", "centre");
}

static void write_cell(struct writer *writer, const struct node *cell) {
  const struct node *row = cell->parent, *table = row->parent;
  bool heads_row = !row->header && cell == row->first && node_has_class(table, "row-headers");
  /* A heading without words heads nothing: the corner above headings of rows. */
  bool is_empty = !cell->first || !cell->first->first;
  const char *element = (row->header && !is_empty) || heads_row ? "th" : "td";
  struct markup *node = open_element(writer, writer->current, cell, element);
  set_alignment(node, cell);
  if (row->header && !is_empty) markup_set(node, "scope", "col");
  else if (heads_row) markup_set(node, "scope", "row");
  else if (!row->header && writer->column < writer->label_count)
    markup_set(node, "data-label", writer->labels[writer->column]);
  writer->column++;
  page_list_mark_node(writer->book, node, writer->file, cell);
  inline_write_variants(writer, node, cell);
}

/* What a caption is, by what it stands in; elsewhere it is the title of a box. */
static const char *const caption_elements[NODE_KIND_COUNT] = {
    [NODE_TABLE] = "caption",
    [NODE_FIGURE] = "figcaption",
    [NODE_CHART] = "figcaption",
};

static void write_caption(struct writer *writer, const struct node *caption) {
  const char *element = caption_elements[caption->parent->kind];
  if (element) {
    inline_write_variants(writer, open_element(writer, writer->current, caption, element), caption);
    return;
  }
  for (const struct node *variant = caption->first; variant; variant = variant->next) {
    struct markup *node = markup_add_block(writer->current, "p");
    if (variant == caption->first) markup_set(node, "id", book_id(writer->book, caption->id));
    markup_set(node, "class", "box-title");
    markup_set_language(node, variant->language);
    inline_write(writer, node, variant);
  }
}

/* The element that holds a block's variants: one that sets them side by side where
 * the edition is a parallel one. A block without words has one for its id alone. */
static struct markup *variants_parent(struct writer *writer, const struct node *block) {
  if (!block->first && block->id)
    markup_set(markup_add_block(writer->current, "div"), "id", book_id(writer->book, block->id));
  bool several = block->first && block->first->next;
  if (!several || writer->book->edition->mode != MODE_PARALLEL) return writer->current;
  struct markup *pair = markup_add_block(writer->current, "div");
  markup_set(pair, "class", "pair");
  return pair;
}

static struct markup *open_variant(struct writer *writer, struct markup *parent,
                                   const struct node *block, const struct node *variant) {
  struct markup *node = markup_add_block(parent, shapes[block->kind].element);
  if (variant == block->first) markup_set(node, "id", book_id(writer->book, block->id));
  const char *class = node_has_class(variant, "fallback") ? "fallback" : shapes[block->kind].class;
  markup_set(node, "class", class);
  markup_set_language(node, variant->language);
  return node;
}

/* A footnote begins with its number, which leads back to its mark (C19). */
static void write_note_number(struct writer *writer, struct markup *parent) {
  const struct node *footnote = writer->note->footnote;
  const char *number = footnote->number ? footnote->number : "*";
  writer->note = NULL;
  struct markup *link = markup_add(parent, "a");
  struct arena *arena = writer->book->arena;
  const char *back =
      edition_word(writer->book->edition, WORD_BACK_TO_TEXT, markup_language(parent));
  markup_set_type(link, "backlink");
  markup_set(link, "role", "doc-backlink");
  markup_set(link, "href", arena_printf(arena, "#mark.%s", number));
  markup_set(link, "aria-label", arena_printf(arena, "%s: %s", number, back));
  markup_add_text(link, number, strlen(number));
  markup_add_text(parent, " ", 1);
}

static bool begins_with_paragraph(const struct node *footnote) {
  struct walk walk = walk_start(footnote);
  while (walk_next(&walk))
    if (node_bears_text(walk.node)) return walk.node->kind == NODE_PARAGRAPH;
  return false;
}

/* The number stands in the first paragraph; before a table, a picture or code it has its own. */
static void open_footnote(struct writer *writer, const struct node *footnote) {
  writer->current = open_element(writer, writer->current, footnote, NULL);
  if (writer->note && !begins_with_paragraph(footnote))
    write_note_number(writer, markup_add_block(writer->current, "p"));
}

static void write_paragraph(struct writer *writer, const struct node *paragraph) {
  struct markup *parent = variants_parent(writer, paragraph);
  for (const struct node *variant = paragraph->first; variant; variant = variant->next) {
    struct markup *node = open_variant(writer, parent, paragraph, variant);
    if (writer->note) write_note_number(writer, node);
    inline_write(writer, node, variant);
  }
}

static void write_code(struct writer *writer, const struct node *code) {
  struct markup *parent = variants_parent(writer, code);
  for (const struct node *variant = code->first; variant; variant = variant->next) {
    struct markup *node = open_variant(writer, parent, code, variant);
    inline_write(writer, markup_add(node, "code"), variant);
  }
}

/* On a screen the code is the link itself; its address is shown as in print. */
static void write_address(struct writer *writer, const struct node *code) {
  for (const struct node *variant = code->first; variant; variant = variant->next)
    inline_write(writer, open_variant(writer, writer->current, code, variant), variant);
  struct markup *address = markup_add_block(writer->current, "p");
  markup_set(address, "class", "address");
  struct markup *link = markup_add(address, "a");
  markup_set(link, "href", code->target);
  markup_add_text(link, code->target, strlen(code->target));
}

/* --- entries, rows, worksheets --------------------------------------------------------- */

static void write_term(struct writer *writer, struct markup *list, const struct node *term) {
  struct markup *node = open_element(writer, list, term, NULL);
  struct markup *name = markup_add(node, "dfn");
  inline_write_variants(writer, name, term);
}

/* A term and its meaning, language by language. */
static void write_pairs(struct writer *writer, const struct node *entry) {
  const struct node *term = entry->first, *meaning = term->next;
  for (const struct node *variant = meaning->first; variant; variant = variant->next) {
    const struct node *name = node_variant(term, variant->language);
    struct markup *word = markup_add_block(writer->current, "dt");
    bool first = variant == meaning->first;
    if (first) markup_set(word, "id", book_id(writer->book, entry->id));
    markup_set_language(word, variant->language);
    struct markup *defined = markup_add(word, "dfn");
    if (first) markup_set(defined, "id", book_id(writer->book, term->id));
    inline_write(writer, defined, name);
    struct markup *body = markup_add_block(writer->current, "dd");
    inline_write(writer, open_variant(writer, body, meaning, variant), variant);
  }
}

/* An entry's term, and the element that its meaning goes into. False: it is written whole. */
static bool open_entry(struct writer *writer, const struct node *entry) {
  if (edition_entry_is_paired(entry)) {
    write_pairs(writer, entry);
    return false;
  }
  struct markup *list = writer->current;
  for (const struct node *child = entry->first; child; child = child->next)
    if (child->kind == NODE_TERM) write_term(writer, list, child);
  writer->current = open_element(writer, list, entry, NULL);
  return true;
}

static void open_row(struct writer *writer, const struct node *row) {
  const char *wanted = row->header ? "thead" : "tbody";
  struct markup *group = markup_last_element(writer->current);
  if (!group || strcmp(group->name, wanted) != 0)
    group = markup_add_block(writer->current, wanted);
  writer->current = open_element(writer, group, row, NULL);
  writer->column = 0;
}

#define MOST_LINES 100

static void write_lines(struct writer *writer, const struct node *worksheet) {
  const char *wanted = node_attribute(worksheet, "lines");
  int count = wanted ? (int)strtol(wanted, NULL, 10) : 0;
  for (int i = 0; i < count && i < MOST_LINES; i++) {
    struct markup *line = markup_add_block(writer->current, "div");
    markup_set(line, "class", "line");
    markup_set(line, "aria-hidden", "true");
  }
}

/* From so many columns on, a table is stacked on a narrow screen, each cell with the
 * heading of its column beside it; with too many it is nothing that anyone reads so. */
#define WIDE_TABLE 3
#define WIDEST     64

static void note_headings(struct writer *writer, const struct node *table) {
  const struct node *row = table->first;
  while (row && !(row->kind == NODE_ROW && row->header)) row = row->next;
  size_t count = 0;
  for (const struct node *cell = row ? row->first : NULL; cell; cell = cell->next) count++;
  writer->label_count = 0;
  if (count < WIDE_TABLE || count > WIDEST) return;
  struct arena *arena = writer->book->arena;
  writer->labels = arena_alloc_array(arena, count, sizeof *writer->labels);
  for (const struct node *cell = row->first; cell; cell = cell->next)
    writer->labels[writer->label_count++] =
        cell->first && cell->first->first ? node_text(arena, cell->first) : NULL;
}

/* A table stands in a box whose width the style sheet can ask for: in a reading system
 * with columns, the window says nothing of the width of a page. */
static void open_table(struct writer *writer, const struct node *table) {
  struct markup *box = markup_add_block(writer->current, "div");
  markup_set(box, "class", "table");
  writer->current = open_element(writer, box, table, NULL);
  note_headings(writer, table);
  if (writer->label_count) markup_set(writer->current, "class", "wide");
}

/* Its caption, its drawing, then its table. */
static void open_chart(struct writer *writer, const struct node *chart) {
  writer->current = open_element(writer, writer->current, chart, NULL);
  const struct node *first = chart->first;
  if (first && first->kind == NODE_CAPTION) write_caption(writer, first);
  chart_write(writer, chart);
}

static void open_list(struct writer *writer, const struct node *list) {
  writer->current = open_element(writer, writer->current, list, NULL);
  if (list->ordered && list->start != 1)
    markup_set(writer->current, "start", arena_printf(writer->book->arena, "%d", list->start));
}

static void open_item(struct writer *writer, const struct node *item) {
  writer->current = open_element(writer, writer->current, item, NULL);
  if (item->task) markup_set(writer->current, "class", item->ticked ? "task ticked" : "task");
}

/* --- the walk ---------------------------------------------------------------------------- */

/* Opens a block that holds blocks, or writes a block whole. True: it was opened. */
static bool enter(struct writer *writer, const struct node *node) {
  switch (node->kind) {
  case NODE_LIST:
    open_list(writer, node);
    return true;
  case NODE_CHART:
    open_chart(writer, node);
    return true;
  case NODE_ITEM:
    open_item(writer, node);
    return true;
  case NODE_TABLE:
    open_table(writer, node);
    return true;
  case NODE_ROW:
    open_row(writer, node);
    return true;
  case NODE_ENTRY:
    return open_entry(writer, node);
  case NODE_FOOTNOTE:
    open_footnote(writer, node);
    return true;
  case NODE_GLOSSARY:
    writer->current = open_element(writer, writer->current, node, NULL);
    writer->current = markup_add_block(writer->current, "dl");
    return true;
  case NODE_GUIDE:
  case NODE_SECTION:
  case NODE_DIVISION:
  case NODE_FIGURE:
  case NODE_CALLOUT:
  case NODE_SKILLS:
  case NODE_PLAN:
  case NODE_WORKSHEET:
  case NODE_QUOTE:
    writer->current = open_element(writer, writer->current, node, NULL);
    return true;
  case NODE_HEADING:
    write_heading(writer, node);
    return false;
  case NODE_CELL:
    write_cell(writer, node);
    return false;
  case NODE_CAPTION:
    if (node->parent->kind != NODE_CHART || node->previous) write_caption(writer, node);
    return false;
  case NODE_PARAGRAPH:
    write_paragraph(writer, node);
    return false;
  case NODE_CODE_BLOCK:
    write_code(writer, node);
    return false;
  case NODE_QR:
    write_address(writer, node);
    return false;
  case NODE_IMAGE:
    picture_write(writer, writer->current, node);
    return false;
  case NODE_RULE:
  case NODE_PAGE_BREAK:
    open_element(writer, writer->current, node, NULL);
    return false;
  case NODE_TERM: /* with its entry */
  case NODE_VARIANT:
  case NODE_TEXT:
  case NODE_STRONG:
  case NODE_EMPHASIS:
  case NODE_CODE:
  case NODE_LINK:
  case NODE_REFERENCE:
  case NODE_FOOTNOTE_MARK:
  case NODE_FILL_IN:
  case NODE_LINE_BREAK:
  case NODE_SPAN:
  case NODE_KIND_COUNT:
    return false;
  }
  return false;
}

/* A page that begins in a worksheet itself begins with one of its lines. */
static void leave(struct writer *writer, const struct node *node) {
  if (node->kind == NODE_ENTRY && edition_entry_is_paired(node)) return; /* written whole */
  if (node->kind == NODE_CHART) chart_write_source(writer, node);
  if (node->kind == NODE_WORKSHEET) {
    page_list_mark_node(writer->book, writer->current, writer->file, node);
    write_lines(writer, node);
  }
  if (node->kind == NODE_ROW || node->kind == NODE_GLOSSARY || node->kind == NODE_TABLE)
    writer->current = writer->current->parent;
  writer->current = writer->current->parent;
}

static bool holds_blocks(const struct node *node) {
  return !node_is_inline(node) && !node_bears_text(node) && node->kind != NODE_VARIANT &&
         node->kind != NODE_RULE && node->kind != NODE_PAGE_BREAK;
}

/* Blocks that put the markers of pages into their text or among their lines. */
static bool writes_markers(const struct node *node) {
  return (node_bears_text(node) && node->kind != NODE_IMAGE) || node->kind == NODE_WORKSHEET;
}

/* `kept`: blocks that have a likeness are left to piece.c. */
static void write_blocks(struct writer *writer, const struct node *block, bool kept) {
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    if (walk.node->kind == NODE_FOOTNOTE && walk.node != block) {
      if (walk.entering) walk_skip(&walk); /* it stands at the end of the chapter */
      continue;
    }
    if (kept && walk.node->likeness) {
      if (!walk.entering) continue;
      piece_write(writer, walk.node);
      walk_skip(&walk);
      continue;
    }
    if (!walk.entering) {
      if (holds_blocks(walk.node)) leave(writer, walk.node);
      continue;
    }
    if (!writes_markers(walk.node))
      page_list_mark_node(writer->book, writer->current, writer->file, walk.node);
    if (!enter(writer, walk.node)) walk_skip(&walk);
  }
}

void block_write(struct writer *writer, const struct node *block) {
  write_blocks(writer, block, true);
}

void block_write_whole(struct writer *writer, const struct node *block) {
  write_blocks(writer, block, false);
}
