/* Opening one face of a file. Within font/ only. */
#ifndef HANDOUT_FONT_FACE_H
#define HANDOUT_FONT_FACE_H

#include "base/arena.h"
#include "font/font.h"

struct hb_blob_t;

/* What font configuration says of a face before it is opened. */
struct face_entry {
  const char *path;
  unsigned collection_index;
  int weight, width; /* CSS: 100 to 900; per cent, 100 is normal */
  enum font_slant slant;
};

/* Opens a face of a mapped file. NULL where the file has no such face. */
struct face *face_open(struct arena *arena, struct hb_blob_t *file, const struct face_entry *entry,
                       const char *family);
/* Undoes face_open, but for the arena's memory. */
void face_close(struct face *face);

/* The file, and what face_common has made of it. */
struct cutting {
  struct hb_blob_t *file; /* borrowed; a mapping */
  bool often;
  unsigned cuts;
  struct common_face *common;
  struct hb_face_t *pool;   /* the common face cut again, to `pooled`; or NULL */
  struct hb_set_t *pooled;
  struct hb_set_t *asked;   /* in names so far */
  unsigned misses;          /* names with others than the pool's */
};
void cutting_finish(struct cutting *cutting);
/* The smallest face at hand that has these characters as the whole one has them. Borrowed until
 * the next is asked for. */
struct hb_face_t *face_to_cut(const struct face *face, const struct hb_set_t *characters);

/* True where two faces have the same bytes of outlines: faces of one collection. */
bool face_shares_outlines(const struct face *one, const struct face *other);

#endif
