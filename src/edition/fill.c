/* A fill-in becomes the text that it stands for. A line break in a value is a line
 * break in print; nothing else of a value means anything but itself. */
#include "edition/maker.h"

#include "base/utf8.h"

#include <string.h>

static bool has_han(const char *text) {
  size_t length = strlen(text);
  for (size_t i = 0, step; i < length; i += step) {
    uint32_t character = utf8_decode(text + i, length - i, &step);
    if (character >= 0x3400 && character <= 0x9FFF) return true;
    if (character >= 0x20000 && character <= 0x3FFFF) return true;
  }
  return false;
}

/* Of a Chinese name in an English sentence: the guide's own Chinese, or any. NULL where
 * the value is in the language around it. */
static const char *value_language(const struct making *making, const char *value,
                                  const char *around) {
  static const char *const with_han[] = {"zh", "ja", "ko"};
  for (size_t i = 0; i < sizeof with_han / sizeof *with_han; i++)
    if (strncmp(around, with_han[i], 2) == 0) return NULL;
  if (!has_han(value)) return NULL;
  const struct guide *guide = making->maker->guide;
  for (size_t i = 0; i < guide->language_count; i++)
    if (strncmp(guide->languages[i], "zh", 2) == 0) return guide->languages[i];
  return "zh";
}

/* Puts the fill-in into a span of that language and of its id, so that its text comes to stand
 * there. */
static void wrap(struct making *making, struct node *copy, const char *language) {
  struct node *span = node_new(making->edition->arena, NODE_SPAN, copy->place);
  span->origin = copy->origin;
  span->language = language;
  span->id = copy->id;
  node_insert_before(copy, span);
  node_unlink(copy);
  node_append(span, copy);
}

/* Where the record has the value, so that what is wrong with it is told there; that of the
 * fill-in where it is worked out. */
static struct place value_place(const struct making *making, const struct node *copy) {
  const struct reader *reader = making->edition->reader;
  const struct field_value *field = expression_field(making->maker->expressions, copy->text);
  struct place place = field ? field->place : (struct place){0};
  if (strcmp(copy->text, "name") == 0) place = reader->name_place;
  return place.source ? place : copy->place;
}

static void add_line(struct making *making, struct node *copy, const char *line, size_t length) {
  struct arena *arena = making->edition->arena;
  if (length == 0) return;
  struct node *text = node_new(arena, NODE_TEXT, value_place(making, copy));
  text->origin = copy->origin;
  text->text = arena_strndup(arena, line, length);
  node_insert_before(copy, text);
}

static void set_lines(struct making *making, struct node *copy, const char *value) {
  struct arena *arena = making->edition->arena;
  for (const char *line = value; *line;) {
    size_t length = strcspn(line, "\n");
    add_line(making, copy, line, length);
    line += length;
    if (*line != '\n') continue;
    node_insert_before(copy, node_new(arena, NODE_LINE_BREAK, copy->place));
    line++;
  }
}

void fill_in(struct making *making, struct node *copy, const char *main_language) {
  const char *language = node_language(copy);
  if (!language) language = main_language;
  const char *value = expression_text(making->maker->expressions, copy->text, language,
                                      &copy->place, making->messages);
  const char *own = value ? value_language(making, value, language) : NULL;
  if (own || copy->id) wrap(making, copy, own);
  if (value) set_lines(making, copy, value);
  else if (!making->whole) making->good = false;
  node_unlink(copy);
}
