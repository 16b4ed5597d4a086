/* handout build: one guide, one reader, a PDF and an EPUB.
 *
 * Both are finished in memory before the first is written, so that a mistake found late
 * leaves no half of a pair behind. */
#include "build/build.h"
#include "cli/target.h"
#include "cli/verbs.h"

<<<<<<< HEAD
=======
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Where the outputs go: into a folder, or the one that is asked for into a file. */
struct target {
  struct build_request request;
  const char *folder; /* NULL: `file` */
  const char *file;
};

/* --- where to ---------------------------------------------------------------------- */

static bool ends_in(const char *path, const char *ending) {
  size_t length = strlen(path), size = strlen(ending);
  return length > size && strcasecmp(path + length - size, ending) == 0;
}

/* Standard output, what is there and no folder (a device), or a name with our ending. */
static bool names_a_file(const char *path) {
  if (strcmp(path, "-") == 0) return true;
  if (file_is_folder(path)) return false;
  return ends_in(path, ".pdf") || ends_in(path, ".epub") || file_exists(path);
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
  target->file = path;
  if (request->pdf && request->epub) {
    message_usage(messages, "-o %s is one file, and there are two to write", path);
    message_hint(messages, "say which with --to pdf or --to epub, or name a folder");
    return false;
  }
  if ((pdf && !request->pdf) || (epub && !request->epub)) {
    message_usage(messages, "-o %s is not the name of %s", path,
                  request->pdf ? "a PDF" : "an EPUB");
    return false;
  }
  return true;
}

static bool target_init(struct target *target, const struct options *options,
                        struct messages *messages) {
  const char *path = options->values[OPTION_OUTPUT];
  *target = (struct target){.folder = path ? path : "."};
  if (!options_request(options, &target->request, messages)) return false;
  if (!path || !names_a_file(path)) return true;
  target->folder = NULL;
  return target_file(target, path, options->values[OPTION_TO] != NULL, messages);
}

/* --- writing ------------------------------------------------------------------------- */

static const char *path_in(const struct options *options, const char *folder,
                           const struct guide *guide, const struct reader *reader,
                           const char *ending) {
  const char *id = reader->id;
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

/* An interruption that comes while files are put in place waits until they are. */
static void hold_signals(sigset_t *before) {
  sigset_t held;
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  sigaddset(&held, SIGTERM);
  sigaddset(&held, SIGHUP);
  sigaddset(&held, SIGPROF);
  sigprocmask(SIG_BLOCK, &held, before);
}

static void write_handout(const struct options *options, const struct target *target,
                          const struct guide *guide, const struct reader *reader,
                          const struct handout *handout, struct messages *messages) {
  const char *folder = target->folder, *file = target->file;
  sigset_t before;
  hold_signals(&before);
  bool ok = !folder || file_make_folder(folder, messages);
  if (ok && target->request.pdf) {
    const char *path = file ? file : path_in(options, folder, guide, reader, ".pdf");
    ok = write_output(path, &handout->pdf, options, messages);
  }
  if (ok && target->request.epub) {
    const char *path = file ? file : path_in(options, folder, guide, reader, ".epub");
    write_output(path, &handout->epub, options, messages);
  }
  sigprocmask(SIG_SETMASK, &before, NULL);
}

/* --- the verb ------------------------------------------------------------------------ */

>>>>>>> a06d116 (Limits: files, records, pictures, pixels, depth, nodes, steps, pages and seconds are bounded, named in the error, and set by --limit or the environment)
static void make_and_write(const struct options *options, const struct target *target,
                           const struct guide *guide, const struct reader *reader,
                           struct messages *messages) {
  struct font_options fonts = options_fonts(options);
  struct handout handout = {0};
  struct builder *builder = builder_new(guide, &fonts, messages);
  if (builder && options->values[OPTION_PRINT]) builder_for_print(builder);
  bool ok = builder && builder_make(builder, reader, &target->request, &handout, messages);
  bool fatal = options->fail_if_warnings && messages_warnings(messages) > 0;
  if (ok && !fatal) target_write(target, options, guide, reader, &handout, messages);
  handout_finish(&handout);
  builder_free(builder);
}

int verb_build(const struct options *options, struct messages *messages) {
  struct target target;
  if (!target_init(&target, options, messages)) return STATUS_DONE;
  struct guide *guide = load_guide(options, messages);
  struct reader *reader = guide ? load_reader(options, guide, messages) : NULL;
  if (reader) make_and_write(options, &target, guide, reader, messages);
  messages_flush(messages);
  reader_free(reader);
  guide_free(guide);
  return STATUS_DONE;
}
