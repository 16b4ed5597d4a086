/* libfyaml's events are read into a tree of our own, because its documents keep
 * neither the place of a key nor whether a scalar was quoted in one step, and
 * because what is refused here (anchors, tags, a second document, depth) is best
 * refused before anything is built of it.
 *
 *   fy_event ──▶ builder: a stack of open lists and maps ──▶ struct yaml
 *
 * libfyaml prints nothing: its first complaint becomes our one message. */
#include "base/yaml.h"

#include "base/message.h"

#include <assert.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/* A list or a map that is being filled. */
struct level {
  struct yaml *container;
  struct yaml *last;
  size_t count;
  const char *key; /* of a map, when its value is still to come */
  struct place key_place;
};

struct builder {
  struct arena *arena;
  const struct source *source;
  size_t offset;
  size_t length;
  struct messages *messages;
  struct yaml *root;
  size_t documents;
  struct level levels[LIMIT_DEEPEST];
  size_t depth;
};

/* --- places ------------------------------------------------------------------ */

static struct place place_between(const struct builder *builder, size_t start, size_t end) {
  if (start > builder->length) start = builder->length;
  if (end > builder->length) end = builder->length;
  return source_place(builder->source, builder->offset + start, end > start ? end - start : 0);
}

static struct place event_place(const struct builder *builder, struct fy_event *event) {
  struct fy_token *token = fy_event_get_token(event);
  const struct fy_mark *start = token ? fy_token_start_mark(token) : fy_event_start_mark(event);
  const struct fy_mark *end = token ? fy_token_end_mark(token) : NULL;
  size_t from = start ? start->input_pos : builder->length;
  return place_between(builder, from, end ? end->input_pos : from);
}

/* --- what is refused --------------------------------------------------------- */

/* `sigil` bytes before the token belong to it: the & and the * of a name. */
static bool refuse(struct builder *builder, struct fy_token *token, size_t sigil,
                   const char *what) {
  const struct fy_mark *start = fy_token_start_mark(token);
  const struct fy_mark *end = fy_token_end_mark(token);
  size_t from = start ? start->input_pos : builder->length;
  struct place place = place_between(builder, from - sigil, end ? end->input_pos : from);
  message_error(builder->messages, &place, "yaml-not-allowed", "%s are not allowed here", what);
  return false;
}

static bool check_plain(struct builder *builder, struct fy_event *event) {
  if (event->type == FYET_ALIAS) {
    return refuse(builder, fy_event_get_token(event), 1, "YAML aliases");
  }
  struct fy_token *anchor = fy_event_get_anchor_token(event);
  if (anchor) return refuse(builder, anchor, 1, "YAML anchors");
  struct fy_token *tag = fy_event_get_tag_token(event);
  if (tag) return refuse(builder, tag, 0, "YAML tags");
  return true;
}

static int compare_keys(const void *a, const void *b) {
  const struct yaml *left = *(const struct yaml *const *)a;
  const struct yaml *right = *(const struct yaml *const *)b;
  int order = strcmp(left->key, right->key);
  if (order) return order;
  const struct place *first = &left->key_place, *second = &right->key_place;
  if (first->line != second->line) return first->line < second->line ? -1 : 1;
  return (first->column > second->column) - (first->column < second->column);
}

static bool check_unique_keys(struct builder *builder, const struct level *level) {
  const struct yaml **entries = memory_alloc(level->count * sizeof(struct yaml *));
  size_t count = 0;
  for (const struct yaml *entry = level->container->first; entry; entry = entry->next) {
    entries[count++] = entry;
  }
  qsort(entries, count, sizeof *entries, compare_keys);
  bool ok = true;
  for (size_t i = 1; i < count; i++) {
    if (strcmp(entries[i - 1]->key, entries[i]->key) != 0) continue;
    message_error(builder->messages, &entries[i]->key_place, "duplicate-key",
                  "the key '%s' stands here a second time", entries[i]->key);
    message_note(builder->messages, &entries[i - 1]->key_place, "it stood here before");
    ok = false;
  }
  free(entries);
  return ok;
}

/* --- building ---------------------------------------------------------------- */

static struct level *innermost(struct builder *builder) {
  return builder->depth ? &builder->levels[builder->depth - 1] : NULL;
}

static bool key_is_due(struct builder *builder) {
  struct level *level = innermost(builder);
  return level && level->container->kind == YAML_MAP && !level->key;
}

/* Sets a value into the list or map that is open, or makes it the root. */
static void add_value(struct builder *builder, struct yaml *value) {
  struct level *level = innermost(builder);
  if (!level) {
    builder->root = value;
    return;
  }
  value->key = level->key;
  value->key_place = level->key ? level->key_place : value->place;
  level->key = NULL;
  if (level->last) level->last->next = value;
  else level->container->first = value;
  level->last = value;
  level->count++;
}

static bool report_key_kind(struct builder *builder, struct fy_event *event) {
  struct place place = event_place(builder, event);
  message_error(builder->messages, &place, "yaml-key", "a key is a text, not a list or a map");
  return false;
}

static bool open_container(struct builder *builder, struct fy_event *event, enum yaml_kind kind) {
  if (key_is_due(builder)) return report_key_kind(builder, event);
  struct yaml *value = arena_alloc(builder->arena, sizeof *value);
  value->kind = kind;
  value->place = event_place(builder, event);
  if (builder->depth == limit_of(LIMIT_DEPTH)) {
    limit_report(builder->messages, &value->place, LIMIT_DEPTH, NULL);
    return false;
  }
  add_value(builder, value);
  builder->levels[builder->depth++] = (struct level){.container = value};
  return true;
}

static bool close_container(struct builder *builder) {
  const struct level *level = &builder->levels[--builder->depth];
  assert(level->container);
  return level->container->kind != YAML_MAP || check_unique_keys(builder, level);
}

static bool means_null(const char *text) {
  return !*text || strcmp(text, "~") == 0 || strcmp(text, "null") == 0;
}

/* An escape such as "\0" in a quoted scalar can make what no text of a file can hold. */
static bool check_value(struct builder *builder, const struct place *place, const char *text,
                        size_t length) {
  if (!memchr(text, '\0', length)) return true;
  message_error(builder->messages, place, "nul-byte", "a NUL byte cannot stand in a text");
  return false;
}

static bool add_scalar(struct builder *builder, struct fy_event *event) {
  struct fy_token *token = event->scalar.value;
  struct place place = event_place(builder, event);
  size_t length = 0;
  const char *text = token ? fy_token_get_text(token, &length) : NULL;
  if (text && !check_value(builder, &place, text, length)) return false;
  char *copy = arena_strndup(builder->arena, text ? text : "", text ? length : 0);
  if (key_is_due(builder)) {
    innermost(builder)->key = copy;
    innermost(builder)->key_place = place;
    return true;
  }
  struct yaml *value = arena_alloc(builder->arena, sizeof *value);
  value->quoted = token && fy_token_scalar_style(token) != FYSS_PLAIN;
  value->kind = !value->quoted && means_null(copy) ? YAML_NULL : YAML_SCALAR;
  value->value = copy;
  value->place = place;
  add_value(builder, value);
  return true;
}

static bool start_document(struct builder *builder, struct fy_event *event) {
  if (builder->documents++ == 0) return true;
  struct place place = event_place(builder, event);
  message_error(builder->messages, &place, "yaml-not-allowed",
                "a second YAML document is not allowed here");
  return false;
}

static bool take_event(struct builder *builder, struct fy_event *event) {
  switch (event->type) {
  case FYET_DOCUMENT_START:
    return start_document(builder, event);
  case FYET_ALIAS:
    return check_plain(builder, event);
  case FYET_MAPPING_START:
    return check_plain(builder, event) && open_container(builder, event, YAML_MAP);
  case FYET_SEQUENCE_START:
    return check_plain(builder, event) && open_container(builder, event, YAML_LIST);
  case FYET_MAPPING_END:
  case FYET_SEQUENCE_END:
    return close_container(builder);
  case FYET_SCALAR:
    return check_plain(builder, event) && add_scalar(builder, event);
  case FYET_NONE:
  case FYET_STREAM_START:
  case FYET_STREAM_END:
  case FYET_DOCUMENT_END:
    return true;
  }
  return true;
}

/* --- libfyaml's own complaints ------------------------------------------------- */

static void report_syntax(struct builder *builder, struct fy_diag *diag) {
  void *iterator = NULL;
  const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &iterator);
  const struct fy_mark *mark = error && error->fyt ? fy_token_start_mark(error->fyt) : NULL;
  struct place place = place_between(builder, mark ? mark->input_pos : 0, 0);
  if (!mark && error && error->line > 0) {
    place.line += (uint32_t)error->line - 1;
    if (place.line > builder->source->line_count) {
      place.line = (uint32_t)builder->source->line_count;
    }
    place.column = error->column > 0 ? (uint32_t)error->column : 1;
  }
  message_error(builder->messages, &place, "yaml-syntax", "this is not YAML: %s",
                error && error->msg ? error->msg : "it cannot be read");
}

static bool read_events(struct builder *builder, struct fy_parser *parser, struct fy_diag *diag) {
  struct fy_event *event;
  while ((event = fy_parser_parse(parser))) {
    bool end = event->type == FYET_STREAM_END;
    bool ok = take_event(builder, event);
    fy_parser_event_free(parser, event);
    if (!ok || end) return ok;
  }
  report_syntax(builder, diag);
  return false;
}

static struct yaml *empty_map(struct builder *builder) {
  struct yaml *map = arena_alloc(builder->arena, sizeof *map);
  map->kind = YAML_MAP;
  map->place = place_between(builder, 0, 0);
  return map;
}

struct yaml *yaml_read(struct arena *arena, const struct source *source, size_t offset,
                       size_t length, struct messages *messages) {
  struct builder builder = {
      .arena = arena, .source = source, .offset = offset, .length = length, .messages = messages};
  struct fy_diag_cfg quiet;
  fy_diag_cfg_default(&quiet);
  quiet.fp = NULL;
  quiet.output_fn = NULL;
  struct fy_diag *diag = fy_diag_create(&quiet);
  fy_diag_set_collect_errors(diag, true);
  struct fy_parse_cfg settings = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                           FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
                                  .diag = diag};
  struct fy_parser *parser = fy_parser_create(&settings);
  bool ok = parser && fy_parser_set_string(parser, source->text + offset, length) == 0 &&
            read_events(&builder, parser, diag);
  fy_parser_destroy(parser);
  fy_diag_destroy(diag);
  if (!ok) return NULL;
  if (builder.root && builder.root->kind != YAML_NULL) return builder.root;
  return empty_map(&builder);
}

/* --- using the tree ------------------------------------------------------------ */

const struct yaml *yaml_find(const struct yaml *map, const char *key) {
  if (!map || map->kind != YAML_MAP) return NULL;
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    if (strcmp(entry->key, key) == 0) return entry;
  }
  return NULL;
}

static bool is_one_of(const char *key, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(key, names[i]) == 0) return true;
  }
  return false;
}

bool yaml_check_keys(const struct yaml *map, const char *const *names, size_t count,
                     const char *what, struct messages *messages) {
  bool ok = true;
  if (map->kind != YAML_MAP && map->kind != YAML_NULL) {
    message_error(messages, &map->place, "bad-value", "%s is a map of keys", what);
    return false;
  }
  for (const struct yaml *entry = map->first; entry; entry = entry->next) {
    if (is_one_of(entry->key, names, count)) continue;
    ok = false;
    message_error(messages, &entry->key_place, "unknown-key", "%s has no key '%s'", what,
                  entry->key);
    const char *nearest = message_nearest(entry->key, names, count);
    if (nearest) message_hint(messages, "did you mean '%s'?", nearest);
  }
  return ok;
}
