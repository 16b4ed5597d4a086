/* The library's functions, over build/: what a program that embeds it gives is turned
 * into what the rooms take, and their messages into its own. A call has a sink of its
 * own, so that its status is that call's and threads have none in common. */
#include "handout.h"

#include "base/utf8.h"
#include "base/version.h"
#include "build/build.h"

#include <stdlib.h>
#include <string.h>

struct handout_guide {
  struct guide *guide;
};

struct handout_builder {
  const struct guide *guide;
  struct builder *builder;
  struct handout_setup setup;
};

/* --- messages ---------------------------------------------------------------------- */

struct listener {
  handout_take_message *take;
  void *context;
};

static struct handout_place public_place(const struct place *place) {
  if (!place->source) return (struct handout_place){0};
  return (struct handout_place){.file = place->source->name,
                                .line = place->line,
                                .column = place->column,
                                .length = place->length};
}

static void pass_on(void *context, const struct message *message) {
  const struct listener *listener = context;
  if (!listener->take) return;
  size_t count = message->remark_count;
  struct handout_remark *remarks = memory_alloc((count + 1) * sizeof *remarks);
  for (size_t i = 0; i < count; i++) {
    const struct remark *remark = &message->remarks[i];
    remarks[i] = (struct handout_remark){
        .is_hint = remark->hint, .text = remark->text, .place = public_place(&remark->place)};
  }
  struct handout_message shown = {.severity = message->is_error ? HANDOUT_ERROR : HANDOUT_WARNING,
                                  .code = message->code,
                                  .text = message->text,
                                  .place = public_place(&message->place),
                                  .remarks = remarks,
                                  .remark_count = count};
  listener->take(listener->context, &shown);
  free(remarks);
}

/* --- guides --------------------------------------------------------------------------- */

const char *handout_version(void) {
  return HANDOUT_VERSION;
}

struct handout_guide *handout_open(const char *path, handout_take_message *take, void *context) {
  struct listener listener = {take, context};
  struct messages *messages = messages_new_for(pass_on, &listener);
  struct guide *guide = guide_load(path, NULL, 0, messages);
  messages_free(messages);
  if (!guide) return NULL;
  struct handout_guide *opened = memory_alloc(sizeof *opened);
  opened->guide = guide;
  return opened;
}

void handout_close(struct handout_guide *guide) {
  if (!guide) return;
  guide_free(guide->guide);
  free(guide);
}

/* --- builders --------------------------------------------------------------------------- */

static struct font_options font_options(const struct handout_setup *setup) {
  return (struct font_options){.folders = (const char **)setup->font_folders,
                               .folder_count = setup->font_folder_count,
                               .ignore_system_fonts = setup->ignore_system_fonts};
}

bool handout_check(const char *path, const struct handout_setup *setup) {
  static const struct handout_setup plain;
  if (!setup) setup = &plain;
  struct listener listener = {setup->take, setup->context};
  struct messages *messages = messages_new_for(pass_on, &listener);
  struct font_options fonts = font_options(setup);
  struct guide *guide = guide_check(path, NULL, 0, messages);
  if (guide) build_check(guide, setup->theme, &fonts, messages);
  bool good = guide && messages_errors(messages) == 0;
  messages_free(messages);
  guide_free(guide);
  return good;
}

struct handout_builder *handout_builder_new(const struct handout_guide *guide,
                                            const struct handout_setup *setup) {
  struct handout_builder *made = memory_alloc(sizeof *made);
  if (setup) made->setup = *setup;
  made->guide = guide->guide;
  struct listener listener = {made->setup.take, made->setup.context};
  struct messages *messages = messages_new_for(pass_on, &listener);
  struct font_options fonts = font_options(&made->setup);
  made->builder = builder_new(made->guide, &fonts, messages);
  messages_free(messages);
  if (made->builder && made->setup.for_print) builder_for_print(made->builder);
  if (made->builder) return made;
  free(made);
  return NULL;
}

void handout_builder_free(struct handout_builder *builder) {
  if (!builder) return;
  builder_free(builder->builder);
  free(builder);
}

/* --- a handout ---------------------------------------------------------------------------- */

static bool check_pair(const struct handout_pair *pair, struct messages *messages) {
  const char *value = pair->value;
  if (pair->name && value && utf8_valid_prefix(value, strlen(value)) == strlen(value)) return true;
  message_error(messages, NULL, "not-utf-8", "%s: a pair is a name and a value in UTF-8",
                pair->name ? pair->name : "?");
  return false;
}

static struct reader *read_record(const struct guide *guide, const struct handout_record *record,
                                  struct messages *messages) {
  if (!record) return reader_new_anonymous(guide);
  size_t count = record->pair_count;
  for (size_t i = 0; i < count; i++) {
    if (!check_pair(&record->pairs[i], messages)) return NULL;
  }
  struct setting *pairs = memory_alloc((count + 1) * sizeof *pairs);
  for (size_t i = 0; i < count; i++)
    pairs[i] = (struct setting){record->pairs[i].name, record->pairs[i].value};
  struct reader *reader = reader_from_memory("<record>", record->yaml, record->yaml_length, pairs,
                                             count, guide, messages);
  free(pairs);
  return reader;
}

static void write_out(const struct handout_output *output, const struct buffer *bytes,
                      const char *what, struct messages *messages) {
  if (!output || messages_errors(messages)) return;
  if (!output->write(output->context, bytes->data, bytes->length))
    message_io_error(messages, NULL, "cannot-write", "the %s could not be written", what);
}

static void make(struct handout_builder *builder, const struct handout_record *record,
                 const struct handout_output *pdf, const struct handout_output *epub,
                 struct messages *messages) {
  struct build_request request = {.pdf = pdf != NULL,
                                  .epub = epub != NULL,
                                  .epub_without_fonts = builder->setup.epub_without_fonts,
                                  .theme = builder->setup.theme};
  struct reader *reader = read_record(builder->guide, record, messages);
  struct handout handout = {0};
  if (reader && builder_make(builder->builder, reader, &request, &handout, messages)) {
    write_out(pdf, &handout.pdf, "PDF", messages);
    write_out(epub, &handout.epub, "EPUB", messages);
  }
  messages_flush(messages); /* what is held back points into the record */
  handout_finish(&handout);
  reader_free(reader);
}

enum handout_status handout_build(struct handout_builder *builder,
                                  const struct handout_record *record,
                                  const struct handout_output *pdf,
                                  const struct handout_output *epub) {
  struct listener listener = {builder->setup.take, builder->setup.context};
  struct messages *messages = messages_new_for(pass_on, &listener);
  make(builder, record, pdf, epub, messages);
  enum status status = messages_status(messages);
  messages_free(messages);
  if (status == STATUS_DONE) return HANDOUT_DONE;
  return status == STATUS_IO ? HANDOUT_FAILED : HANDOUT_REFUSED;
}
