/* The faces that a book brings, and what it shows in them. */
#ifndef HANDOUT_EPUB_FACES_H
#define HANDOUT_EPUB_FACES_H

#include "epub/book.h"

#define CODEPOINT_LIMIT 0x110000

/* Characters: a bit for each, as far as there are bytes. */
struct characters {
  uint8_t *bits;
  size_t length; /* in bytes */
  size_t count;  /* of those that are in it */
};

/* What a text may show often: the basic plane. */
#define SEEN_LIMIT 0x10000

/* A face that is cut once for many books. */
struct shared_face {
  const struct face *face;
  struct characters characters;
  struct buffer bytes;  /* deflated */
  struct packed packed; /* of them */
};

struct epub_repertoire {
  uint64_t number; /* of one cache: never that of another that was freed */
  struct shared_face *faces;
  size_t count;
};

/* A face and the characters that are shown in it, but for those of the shared one. */
struct usage {
  const struct face *face;
  const struct shared_face *shared; /* or NULL */
  bool takes_shared;
  struct characters own;
};

/* A character that is shown in a face; 0: some that the shared one has. */
struct shown {
  const struct face *face;
  uint32_t character;
};

struct faces {
  struct book *book;
  const struct theme *theme;            /* NULL: the book brings none */
  const struct epub_repertoire *shared; /* or NULL */
  struct usage *list;
  size_t count, room;
  struct shown *shown; /* in the last block or text */
  size_t shown_count, shown_room;
  /* Characters of that text in each style: a bit each; in Chinese text or not. */
  uint64_t *seen[THEME_ROLE_COUNT][THEME_WEIGHT_COUNT][2];
  uint64_t **touched; /* words of them that are not 0 */
  size_t touched_count, touched_room;
};
void faces_init(struct faces *faces, const struct epub_options *options);
void faces_finish(struct faces *faces);

/* Notes what a block shows, and what was drawn for it. */
void faces_note_block(struct faces *faces, const struct node *block);
/* The same, of what `shown` was after it. */
void faces_note_shown(struct faces *faces, const struct shown *shown, size_t count);
/* Notes what the book itself says: the title page, the contents' heading, numbers. */
void faces_note_front(struct faces *faces);
/* And the rest of ASCII in faces with Latin letters. */
void faces_note_ascii(struct faces *faces);

#endif
