/* handout batch: one guide, a list of records, a folder full of handouts. */
#include "batch/batch.h"

#include "base/file.h"
#include "cli/target.h"
#include "cli/verbs.h"

#include <string.h>

/* 128 and the signal, as shells say it. */
#define STATUS_INTERRUPTED 130

static int end_status(enum batch_end end, const struct messages *messages) {
  switch (end) {
  case BATCH_DONE:
    return STATUS_DONE;
  case BATCH_SOME_FAILED:
    return STATUS_RECORDS;
  case BATCH_INTERRUPTED:
    return STATUS_INTERRUPTED;
  case BATCH_REFUSED:
    break;
  }
  return (int)messages_status(messages);
}

static bool read_batch_options(const struct options *options, struct batch_options *batch,
                               struct messages *messages) {
  const char *shard = options->values[OPTION_SHARD];
  *batch = (struct batch_options){.records = options->values[OPTION_READERS],
                                  .folder = options->values[OPTION_OUTPUT],
                                  .pattern = options->values[OPTION_NAME],
                                  .resume = options->values[OPTION_RESUME] != NULL,
                                  .shard = 1,
                                  .shard_count = 1,
                                  .print = options->values[OPTION_PRINT] != NULL,
                                  .quiet = options->quiet || options->format == MESSAGES_JSON,
                                  .fail_if_warnings = options->fail_if_warnings,
                                  .format = options->format,
                                  .settings = options->settings,
                                  .setting_count = options->setting_count};
  if (!batch->folder) message_usage(messages, "where to? Say -o FOLDER");
  else if (strcmp(batch->folder, "-") == 0 || names_a_document(batch->folder))
    message_usage(messages, "-o %s: a batch goes into a folder", batch->folder);
  else if (!batch->records && !options->values[OPTION_MERGE])
    message_usage(messages, "for whom? Say --readers FILE: a CSV file, or a folder of YAML files");
  else
    return options_request(options, &batch->request, messages) &&
           options_number(options, OPTION_JOBS, 0, &batch->jobs, messages) &&
           options_number(options, OPTION_TIMEOUT, 0, &batch->seconds, messages) &&
           (!shard || batch_parse_shard(shard, &batch->shard, &batch->shard_count, messages));
  return false;
}

int verb_batch(const struct options *options, struct messages *messages) {
  struct batch_options batch;
  if (!read_batch_options(options, &batch, messages)) return STATUS_DONE;
  if (options->values[OPTION_MERGE]) {
    if (!options->operand_count || one_guide(options, messages)) batch_merge(batch.folder, messages);
    return STATUS_DONE;
  }
  struct font_options fonts = options_fonts(options);
  struct guide *guide = load_guide(options, messages);
  if (!guide) return STATUS_DONE;
  stop_clock();
  enum batch_end end = batch_run(guide, &fonts, &batch, messages);
  int status = end_status(end, messages);
  messages_flush(messages);
  guide_free(guide);
  return status;
}
