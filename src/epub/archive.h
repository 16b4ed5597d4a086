/* The OCF archive of a book, made in memory. */
#ifndef HANDOUT_EPUB_ARCHIVE_H
#define HANDOUT_EPUB_ARCHIVE_H

#include "base/buffer.h"
#include "base/message.h"

struct archive_file {
  const char *name;
  const void *bytes; /* borrowed until the archive is written */
  size_t length;
  bool stored; /* already compressed: pictures */
};

/* Appends an archive of `mimetype` and these files, in the order of their names. */
bool archive_write(const struct archive_file *files, size_t count, struct buffer *out,
                   struct messages *messages);

#endif
