/* Inside guide/: what the readers of the several formats share while a guide is
 * being loaded. Not included by other rooms. */
#ifndef HANDOUT_GUIDE_LOAD_H
#define HANDOUT_GUIDE_LOAD_H

#include "base/limit.h"
#include "base/yaml.h"
#include "guide/guide.h"

struct index;

struct loading {
  struct arena *arena; /* the guide's */
  struct guide *guide;
  struct hash *hash; /* what becomes guide->digest */
  const struct setting *settings;
  size_t setting_count;
  struct messages *messages;
  struct yaml data; /* a map of all `data`: names of CSV files */
  struct index *names, *skill_names; /* what is declared: of fields and facts, and of skills */
  const char *language; /* of guide.<language>.md, while that is read as one of a folder */
  struct place theme_place, languages_place;
  bool missing_given;      /* `missing` of handout.yaml */
  bool markup;             /* the text has markup: what is left of it was meant */
};

/* --- guide.c ------------------------------------------------------------------ */

/* Reads a file of the guide and adds it to the digest. NULL and a message. */
const struct source *loading_source(struct loading *loading, const char *path);
/* False and a message where a text is no language. */
bool loading_check_language(struct loading *loading, const char *text, const struct place *place);
/* The value of a setting, the last one given; NULL where there is none. */
const char *loading_setting(const struct loading *loading, const char *name);

/* --- text.c ------------------------------------------------------------------- */

/* Plain text. The guide's root and languages are filled in, and the title where
 * the text begins with one. */
bool text_read(struct loading *loading, const struct source *source);

/* --- markdown.c --------------------------------------------------------------- */

/* A Markdown text from byte `from` of the source on, as a tree: NODE_GUIDE. All of it
 * is in `language`, or, where that is NULL, each block says or shows its own. */
struct node *markdown_read(struct loading *loading, const struct source *source, size_t from,
                           const char *language);

/* --- images.c and data.c ------------------------------------------------------- */

/* Reads the pictures that the tree names into the guide. What is not a picture, or
 * not below the guide's folder, is reported. */
void images_read(struct loading *loading, const struct node *root);
/* Fills the charts and tables that name data of handout.yaml, in `language`, or, where
 * that is NULL, in the language that each cell shows. */
void data_fill(struct loading *loading, struct node *root, const char *language);
/* The bytes of a file below the guide's folder, or NULL and a message at `place`. The
 * digest has them. Owned by the arena. */
const unsigned char *files_below(struct loading *loading, const char *target, enum limit limit,
                                 const struct place *place, size_t *length);

/* The path of a file of the guide's folder, as messages and the user's shell know it. */
const char *files_beside(struct loading *loading, const char *name);
/* A file that lies beside the guide, or may: false and a message where it is a link that leads out
 * of the folder, or no regular file. */
bool files_check_below(const struct guide *guide, const char *path, struct messages *messages);

/* --- translations.c ------------------------------------------------------------- */

/* Warns of translations that are older than their text, where the author keeps count. */
void translations_check(struct loading *loading);

/* --- script.c ------------------------------------------------------------------ */

/* Text in normalisation form C, without the characters that no text may hold; a copy. */
char *script_normalise(struct arena *arena, const char *text, size_t length);
/* "zh-Hans" or "en" by the letters of a text; of the guide's own languages where
 * they say more ("zh-Hant", "en-GB"). */
const char *script_language(const struct guide *guide, const char *text, size_t length);
/* The same for a block of the guide: always one of the languages that the guide lists, if it lists
 * any; in another, no reader would ever see it. */
const char *script_block_language(const struct guide *guide, const char *text, size_t length);
/* A line break in the source between these texts is a space (A16). */
bool script_needs_space(const char *before, size_t before_length, const char *after,
                        size_t after_length);
/* False and a message where the source holds a character that no text may hold. */
bool script_check(const struct source *source, struct messages *messages);
/* The same for what a source says with an escape ("\\e" of YAML, "&#27;"), which is not seen in it.
 * NULL is no text. */
bool script_check_text(const char *text, const struct place *place, struct messages *messages);

enum script_says { SCRIPT_SAYS_NOTHING, SCRIPT_SAYS_NAME, SCRIPT_SAYS_SENTENCE };
/* Whether a text shows its language: a sentence does, a name or a word may stand in any, a figure
 * shows nothing. */
enum script_says script_says(const char *text, size_t length);
bool script_ends_sentence(const char *text, size_t length);

/* --- languages.c ---------------------------------------------------------------- */

/* The languages of a tree's texts, in the order of the first of each. Owned by the arena. */
const char **languages_of(struct arena *arena, const struct node *root, size_t *count);
/* In the tree of a file of several languages, gives each variant that has none a language, and
 * joins those that translate each other where the file has markup. */
void languages_settle(struct loading *loading, struct node *root);

/* --- outline.c ------------------------------------------------------------------ */

/* Sections out of headings, in the order of the text. */
struct outline {
  struct arena *arena;
  struct node *root;
  struct node *sections[7]; /* the open section of each level; [0] is the root */
  int depth;                /* of the deepest open section */
};

struct outline outline_start(struct arena *arena, struct node *root);
/* Opens the section of that heading and puts the heading into it. */
struct node *outline_add_heading(struct outline *outline, struct node *heading);
/* Where blocks go now. */
struct node *outline_here(const struct outline *outline);

/* Gives an id to each section and heading that has none: from its English text,
 * otherwise from its position. */
void outline_make_ids(struct arena *arena, struct node *root);

/* --- ids.c ----------------------------------------------------------------------- */

/* The ids of a tree. */
struct ids;
struct ids *ids_new(void);
void ids_free(struct ids *ids);
/* The node that has the id already, or NULL where it is new. */
const struct node *ids_add(struct ids *ids, const char *id, const struct node *node);
const struct node *ids_find(const struct ids *ids, const char *id);
/* `wanted`, or wanted-2, wanted-3 … : the first that is free, and now taken. */
const char *ids_make(struct ids *ids, struct arena *arena, const char *wanted,
                     const struct node *node);
/* The id that is most like a wrong one, or NULL; borrowed. For the first hundred that ask. */
const char *ids_nearest(struct ids *ids, const char *wrong);

#endif
