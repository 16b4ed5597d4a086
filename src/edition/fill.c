/* A fill-in becomes the text that it stands for. A line break in a value is a line
 * break in print; nothing else of a value means anything but itself. */
#include "edition/maker.h"

#include <string.h>

static void add_line(struct making *making, struct node *copy, const char *line, size_t length) {
  struct arena *arena = making->edition->arena;
  if (length == 0) return;
  struct node *text = node_new(arena, NODE_TEXT, copy->place);
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
  const char *value =
      expression_text(making->maker->expressions, copy->text, language ? language : main_language,
                      &copy->place, making->messages);
  if (value) set_lines(making, copy, value);
  else making->good = false;
  node_unlink(copy);
}
