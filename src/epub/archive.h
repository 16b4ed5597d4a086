/* The OCF archive of a book, made in memory. */
#ifndef HANDOUT_EPUB_ARCHIVE_H
#define HANDOUT_EPUB_ARCHIVE_H

#include "base/buffer.h"
#include "base/message.h"
#include "base/packer.h"

enum archive_kind {
  ARCHIVE_OWN,    /* of this book */
  ARCHIVE_SHARED, /* the same in many books: worth some time */
  ARCHIVE_STORED  /* already compressed: pictures */
};

struct archive_file {
  const char *name;
  const void *bytes; /* borrowed until the archive is written */
  size_t length;
  enum archive_kind kind;
  struct packed packed; /* deflated already, where it has bytes */
};

/* Appends an archive of `mimetype` and these files, the book's own last, each in the order of
 * their names. What the packer has deflated before goes in as it is. */
bool archive_write(const struct archive_file *files, size_t count, struct packer *packer,
                   struct buffer *out, struct messages *messages);

#endif
