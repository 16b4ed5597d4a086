/* handout build: one guide, one reader, a PDF and an EPUB.
 *
 * Both are finished in memory before the first is written, so that a mistake found late
 * leaves no half of a pair behind. */
#include "build/build.h"
#include "cli/target.h"
#include "cli/verbs.h"

static void make_and_write(const struct options *options, const struct target *target,
                           const struct guide *guide, struct builder *builder,
                           struct messages *messages) {
  struct handout handout = {0};
  struct reader *reader = load_reader(options, guide, messages);
  bool ok = reader && builder_make(builder, reader, &target->request, &handout, messages);
  bool fatal = options->fail_if_warnings && messages_warnings(messages) > 0;
  if (ok && !fatal) target_write(target, options, guide, reader, &handout, messages);
  messages_flush(messages); /* what is held back points into the record */
  handout_finish(&handout);
  reader_free(reader);
}

int verb_build(const struct options *options, struct messages *messages) {
  struct target target;
  if (!target_init(&target, options, messages)) return STATUS_DONE;
  struct guide *guide = load_guide(options, messages);
  struct builder *builder = guide ? load_builder(options, guide, messages) : NULL;
  if (builder && confine(options, &target, builder, messages))
    make_and_write(options, &target, guide, builder, messages);
  messages_flush(messages);
  builder_free(builder);
  guide_free(guide);
  return STATUS_DONE;
}
