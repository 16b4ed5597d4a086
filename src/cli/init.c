/* handout init: a template's files, copied into a new folder. */
#include "base/assets.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/source.h"
#include "cli/verbs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A template's folders are no deeper than this. */
#define DEEPEST_FOLDER 4

struct copying {
  struct arena *arena;
  struct messages *messages;
  size_t files;
};

static bool copy_file(struct copying *copying, const char *from, const char *to) {
  const struct source *source = source_load(copying->arena, from, LIMIT_FILE, copying->messages);
  copying->files++;
  return source && file_write(to, source->text, source->length, copying->messages);
}

static bool copy_folder(struct copying *copying, const char *from, const char *to, int depth) {
  if (depth > DEEPEST_FOLDER || !file_make_folder(to, copying->messages)) return false;
  size_t count;
  const char **names = folder_names(copying->arena, from, "", &count);
  bool good = true;
  for (size_t i = 0; good && i < count; i++) {
    const char *source = arena_printf(copying->arena, "%s/%s", from, names[i]);
    const char *target = arena_printf(copying->arena, "%s/%s", to, names[i]);
    good = file_is_folder(source) ? copy_folder(copying, source, target, depth + 1)
                                  : copy_file(copying, source, target);
  }
  free(names);
  return good;
}

/* The template's folder, or NULL and a message that lists those there are. */
static const char *find_template(struct copying *copying, const char *name) {
  const char *all = asset_path(copying->arena, "../templates");
  const char *path = arena_printf(copying->arena, "%s/%s", all, name);
  bool plain = *name && !strchr(name, '/') && name[0] != '.';
  if (plain && file_is_folder(path)) return path;
  size_t count;
  const char **names = folder_names(copying->arena, all, "", &count);
  message_usage(copying->messages, "there is no template '%s'; there are: %s", name,
                folder_list(copying->arena, names, count));
  const char *nearest = message_nearest(name, names, count);
  if (nearest) message_hint(copying->messages, "did you mean '%s'?", nearest);
  free(names);
  return NULL;
}

static bool is_free(struct copying *copying, const char *path) {
  size_t count;
  free(folder_names(copying->arena, path, "", &count));
  if (count == 0) return true;
  message_usage(copying->messages, "%s: there are files in it already", path);
  return false;
}

int verb_init(const struct options *options, struct messages *messages) {
  if (options->operand_count != 1) {
    message_usage(messages, "which folder shall the new guide be in?");
    return STATUS_DONE;
  }
  const char *folder = options->operands[0];
  const char *name = options->values[OPTION_TEMPLATE];
  struct copying copying = {.arena = options->arena, .messages = messages};
  const char *template = find_template(&copying, name ? name : "blank");
  if (!template || !is_free(&copying, folder)) return STATUS_DONE;
  if (copy_folder(&copying, template, folder, 0) && !options->quiet) {
    printf("%s: %zu files; next: handout build %s\n", folder, copying.files, folder);
  }
  return STATUS_DONE;
}
