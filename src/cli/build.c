/* handout build: one guide, one reader, a PDF and an EPUB.
 *
 * Both are finished in memory before the first is written, so that a mistake found late
 * leaves no half of a pair behind. */
#include "base/sandbox.h"
#include "build/build.h"
#include "cli/target.h"
#include "cli/verbs.h"

/* From here on only the two files can be written. */
static bool confine(const struct target *target, const struct builder *builder,
                    struct messages *messages) {
  struct sandbox *sandbox = sandbox_new(messages);
  bool ok = sandbox && target_confine(target, sandbox, messages);
  if (ok) builder_confine(builder, &target->request, sandbox);
  ok = ok && sandbox_enter(sandbox, messages);
  sandbox_free(sandbox);
  return ok;
}

static void make_and_write(const struct options *options, const struct target *target,
                           const struct guide *guide, const struct reader *reader,
                           struct messages *messages) {
  struct handout handout = {0};
  struct builder *builder = load_builder(options, guide, messages);
  bool ok = builder && confine(target, builder, messages) &&
            builder_make(builder, reader, &target->request, &handout, messages);
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
