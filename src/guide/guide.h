/* The door of guide/: a guide read once, shared by all readers, never changed
 * after it is loaded. */
#ifndef HANDOUT_GUIDE_GUIDE_H
#define HANDOUT_GUIDE_GUIDE_H

#include "base/hash.h"
#include "base/message.h"
#include "guide/tree.h"

/* A text in several languages. */
struct words {
  const char *language;
  const char *text;
  bool by_language; /* its author wrote one for each language, not one for all */
  struct place place;
  struct words *next;
};

/* --- what a reader record may hold: `fields` of handout.yaml ------------------- */

enum field_type {
  FIELD_TEXT,
  FIELD_NUMBER,
  FIELD_INTEGER,
  FIELD_DATE,   /* YYYY-MM-DD */
  FIELD_TRUTH,  /* yes, no */
  FIELD_CHOICE, /* one of `choices` */
  FIELD_SET,    /* several of `choices`, or of any text where there are none */
  FIELD_TYPE_COUNT
};

/* Names of fields, skills and facts are [a-z][a-z0-9-]*. */
struct field {
  const char *name;
  enum field_type type;
  bool required;
  const char **defaults;
  const struct place *default_places; /* of each, until all is read */
  size_t default_count;
  const char *min, *max; /* as written, or NULL; of a text, `max` is in code points */
  const char **choices;
  size_t choice_count;
  bool chooses_skills; /* `choices: skills`: the ids of all skills, once they are known */
  struct words *label; /* or NULL */
  struct place place;
  struct field *next;
};

struct skill {
  const char *id;
  struct words *names, *levels;
  double hours;
  const char **requires; /* ids of other skills; cycles are the edition's to report */
  const struct place *require_places;
  size_t require_count;
  struct place place;
  struct skill *next;
};

/* One figure for all languages; shares the name space of the fields. */
struct fact {
  const char *name, *value;
  const char *unit, *source, *region; /* or NULL */
  const char *date;                   /* YYYY-MM-DD or YYYY-MM, or NULL */
  struct place place;
  struct fact *next;
};

/* What happens to a block that lacks the reader's language. */
enum fallback {
  FALLBACK_OMIT,  /* it goes: plain text */
  FALLBACK_SHOW,  /* `missing: show`, the default of Markdown: another language, marked */
  FALLBACK_ERROR, /* `missing: error` */
  FALLBACK_COUNT
};

enum image_format { IMAGE_PNG, IMAGE_JPEG };

/* A picture that the text names; read once, for all readers. */
/* The eight of Exif: what edge of the picture the first row is, and the first column. */
enum turn {
  TURN_TOP_LEFT = 1, /* as it is */
  TURN_TOP_RIGHT,
  TURN_BOTTOM_RIGHT,
  TURN_BOTTOM_LEFT,
  TURN_LEFT_TOP, /* from here on rows are columns */
  TURN_RIGHT_TOP,
  TURN_RIGHT_BOTTOM,
  TURN_LEFT_BOTTOM
};

struct image {
  const char *target; /* as NODE_IMAGE has it: a path below the guide's folder */
  enum image_format format;
  uint32_t width, height; /* pixels, as it is to be seen */
  enum turn turn;         /* from how a JPEG is stored to how it is to be seen */
  bool alpha;             /* PNG with transparency */
  const unsigned char *bytes;
  size_t length;
  struct image *next;
};

#define DEFAULT_THEME "classic"

struct guide {
  struct arena *arena;
  const char *name;   /* of the file or folder, without its ending: names the outputs */
  const char *folder; /* where data and images are looked for */
  struct node *root;
  struct words *titles;   /* per language; the first is the main title */
  struct words *authors;  /* as the titles; or NULL */
  const char *checked_by; /* who has checked that the book is accessible (C10), or NULL */
  const char *date;       /* YYYY-MM-DD, or NULL */
  const char *theme;      /* or NULL: DEFAULT_THEME */
  const char *theme_file; /* the same, or where the guide's own theme lies */
  const char **languages; /* BCP 47, in the order of the source */
  size_t language_count;
  bool numbered; /* headings carry numbers; readers and flags may change it */
  struct field *fields;
  struct skill *skills;
  struct fact *facts;
  int stale_after; /* `stale-after`: months between a fact's date and the guide's; 0: any */
  enum fallback missing;
  struct image *images;
  uint8_t digest[HASH_SIZE]; /* of every file that was read: text, handout.yaml, data, images */
};

/* What a command line says of a guide over what the guide itself says: `--set`. */
struct setting {
  const char *name; /* "title", "title.zh-Hans", "author", "date", a field … */
  const char *value;
};

/* Reads a guide: a .txt or .md file, guide.xml, or a folder with handout.yaml. NULL and
 * messages where it has errors. The caller frees it with guide_free. */
struct guide *guide_load(const char *path, const struct setting *settings, size_t setting_count,
                         struct messages *messages);
/* The same for `handout check`: all that is wrong with the sources is reported, the
 * typographic lint (A30) with it. NULL only where there is no tree at all; a guide with
 * errors may be looked into further, and nothing may be made of it. */
struct guide *guide_check(const char *path, const struct setting *settings, size_t setting_count,
                          struct messages *messages);
/* Notes that every translation is as new as its text: writes translations.yaml into the
 * guide's folder. */
bool guide_update_translations(const struct guide *guide, struct messages *messages);
void guide_free(struct guide *guide);

/* The picture of a NODE_IMAGE, or NULL. */
const struct image *guide_image(const struct guide *guide, const char *target);
const struct field *guide_field(const struct guide *guide, const char *name);
const struct skill *guide_skill(const struct guide *guide, const char *id);
const struct fact *guide_fact(const struct guide *guide, const char *name);

/* A tree as XML (assets/schema/guide.rng), with places where asked: `handout tree`. */
struct buffer;
bool tree_write_xml(const struct guide *guide, const struct node *root, bool with_places,
                    struct buffer *out, struct messages *messages);

/* BCP 47 in its usual letters: "en", "zh-Hans", "pt-BR". */
bool language_is_tag(const char *text);
/* Whether it is one of those, to the letter; NULL is none. */
bool language_is_among(const char *language, const char *const *languages, size_t count);

/* The text in that language, else in the same language of another script or region
 * ("zh" for "zh-Hans"), else the first; NULL where there is none. */
const char *words_in(const struct words *words, const char *language);
/* There is one in that language, or at least in another script or region of it. */
bool words_have(const struct words *words, const char *language);
/* In place of the text of its language, or behind all; an empty one only takes that away. */
void words_put(struct words **words, struct words *word);

#endif
