/* Blocks: cmark's tree is walked once, and a stack of frames says where the next
 * block goes. A div is a frame too, opened and closed by tokens that stand side by
 * side in cmark's tree. */
#include "guide/markdown.h"

#include "base/utf8.h"
#include "guide/vocabulary.h"

#include <cmark-gfm-core-extensions.h>
#include <string.h>

/* --- frames ---------------------------------------------------------------------- */

static struct frame *innermost(struct markdown *markdown) {
  return &markdown->frames[markdown->depth];
}

static struct node *here(struct markdown *markdown) {
  return outline_here(&innermost(markdown)->outline);
}

static bool push(struct markdown *markdown, struct node *node, cmark_node *owner,
                 const struct token *token, const char *language) {
  if ((size_t)markdown->depth == limit_of(LIMIT_DEPTH)) {
    if (!markdown->too_deep)
      limit_report(markdown->loading->messages, &node->place, LIMIT_DEPTH, NULL);
    markdown->too_deep = true;
    return false;
  }
  markdown->frames[++markdown->depth] = (struct frame){
      .node = node,
      .outline = outline_start(markdown->arena, node),
      .owner = owner,
      .token = token,
      .language = language,
  };
  return true;
}

/* --- places ------------------------------------------------------------------------ */

static size_t start_of(const struct markdown *markdown, cmark_node *block) {
  return prepared_offset(&markdown->prepared, cmark_node_get_start_line(block),
                         cmark_node_get_start_column(block));
}

static struct place place_of(struct markdown *markdown, cmark_node *block) {
  return prepared_place(&markdown->prepared, start_of(markdown, block), 0);
}

static struct node *block_new(struct markdown *markdown, enum node_kind kind, cmark_node *block) {
  return node_new(markdown->arena, kind, place_of(markdown, block));
}

/* --- divs -------------------------------------------------------------------------- */

static const struct attribute *remove_title(struct node *node) {
  struct attribute **at = &node->attributes;
  while (*at && strcmp((*at)->name, "title") != 0) at = &(*at)->next;
  const struct attribute *title = *at;
  if (title) *at = title->next;
  return title;
}

static void take_title(struct markdown *markdown, struct node *node) {
  const struct attribute *title = remove_title(node);
  if (!title) return;
  struct place place = title->place;
  size_t around = strlen("title=\"\"");
  bool plain = place.length == utf8_count(title->value, strlen(title->value)) + around;
  if (plain) place.column += (uint32_t)strlen("title=\"");
  node_append(node, variants_of_words(markdown, NODE_CAPTION, title->value, NULL, place));
}

static void open_div(struct markdown *markdown, cmark_node *block, struct token *token) {
  enum node_kind kind = token->name ? vocabulary_div(token->name) : NODE_DIVISION;
  struct node *node = node_new(markdown->arena, kind, token->place);
  if (kind == NODE_DIVISION && token->name) {
    vocabulary_check_class(markdown->loading->messages, kind, token->name, &token->place);
    node_set_attribute(markdown->arena, node, "class", token->name, token->place);
  }
  attributes_apply(markdown->loading, node, &token->given);
  const char *language = attributes_language(markdown->loading, &token->given);
  if (kind == NODE_DIVISION && language && variants_may_be(markdown, language))
    node->language = language;
  node_append(here(markdown), node);
  if (push(markdown, node, cmark_node_parent(block), token, language)) take_title(markdown, node);
}

static void pop_div(struct markdown *markdown) {
  struct node *node = innermost(markdown)->node;
  if (node->kind == NODE_PAGE_BREAK && node->first) {
    message_error(markdown->loading->messages, &node->first->place, "page-break-content",
                  "a page break holds nothing");
    node->first = node->last = NULL;
  }
  markdown->depth--;
}

static void close_div(struct markdown *markdown, cmark_node *block, const struct token *token) {
  const struct frame *frame = innermost(markdown);
  if (frame->token && frame->owner == cmark_node_parent(block)) {
    pop_div(markdown);
    return;
  }
  message_error(markdown->loading->messages, &token->place, "unopened-div",
                "these colons close no div");
}

/* A div ends with what holds it, if not before. */
static void close_divs_of(struct markdown *markdown, cmark_node *owner) {
  while (innermost(markdown)->token && innermost(markdown)->owner == owner) {
    message_error(markdown->loading->messages, &innermost(markdown)->token->place, "unclosed-div",
                  "this div is not closed");
    message_hint(markdown->loading->messages, "write ::: on a line of its own where it ends");
    pop_div(markdown);
  }
}

/* --- HTML blocks: our tokens, comments, and what is refused ------------------------- */

static bool is_comment(const char *html) {
  const char *end = strstr(html, "-->");
  return strncmp(html, "<!--", 4) == 0 && end && strspn(end + 3, " \t\n") == strlen(end + 3);
}

static void read_html(struct markdown *markdown, cmark_node *block) {
  const char *literal = cmark_node_get_literal(block);
  size_t length, indent = strspn(literal, " \t");
  struct token *token = NULL;
  if (strncmp(literal + indent, "<!--", 4) == 0) {
    const char *inside = literal + indent + 4;
    token = prepared_token(&markdown->prepared, inside, strlen(inside), &length);
  }
  if (token && token->kind == TOKEN_OPEN) {
    open_div(markdown, block, token);
  } else if (token && token->kind == TOKEN_CLOSE) {
    close_div(markdown, block, token);
  } else if (!is_comment(
                 prepared_restore(&markdown->prepared, markdown->arena, literal + indent))) {
    struct place place = place_of(markdown, block);
    message_error(markdown->loading->messages, &place, "raw-html", "HTML cannot stand in a guide");
    message_hint(markdown->loading->messages,
                 "::: name begins a block of its own, and {…} gives attributes");
  }
}

/* --- headings and paragraphs ---------------------------------------------------------- */

static void read_heading(struct markdown *markdown, cmark_node *block) {
  struct node *heading = block_new(markdown, NODE_HEADING, block);
  struct node *holder = block_new(markdown, NODE_SECTION, block);
  heading->level = cmark_node_get_heading_level(block);
  const char *text = markdown->prepared.text.data;
  size_t start = start_of(markdown, block);
  while (text[start] == '#') start++;
  start += strspn(text + start, " \t");
  inlines_read(markdown, block, heading, start, 0, holder);
  struct node *section = outline_add_heading(&innermost(markdown)->outline, heading);
  section->id = holder->id;
  section->when = holder->when;
  section->when_place = holder->when_place;
  section->attributes = holder->attributes;
}

/* What a caption right here would belong to, or NULL. Where data are to fill it, a chart
 * is empty as yet. */
static struct node *captioned(struct node *parent) {
  struct node *last = parent->last;
  if (parent->kind == NODE_TABLE) return parent;
  if (last && (last->kind == NODE_TABLE || last->kind == NODE_FIGURE)) return last;
  return !last && parent->kind == NODE_CHART ? parent : NULL;
}

/* Behind the picture, above the rows; another language's stands there already. */
static void put_caption(struct node *caption, struct node *owner) {
  struct node *next = owner->kind == NODE_FIGURE ? NULL : owner->first;
  while (next && next->kind == NODE_CAPTION) next = next->next;
  if (next) node_insert_before(next, caption);
  else node_append(owner, caption);
}

static bool starts_caption(const char *text) {
  return text[0] == ':' && text[1] == ' ';
}

static struct node *only_child(const struct node *node) {
  return node->first && !node->first->next ? node->first : NULL;
}

/* The one node of a text, which a span for its language may hold; or NULL where there are more or
 * there is none. */
static struct node *only_inline(const struct node *paragraph) {
  struct node *variant = only_child(paragraph), *only = variant ? only_child(variant) : NULL;
  bool plain = only && only->kind == NODE_SPAN && !only->id && !only->when && !only->attributes;
  return plain ? only_child(only) : only;
}

/* What the picture or link says, or all of the text. */
static const char *own_language(const struct node *node) {
  return node->language ? node->language : node->parent->language;
}

/* A paragraph that is a picture is a figure. */
static void make_figure(struct markdown *markdown, struct node *paragraph, struct node *image) {
  struct node *variant = image->first;
  const char *language = own_language(image);
  const struct attribute *title = remove_title(image);
  variant->language = paragraph->first->language;
  if (language) variants_say(markdown, variant, language);
  image->language = NULL;
  node_unlink(image);
  node_unlink(paragraph->first);
  paragraph->kind = NODE_FIGURE;
  node_append(paragraph, image);
  image->place = paragraph->place;
  if (!title) return;
  node_append(paragraph,
              variants_of_words(markdown, NODE_CAPTION, title->value, language, image->place));
}

/* A paragraph that is a link of class "qr" is a code to scan. */
static void make_qr(struct markdown *markdown, struct node *paragraph, struct node *link) {
  struct node *variant = paragraph->first;
  const char *language = own_language(link);
  const struct given given = {.id = link->id,
                              .id_place = link->place,
                              .when = link->when,
                              .when_place = link->when_place};
  node_unlink(variant->first);
  paragraph->kind = NODE_QR;
  paragraph->target = link->target;
  attributes_apply(markdown->loading, paragraph, &given);
  while (link->first) {
    struct node *child = link->first;
    node_unlink(child);
    node_append(variant, child);
  }
  if (language) variants_say(markdown, variant, language);
}

static void shape_paragraph(struct markdown *markdown, struct node *paragraph) {
  struct node *only = only_inline(paragraph);
  if (only && only->kind == NODE_IMAGE) make_figure(markdown, paragraph, only);
  else if (only && only->kind == NODE_LINK && node_has_class(only, "qr"))
    make_qr(markdown, paragraph, only);
}

static void read_paragraph(struct markdown *markdown, cmark_node *block) {
  struct node *parent = here(markdown);
  struct node *paragraph = block_new(markdown, NODE_PARAGRAPH, block);
  size_t start = start_of(markdown, block);
  struct node *owner = captioned(parent);
  if (owner && starts_caption(markdown->prepared.text.data + start)) {
    if (parent->kind == NODE_CHART) owner = parent;
    paragraph->kind = NODE_CAPTION;
    inlines_read(markdown, block, paragraph, start, 2, owner);
    put_caption(paragraph, owner);
    return;
  }
  bool opens_item = !parent->first && (parent->kind == NODE_ITEM || parent->kind == NODE_ENTRY);
  if (opens_item && parent->kind == NODE_ENTRY) paragraph->kind = NODE_TERM;
  inlines_read(markdown, block, paragraph, start, 0, opens_item ? parent : paragraph);
  if (paragraph->kind == NODE_PARAGRAPH) shape_paragraph(markdown, paragraph);
  node_append(parent, paragraph);
}

static void read_code(struct markdown *markdown, cmark_node *block) {
  struct node *node = block_new(markdown, NODE_CODE_BLOCK, block);
  code_read(markdown, block, node);
  node_append(here(markdown), node);
}

/* --- lists and tables ----------------------------------------------------------------------- */

static struct node *list_new(struct markdown *markdown, cmark_node *block) {
  struct node *list = block_new(markdown, NODE_LIST, block);
  list->ordered = cmark_node_get_list_type(block) == CMARK_ORDERED_LIST;
  if (list->ordered) list->start = cmark_node_get_list_start(block);
  if (!cmark_node_get_list_tight(block)) {
    node_set_attribute(markdown->arena, list, "loose", "yes", list->place);
  }
  return list;
}

static struct node *item_new(struct markdown *markdown, cmark_node *block) {
  bool entry = innermost(markdown)->node->kind == NODE_GLOSSARY;
  struct node *item = block_new(markdown, entry ? NODE_ENTRY : NODE_ITEM, block);
  item->task = strcmp(cmark_node_get_type_string(block), "tasklist") == 0;
  item->ticked = item->task && cmark_gfm_extensions_get_tasklist_item_checked(block);
  return item;
}

/* The alignment that the delimiter row gives this cell's column, or NULL. */
static const char *alignment(cmark_node *cell) {
  int column = 0;
  for (cmark_node *before = cmark_node_previous(cell); before;
       before = cmark_node_previous(before)) {
    column++;
  }
  cmark_node *table = cmark_node_parent(cmark_node_parent(cell));
  const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
  if (column >= cmark_gfm_extensions_get_table_columns(table) || !alignments) return NULL;
  switch (alignments[column]) {
  case 'l':
    return "left";
  case 'c':
    return "center";
  case 'r':
    return "right";
  default:
    return NULL;
  }
}

static void read_cell(struct markdown *markdown, cmark_node *block) {
  struct node *row = here(markdown);
  struct node *cell = block_new(markdown, NODE_CELL, block);
  const char *align = alignment(block);
  if (align) node_set_attribute(markdown->arena, cell, "align", align, cell->place);
  size_t start = start_of(markdown, block);
  start += strspn(markdown->prepared.text.data + start, " \t");
  bool last = !cmark_node_next(block);
  inlines_read(markdown, block, cell, start, 0, last ? row : cell);
  node_append(row, cell);
}

/* The offset of the cell after the last column, or 0: cmark leaves it out. */
static size_t excess_cell(const char *text, size_t at, int columns) {
  if (text[at] == '|') at++;
  for (; text[at] && text[at] != '\n'; at++) {
    if (text[at] == '\\' && text[at + 1]) {
      at++;
    } else if (text[at] == '|' && --columns == 0) {
      size_t next = at + 1 + strspn(text + at + 1, " \t");
      return text[next] && text[next] != '\n' ? next : 0;
    }
  }
  return 0;
}

/* A line of nothing but attributes below a table: to CommonMark it is a row. */
static void check_own_line(struct markdown *markdown, cmark_node *row) {
  const char *text = markdown->prepared.text.data + start_of(markdown, row);
  size_t length = 0, line = strcspn(text, "\n");
  const struct token *token = prepared_token(&markdown->prepared, text, line, &length);
  if (!token || length + strspn(text + length, " \t") < line) return;
  message_error(markdown->loading->messages, &token->place, "stray-attributes",
                "these attributes belong to nothing");
  message_hint(markdown->loading->messages,
               "those of a table stand in the braces of its caption, or of a div around it: ::: table");
}

static void check_cells(struct markdown *markdown, cmark_node *row) {
  const char *text = markdown->prepared.text.data;
  int columns = cmark_gfm_extensions_get_table_columns(cmark_node_parent(row));
  size_t excess = excess_cell(text, start_of(markdown, row), columns);
  if (excess == 0 || strncmp(text + excess, TOKEN_START, strlen(TOKEN_START)) == 0) return;
  struct place place = prepared_place(&markdown->prepared, excess, 0);
  message_error(markdown->loading->messages, &place, "too-many-cells",
                "this cell has no column: the head of the table has %d", columns);
}

static void check_row(struct markdown *markdown, cmark_node *row) {
  check_cells(markdown, row);
  check_own_line(markdown, row);
}

/* --- entering and leaving --------------------------------------------------------------------- */

static bool enter_container(struct markdown *markdown, cmark_node *block, struct node *node,
                            struct node *parent) {
  if (!push(markdown, node, block, NULL, NULL)) return true;
  if (parent) node_append(parent, node);
  return false;
}

static bool enter_list(struct markdown *markdown, cmark_node *block) {
  struct node *parent = here(markdown);
  if (parent->kind == NODE_GLOSSARY) return enter_container(markdown, block, parent, NULL);
  return enter_container(markdown, block, list_new(markdown, block), parent);
}

/* In a div of that name they are its rows. */
static bool enter_table(struct markdown *markdown, cmark_node *block) {
  struct node *parent = here(markdown);
  bool own = parent->kind == NODE_TABLE && (!parent->last || parent->last->kind == NODE_CAPTION);
  if (own) return enter_container(markdown, block, parent, NULL);
  return enter_container(markdown, block, block_new(markdown, NODE_TABLE, block), parent);
}

static bool enter_extension(struct markdown *markdown, cmark_node *block) {
  const char *type = cmark_node_get_type_string(block);
  struct node *parent = here(markdown);
  if (strcmp(type, "tasklist") == 0) {
    return enter_container(markdown, block, item_new(markdown, block), parent);
  }
  if (strcmp(type, "table") == 0) return enter_table(markdown, block);
  if (strcmp(type, "table_row") == 0 || strcmp(type, "table_header") == 0) {
    struct node *row = block_new(markdown, NODE_ROW, block);
    row->header = strcmp(type, "table_header") == 0;
    if (!row->header) check_row(markdown, block);
    return enter_container(markdown, block, row, parent);
  }
  if (strcmp(type, "table_cell") == 0) read_cell(markdown, block);
  return true;
}

static bool enter_footnote(struct markdown *markdown, cmark_node *block) {
  struct node *footnote = block_new(markdown, NODE_FOOTNOTE, block);
  size_t index = markdown->footnotes_entered++;
  footnote->id = index < markdown->footnote_count ? markdown->footnote_ids[index] : NULL;
  return enter_container(markdown, block, footnote, markdown->footnotes);
}

bool blocks_enter(struct markdown *markdown, cmark_node *block) {
  switch ((int)cmark_node_get_type(block)) {
  case CMARK_NODE_DOCUMENT:
    return false;
  case CMARK_NODE_BLOCK_QUOTE:
    return enter_container(markdown, block, block_new(markdown, NODE_QUOTE, block), here(markdown));
  case CMARK_NODE_LIST:
    return enter_list(markdown, block);
  case CMARK_NODE_ITEM:
    return enter_container(markdown, block, item_new(markdown, block), here(markdown));
  case CMARK_NODE_FOOTNOTE_DEFINITION:
    return enter_footnote(markdown, block);
  case CMARK_NODE_HEADING:
    read_heading(markdown, block);
    return true;
  case CMARK_NODE_PARAGRAPH:
    read_paragraph(markdown, block);
    return true;
  case CMARK_NODE_CODE_BLOCK:
    read_code(markdown, block);
    return true;
  case CMARK_NODE_HTML_BLOCK:
    read_html(markdown, block);
    return true;
  case CMARK_NODE_THEMATIC_BREAK:
    node_append(here(markdown), block_new(markdown, NODE_RULE, block));
    return true;
  default:
    return enter_extension(markdown, block);
  }
}

void blocks_leave(struct markdown *markdown, cmark_node *block) {
  close_divs_of(markdown, block);
  const struct frame *frame = innermost(markdown);
  if (!frame->token && frame->owner == block && markdown->depth > 0) markdown->depth--;
}
