/* Headings stand in a text one after another; sections nest. An outline keeps the
 * open section of each level while the text is read, as one reads a contents page
 * with a finger on each level. */
#include "guide/load.h"

#include "base/buffer.h"

#include <string.h>

/* An id is no longer than this, in bytes: it ends up in addresses. */
#define LONGEST_ID 48

/* --- sections ------------------------------------------------------------------- */

struct outline outline_start(struct arena *arena, struct node *root) {
  return (struct outline){.arena = arena, .root = root, .sections = {root}};
}

struct node *outline_here(const struct outline *outline) {
  return outline->sections[outline->depth];
}

/* A level that was skipped (a third-level heading right under a first-level one)
 * makes no section of its own: the section nests as deep as it can. */
struct node *outline_add_heading(struct outline *outline, struct node *heading) {
  int depth = outline->depth;
  while (depth > 0 && outline->sections[depth]->first->level >= heading->level) depth--;
  struct node *section = node_new(outline->arena, NODE_SECTION, heading->place);
  node_append(outline->sections[depth], section);
  node_append(section, heading);
  outline->depth = depth + 1;
  outline->sections[outline->depth] = section;
  return section;
}

/* --- ids -------------------------------------------------------------------------- */

static bool is_slug_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* "What is R&D?" is "what-is-r-d". What is not ASCII is left out, so the slug may
 * be empty. */
static void slug(struct buffer *out, const char *text) {
  for (; *text && out->length < LONGEST_ID; text++) {
    char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
    if (is_slug_letter(c)) buffer_append_byte(out, c);
    else if (c == '\'' || (unsigned char)c >= 0x80) continue;
    else if (out->length && out->data[out->length - 1] != '-') buffer_append_byte(out, '-');
  }
  while (out->length && out->data[out->length - 1] == '-') out->data[--out->length] = '\0';
}

/* An id starts with a letter, as XML wants it. */
static const char *slug_of_heading(struct arena *arena, const struct node *heading) {
  for (const struct node *variant = heading->first; variant; variant = variant->next) {
    if (!variant->language || strncmp(variant->language, "en", 2) != 0) continue;
    struct buffer out = {0};
    slug(&out, node_text(arena, variant));
    char *id = NULL;
    if (out.length) {
      bool digit = out.data[0] <= '9';
      id = arena_printf(arena, "%s%s", digit ? "s-" : "", out.data);
    }
    buffer_finish(&out);
    return id;
  }
  return NULL;
}

static const char *position_id(struct arena *arena, const size_t *numbers, int depth) {
  const char *id = "s";
  for (int i = 1; i <= depth; i++) id = arena_printf(arena, "%s-%zu", id, numbers[i]);
  return id;
}

static void name_section(struct arena *arena, struct ids *ids, struct node *section,
                         const size_t *numbers, int depth) {
  struct node *heading = section->first;
  bool headed = heading && heading->kind == NODE_HEADING;
  if (!section->id) {
    const char *wanted = headed ? slug_of_heading(arena, heading) : NULL;
    if (!wanted) wanted = position_id(arena, numbers, depth);
    section->id = ids_make(ids, arena, wanted, section);
  }
  if (headed && !heading->id) {
    heading->id = ids_make(ids, arena, arena_printf(arena, "%s-title", section->id), heading);
  }
}

static struct ids *collect_ids(const struct node *root) {
  struct ids *ids = ids_new();
  struct walk walk = walk_start(root);
  while (walk_next(&walk)) {
    if (walk.entering && walk.node->id) ids_add(ids, walk.node->id, walk.node);
  }
  return ids;
}

/* The walk hands out nodes to read; the tree is still ours to change here. */
void outline_make_ids(struct arena *arena, struct node *root) {
  struct ids *ids = collect_ids(root);
  size_t numbers[LIMIT_DEEPEST + 1] = {0};
  int depth = 0;
  struct node *node = root;
  for (;;) {
    if (node->kind == NODE_SECTION && depth < LIMIT_DEEPEST) {
      numbers[++depth]++;
      name_section(arena, ids, node, numbers, depth);
      if (depth < LIMIT_DEEPEST) numbers[depth + 1] = 0;
    }
    if (node->first && !node_bears_text(node)) {
      node = node->first;
      continue;
    }
    while (node != root && !node->next) {
      if (node->kind == NODE_SECTION) depth--;
      node = node->parent;
    }
    if (node == root) break;
    if (node->kind == NODE_SECTION) depth--;
    node = node->next;
  }
  ids_free(ids);
}
