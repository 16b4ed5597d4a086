/* What lies where: -o and --to are settled before anything is made, so that a mistyped one
 * is told at once. */
#include "cli/target.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/sandbox.h"
#include "guide/guide.h"
#include "reader/reader.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* --- where to ---------------------------------------------------------------------- */

static bool ends_in(const char *path, const char *ending) {
  size_t length = strlen(path), size = strlen(ending);
  return length > size && strcasecmp(path + length - size, ending) == 0;
}

bool names_a_document(const char *path) {
  static const char *const endings[] = {".pdf", ".epub", ".docx", ".odt", ".html", ".md", ".txt"};
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    if (ends_in(path, endings[i]) && !file_is_folder(path)) return true;
  }
  return false;
}

/* Where a file goes is looked at before anything is made. */
static bool has_folder(const char *path, struct messages *messages) {
  struct arena *arena = arena_new();
  bool good = strcmp(path, "-") == 0 || file_exists(path) ||
              file_is_folder(file_folder(arena, path));
  if (!good) message_io_error(messages, NULL, "cannot-write", "%s: there is no such folder", path);
  arena_free(arena);
  return good;
}

/* Standard output, what is there and no folder (a device), or a name with our ending. */
static bool names_a_file(const char *path) {
  if (strcmp(path, "-") == 0) return true;
  if (file_is_folder(path)) return false;
  return names_a_document(path) || file_exists(path);
}

/* One file is one output: its ending says which, where --to does not. */
static bool target_file(struct target *target, const char *path, bool chosen,
                        struct messages *messages) {
  struct build_request *request = &target->request;
  bool pdf = ends_in(path, ".pdf"), epub = ends_in(path, ".epub");
  if (!chosen && (pdf || epub)) {
    request->pdf = pdf;
    request->epub = epub;
  }
  if (!pdf && !epub && names_a_document(path)) {
    message_usage(messages, "-o %s: a handout is a .pdf or an .epub", path);
    return false;
  }
  if (request->pdf && request->epub) {
    message_usage(messages, "-o %s is one file, and there are two to write", path);
    message_hint(messages, "say which with --to pdf or --to epub, name a folder, or name two "
                           "files: -o me.pdf -o me.epub");
    return false;
  }
  if ((pdf && !request->pdf) || (epub && !request->epub)) {
    message_usage(messages, "-o %s is not the name of %s", path,
                  request->pdf ? "a PDF" : "an EPUB");
    return false;
  }
  target->files[request->epub] = path;
  return has_folder(path, messages);
}

/* -o me.pdf -o me.epub, in either order. */
static bool target_pair(struct target *target, const char *const *paths,
                        struct messages *messages) {
  bool turned = ends_in(paths[0], ".epub");
  const char *pdf = paths[turned], *epub = paths[!turned];
  bool files = ends_in(pdf, ".pdf") && ends_in(epub, ".epub");
  if (!files || file_is_folder(pdf) || file_is_folder(epub)) {
    message_usage(messages, "-o twice is for two files: a .pdf and an .epub");
    return false;
  }
  if (!target->request.pdf || !target->request.epub) {
    message_usage(messages, "-o names two files, and --to one");
    return false;
  }
  target->files[0] = pdf;
  target->files[1] = epub;
  return has_folder(pdf, messages) && has_folder(epub, messages);
}

bool target_init(struct target *target, const struct options *options, struct messages *messages) {
  const char *path = options->values[OPTION_OUTPUT];
  bool pair = options->output_count == 2, file = path && names_a_file(path);
  *target = (struct target){.folder = pair || file ? NULL : path ? path : "."};
  if (!options_request(options, &target->request, messages)) return false;
  if (pair) return target_pair(target, options->outputs, messages);
  if (!file) return true;
  return target_file(target, path, options->values[OPTION_TO] != NULL, messages);
}

/* --- writing ------------------------------------------------------------------------- */

static const char *path_in(const struct options *options, const char *folder,
                           const struct guide *guide, const struct reader *reader,
                           const char *ending) {
  const char *id = reader->id;
  assert(folder && *folder);
  bool here = strcmp(folder, ".") == 0, slash = folder[strlen(folder) - 1] == '/';
  return arena_printf(options->arena, "%s%s%s%s%s%s", here ? "" : folder, here || slash ? "" : "/",
                      guide->name, id ? "-" : "", id ? id : "", ending);
}

static bool write_output(const char *path, const struct buffer *bytes,
                         const struct options *options, struct messages *messages) {
  if (!file_write(path, bytes->data, bytes->length, messages)) return false;
  if (!options->quiet && strcmp(path, "-") != 0) printf("%s\n", path);
  return true;
}

bool target_confine(const struct target *target, struct sandbox *sandbox,
                    struct messages *messages) {
  if (target->folder) {
    if (!file_make_folder(target->folder, messages)) return false;
    sandbox_may_write(sandbox, target->folder);
  }
  for (size_t i = 0; i < 2; i++) {
    const char *file = target->files[i];
    if (!file || strcmp(file, "-") == 0) continue;
    struct arena *arena = arena_new();
    sandbox_may_write(sandbox, file_is_special(file) ? file : file_folder(arena, file));
    arena_free(arena);
  }
  return true;
}

bool target_write(const struct target *target, const struct options *options,
                  const struct guide *guide, const struct reader *reader,
                  const struct handout *handout, struct messages *messages) {
  const char *folder = target->folder;
  sigset_t before;
  file_hold_signals(&before); /* both, or neither */
  bool ok = !folder || file_make_folder(folder, messages);
  if (ok && target->request.pdf) {
    const char *path = folder ? path_in(options, folder, guide, reader, ".pdf") : target->files[0];
    ok = write_output(path, &handout->pdf, options, messages);
  }
  if (ok && target->request.epub) {
    const char *path = folder ? path_in(options, folder, guide, reader, ".epub") : target->files[1];
    ok = write_output(path, &handout->epub, options, messages);
  }
  file_release_signals(&before);
  return ok;
}
