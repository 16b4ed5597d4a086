/* From cmark's text back to the author's: offsets, places and tokens. */
#include "guide/markdown.h"

#include <stdlib.h>
#include <string.h>

/* --- offsets ---------------------------------------------------------------------- */

size_t prepared_offset(const struct prepared *prepared, int line, int column) {
  size_t index = line > 0 ? (size_t)line - 1 : 0;
  if (index >= prepared->line_count) return prepared->text.length;
  size_t offset = prepared->line_starts[index] + (column > 0 ? (size_t)column - 1 : 0);
  return offset < prepared->text.length ? offset : prepared->text.length;
}

size_t prepared_source_offset(const struct prepared *prepared, size_t in_text) {
  size_t low = 0, high = prepared->pair_count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (prepared->pairs[middle].in_text <= in_text) low = middle;
    else high = middle;
  }
  const struct offset_pair *pair = &prepared->pairs[low];
  size_t offset = pair->in_source + (in_text - pair->in_text);
  bool last = low + 1 == prepared->pair_count;
  size_t limit = last ? prepared->source->length : prepared->pairs[low + 1].in_source;
  return offset < limit || last ? offset : limit;
}

struct place prepared_place(struct prepared *prepared, size_t in_text, size_t length) {
  size_t start = prepared_source_offset(prepared, in_text);
  size_t end = prepared_source_offset(prepared, in_text + length);
  return source_place(prepared->source, start, end > start ? end - start : 0);
}

/* --- tokens ------------------------------------------------------------------------- */

#define MARK_SIZE (sizeof TOKEN_START - 1)

struct token *prepared_token(const struct prepared *prepared, const char *text, size_t left,
                             size_t *length) {
  if (left < 2 * MARK_SIZE + 1 || memcmp(text, TOKEN_START, MARK_SIZE) != 0) return NULL;
  size_t index = 0, at = MARK_SIZE;
  while (at < left && text[at] >= '0' && text[at] <= '9') {
    index = index * 10 + (size_t)(text[at++] - '0');
  }
  *length = at + MARK_SIZE;
  return index < prepared->token_count ? &prepared->tokens[index] : NULL;
}

static void append_original(struct prepared *prepared, struct buffer *out,
                            const struct token *token) {
  buffer_append(out, prepared->source->text + token->start, token->length);
}

/* A div's token stands in a comment, which goes with it. */
static const char *restore_div(struct prepared *prepared, struct buffer *out, const char *text,
                               const char *end) {
  static const char open[] = "<!--" TOKEN_START;
  if ((size_t)(end - text) < sizeof open - 1 || memcmp(text, open, sizeof open - 1) != 0) {
    return NULL;
  }
  size_t length;
  struct token *token = prepared_token(prepared, text + 4, (size_t)(end - text) - 4, &length);
  if (!token) return NULL;
  append_original(prepared, out, token);
  token->used = true;
  return text + 4 + length + 3;
}

const char *prepared_restore(struct prepared *prepared, struct arena *arena, const char *literal) {
  if (!strstr(literal, TOKEN_START)) return script_normalise(arena, literal, strlen(literal));
  struct buffer out = {0};
  const char *end = literal + strlen(literal);
  for (const char *text = literal; text < end;) {
    const char *after = restore_div(prepared, &out, text, end);
    size_t length = 0;
    struct token *token =
        after ? NULL : prepared_token(prepared, text, (size_t)(end - text), &length);
    if (token) {
      append_original(prepared, &out, token);
      token->used = true;
      after = text + length;
    } else if (!after) {
      buffer_append_byte(&out, *text);
      after = text + 1;
    }
    text = after;
  }
  const char *restored = script_normalise(arena, out.data, out.length);
  buffer_finish(&out);
  return restored;
}
