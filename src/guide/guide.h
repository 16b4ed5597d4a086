/* The door of guide/: a guide read once, shared by all readers, never changed
 * after it is loaded. */
#ifndef HANDOUT_GUIDE_GUIDE_H
#define HANDOUT_GUIDE_GUIDE_H

#include "base/message.h"
#include "guide/tree.h"

/* A text in several languages. */
struct words {
  const char *language;
  const char *text;
  struct place place;
  struct words *next;
};

struct guide {
  struct arena *arena;
  const char *name;   /* of the file or folder, without its ending: names the outputs */
  const char *folder; /* where data and images are looked for */
  struct node *root;
  struct words *titles;   /* per language; the first is the main title */
  const char *author;     /* or NULL */
  const char *date;       /* YYYY-MM-DD, or NULL */
  const char *theme;      /* or NULL */
  const char **languages; /* BCP 47, in the order of the source */
  size_t language_count;
  bool numbered; /* headings carry numbers; readers and flags may change it */
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
void guide_free(struct guide *guide);

/* A tree as XML (assets/schema/guide.rng), with places where asked: `handout tree`. */
struct buffer;
bool tree_write_xml(const struct guide *guide, const struct node *root, bool with_places,
                    struct buffer *out, struct messages *messages);

/* The text in that language, else in the same language of another script or region
 * ("zh" for "zh-Hans"), else the first; NULL where there is none. */
const char *words_in(const struct words *words, const char *language);

#endif
