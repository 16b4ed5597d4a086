/* handout explain: why each passage with a condition is in or out for a reader; with
 * --readers, how often each condition is true among many. */
#include "cli/verbs.h"
#include "edition/edition.h"
#include "guide/guide.h"

static void explain_one(const struct options *options, const struct guide *guide,
                        struct edition_maker *maker, struct buffer *text,
                        struct messages *messages) {
  struct reader *reader = load_reader(options, guide, messages);
  if (reader) edition_explain(maker, reader, text, messages);
  messages_flush(messages);
  reader_free(reader);
}

static void explain_many(const struct options *options, const struct guide *guide,
                         struct edition_maker *maker, struct buffer *text,
                         struct messages *messages) {
  struct records *records = records_open(options->values[OPTION_READERS], guide, options->settings,
                                         options->setting_count, messages);
  if (!records) return;
  struct edition_survey *survey = edition_survey_new(maker);
  struct reader *reader;
  enum record_status status;
  while ((status = records_next(records, &reader, messages)) != RECORD_END) {
    if (status == RECORD_GOOD) edition_survey_add(survey, reader, messages);
    messages_flush(messages);
    reader_free(reader);
  }
  edition_survey_write(survey, text, messages);
  edition_survey_free(survey);
  records_close(records);
}

int verb_explain(const struct options *options, struct messages *messages) {
  bool many = options->values[OPTION_READERS];
  if (many && options->values[OPTION_READER]) {
    message_usage(messages, "--reader and --readers: for one reader, or for many?");
    return STATUS_DONE;
  }
  struct buffer text = {0};
  struct guide *guide = load_guide(options, messages);
  struct edition_maker *maker = guide ? edition_maker_new(guide, messages) : NULL;
  bool confined = maker && confine(options, NULL, NULL, messages);
  if (confined && many) explain_many(options, guide, maker, &text, messages);
  else if (confined) explain_one(options, guide, maker, &text, messages);
  if (text.length) write_text(options, &text, messages);
  messages_flush(messages);
  buffer_finish(&text);
  edition_maker_free(maker);
  guide_free(guide);
  return STATUS_DONE;
}
