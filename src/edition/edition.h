/* The door of edition/: the guide made out for one reader.
 *
 * Everything that the PDF and the EPUB must agree on is settled here, once:
 * languages chosen and ordered, passages in or out, blanks filled, headings
 * numbered, footnotes numbered, references resolved. What is left has no
 * conditions, no fill-ins and no variants that are not printed. */
#ifndef HANDOUT_EDITION_EDITION_H
#define HANDOUT_EDITION_EDITION_H

#include "guide/guide.h"
#include "reader/reader.h"

struct edition_maker;

/* Words that the program itself prints, in each language: assets/words/. */
enum word {
  WORD_CONTENTS,
  WORD_COVER,
  WORD_MADE_FOR, /* "Made for {name}": the name is set in by edition_phrase */
  WORD_PAGE,
  WORD_NOTES,
  WORD_BACK_TO_TEXT,
  WORD_UNTRANSLATED,      /* after a text that is in another language than the reader's */
  WORD_SECTION_REFERENCE, /* "section {number}, “{title}”" */
  WORD_REFERENCE,         /* "“{title}”" */
  WORD_LANDMARKS,         /* the navigation of a book … */
  WORD_PAGES,
  WORD_ACCESSIBILITY, /* what a book says of its own accessibility */
  WORD_SKILL_LEVEL,   /* " ({level})", after a skill's name */
  WORD_SKILL_HOURS,   /* ", {hours}", after that */
  WORD_HOURS_LEFT,    /* "Left to learn: {hours}" */
  WORD_NOTHING_LEFT,
  WORD_PLAN_CAPTION, /* "{hours} a week from {start}" */
  WORD_PLAN_SKILL,
  WORD_PLAN_HOURS,
  WORD_PLAN_FROM,
  WORD_PLAN_TO,
  WORD_PLAN_TOTAL,
  WORD_SOURCE, /* "Source: {source}": below a chart */
  WORD_COUNT
};

struct edition {
  struct arena *arena;
  const struct guide *guide;   /* borrowed */
  const struct reader *reader; /* borrowed */
  struct node *root;           /* every section, heading, footnote, figure and table has an id */
  const char *title;           /* in the main language */
  struct words *titles;        /* in each of the edition's languages */
  const char **languages;      /* the first is the main one */
  size_t language_count;
  enum mode mode;
  enum style style;
  enum paper paper;
  const char *theme;           /* a theme's name */
  const char *author;          /* in the main language, or NULL */
  const char *date;            /* YYYY-MM-DD, or NULL */
  const char *date_text;       /* long, in the main language; or NULL */
  char uuid[37];               /* of this edition's content: the same input, the same UUID */
  struct edition_maker *maker; /* borrowed, or the edition's own */
  bool owns_maker;
};

/* What is set up once for all readers of a guide: words of the interface, conditions,
 * formats. One for each thread; the guide may be shared. NULL and messages where the
 * guide has errors that no reader could mend. The guide must live as long. */
struct edition_maker *edition_maker_new(const struct guide *guide, struct messages *messages);
void edition_maker_free(struct edition_maker *maker);

/* An edition of the maker's guide; maker, guide and reader must live as long. */
struct edition *edition_make(struct edition_maker *maker, const struct reader *reader,
                             struct messages *messages);

/* All that the guide could say to any reader of these languages, as if every condition held:
 * not to be printed, but to know what may be. The record is only asked for its looks and
 * languages; a fill-in that it has no value for is left out. */
struct edition *edition_make_whole(struct edition_maker *maker, const struct reader *reader,
                                   struct messages *messages);

/* The same with a maker of its own. NULL and messages where the guide cannot be made
 * out for this reader. The caller frees it with edition_free; guide and reader must
 * live as long. */
struct edition *edition_new(const struct guide *guide, const struct reader *reader,
                            struct messages *messages);
void edition_free(struct edition *edition);

/* --- why a passage is in or out: `handout explain` ----------------------------------- */

struct decision {
  const struct node *node; /* of the guide */
  const char *condition;
  bool holds;
  bool inside_out;    /* inside a passage that is out already */
  const char **names; /* of the fields and facts that settled it */
  size_t name_count;
};

struct decisions {
  struct decision *items; /* every condition, in the order of the guide */
  size_t count;
};

/* In the arena. */
struct decisions edition_decide(struct edition_maker *maker, const struct reader *reader,
                                struct arena *arena, struct messages *messages);
/* The same in words: the place of each condition, in or out, and what the record says. */
struct buffer;
void edition_explain(struct edition_maker *maker, const struct reader *reader, struct buffer *out,
                     struct messages *messages);

/* How often each condition is true in many records. What is true in none, and fields
 * that nothing asks for, are warned of when it is written. */
struct edition_survey;
struct edition_survey *edition_survey_new(struct edition_maker *maker);
void edition_survey_free(struct edition_survey *survey);
void edition_survey_add(struct edition_survey *survey, const struct reader *reader,
                        struct messages *messages);
void edition_survey_write(const struct edition_survey *survey, struct buffer *out,
                          struct messages *messages);

/* A word of the interface in a language; never NULL. */
const char *edition_word(const struct edition *edition, enum word word, const char *language);
/* "Made for Li Wei"; in the edition's arena; NULL where there is no reader's name. */
const char *edition_made_for(const struct edition *edition, const char *language);
/* A glossary's entry is a term and one paragraph in the same languages: then each
 * language's term is followed by what it means in that language. */
bool edition_entry_is_paired(const struct node *entry);

/* What a chart, a figure or a picture shows, in words: in `language` where its author gave it so,
 * else in the language that the answer names. No text where there is none. */
struct words edition_alternative(const struct edition *edition, const struct node *node,
                                 const char *language);

/* A number of a chart as `language` writes it, in money where its unit is a currency. Round
 * ones say how many decimals they have (12 万美元); below 0: in full (123,456 美元). */
char *edition_figure(const struct edition *edition, const struct node *chart, const char *language,
                     double number, int decimals);
/* The chart's unit in words ("hours"); NULL where it has none or figures are money. */
const char *edition_unit(const struct edition *edition, const struct node *chart,
                         const char *language);

/* "2.1 做什么 What the job is": a heading's number and text, all of its languages; in `arena`. */
char *edition_heading_text(const struct node *heading, struct arena *arena);

/* "Source: …, May 2024" of a chart (D13); in the edition's arena; NULL where it says none. */
const char *edition_source(const struct edition *edition, const struct node *chart,
                           const char *language);

#endif
