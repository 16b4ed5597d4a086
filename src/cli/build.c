/* handout build: one guide, one reader, a PDF and an EPUB. Both are finished before the
 * first is written. */
#include "build/build.h"
#include "base/file.h"
#include "cli/verbs.h"

#include <stdio.h>
#include <string.h>

struct output {
  const char *ending;
  const struct buffer *bytes;
  const char *path;
};

static bool has_ending(const char *path, const char *ending) {
  size_t length = strlen(path), size = strlen(ending);
  return length > size && strcmp(path + length - size, ending) == 0;
}

/* -o names a file when it ends like one, is "-" or a device; else a folder. */
static bool names_a_file(const char *path) {
  if (strcmp(path, "-") == 0 || has_ending(path, ".pdf") || has_ending(path, ".epub")) return true;
  return !file_is_folder(path) && file_exists(path);
}

static const char *path_in(const struct options *options, const char *folder,
                           const struct guide *guide, const struct reader *reader,
                           const char *ending) {
  const char *id = reader->id;
  return arena_printf(options->arena, "%s/%s%s%s%s", folder, guide->name, id ? "-" : "",
                      id ? id : "", ending);
}

/* One file for two outputs: the other stands beside it, with its own ending. */
static bool choose_paths(const struct options *options, const struct guide *guide,
                         const struct reader *reader, struct output outputs[2],
                         struct messages *messages) {
  const char *target = options->values[OPTION_OUTPUT];
  bool both = outputs[0].bytes && outputs[1].bytes;
  if (target && names_a_file(target)) {
    if (both) {
      message_usage(messages, "-o %s is one file, and there are two to write", target);
      message_hint(messages, "say which with --to pdf or --to epub, or name a folder");
      return false;
    }
    for (size_t i = 0; i < 2; i++) outputs[i].path = target;
    return true;
  }
  if (target && !file_make_folder(target, messages)) return false;
  for (size_t i = 0; i < 2; i++) {
    outputs[i].path = path_in(options, target ? target : ".", guide, reader, outputs[i].ending);
  }
  return true;
}

static bool make_and_write(const struct options *options, const struct guide *guide,
                           const struct reader *reader, const struct build_request *request,
                           struct messages *messages) {
  struct font_options fonts = options_fonts(options);
  struct handout handout = {0};
  struct builder *builder = builder_new(guide, &fonts, messages);
  bool ok = builder && builder_make(builder, reader, request, &handout, messages);
  struct output outputs[2] = {{".pdf", request->pdf ? &handout.pdf : NULL, NULL},
                              {".epub", request->epub ? &handout.epub : NULL, NULL}};
  ok = ok && choose_paths(options, guide, reader, outputs, messages);
  for (size_t i = 0; ok && i < 2; i++) {
    const struct output *output = &outputs[i];
    if (!output->bytes) continue;
    ok = file_write(output->path, output->bytes->data, output->bytes->length, messages);
    if (ok && options->verbose) fprintf(stderr, "%s\n", output->path);
  }
  handout_finish(&handout);
  builder_free(builder);
  return ok;
}

int verb_build(const struct options *options, struct messages *messages) {
  struct build_request request;
  if (!options_request(options, &request, messages)) return STATUS_DONE;
  struct guide *guide = load_guide(options, messages);
  struct reader *reader = guide ? load_reader(options, guide, messages) : NULL;
  if (reader) make_and_write(options, guide, reader, &request, messages);
  messages_flush(messages);
  reader_free(reader);
  guide_free(guide);
  return STATUS_DONE;
}
