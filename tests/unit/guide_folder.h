/* For tests of guide/: a guide in a fresh folder, loaded or checked, with what was said. */
#ifndef HANDOUT_TESTS_GUIDE_FOLDER_H
#define HANDOUT_TESTS_GUIDE_FOLDER_H

#include "guide/guide.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct file {
  const char *name;
  const char *text;
  size_t length; /* 0: up to the NUL */
};

#define MOST_FILES 6

struct folder {
  char path[64];
  const char *names[MOST_FILES];
  size_t count;
};

struct loaded {
  struct guide *guide;
  char *said; /* short form, without the folder's name */
  enum status status;
};

static inline struct folder folder_new(const struct file *files, size_t count) {
  struct folder folder = {.path = "/tmp/handout-guide-XXXXXX"};
  CHECK(mkdtemp(folder.path) != NULL);
  for (size_t i = 0; i < count; i++) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder.path, files[i].name);
    size_t length = files[i].length ? files[i].length : strlen(files[i].text);
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    CHECK(file >= 0 && write(file, files[i].text, length) == (ssize_t)length);
    close(file);
    folder.names[folder.count++] = files[i].name;
  }
  return folder;
}

static inline void folder_remove(const struct folder *folder) {
  for (size_t i = 0; i < folder->count; i++) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder->path, folder->names[i]);
    unlink(path);
  }
  rmdir(folder->path);
}

static inline void drop_folder_name(char *said, const char *path) {
  char prefix[80];
  size_t size = (size_t)snprintf(prefix, sizeof prefix, "%s/", path);
  for (char *at; (at = strstr(said, prefix));) memmove(at, at + size, strlen(at + size) + 1);
}

/* `name` is a file of the folder, or NULL for the folder. */
static inline struct loaded folder_load(const struct folder *folder, const char *name, bool check) {
  struct loaded loaded = {0};
  char path[128];
  size_t size;
  snprintf(path, sizeof path, "%s%s%s", folder->path, name ? "/" : "", name ? name : "");
  FILE *stream = open_memstream(&loaded.said, &size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  loaded.guide = check ? guide_check(path, NULL, 0, messages) : guide_load(path, NULL, 0, messages);
  loaded.status = messages_status(messages);
  messages_free(messages);
  fclose(stream);
  drop_folder_name(loaded.said, folder->path);
  return loaded;
}

static inline void loaded_free(struct loaded *loaded) {
  guide_free(loaded->guide);
  free(loaded->said);
}

/* The guide of these files as XML, or what was said where there is none; heap. */
static inline char *folder_tree(const struct file *files, size_t count, const char *name,
                                bool places) {
  struct folder folder = folder_new(files, count);
  struct loaded loaded = folder_load(&folder, name, false);
  struct buffer xml = {0};
  if (loaded.guide) {
    struct messages *messages = messages_new(stdout, MESSAGES_SHORT, false);
    tree_write_xml(loaded.guide, loaded.guide->root, places, &xml, messages);
    messages_free(messages);
  } else {
    buffer_append_text(&xml, loaded.said);
  }
  loaded_free(&loaded);
  folder_remove(&folder);
  return xml.data;
}

/* What loading or checking these files says. */
static inline void check_said(int line, const struct file *files, size_t count, const char *name,
                              bool lint, const char *wanted) {
  struct folder folder = folder_new(files, count);
  struct loaded loaded = folder_load(&folder, name, lint);
  check_text(__FILE__, line, loaded.said, wanted);
  loaded_free(&loaded);
  folder_remove(&folder);
}

#endif
