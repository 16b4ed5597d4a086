/* What the files of edition/ share. Not for other rooms.
 *
 *   maker (once per guide and thread)      edition (once per reader)
 *   ids of the guide, words, locales  ──▶  select ─▶ languages ─▶ number ─▶ refer
 */
#ifndef HANDOUT_EDITION_MAKER_H
#define HANDOUT_EDITION_MAKER_H

#include "base/buffer.h"
#include "base/index.h"
#include "edition/edition.h"
#include "edition/expression.h"
#include "edition/format.h"

struct keeper;
struct lexicon; /* the words of the interface: words.c */

struct edition_maker {
  struct arena *arena;
  const struct guide *guide;
  struct lexicon *lexicon;
  struct index *ids; /* the guide's nodes */
  struct formats *formats;
  struct expressions *expressions;
  const struct skill **skills; /* each after those that it requires */
  size_t skill_count;
  struct glossary *glossary; /* glossary.c */
  struct keeper *likenesses; /* likeness.c: by how a block is spelled */
  uint64_t likeness_count;
  struct buffer spelling;
};

/* One edition on its way. */
struct making {
  struct edition_maker *maker;
  struct edition *edition;
  struct messages *messages;
  struct index *ids; /* the edition's nodes; on the heap */
  bool good;
  bool whole; /* conditions are not asked */
};

/* --- words.c ------------------------------------------------------------------- */

struct lexicon *lexicon_load(struct arena *arena, const struct guide *guide,
                             struct messages *messages);
const char *lexicon_word(const struct lexicon *lexicon, enum word word, const char *language);

/* A pattern with each "{name}" replaced; `values` are pairs of name and value. */
char *phrase_fill(struct arena *arena, const char *pattern, const char *const (*values)[2],
                  size_t count);

/* --- select.c: which of the guide's nodes stay ---------------------------------------- */

/* Copies what stays of the guide's tree below `parent`, in these languages. With a
 * suffix, ids and what points to them end in it. */
void select_tree(struct making *making, struct node *parent, const char *const *languages,
                 size_t language_count, const char *suffix);

/* --- fill.c: fill-ins --------------------------------------------------------------------- */

/* Sets what a fill-in prints in the place of its copy. */
void fill_in(struct making *making, struct node *copy, const char *language);

/* --- skills.c: which a reader has, which are left, and when to learn them ---------------- */

/* Puts the guide's skills into the maker's order. False and a message for each circle. */
bool skills_order(struct edition_maker *maker, struct messages *messages);

/* What a reader has of the skills, and what is left, in the maker's order. */
struct skill_gap {
  const struct skill **held, **left;
  size_t held_count, left_count;
  double hours; /* of all that are left */
};
/* `field` names the field that holds what the reader has. */
struct skill_gap skills_compare(const struct edition_maker *maker, const struct reader *reader,
                                const char *field, struct arena *arena);

/* When a skill is learnt: days since 1970, both within. */
struct span {
  long from, to;
};
/* One after the other from `start`, at so many hours a week. NULL where the calendar
 * ends before the plan does. */
struct span *skills_plan(const struct skill_gap *gap, long start, double hours_a_week,
                         struct arena *arena);

/* --- lower.c: skills and plan as lists and tables -------------------------------------------- */

/* What the guide's node asks of the record; NULL where it asks nothing. */
const char *lower_held_field(const struct guide *guide, const struct node *node);
const char *lower_start(const struct guide *guide, const struct node *plan);
const char *lower_hours(const struct guide *guide, const struct node *plan);

void lower_skills(struct making *making, struct node *skills, const char *const *languages,
                  size_t language_count);
void lower_plan(struct making *making, struct node *node, const char *const *languages,
                size_t language_count);

/* --- cells.c: figures and dates as each language writes them -------------------------------- */

/* Of a copy that has its variants, in their order. */
void cell_settle(struct making *making, struct node *cell);

/* --- glossary.c: the first use of each of its words ------------------------------------------ */

struct glossary *glossary_new(const struct guide *guide, struct arena *arena);
/* Links the first uses; entries must have their ids. */
void glossary_link(struct making *making);

/* --- facts.c -----------------------------------------------------------------------------------
 */

/* Warns of figures without a source or a date, or older than the guide allows (D13). */
void facts_check(const struct guide *guide, struct messages *messages);

/* --- number.c: ids, levels, numbers of headings ------------------------------------------ */

void number_tree(struct making *making);

/* --- refer.c: references and footnotes ----------------------------------------------------- */

void refer_tree(struct making *making);

/* --- likeness.c: what is alike in many editions; nothing may change the tree after it ------- */

void likeness_settle(struct making *making);

#endif
