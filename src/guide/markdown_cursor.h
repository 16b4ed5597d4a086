/* Inside guide/: a place in the text that cmark was given, moved along as its
 * inlines are read. cmark's own columns count from the start of a paragraph and go
 * wrong after a quotation mark, an indent or an escaped bar; so each inline is
 * found again in the text, of which cmark is known to have left nothing out. */
#ifndef HANDOUT_GUIDE_MARKDOWN_CURSOR_H
#define HANDOUT_GUIDE_MARKDOWN_CURSOR_H

#include <stdbool.h>
#include <stddef.h>

struct cursor {
  const char *text;
  size_t at;
  size_t limit;
  int quotes; /* block quotes around the paragraph: each has a mark on every line */
};

/* Moves over a literal; offsets[i] is where its byte i stands, offsets[length] the
 * end. Escapes and entities are longer in the text than in the literal. */
void cursor_text(struct cursor *cursor, const char *literal, size_t length, size_t *offsets);
void cursor_skip(struct cursor *cursor, size_t count);
/* Moves over the end of a line, to the first character of the next. */
void cursor_break(struct cursor *cursor);
/* Moves over a code span, with its backticks. */
void cursor_code(struct cursor *cursor);
/* Moves over raw HTML. */
void cursor_html(struct cursor *cursor, const char *literal);
/* Moves over "[", "![" or the "<" of an address that is its own text: then true. */
bool cursor_open_link(struct cursor *cursor);
void cursor_close_link(struct cursor *cursor, bool autolink);
/* Moves over "[^label]"; the label is `*length` bytes at the offset returned. */
size_t cursor_footnote(struct cursor *cursor, size_t *length);

#endif
