/* What the files of edition/ share. Not for other rooms.
 *
 *   maker (once per guide and thread)      edition (once per reader)
 *   ids of the guide, words, locales  ──▶  select ─▶ languages ─▶ number ─▶ refer
 */
#ifndef HANDOUT_EDITION_MAKER_H
#define HANDOUT_EDITION_MAKER_H

#include "edition/edition.h"
#include "edition/expression.h"
#include "edition/format.h"

struct lexicon; /* the words of the interface: words.c */
struct index;   /* nodes by id: index.c */

struct edition_maker {
  struct arena *arena;
  const struct guide *guide;
  struct lexicon *lexicon;
  struct index *ids; /* of the guide's nodes */
  struct formats *formats;
  struct expressions *expressions;
};

/* One edition on its way. */
struct making {
  struct edition_maker *maker;
  struct edition *edition;
  struct messages *messages;
  struct index *ids; /* of the edition's nodes; on the heap */
  bool good;
};

/* --- words.c ------------------------------------------------------------------- */

struct lexicon *lexicon_load(struct arena *arena, const struct guide *guide,
                             struct messages *messages);
const char *lexicon_word(const struct lexicon *lexicon, enum word word, const char *language);

/* A pattern with each "{name}" replaced; `values` are pairs of name and value. */
char *phrase_fill(struct arena *arena, const char *pattern, const char *const (*values)[2],
                  size_t count);

/* --- index.c: nodes by id --------------------------------------------------------- */

struct index *index_new(void);
void index_free(struct index *index);
/* False where the id is there already. The id is borrowed. */
bool index_add(struct index *index, const char *id, struct node *node);
struct node *index_find(const struct index *index, const char *id);

/* --- select.c: which of the guide's nodes stay ---------------------------------------- */

/* Copies what stays of the guide's tree below `parent`, in these languages. With a
 * suffix, ids and what points to them end in it. */
void select_tree(struct making *making, struct node *parent, const char *const *languages,
                 size_t language_count, const char *suffix);

/* --- fill.c: fill-ins --------------------------------------------------------------------- */

/* Sets what a fill-in prints in the place of its copy. */
void fill_in(struct making *making, struct node *copy, const char *language);

/* --- number.c: ids, levels, numbers of headings ------------------------------------------ */

void number_tree(struct making *making);

/* --- refer.c: references and footnotes ----------------------------------------------------- */

void refer_tree(struct making *making);

#endif
