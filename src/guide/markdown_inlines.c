/* The inlines of one block: cmark's events become our nodes. Tokens become fill-ins
 * and attributes; brackets before attributes become spans; a line break in the
 * source becomes a space or nothing (A16). */
#include "guide/markdown.h"

#include "base/utf8.h"
#include "guide/markdown_cursor.h"

#include <stdlib.h>
#include <string.h>

/* Emphasis in emphasis in emphasis: deeper, the marks are dropped. */
#define DEEPEST_INLINE 32

struct inline_reading {
  struct markdown *markdown;
  struct cursor cursor;
  struct node *variant;
  struct node *here;
  int depth;
  size_t skip;          /* bytes of the first text */
  bool spans;           /* the block holds attributes, so brackets count */
  struct node **opened; /* texts "[" that nothing has closed */
  size_t opened_count, opened_capacity;
  struct token *pending; /* attributes that may close the block */
  size_t *offsets;       /* of the text being read */
  size_t offset_capacity;
  bool autolink;
};

/* --- places and nodes ------------------------------------------------------------- */

static struct place place_at(struct inline_reading *reading, size_t start, size_t end) {
  return prepared_place(&reading->markdown->prepared, start, end > start ? end - start : 0);
}

static void report_stray(struct inline_reading *reading, const struct token *token) {
  struct messages *messages = reading->markdown->loading->messages;
  message_error(messages, &token->place, "stray-attributes", "these attributes belong to nothing");
  size_t length;
  const char *line = source_line(token->place.source, token->place.line, &length);
  if (length > 2 && memcmp(line, "::", 2) == 0)
    message_hint(messages, "a div opens and closes with three colons: :::");
  else
    message_hint(messages, "attributes follow [text], a link or code, or close a heading, a "
                           "paragraph, a list item, a cell or a caption; \\{ is a plain brace");
}

/* Whatever comes after attributes shows that they did not close the block. */
static void settle_pending(struct inline_reading *reading) {
  if (!reading->pending) return;
  report_stray(reading, reading->pending);
  reading->pending = NULL;
}

static struct node *put(struct inline_reading *reading, enum node_kind kind, size_t start,
                        size_t end) {
  settle_pending(reading);
  struct node *node = node_new(reading->markdown->arena, kind, place_at(reading, start, end));
  node_append(reading->here, node);
  return node;
}

static bool is_blank_text(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (text[i] != ' ' && text[i] != '\t') return false;
  }
  return true;
}

/* A line that "&#10;" breaks is broken by white space as others are. */
static const char *on_one_line(char *text) {
  for (char *c = text; (c = strpbrk(c, "\r\n")); c++) *c = ' ';
  return text;
}

static struct node *put_text(struct inline_reading *reading, const char *text, size_t length,
                             size_t start, size_t end) {
  if (length == 0 || (reading->pending && is_blank_text(text, length))) return NULL;
  struct node *node = put(reading, NODE_TEXT, start, end);
  node->text = on_one_line(script_normalise(reading->markdown->arena, text, length));
  return node;
}

/* --- spans ---------------------------------------------------------------------------- */

static void open_bracket(struct inline_reading *reading, size_t offset) {
  struct node *node = put_text(reading, "[", 1, offset, offset + 1);
  reading->opened = array_reserve(reading->opened, reading->opened_count, &reading->opened_capacity,
                                  sizeof(struct node *));
  reading->opened[reading->opened_count++] = node;
}

/* The innermost open bracket, if it stands beside what closes it now. */
static struct node *take_bracket(struct inline_reading *reading) {
  if (reading->opened_count == 0) return NULL;
  struct node *node = reading->opened[reading->opened_count - 1];
  if (node->parent != reading->here) return NULL;
  reading->opened_count--;
  return node;
}

static void give(struct inline_reading *reading, struct node *node, const struct given *given) {
  attributes_apply(reading->markdown->loading, node, given);
  const char *language = attributes_language(reading->markdown->loading, given);
  if (language) node->language = language;
}

static void make_span(struct inline_reading *reading, struct node *bracket, struct token *token) {
  struct node *span = node_new(reading->markdown->arena, NODE_SPAN, bracket->place);
  while (bracket->next) {
    struct node *child = bracket->next;
    node_unlink(child);
    node_append(span, child);
  }
  node_append(reading->here, span);
  node_unlink(bracket);
  give(reading, span, &token->given);
}

static bool bears_attributes(const struct node *node) {
  return node && (node->kind == NODE_LINK || node->kind == NODE_REFERENCE ||
                  node->kind == NODE_IMAGE || node->kind == NODE_CODE);
}

static void take_attributes(struct inline_reading *reading, struct token *token, bool touching) {
  token->used = true;
  if (touching && bears_attributes(reading->here->last)) {
    give(reading, reading->here->last, &token->given);
    return;
  }
  settle_pending(reading);
  if (reading->here == reading->variant) reading->pending = token;
  else report_stray(reading, token);
}

static void put_fill_in(struct inline_reading *reading, struct token *token, size_t offset) {
  token->used = true;
  struct node *node = put(reading, NODE_FILL_IN, offset, offset);
  node->text = token->expression;
  node->place = token->place;
}

/* --- text ------------------------------------------------------------------------------ */

/* A piece of a literal that cmark gave: its bytes, and where each stands. */
struct piece {
  const char *text;
  size_t length;
  const size_t *offsets;
};

static void put_piece(struct inline_reading *reading, const struct piece *piece, size_t from,
                      size_t to) {
  put_text(reading, piece->text + from, to - from, piece->offsets[from], piece->offsets[to]);
}

static bool is_bare(const struct inline_reading *reading, const struct piece *piece, size_t i) {
  return reading->cursor.text[piece->offsets[i]] == piece->text[i];
}

/* "]" and attributes behind it close a span; "]" alone closes a bracket. The bytes
 * after the bracket that were taken. */
static size_t close_bracket(struct inline_reading *reading, const struct piece *piece, size_t i) {
  size_t length = 0;
  struct token *token = prepared_token(&reading->markdown->prepared, piece->text + i + 1,
                                       piece->length - i - 1, &length);
  struct node *bracket = take_bracket(reading);
  if (bracket && token && token->kind == TOKEN_ATTRIBUTES) {
    token->used = true;
    make_span(reading, bracket, token);
    return length;
  }
  put_piece(reading, piece, i, i + 1);
  return 0;
}

/* What stands at byte i, if it is not plain text: the bytes taken, or 0. */
static size_t put_special(struct inline_reading *reading, const struct piece *piece, size_t from,
                          size_t i) {
  char c = piece->text[i];
  bool bracket = reading->spans && (c == '[' || c == ']') && is_bare(reading, piece, i);
  size_t length = 0;
  struct token *token = c != *TOKEN_START
                            ? NULL
                            : prepared_token(&reading->markdown->prepared, piece->text + i,
                                             piece->length - i, &length);
  if (!bracket && !token) return 0;
  put_piece(reading, piece, from, i);
  if (token && token->kind == TOKEN_FILL_IN) put_fill_in(reading, token, piece->offsets[i]);
  else if (token) take_attributes(reading, token, i == 0);
  else if (c == '[') open_bracket(reading, piece->offsets[i]);
  else return 1 + close_bracket(reading, piece, i);
  return token ? length : 1;
}

/* Where the literal has a footnote's mark in which a line ends, of which cmark-gfm loses a part,
 * maybe half a character; or its end. */
static size_t find_broken_mark(const char *literal) {
  size_t length = strlen(literal);
  const char *mark = strstr(literal, "[^");
  bool broken = mark && (strchr(mark, '\n') || utf8_valid_prefix(literal, length) < length);
  return broken ? (size_t)(mark - literal) : length;
}

static void report_broken_mark(struct inline_reading *reading) {
  struct place place = place_at(reading, reading->cursor.at, reading->cursor.at + 2);
  message_error(reading->markdown->loading->messages, &place, "dead-reference",
                "a line ends in this footnote's mark");
  message_hint(reading->markdown->loading->messages, "write [^name] on one line");
}

static void read_text(struct inline_reading *reading, const char *literal) {
  size_t length = find_broken_mark(literal);
  if (length + 1 > reading->offset_capacity) {
    reading->offset_capacity = 2 * (length + 1);
    reading->offsets =
        memory_grow(reading->offsets, reading->offset_capacity * sizeof *reading->offsets);
  }
  cursor_text(&reading->cursor, literal, length, reading->offsets);
  struct piece piece = {literal, length, reading->offsets};
  size_t from = reading->skip < length ? reading->skip : length;
  reading->skip = 0;
  for (size_t i = from; i < length;) {
    size_t taken = put_special(reading, &piece, from, i);
    i += taken ? taken : 1;
    if (taken) from = i;
  }
  if (from < length) put_piece(reading, &piece, from, length);
  if (literal[length]) report_broken_mark(reading);
}

/* --- line breaks -------------------------------------------------------------------------- */

/* The literal that comes after a line break, or NULL where it is no text. */
static const char *next_literal(cmark_node *node) {
  node = cmark_node_next(node);
  while (node && cmark_node_first_child(node)) node = cmark_node_first_child(node);
  if (!node) return NULL;
  cmark_node_type type = cmark_node_get_type(node);
  return type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE ? cmark_node_get_literal(node) : NULL;
}

/* The text right before, of whatever the last node holds. */
static const struct node *last_text(const struct node *here) {
  const struct node *node = here->last;
  while (node && node->last) node = node->last;
  return node && node->text && node->kind != NODE_FILL_IN ? node : NULL;
}

/* What is filled in is not known yet; then the side that is known decides. */
static bool break_is_space(const struct inline_reading *reading, cmark_node *node) {
  const struct node *last = last_text(reading->here);
  const char *before = last ? last->text : NULL;
  const char *after = next_literal(node);
  if (after && strncmp(after, TOKEN_START, sizeof TOKEN_START - 1) == 0) after = NULL;
  if (!before && !after) return true;
  if (!before) before = after;
  if (!after) after = before;
  return script_needs_space(before, strlen(before), after, strlen(after));
}

static void read_soft_break(struct inline_reading *reading, cmark_node *node) {
  bool space = break_is_space(reading, node);
  size_t start = reading->cursor.at;
  cursor_break(&reading->cursor);
  if (!space || reading->pending) return;
  struct node *last = reading->here->last;
  if (last && last->kind == NODE_TEXT) {
    last->text = arena_printf(reading->markdown->arena, "%s ", last->text);
  } else {
    put_text(reading, " ", 1, start, start + 1);
  }
}

/* --- the other inlines ---------------------------------------------------------------------- */

static void read_code(struct inline_reading *reading, cmark_node *node) {
  size_t start = reading->cursor.at;
  cursor_code(&reading->cursor);
  struct node *code = put(reading, NODE_CODE, start, reading->cursor.at);
  code->text = prepared_restore(&reading->markdown->prepared, reading->markdown->arena,
                                cmark_node_get_literal(node));
}

static bool is_line_break_tag(const char *html) {
  return strncmp(html, "<br", 3) == 0 && strspn(html + 3, " /") + 4 == strlen(html) &&
         html[strlen(html) - 1] == '>';
}

static void read_html(struct inline_reading *reading, const char *literal) {
  size_t start = reading->cursor.at;
  cursor_html(&reading->cursor, literal);
  const char *html =
      prepared_restore(&reading->markdown->prepared, reading->markdown->arena, literal);
  if (strncmp(html, "<!--", 4) == 0 || strncmp(html, "</", 2) == 0) return;
  if (is_line_break_tag(html)) {
    put(reading, NODE_LINE_BREAK, start, reading->cursor.at);
    return;
  }
  struct place place = place_at(reading, start, reading->cursor.at);
  message_error(reading->markdown->loading->messages, &place, "raw-html",
                "HTML cannot stand in a guide");
  message_hint(reading->markdown->loading->messages, "\\< is a plain less-than sign");
}

static void read_footnote(struct inline_reading *reading, cmark_node *node) {
  size_t start = reading->cursor.at, length;
  size_t label = cursor_footnote(&reading->cursor, &length);
  struct node *mark = put(reading, NODE_FOOTNOTE_MARK, start, reading->cursor.at);
  mark->target =
      markdown_footnote_id(reading->markdown->arena, reading->cursor.text + label, length);
  markdown_note_footnote(reading->markdown, cmark_node_get_literal(node), mark->target);
}

static const char *target_of(struct inline_reading *reading, cmark_node *node,
                             const struct node *link) {
  const char *url = cmark_node_get_url(node);
  if (strstr(url, TOKEN_START)) {
    message_error(reading->markdown->loading->messages, &link->place, "fill-in-in-address",
                  "an address cannot hold a fill-in");
  }
  return prepared_restore(&reading->markdown->prepared, reading->markdown->arena, url);
}

static void enter_container(struct inline_reading *reading, cmark_node *node, enum node_kind kind,
                            size_t marks) {
  size_t start = reading->cursor.at;
  if (marks) cursor_skip(&reading->cursor, marks);
  else reading->autolink = cursor_open_link(&reading->cursor);
  if (++reading->depth > DEEPEST_INLINE) return;
  struct node *made = put(reading, kind, start, reading->cursor.at);
  if (!marks) made->target = target_of(reading, node, made);
  reading->here = made;
  if (kind != NODE_IMAGE) return;
  const char *title = cmark_node_get_title(node);
  if (title && *title) {
    const char *text =
        prepared_restore(&reading->markdown->prepared, reading->markdown->arena, title);
    node_set_attribute(reading->markdown->arena, made, "title", text, made->place);
  }
  reading->here = node_new(reading->markdown->arena, NODE_VARIANT, made->place);
  node_append(made, reading->here);
}

/* "[](#id)" is a reference: the edition writes its text. */
static void finish_link(struct node *link) {
  if (link->kind != NODE_LINK || link->first || link->target[0] != '#') return;
  link->kind = NODE_REFERENCE;
  link->target++;
}

static void leave_container(struct inline_reading *reading, size_t marks) {
  if (marks) cursor_skip(&reading->cursor, marks);
  else cursor_close_link(&reading->cursor, reading->autolink);
  if (!marks) reading->autolink = false;
  if (reading->depth-- > DEEPEST_INLINE) return;
  struct node *made = reading->here;
  while (reading->opened_count && reading->opened[reading->opened_count - 1]->parent == made) {
    reading->opened_count--;
  }
  if (made->parent->kind == NODE_IMAGE) made = made->parent;
  finish_link(made);
  reading->here = made->parent;
}

static void enter_inline(struct inline_reading *reading, cmark_node *node) {
  switch ((int)cmark_node_get_type(node)) {
  case CMARK_NODE_TEXT:
    read_text(reading, cmark_node_get_literal(node));
    break;
  case CMARK_NODE_SOFTBREAK:
    read_soft_break(reading, node);
    break;
  case CMARK_NODE_LINEBREAK: {
    size_t start = reading->cursor.at;
    cursor_break(&reading->cursor);
    put(reading, NODE_LINE_BREAK, start, start);
    break;
  }
  case CMARK_NODE_CODE:
    read_code(reading, node);
    break;
  case CMARK_NODE_HTML_INLINE:
    read_html(reading, cmark_node_get_literal(node));
    break;
  case CMARK_NODE_FOOTNOTE_REFERENCE:
    read_footnote(reading, node);
    break;
  case CMARK_NODE_EMPH:
    enter_container(reading, node, NODE_EMPHASIS, 1);
    break;
  case CMARK_NODE_STRONG:
    enter_container(reading, node, NODE_STRONG, 2);
    break;
  case CMARK_NODE_LINK:
    enter_container(reading, node, NODE_LINK, 0);
    break;
  case CMARK_NODE_IMAGE:
    enter_container(reading, node, NODE_IMAGE, 0);
    break;
  }
}

static void leave_inline(struct inline_reading *reading, cmark_node *node) {
  cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_EMPH) leave_container(reading, 1);
  else if (type == CMARK_NODE_STRONG) leave_container(reading, 2);
  else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) leave_container(reading, 0);
}

/* --- the block -------------------------------------------------------------------------------- */

static void trim_end(struct markdown *markdown, struct node *variant) {
  struct node *last = variant->last;
  if (!last || last->kind != NODE_TEXT) return;
  size_t length = strlen(last->text);
  while (length > 0 && (last->text[length - 1] == ' ' || last->text[length - 1] == '\t')) length--;
  if (length == 0) node_unlink(last);
  else last->text = arena_strndup(markdown->arena, last->text, length);
}

/* Ideographic spaces that indent a paragraph: the theme does that. */
static void trim_start(struct node *variant) {
  struct node *first = variant->first;
  if (!first || first->kind != NODE_TEXT) return;
  while (strncmp(first->text, "\xE3\x80\x80", 3) == 0) first->text += 3;
  if (!*first->text) node_unlink(first);
}

static int count_quotes(cmark_node *node) {
  int count = 0;
  for (node = cmark_node_parent(node); node; node = cmark_node_parent(node)) {
    count += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
  }
  return count;
}

void inlines_read(struct markdown *markdown, cmark_node *block, struct node *node, size_t start,
                  size_t skip, struct node *bearer) {
  const struct buffer *text = &markdown->prepared.text;
  struct inline_reading reading = {
      .markdown = markdown,
      .cursor = {text->data, start, text->length, count_quotes(block)},
      .skip = skip,
      .spans = markdown->attribute_count > 0,
  };
  reading.variant = reading.here = node_new(markdown->arena, NODE_VARIANT, node->place);
  cmark_iter *iterator = cmark_iter_new(block);
  cmark_event_type event;
  while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
    cmark_node *inner = cmark_iter_get_node(iterator);
    if (inner == block) continue;
    if (event == CMARK_EVENT_ENTER) enter_inline(&reading, inner);
    else leave_inline(&reading, inner);
  }
  cmark_iter_free(iterator);
  trim_start(reading.variant);
  const char *language = NULL;
  if (reading.pending) {
    const struct given *given = &reading.pending->given;
    trim_end(markdown, reading.variant);
    bool alone = !reading.variant->first && bearer->kind == NODE_PARAGRAPH;
    if (alone) report_stray(&reading, reading.pending); /* on a line of their own */
    attributes_apply(markdown->loading, bearer, given);
    language = attributes_language(markdown->loading, given);
  }
  if (reading.spans) variants_join_texts(markdown, reading.variant);
  variants_add(markdown, node, reading.variant, language);
  free(reading.opened);
  free(reading.offsets);
}
