/* What is alike in editions of one maker. One walk spells each block of an edition; the
 * maker keeps a number for each spelling, so that whoever has made something of a block
 * knows it again by eight bytes.
 *
 *   node as the guide has it      its address in the guide, which lives as long as the maker
 *   any other                     all its fields, strings in full
 *   end of a node's children      0
 *
 * Spellings are compared whole: no two blocks that differ have one number. */
#include "edition/maker.h"

#include "base/keeper.h"

#include <string.h>

/* Beside an address, in what is 0 there. */
enum { HOLDS_NODES = 1, OTHER_THAN_GUIDE = 2 };

static void put_fields(struct buffer *out, const struct node *node) {
  key_add_number(out, (uint64_t)node->kind << 4 | (uint64_t)node->ordered << 3 |
                    (uint64_t)node->header << 2 | (uint64_t)node->task << 1 | node->ticked);
  key_add_number(out, (uint64_t)(uint32_t)node->start << 32 | (uint32_t)node->level);
  key_add_text(out, node->id);
  key_add_text(out, node->language);
  key_add_text(out, node->text);
  key_add_text(out, node->target);
  key_add_text(out, node->number);
  const struct attribute *attribute = node->attributes;
  for (; attribute; attribute = attribute->next) {
    key_add_text(out, attribute->name);
    key_add_text(out, attribute->value);
  }
  key_add_text(out, NULL);
}

static bool is_as_in_guide(const struct node *node) {
  const struct node *origin = node->origin;
  return origin && node->text == origin->text && node->id == origin->id &&
         node->target == origin->target && node->language == origin->language &&
         node->number == origin->number && node->attributes == origin->attributes &&
         node->kind == origin->kind && node->level == origin->level &&
         node->start == origin->start && node->ordered == origin->ordered &&
         node->header == origin->header && node->task == origin->task &&
         node->ticked == origin->ticked;
}

static void spell(struct buffer *out, const struct node *block) {
  struct walk walk = walk_start(block);
  buffer_clear(out);
  while (walk_next(&walk)) {
    const struct node *node = walk.node;
    uint64_t holds = node->first ? HOLDS_NODES : 0;
    if (!walk.entering) {
      if (holds) key_add_number(out, 0);
    } else if (is_as_in_guide(node)) {
      key_add_number(out, (uintptr_t)node->origin | holds);
    } else {
      key_add_number(out, OTHER_THAN_GUIDE | holds);
      put_fields(out, node);
    }
  }
}

static uint64_t language_bit(const struct guide *guide, const char *language) {
  for (size_t i = 0; i < guide->language_count && i < LIKENESS_OTHER_LANGUAGE; i++)
    if (strcmp(guide->languages[i], language) == 0) return (uint64_t)1 << i;
  return (uint64_t)1 << LIKENESS_OTHER_LANGUAGE;
}

static struct likeness look_at(const struct guide *guide, const struct node *block) {
  struct likeness likeness = {0};
  struct walk walk = walk_start(block);
  while (walk_next(&walk)) {
    if (!walk.entering) continue;
    likeness.kinds |= KIND_BIT(walk.node->kind);
    likeness.node_count++;
    if (walk.node->language) likeness.languages |= language_bit(guide, walk.node->language);
    if (walk.node->text) likeness.text_length += strlen(walk.node->text);
    if (walk.node->id && walk.node != block) likeness.holds_ids = true;
  }
  return likeness;
}
_Static_assert(NODE_KIND_COUNT <= 64, "a bit for each kind");

static const struct likeness *likeness_of(struct making *making, const struct node *block) {
  struct edition_maker *maker = making->maker;
  spell(&maker->spelling, block);
  const char *key = maker->spelling.data;
  size_t length = maker->spelling.length;
  const struct kept *kept = keeper_find(maker->likenesses, key, length);
  bool is_new = !kept;
  if (is_new) {
    struct likeness fresh = look_at(maker->guide, block);
    fresh.number = ++maker->likeness_count;
    kept = keeper_add(maker->likenesses, key, length, &fresh, sizeof fresh);
  }
  struct likeness *likeness = arena_alloc(making->edition->arena, sizeof *likeness);
  memcpy(likeness, kept->value, sizeof *likeness);
  likeness->is_new = is_new;
  return likeness;
}

static bool holds_units(const struct node *node) {
  return node->kind == NODE_GUIDE || node->kind == NODE_SECTION || node->kind == NODE_DIVISION;
}

void likeness_settle(struct making *making) {
  keeper_trim(making->maker->likenesses);
  struct walk walk = walk_start(making->edition->root);
  while (walk_next(&walk)) {
    struct node *node = (struct node *)walk.node; /* the edition is ours until it is done */
    if (!walk.entering || holds_units(node)) continue;
    node->likeness = likeness_of(making, node);
    walk_skip(&walk);
  }
}
