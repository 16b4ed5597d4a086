/* Which language a block is in. A file of one language says so by its name; in a
 * file of several, a div says so, or spans do, or the script. */
#include "guide/markdown.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <string.h>

/* guide.en.md is all in English, and where the guide lists its languages there are no others. */
bool variants_may_be(const struct markdown *markdown, const char *language) {
  const struct guide *guide = markdown->loading->guide;
  if (markdown->language) return strcmp(language, markdown->language) == 0;
  return !guide->language_count ||
         language_is_among(language, guide->languages, guide->language_count);
}

static const char *language_of_div(const struct markdown *markdown) {
  for (int i = markdown->depth; i >= 0; i--) {
    if (markdown->frames[i].language) return markdown->frames[i].language;
  }
  return NULL;
}

static bool is_blank_text(const struct node *node) {
  return node->kind == NODE_TEXT && strspn(node->text, " \t") == strlen(node->text);
}

static bool is_language_span(const struct markdown *markdown, const struct node *node) {
  return node->kind == NODE_SPAN && node->language && variants_may_be(markdown, node->language) &&
         !node->when && !node->id && !node->attributes;
}

/* True where the text is nothing but spans that say their language. */
static bool is_all_spans(const struct markdown *markdown, const struct node *variant) {
  size_t spans = 0;
  for (const struct node *node = variant->first; node; node = node->next) {
    if (is_language_span(markdown, node)) spans++;
    else if (!is_blank_text(node) && node->kind != NODE_LINE_BREAK) return false;
  }
  return spans > 0;
}

/* The span turns into the variant; a language that comes twice is one variant. */
static void add_span(struct node *block, struct node *span) {
  struct node *variant = node_variant(block, span->language);
  node_unlink(span);
  if (!variant) {
    span->kind = NODE_VARIANT;
    node_append(block, span);
    return;
  }
  while (span->first) {
    struct node *child = span->first;
    node_unlink(child);
    node_append(variant, child);
  }
}

static void split(const struct markdown *markdown, struct node *block, struct node *variant) {
  for (struct node *node = variant->first, *next; node; node = next) {
    next = node->next;
    if (is_language_span(markdown, node)) add_span(block, node);
  }
}

void variants_say(struct markdown *markdown, struct node *variant, const char *language) {
  if (variants_may_be(markdown, language)) {
    variant->language = language;
    return;
  }
  struct node *span = node_new(markdown->arena, NODE_SPAN, variant->place);
  span->language = language;
  while (variant->first) {
    struct node *child = variant->first;
    node_unlink(child);
    node_append(span, child);
  }
  if (span->first) node_append(variant, span);
}

void variants_add(struct markdown *markdown, struct node *block, struct node *variant,
                  const char *language) {
  if (!language) language = language_of_div(markdown);
  variant->language = markdown->language; /* or NULL, until all of the file is read */
  if (language) variants_say(markdown, variant, language);
  if (!variant->language && is_all_spans(markdown, variant)) split(markdown, block, variant);
  else if (variant->language || variant->first) node_append(block, variant);
}

/* `from` code points after the start of the words. */
static struct node *add_inline(struct markdown *markdown, struct node *variant, enum node_kind kind,
                               const char *text, size_t length, size_t from) {
  struct node *node = node_new(markdown->arena, kind, variant->place);
  node->place.column += (uint32_t)from;
  node->place.length = (uint32_t)utf8_count(text, length);
  node->text = script_normalise(markdown->arena, text, length);
  node_append(variant, node);
  return node;
}

struct node *variants_of_words(struct markdown *markdown, enum node_kind kind, const char *words,
                               const char *language, struct place place) {
  const char *text = words;
  struct node *block = node_new(markdown->arena, kind, place);
  struct node *variant = node_new(markdown->arena, NODE_VARIANT, place);
  for (;;) {
    const char *open = strstr(text, "{{");
    const char *close = open ? strstr(open, "}}") : NULL;
    size_t length = close ? (size_t)(open - text) : strlen(text);
    size_t from = utf8_count(words, (size_t)(text - words));
    if (length > 0) add_inline(markdown, variant, NODE_TEXT, text, length, from);
    if (!close) break;
    const char *start = open + 2 + strspn(open + 2, " ");
    const char *end = close;
    while (end > start && end[-1] == ' ') end--;
    from = utf8_count(words, (size_t)(start - words));
    add_inline(markdown, variant, NODE_FILL_IN, start, (size_t)(end - start), from);
    text = close + 2;
  }
  variants_add(markdown, block, variant, language);
  return block;
}

/* --- texts in one piece ------------------------------------------------------------ */

static bool follows(const struct node *text, const struct node *next) {
  return next && next->kind == NODE_TEXT && next->place.line == text->place.line &&
         next->place.column == text->place.column + utf8_count(text->text, strlen(text->text));
}

/* Brackets that opened no span are part of their text again. */
static void join_texts(struct markdown *markdown, struct node *first) {
  if (!follows(first, first->next)) return;
  struct buffer text = {0};
  buffer_append_text(&text, first->text);
  const struct node *last = first;
  while (follows(last, first->next)) {
    struct node *next = first->next;
    buffer_append_text(&text, next->text);
    last = next;
    node_unlink(next);
  }
  first->place.length = last->place.column + last->place.length - first->place.column;
  first->text = buffer_take(&text, markdown->arena);
}

void variants_join_texts(struct markdown *markdown, struct node *variant) {
  for (struct node *node = variant; node;) {
    if (node->kind == NODE_TEXT) join_texts(markdown, node);
    if (node->first) {
      node = node->first;
      continue;
    }
    while (node != variant && !node->next) node = node->parent;
    node = node == variant ? NULL : node->next;
  }
}
