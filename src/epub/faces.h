/* The faces that a book brings, and what it shows in them. */
#ifndef HANDOUT_EPUB_FACES_H
#define HANDOUT_EPUB_FACES_H

#include "epub/book.h"

#define CODEPOINT_LIMIT 0x110000
/* What a text may show often: the basic plane. */
#define SEEN_LIMIT 0x10000

/* A face that is cut once for many books. */
struct shared_face {
  const struct face *face;
  uint8_t *bits;        /* its characters: one for each code point */
  struct buffer bytes;  /* deflated */
  struct packed packed; /* of them */
};

struct epub_repertoire {
  struct shared_face *faces;
  size_t count;
};

/* A face and the characters that are shown in it, but for those of the shared one. */
struct usage {
  const struct face *face;
  const struct shared_face *shared; /* or NULL */
  bool takes_shared;
  uint8_t *bits; /* NULL: none */
  size_t count;
};

struct faces {
  struct book *book;
  const struct theme *theme;
  const struct epub_repertoire *shared; /* or NULL */
  struct usage *list;
  size_t count, room;
  uint64_t *seen[THEME_ROLE_COUNT][THEME_WEIGHT_COUNT][2]; /* a bit each; in Chinese text or not */
};
void faces_finish(struct faces *faces);

/* Notes all that the book shows. */
void faces_note(struct faces *faces);
/* And the rest of ASCII in faces with Latin letters. */
void faces_note_ascii(struct faces *faces);

#endif
