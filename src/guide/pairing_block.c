/* A block and its translation become one: its variants side by side, the words in its
 * attributes too, and one condition, which both must agree on. */
#include "guide/pairing.h"

#include "guide/vocabulary.h"

#include <string.h>

static bool same_text(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

/* --- conditions and ids ------------------------------------------------------------ */

static void join_condition(struct loading *loading, struct node *main, const struct node *other) {
  if (same_text(main->when, other->when)) return;
  const struct node *with = other->when ? other : main, *without = other->when ? main : other;
  message_error(loading->messages, &with->when_place, "translation-condition",
                without->when ? "the condition differs from language to language"
                              : "only one language has this condition");
  const struct place *place = without->when ? &without->when_place : &without->place;
  message_note(loading->messages, place, "the other language's %s", node_kind_in_words(without->kind));
}

static void join_id(struct loading *loading, struct node *main, const struct node *other) {
  if (!main->id) {
    main->id = other->id;
  } else if (other->id && strcmp(main->id, other->id) != 0) {
    message_error(loading->messages, &other->place, "translation-id",
                  "the id '%s' is '%s' in the other language", other->id, main->id);
    message_note(loading->messages, &main->place, "the other language's %s",
                 node_kind_in_words(main->kind));
  }
}

/* --- attributes ----------------------------------------------------------------------- */

/* Words are kept for each language; other values must be the same. */
static void join_attribute(struct loading *loading, struct node *main,
                           const struct attribute *attribute, const char *language) {
  const char *old = node_attribute(main, attribute->name);
  if (same_text(old, attribute->value)) return;
  if (vocabulary_is_words(attribute->name)) {
    const char *name =
        old ? arena_printf(loading->arena, "%s.%s", attribute->name, language) : attribute->name;
    node_set_attribute(loading->arena, main, name, attribute->value, attribute->place);
  } else if (!old) {
    node_set_attribute(loading->arena, main, attribute->name, attribute->value, attribute->place);
  } else {
    message_warning(loading->messages, &attribute->place, "translation-attribute",
                    "%s is '%s' here and '%s' in the other language", attribute->name,
                    attribute->value, old);
    message_note(loading->messages, &main->place, "the other language's %s",
                 node_kind_in_words(main->kind));
  }
}

/* --- variants --------------------------------------------------------------------------- */

/* An address that differs stays with its variant. */
static void join_target(struct node *main, struct node *other) {
  if (same_text(main->target, other->target)) return;
  if (!main->target) {
    main->target = other->target;
    return;
  }
  for (struct node *variant = other->first; variant; variant = variant->next) {
    variant->target = other->target;
  }
}

static void move_variants(struct node *main, struct node *other) {
  while (other->first) {
    struct node *variant = other->first;
    node_unlink(variant);
    if (!node_variant(main, variant->language)) node_append(main, variant);
  }
}

void pairing_join(struct loading *loading, struct node *main, struct node *other,
                  const char *language) {
  join_condition(loading, main, other);
  join_id(loading, main, other);
  for (const struct attribute *one = other->attributes; one; one = one->next) {
    join_attribute(loading, main, one, language);
  }
  if (!node_bears_text(main)) return;
  join_target(main, other);
  move_variants(main, other);
}
