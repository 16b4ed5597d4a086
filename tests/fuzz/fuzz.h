/* What the fuzzers share: promises that stop the program where they are broken, a
 * sink whose messages are looked at, files for readers that want a name.
 *
 * A fuzzer is one function, LLVMFuzzerTestOneInput, over bytes of any kind. libFuzzer
 * calls it without end (make fuzz); replay.c calls it once for each seed (make check). */
#ifndef HANDOUT_TESTS_FUZZ_H
#define HANDOUT_TESTS_FUZZ_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/message.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PROMISE(condition)                                                                         \
  do {                                                                                             \
    if (!(condition)) {                                                                            \
      fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);              \
      abort();                                                                                     \
    }                                                                                              \
  } while (0)

/* fontconfig keeps what it has read for the life of the process; libfyaml (0.7.12) forgets
 * 2 KB where a quoted text of many quotes does not end. That we free what libfyaml gives us
 * is seen in the units and cases, where nothing of it is suppressed. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
  return "leak:libfontconfig\nleak:libfyaml";
}

/* --- messages ------------------------------------------------------------------------ */

struct sink {
  struct messages *messages;
  FILE *stream;
  char *text;
  size_t length;
};

static inline struct sink *sink_open(void) {
  struct sink *sink = memory_alloc(sizeof *sink);
  sink->stream = open_memstream(&sink->text, &sink->length);
  PROMISE(sink->stream);
  sink->messages = messages_new(sink->stream, MESSAGES_HUMAN, false);
  return sink;
}

/* Whatever was in the input, no control character reaches a terminal. */
static inline void sink_close(struct sink *sink) {
  messages_free(sink->messages);
  fclose(sink->stream);
  PROMISE(utf8_valid_prefix(sink->text, sink->length) == sink->length);
  for (size_t i = 0; i < sink->length; i++)
    PROMISE((unsigned char)sink->text[i] >= ' ' || sink->text[i] == '\n');
  free(sink->text);
  free(sink);
}

/* A failure is told, and what is told as an error is a failure. */
static inline void sink_agrees(const struct sink *sink, bool good) {
  PROMISE(good == (messages_errors(sink->messages) == 0));
}

/* --- files --------------------------------------------------------------------------- */

/* The path of a file of that name with these bytes, in a folder of this process below
 * TMPDIR, or in "alone/" in that, where no other file stands beside it. */
static inline const char *fuzz_file(const char *name, const void *bytes, size_t size) {
  static char folder[256], path[512];
  if (!folder[0]) {
    const char *root = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/fuzz-XXXXXX", root ? root : "/tmp");
    PROMISE(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/alone", folder);
    PROMISE(mkdir(path, 0700) == 0);
  }
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  PROMISE(file >= 0 && write(file, bytes, size) == (ssize_t)size);
  close(file);
  return path;
}

static inline const char *fuzz_text_file(const char *name, const char *text) {
  return fuzz_file(name, text, strlen(text));
}

/* --- guides -------------------------------------------------------------------------- */

#include "guide/guide.h"

static inline void fuzz_write_tree(const struct guide *guide, struct buffer *out) {
  struct sink *sink = sink_open();
  PROMISE(tree_write_xml(guide, guide->root, false, out, sink->messages));
  sink_close(sink);
}

/* What `handout tree` writes is a guide, and the same one (pictures, data and the
 * name of the file are not in it). */
static inline void fuzz_round_trip(const struct guide *guide) {
  if (guide->images) return;
  struct buffer first = {0}, again = {0};
  fuzz_write_tree(guide, &first);
  struct sink *sink = sink_open();
  const char *path = fuzz_file("alone/again.xml", first.data, first.length);
  struct guide *read = guide_load(path, NULL, 0, sink->messages);
  if (!read) {
    messages_flush(sink->messages);
    fprintf(stderr, "%s\n%s", first.data, sink->text);
  }
  PROMISE(read);
  messages_flush(sink->messages);
  fuzz_write_tree(read, &again);
  if (strcmp(first.data, again.data) != 0) fprintf(stderr, "%s\n----\n%s", first.data, again.data);
  PROMISE(strcmp(first.data, again.data) == 0);
  guide_free(read);
  sink_close(sink);
  buffer_finish(&first);
  buffer_finish(&again);
}

static inline void fuzz_load(const char *path) {
  struct sink *sink = sink_open();
  struct guide *guide = guide_load(path, NULL, 0, sink->messages);
  sink_agrees(sink, guide != NULL);
  if (guide) fuzz_round_trip(guide);
  messages_flush(sink->messages);
  guide_free(guide);
  sink_close(sink);
}

/* Reads a guide's file, as a guide and as one that is only looked into. */
static inline void fuzz_guide(const char *name, const uint8_t *data, size_t size) {
  char path[512];
  snprintf(path, sizeof path, "%s", fuzz_file(name, data, size));
  fuzz_load(path);
  struct sink *sink = sink_open();
  struct guide *guide = guide_check(path, NULL, 0, sink->messages);
  if (guide) {
    struct buffer tree = {0};
    fuzz_write_tree(guide, &tree);
    buffer_finish(&tree);
  }
  messages_flush(sink->messages);
  guide_free(guide);
  sink_close(sink);
}

#endif
