/* handout init: a template's files, copied into a new folder. */
#include "base/assets.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/source.h"
#include "cli/verbs.h"

#include <stdio.h>
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
  struct folder in;
  bool good = folder_read(&in, from, "", copying->arena, copying->messages);
  for (size_t i = 0; good && i < in.count; i++) {
    const char *source = arena_printf(copying->arena, "%s/%s", from, in.names[i]);
    const char *target = arena_printf(copying->arena, "%s/%s", to, in.names[i]);
    good = file_is_folder(source) ? copy_folder(copying, source, target, depth + 1)
                                  : copy_file(copying, source, target);
  }
  return good;
}

/* The template's folder, or NULL and a message that lists those there are. */
static const char *find_template(struct copying *copying, const char *name) {
  const char *all = asset_path(copying->arena, "../templates");
  const char *path = arena_printf(copying->arena, "%s/%s", all, name);
  bool plain = *name && !strchr(name, '/') && name[0] != '.';
  if (plain && file_is_folder(path)) return path;
  struct folder in;
  if (!folder_read(&in, all, "", copying->arena, copying->messages)) return NULL;
  message_usage(copying->messages, "there is no template '%s'; there are: %s", name,
                folder_list(&in, copying->arena));
  const char *nearest = message_nearest(name, in.names, in.count);
  if (nearest) message_hint(copying->messages, "did you mean '%s'?", nearest);
  return NULL;
}

static bool is_free(struct copying *copying, const char *path) {
  struct folder in = {0};
  bool readable = !file_exists(path) || folder_read(&in, path, "", copying->arena, copying->messages);
  if (!readable || in.count == 0) return readable;
  message_usage(copying->messages, "%s: there are files in it already", path);
  return false;
}

int verb_init(const struct options *options, struct messages *messages) {
  if (options->operand_count > 1)
    message_usage(messages, "one folder at a time: '%s' is one too many", options->operands[1]);
  else if (options->operand_count == 0)
    message_usage(messages, "which folder shall the new guide be in?");
  if (options->operand_count != 1) return STATUS_DONE;
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
