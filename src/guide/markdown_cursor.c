/* Each function mirrors what CommonMark says of one inline. Where the text does not
 * hold what is expected, the cursor looks for it a little way ahead and otherwise
 * stays: then a place is the last one known, never one from elsewhere. */
#include "guide/markdown_cursor.h"

#include <cmark-gfm/houdini.h>
#include <string.h>

/* How far ahead a literal is looked for, and by how much of its start. */
#define SEARCH_WINDOW 2048
#define SEARCH_KEY    24
/* The longest entity that HTML knows, with room. */
#define LONGEST_ENTITY 48

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static bool is_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

static char peek(const struct cursor *cursor) {
  return cursor->at < cursor->limit ? cursor->text[cursor->at] : '\0';
}

void cursor_skip(struct cursor *cursor, size_t count) {
  size_t left = cursor->limit - cursor->at;
  cursor->at += count < left ? count : left;
}

/* --- text ------------------------------------------------------------------------- */

/* The bytes of an entity at the cursor whose text the literal starts with; 0 where
 * there is none. `*decoded` is the length of that text. */
static size_t entity_at(const struct cursor *cursor, const char *literal, size_t left,
                        size_t *decoded) {
  size_t window = cursor->limit - cursor->at;
  if (window > LONGEST_ENTITY) window = LONGEST_ENTITY;
  cmark_mem *memory = cmark_get_default_mem_allocator();
  cmark_strbuf out;
  cmark_strbuf_init(memory, &out, 0);
  const uint8_t *after = (const uint8_t *)cursor->text + cursor->at + 1;
  bufsize_t taken = houdini_unescape_ent(&out, after, (bufsize_t)window - 1);
  *decoded = (size_t)out.size;
  bool same = taken > 0 && *decoded <= left && memcmp(out.ptr, literal, *decoded) == 0;
  cmark_strbuf_free(&out);
  return same ? (size_t)taken + 1 : 0;
}

/* Moves over what became the first bytes of the literal: how many of them, or 0. */
static size_t match(struct cursor *cursor, const char *literal, size_t left) {
  char c = peek(cursor);
  if (c == '\\' && cursor->at + 1 < cursor->limit && literal[0] == cursor->text[cursor->at + 1] &&
      is_punctuation(literal[0])) {
    cursor->at += 2;
    return 1;
  }
  size_t decoded = 0;
  size_t entity = c == '&' ? entity_at(cursor, literal, left, &decoded) : 0;
  if (entity) {
    cursor->at += entity;
    return decoded;
  }
  if (cursor->at >= cursor->limit || c != literal[0]) return 0;
  cursor->at++;
  return 1;
}

static bool search(struct cursor *cursor, const char *literal, size_t length) {
  size_t key = length < SEARCH_KEY ? length : SEARCH_KEY;
  size_t window = cursor->limit - cursor->at;
  if (window > SEARCH_WINDOW) window = SEARCH_WINDOW;
  for (size_t i = 0; key > 0 && i + key <= window; i++) {
    if (memcmp(cursor->text + cursor->at + i, literal, key) != 0) continue;
    cursor->at += i;
    return true;
  }
  return false;
}

void cursor_text(struct cursor *cursor, const char *literal, size_t length, size_t *offsets) {
  bool lost = false;
  for (size_t i = 0; i < length;) {
    size_t before = cursor->at;
    size_t count = lost ? 0 : match(cursor, literal + i, length - i);
    if (count == 0 && !lost) {
      lost = !search(cursor, literal + i, length - i);
      before = cursor->at;
      if (!lost) count = match(cursor, literal + i, length - i);
    }
    if (count == 0) count = 1;
    for (size_t k = 0; k < count; k++) offsets[i + k] = before;
    i += count;
  }
  offsets[length] = cursor->at;
}

/* --- lines ------------------------------------------------------------------------- */

void cursor_break(struct cursor *cursor) {
  const char *newline = memchr(cursor->text + cursor->at, '\n', cursor->limit - cursor->at);
  if (!newline) return;
  cursor->at = (size_t)(newline - cursor->text) + 1;
  int marks = cursor->quotes;
  while (is_blank(peek(cursor)) || (peek(cursor) == '>' && marks > 0)) {
    if (peek(cursor) == '>') marks--;
    cursor->at++;
  }
}

/* --- code and HTML ------------------------------------------------------------------- */

static size_t run_length(const struct cursor *cursor, size_t at, char c) {
  size_t length = 0;
  while (at + length < cursor->limit && cursor->text[at + length] == c) length++;
  return length;
}

void cursor_code(struct cursor *cursor) {
  size_t ticks = run_length(cursor, cursor->at, '`');
  if (ticks == 0) return;
  for (size_t at = cursor->at + ticks; at < cursor->limit;) {
    size_t run = run_length(cursor, at, '`');
    at += run ? run : 1;
    if (run != ticks) continue;
    cursor->at = at;
    return;
  }
}

void cursor_html(struct cursor *cursor, const char *literal) {
  for (; *literal; literal++) {
    if (*literal == '\n') cursor_break(cursor);
    else if (peek(cursor) == *literal) cursor->at++;
  }
}

/* --- links ---------------------------------------------------------------------------- */

bool cursor_open_link(struct cursor *cursor) {
  bool autolink = peek(cursor) == '<';
  if (peek(cursor) == '!') cursor->at++;
  if (autolink || peek(cursor) == '[') cursor->at++;
  return autolink;
}

static size_t skip_white(const struct cursor *cursor, size_t at) {
  while (at < cursor->limit && (is_blank(cursor->text[at]) || cursor->text[at] == '\n')) at++;
  return at;
}

/* The offset after the first of `close` that no backslash escapes, or 0. */
static size_t after_closing(const struct cursor *cursor, size_t at, char close) {
  for (; at < cursor->limit; at++) {
    if (cursor->text[at] == '\\') at++;
    else if (cursor->text[at] == close) return at + 1;
  }
  return 0;
}

static size_t after_destination(const struct cursor *cursor, size_t at) {
  if (at < cursor->limit && cursor->text[at] == '<') return after_closing(cursor, at + 1, '>');
  for (int depth = 0; at < cursor->limit; at++) {
    char c = cursor->text[at];
    if (c == '\\') {
      at++;
      continue;
    }
    if (is_blank(c) || c == '\n' || (c == ')' && depth == 0)) return at;
    if (c == '(') depth++;
    if (c == ')') depth--;
  }
  return 0;
}

/* After "(destination "title")", or 0 where this is no such thing. */
static size_t after_target(const struct cursor *cursor, size_t at) {
  at = after_destination(cursor, skip_white(cursor, at + 1));
  if (at == 0) return 0;
  at = skip_white(cursor, at);
  if (at >= cursor->limit) return 0;
  char c = cursor->text[at];
  if (c == '"' || c == '\'' || c == '(') {
    at = after_closing(cursor, at + 1, (char)(c == '(' ? ')' : c));
    if (at == 0) return 0;
    at = skip_white(cursor, at);
  }
  return at < cursor->limit && cursor->text[at] == ')' ? at + 1 : 0;
}

void cursor_close_link(struct cursor *cursor, bool autolink) {
  if (autolink) {
    if (peek(cursor) == '>') cursor->at++;
    return;
  }
  if (peek(cursor) != ']') {
    size_t close = after_closing(cursor, cursor->at, ']');
    if (close == 0) return;
    cursor->at = close - 1;
  }
  cursor->at++;
  size_t after = 0;
  if (peek(cursor) == '(') after = after_target(cursor, cursor->at);
  if (after == 0 && peek(cursor) == '[') after = after_closing(cursor, cursor->at + 1, ']');
  if (after) cursor->at = after;
}

size_t cursor_footnote(struct cursor *cursor, size_t *length) {
  size_t close = after_closing(cursor, cursor->at, ']');
  size_t start = cursor->at + 2;
  *length = close > start ? close - 1 - start : 0;
  if (close) cursor->at = close;
  return start;
}
