/* Attributes as Pandoc and Quarto write them: {#id .class key=value key="a value"}.
 * A list is taken only where all of it fits, so that braces in prose stay prose. */
#include "guide/markdown.h"

#include "guide/vocabulary.h"

#include <string.h>

struct reading {
  struct arena *arena;
  const struct source *source;
  const char *text; /* the source's */
  size_t at, limit;
  struct given *given;
  struct attribute **end;
};

static bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name_letter(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* An id may be in any script; it ends at white space and at what has a meaning. */
static size_t id_length(const char *text, size_t left) {
  size_t length = 0;
  while (length < left && !is_white(text[length]) && !strchr("{}\"'=<>`#&", text[length])) {
    length++;
  }
  return length;
}

static size_t name_length(const char *text, size_t left) {
  if (left == 0 || !is_name_start(*text)) return 0;
  size_t length = 1;
  while (length < left && is_name_letter(text[length])) length++;
  return length;
}

static struct place place_of(const struct reading *reading, size_t start, size_t length) {
  return source_place(reading->source, start, length);
}

static void add(struct reading *reading, const char *name, const char *value, struct place place) {
  struct attribute *attribute = arena_alloc(reading->arena, sizeof *attribute);
  *attribute = (struct attribute){.name = name, .value = value, .place = place};
  *reading->end = attribute;
  reading->end = &attribute->next;
}

static bool read_id(struct reading *reading) {
  size_t length = id_length(reading->text + reading->at + 1, reading->limit - reading->at - 1);
  if (length == 0 || reading->given->id) return false;
  reading->given->id = script_normalise(reading->arena, reading->text + reading->at + 1, length);
  reading->given->id_place = place_of(reading, reading->at, length + 1);
  reading->at += length + 1;
  return true;
}

static bool read_class(struct reading *reading) {
  const char *name = reading->text + reading->at + 1;
  size_t length = name_length(name, reading->limit - reading->at - 1);
  if (length == 0) return false;
  add(reading, "class", arena_strndup(reading->arena, name, length),
      place_of(reading, reading->at, length + 1));
  reading->at += length + 1;
  return true;
}

/* A quoted value may hold its quote after a backslash; a line break is a space. */
static const char *read_quoted(struct reading *reading, size_t *start, size_t *length) {
  char quote = reading->text[reading->at];
  size_t end = reading->at + 1;
  while (end < reading->limit && reading->text[end] != quote) {
    end += reading->text[end] == '\\' && end + 1 < reading->limit ? 2 : 1;
  }
  if (end >= reading->limit) return NULL;
  *start = reading->at + 1;
  *length = end - *start;
  char *value = arena_alloc(reading->arena, *length + 1);
  size_t size = 0;
  for (size_t i = *start; i < end; i++) {
    char c = reading->text[i];
    if (c == '\\' && i + 1 < end &&
        (reading->text[i + 1] == quote || reading->text[i + 1] == '\\')) {
      c = reading->text[++i];
    }
    if (c == '\r') continue;
    value[size++] = c == '\n' ? ' ' : c;
  }
  reading->at = end + 1;
  return script_normalise(reading->arena, value, size);
}

static const char *read_plain(struct reading *reading, size_t *start, size_t *length) {
  *start = reading->at;
  size_t end = reading->at;
  while (end < reading->limit && !is_white(reading->text[end]) &&
         !strchr("{}\"'=<>`", reading->text[end])) {
    end++;
  }
  *length = end - *start;
  reading->at = end;
  return *length ? script_normalise(reading->arena, reading->text + *start, *length) : NULL;
}

/* False where it is there already. */
static bool keep(struct reading *reading, const char *name, const char *value, struct place whole,
                 struct place inner) {
  struct given *given = reading->given;
  const char *old = strcmp(name, "when") == 0   ? given->when
                    : strcmp(name, "lang") == 0 ? given->language
                    : strcmp(name, "id") == 0   ? given->id
                                                : NULL;
  if (old) return false;
  if (strcmp(name, "when") == 0) {
    given->when = value;
    given->when_place = inner;
  } else if (strcmp(name, "lang") == 0) {
    given->language = value;
    given->language_place = inner;
  } else if (strcmp(name, "id") == 0) {
    given->id = value;
    given->id_place = inner;
  } else {
    add(reading, name, value, whole);
  }
  return true;
}

static bool read_pair(struct reading *reading) {
  size_t from = reading->at;
  size_t length = name_length(reading->text + from, reading->limit - from);
  if (length == 0 || from + length + 1 >= reading->limit) return false;
  reading->at += length;
  if (reading->text[reading->at] != '=') return false;
  reading->at++;
  char c = reading->text[reading->at];
  size_t start = 0, size = 0;
  const char *value = c == '"' || c == '\'' ? read_quoted(reading, &start, &size)
                                            : read_plain(reading, &start, &size);
  if (!value) return false;
  return keep(reading, arena_strndup(reading->arena, reading->text + from, length), value,
              place_of(reading, from, reading->at - from), place_of(reading, start, size));
}

static bool read_item(struct reading *reading) {
  char c = reading->text[reading->at];
  if (c == '#') return read_id(reading);
  if (c == '.') return read_class(reading);
  return read_pair(reading);
}

size_t attributes_read(struct arena *arena, const struct source *source, size_t at, size_t limit,
                       struct given *given, size_t *wrong) {
  const char *text = source->text;
  *given = (struct given){0};
  struct reading reading = {arena, source, text, at + 1, limit, given, &given->attributes};
  size_t items = 0;
  for (;;) {
    size_t before = reading.at;
    while (reading.at < limit && is_white(text[reading.at])) reading.at++;
    *wrong = reading.at;
    if (reading.at >= limit) return 0;
    if (text[reading.at] == '}') break;
    bool apart = items == 0 || reading.at > before;
    if (!apart || !read_item(&reading)) return 0;
    items++;
  }
  if (items == 0) return 0;
  given->place = source_place(source, at, reading.at + 1 - at);
  return reading.at + 1 - at;
}

/* --- giving them to a node ------------------------------------------------------------ */

const struct attribute *attributes_take_class(struct given *given) {
  struct attribute **at = &given->attributes;
  while (*at && strcmp((*at)->name, "class") != 0) at = &(*at)->next;
  const struct attribute *class = *at;
  if (class) *at = class->next;
  return class;
}

/* Braces may follow each other; what they both say is a slip. */
static void check_once(struct loading *loading, const char *old, const char *value,
                       const char *what, const struct place *place) {
  if (old && value)
    message_error(loading->messages, place, "second-attribute", "%s is given already", what);
}

static void add_class(struct loading *loading, struct node *node, const struct attribute *class) {
  vocabulary_check_class(loading->messages, node->kind, class->value, &class->place);
  const char *old = node_attribute(node, "class");
  const char *value = old ? arena_printf(loading->arena, "%s %s", old, class->value) : class->value;
  node_set_attribute(loading->arena, node, "class", value, class->place);
}

void attributes_apply(struct loading *loading, struct node *node, const struct given *given) {
  check_once(loading, node->id, given->id, "an id", &given->id_place);
  check_once(loading, node->when, given->when, "a condition", &given->when_place);
  if (given->id) node->id = given->id;
  if (given->when) {
    node->when = given->when;
    node->when_place = given->when_place;
  }
  for (const struct attribute *one = given->attributes; one; one = one->next) {
    if (strcmp(one->name, "class") == 0) {
      add_class(loading, node, one);
    } else if (vocabulary_check_attribute(loading->messages, node->kind, one->name, one->value,
                                          &one->place)) {
      node_set_attribute(loading->arena, node, one->name, one->value, one->place);
    }
  }
}

const char *attributes_language(struct loading *loading, const struct given *given) {
  const char *language = given->language;
  bool good = language && loading_check_language(loading, language, &given->language_place);
  return good ? language : NULL;
}
