/* YAML files as a tree of keys and values, each with its place.
 *
 * Used for handout.yaml, reader.yaml, themes and the words of the interface.
 * Anchors, aliases, tags and more than one document are refused: they have no
 * use here, and an alias bomb is an attack. */
#ifndef HANDOUT_BASE_YAML_H
#define HANDOUT_BASE_YAML_H

#include "base/arena.h"
#include "base/source.h"

#include <stdbool.h>
#include <stddef.h>

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml {
  enum yaml_kind kind;
  const char *key;        /* in a map; NULL elsewhere */
  struct place key_place; /* of the key, or of the list's item */
  const char *value;      /* of a scalar, as written, without its quotes */
  bool quoted;            /* a quoted scalar is text, never a number or a truth value */
  struct place place;     /* of the value */
  struct yaml *first;     /* items of a list, entries of a map, in the file's order */
  struct yaml *next;
};

/* Reads the whole of a source, or of the part of it that starts at byte `offset`
 * and has `length` bytes (front matter; places count from the file's first line).
 * An empty text is a map without entries. NULL and a message with its place
 * where it is not YAML, holds a key twice, or is nested over 64 deep. */
struct yaml *yaml_read(struct arena *arena, const struct source *source, size_t offset,
                       size_t length, struct messages *messages);

/* The entry of that key, or NULL. */
const struct yaml *yaml_find(const struct yaml *map, const char *key);

/* True where every key of the map is one of `count` names; otherwise an error for
 * each that is not, with the nearest name. `what` names the file's kind in the
 * message ("a reader record", "a theme"). */
bool yaml_check_keys(const struct yaml *map, const char *const *names, size_t count,
                     const char *what, struct messages *messages);

#endif
