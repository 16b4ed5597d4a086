/* Inlines: a table says which element each kind is; links, marks and page markers
 * have their own few lines. The walk keeps the byte of the variant's text that it has
 * come to, because a page may begin in the middle of a word's paragraph: the marker
 * stands exactly there (C6). */
#include "epub/markup.h"
#include "epub/page_list.h"
#include "epub/writer.h"

#include <assert.h>
#include <string.h>

/* Of inlines that hold others, or a text of their own. */
static const char *const elements[NODE_KIND_COUNT] = {
    [NODE_STRONG] = "strong", [NODE_EMPHASIS] = "em",   [NODE_CODE] = "code",
    [NODE_LINK] = "a",        [NODE_REFERENCE] = "a",   [NODE_SPAN] = "span",
};

struct inline_state {
  struct writer *writer;
  struct markup *current;
  bool is_code;  /* a block of code, whose lines are kept */
  size_t offset; /* bytes of the variant's text written */
  const struct marker *markers;
  size_t marker_count;
};

/* Marks the pages that begin at this byte or before it. */
static void mark_pages(struct inline_state *state) {
  while (state->marker_count && state->markers->offset <= state->offset) {
    page_list_mark(state->writer->book, state->current, state->writer->file, state->markers->page);
    state->markers++;
    state->marker_count--;
  }
}

static void write_text(struct inline_state *state, const char *text) {
  size_t length = strlen(text);
  while (length) {
    mark_pages(state);
    size_t piece = length;
    if (state->marker_count && state->markers->offset - state->offset < length)
      piece = state->markers->offset - state->offset;
    markup_add_text(state->current, text, piece);
    text += piece;
    length -= piece;
    state->offset += piece;
  }
}

/* --- links ------------------------------------------------------------------------ */

/* A link's element: a span where its target is not in the book. */
static void open_link(struct inline_state *state, const struct node *node, const char *id) {
  struct writer *writer = state->writer;
  const char *address = id ? book_address(writer->book, id, writer->file) : node->target;
  bool leads = address && !writer->without_links;
  state->current = markup_add(state->current, leads ? "a" : "span");
  if (!leads) return;
  markup_set(state->current, "href", address);
  if (id) markup_set(state->current, "class", "inside");
}

static void write_mark(struct inline_state *state, const struct node *mark) {
  struct writer *writer = state->writer;
  struct note *note = book_note(writer->book, mark->target);
  if (!note || !note->is_placed || writer->without_links) return;
  struct markup *raised = markup_add(state->current, "sup");
  struct markup *link = markup_add(raised, "a");
  markup_set(raised, "id", book_id(writer->book, mark->id));
  markup_set_type(link, "noteref");
  markup_set(link, "role", "doc-noteref");
  markup_set(link, "href", book_address(writer->book, mark->target, writer->file));
  if (!note->is_marked) {
    const char *id = arena_printf(writer->book->arena, "mark.%s", note->footnote->number);
    markup_set(link, "id", id);
    note->is_marked = true;
  }
  const char *number = note->footnote->number ? note->footnote->number : "*";
  markup_add_text(link, number, strlen(number));
}

/* --- the walk --------------------------------------------------------------------------- */

static void open_inline(struct inline_state *state, const struct node *node) {
  bool inside = node->target && node->target[0] == '#';
  if (node->kind == NODE_REFERENCE) open_link(state, node, node->target);
  else if (node->kind == NODE_LINK) open_link(state, node, inside ? node->target + 1 : NULL);
  else state->current = markup_add(state->current, elements[node->kind]);
  if (!state->writer->without_links)
    markup_set(state->current, "id", book_id(state->writer->book, node->id));
  markup_set_language(state->current, node->language);
  if (node->kind == NODE_SPAN) markup_set(state->current, "class", node_attribute(node, "class"));
}

static void add_break(struct inline_state *state, const struct node *node) {
  struct markup *element = markup_add(state->current, "br");
  if (!state->writer->without_links)
    markup_set(element, "id", book_id(state->writer->book, node->id));
}

static void enter(struct inline_state *state, const struct node *node) {
  switch (node->kind) {
  case NODE_TEXT:
    write_text(state, node->text);
    break;
  case NODE_CODE:
    open_inline(state, node);
    write_text(state, node->text);
    break;
  case NODE_FOOTNOTE_MARK:
    write_mark(state, node);
    break;
  case NODE_LINE_BREAK:
    mark_pages(state);
    if (state->is_code) markup_add_text(state->current, "\n", 1);
    else add_break(state, node);
    state->offset++;
    break;
  case NODE_STRONG:
  case NODE_EMPHASIS:
  case NODE_LINK:
  case NODE_REFERENCE:
  case NODE_SPAN:
    open_inline(state, node);
    break;
  case NODE_FILL_IN: /* the edition has filled it in */
  case NODE_VARIANT:
  case NODE_GUIDE:
  case NODE_SECTION:
  case NODE_DIVISION:
  case NODE_LIST:
  case NODE_ITEM:
  case NODE_TABLE:
  case NODE_ROW:
  case NODE_FIGURE:
  case NODE_CHART:
  case NODE_CALLOUT:
  case NODE_FOOTNOTE:
  case NODE_GLOSSARY:
  case NODE_ENTRY:
  case NODE_SKILLS:
  case NODE_PLAN:
  case NODE_WORKSHEET:
  case NODE_QUOTE:
  case NODE_HEADING:
  case NODE_PARAGRAPH:
  case NODE_CELL:
  case NODE_CAPTION:
  case NODE_TERM:
  case NODE_CODE_BLOCK:
  case NODE_QR:
  case NODE_IMAGE:
  case NODE_RULE:
  case NODE_PAGE_BREAK:
  case NODE_KIND_COUNT:
    break;
  }
}

/* A place without words: it is where it stands, not where it is listed. */
static bool is_bare_place(const struct inline_state *state, const struct node *node) {
  return state->writer->without_links && node->kind == NODE_SPAN && !node_text_length(node);
}

void inline_write(struct writer *writer, struct markup *parent, const struct node *variant) {
  struct inline_state state = {.writer = writer, .current = parent};
  state.is_code = variant->parent && variant->parent->kind == NODE_CODE_BLOCK;
  state.markers = page_list_markers(writer->book, variant, &state.marker_count);
  struct walk walk = walk_start(variant);
  while (walk_next(&walk)) {
    if (walk.node == variant || is_bare_place(&state, walk.node)) continue;
    if (walk.entering) enter(&state, walk.node);
    else if (elements[walk.node->kind]) state.current = state.current->parent;
  }
  state.offset = SIZE_MAX;
  mark_pages(&state);
}

void inline_write_variants(struct writer *writer, struct markup *parent, const struct node *block) {
  bool several = block->first && block->first->next;
  for (const struct node *variant = block->first; variant; variant = variant->next) {
    if (variant != block->first) markup_add_text(parent, " ", 1);
    struct markup *node = several ? markup_add(parent, "span") : parent;
    if (several) markup_set(node, "class", variant == block->first ? "first" : "other");
    markup_set_language(node, variant->language);
    inline_write(writer, node, variant);
  }
}

void inline_write_heading(struct writer *writer, struct markup *parent,
                          const struct node *heading) {
  if (heading->number) {
    struct markup *number = markup_add(parent, "span");
    markup_set(number, "class", "number");
    markup_add_text(number, heading->number, strlen(heading->number));
    markup_add_text(parent, " ", 1);
  }
  inline_write_variants(writer, parent, heading);
}
