/* Blocks of code: their lines as they stand, and what stands behind the fence. */
#include "guide/markdown.h"

#include <string.h>

static void add_code_line(struct markdown *markdown, struct node *variant, const char *line,
                          size_t length, struct place place) {
  if (variant->first) node_append(variant, node_new(markdown->arena, NODE_LINE_BREAK, place));
  if (length == 0) return;
  struct node *text = node_new(markdown->arena, NODE_TEXT, place);
  text->text = arena_strndup(markdown->arena, line, length);
  node_append(variant, text);
}

static void add_code(struct markdown *markdown, cmark_node *block, struct node *variant) {
  const char *code =
      prepared_restore(&markdown->prepared, markdown->arena, cmark_node_get_literal(block));
  int marks, indent;
  char mark;
  struct place place = variant->place;
  place.line += (uint32_t)cmark_node_get_fenced(block, &marks, &indent, &mark);
  while (*code) {
    size_t length = strcspn(code, "\n");
    if (code[length] == '\0' && length == 0) break;
    add_code_line(markdown, variant, code, length, place);
    code += length + (code[length] == '\n');
    place.line++;
  }
}

/* Braces, read or not. */
static const char *find_braces(const char *fence) {
  const char *read = strstr(fence, TOKEN_START), *unread = strchr(fence, '{');
  return read && (!unread || read < unread) ? read : unread;
}

/* Those of the token there, which ends on its line, or NULL; `*after` is what follows. */
static struct given *given_of_fence(struct markdown *markdown, const char *braces,
                                    const char **after) {
  const struct prepared *prepared = &markdown->prepared;
  size_t length;
  struct token *token = prepared_token(prepared, braces, strlen(braces), &length);
  *after = braces;
  if (!token || token->kind != TOKEN_ATTRIBUTES) return NULL;
  if (memchr(prepared->source->text + token->start, '\n', token->length)) return NULL;
  token->used = true;
  *after = braces + length;
  return &token->given;
}

/* "py {#id}": the first word, or else the first class, says what kind of code it is. */
static struct given *read_fence(struct markdown *markdown, struct node *node, const char *fence) {
  const char *braces = find_braces(fence), *after = "";
  struct given *given = braces ? given_of_fence(markdown, braces, &after) : NULL;
  size_t word = strcspn(fence, " \t");
  if (braces && (size_t)(braces - fence) < word) word = (size_t)(braces - fence);
  const struct attribute *class = given && !word ? attributes_take_class(given) : NULL;
  const char *info = class ? class->value : arena_strndup(markdown->arena, fence, word);
  if (*info) node_set_attribute(markdown->arena, node, "info", info, node->place);
  if (find_braces(after)) {
    message_error(markdown->loading->messages, &node->place, "bad-attributes",
                  "the attributes of this code cannot be read");
    message_hint(markdown->loading->messages, "write {#id .class key=\"value\"}");
  }
  return given;
}

void code_read(struct markdown *markdown, cmark_node *block, struct node *node) {
  struct node *variant = node_new(markdown->arena, NODE_VARIANT, node->place);
  const char *fence = cmark_node_get_fence_info(block), *language = NULL;
  const struct given *given = fence ? read_fence(markdown, node, fence) : NULL;
  if (given) {
    attributes_apply(markdown->loading, node, given);
    language = attributes_language(markdown->loading, given);
  }
  add_code(markdown, block, variant);
  variants_add(markdown, node, variant, language);
}
