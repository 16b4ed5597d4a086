/* What most verbs begin and end with. */
#include "base/file.h"
#include "base/limit.h"
#include "cli/verbs.h"
#include "guide/guide.h"
#include "reader/reader.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* The settings that are the guide's own; any other is to be a key of a record. */
static const char *const guide_settings[] = {"title", "author", "date", "theme"};
#define GUIDE_SETTINGS (sizeof guide_settings / sizeof *guide_settings)

static bool is_known(const struct guide *guide, const char *name) {
  for (size_t i = 0; i < GUIDE_SETTINGS; i++) {
    if (strcmp(name, guide_settings[i]) == 0) return true;
  }
  return strncmp(name, "title.", 6) == 0 || reader_knows_key(guide, name);
}

static bool check_settings(const struct options *options, const struct guide *guide,
                           struct messages *messages) {
  bool ok = true;
  for (size_t i = 0; i < options->setting_count; i++) {
    const char *name = options->settings[i].name;
    if (is_known(guide, name)) continue;
    message_usage(messages, "--set %s: this guide has no such field", name);
    const char *nearest = reader_nearest_key(guide, options->arena, name);
    if (!nearest) nearest = message_nearest(name, guide_settings, GUIDE_SETTINGS);
    if (nearest) message_hint(messages, "did you mean '%s'?", nearest);
    ok = false;
  }
  return ok;
}

/* --- time ----------------------------------------------------------------------------- */

/* No more than a signal handler may do; nothing is half written, since whoever puts files
 * in place holds the signal back. */
static void on_time_over(int number) {
  static const char line[] = "handout: error: this takes more seconds of the processor than the "
                             "limit 'seconds' allows [limit-seconds]\n";
  (void)number;
  if (write(STDERR_FILENO, line, sizeof line - 1) < 0) _exit(STATUS_IO);
  _exit(STATUS_DOCUMENT);
}

static void set_clock(time_t seconds) {
  struct sigaction action = {.sa_handler = on_time_over};
  struct itimerval timer = {.it_value.tv_sec = seconds};
  sigaction(SIGPROF, &action, NULL);
  setitimer(ITIMER_PROF, &timer, NULL);
}

void start_clock(void) {
  set_clock((time_t)limit_of(LIMIT_SECONDS));
}

void stop_clock(void) {
  set_clock(0);
}

/* --- guides and readers ----------------------------------------------------------------- */

const char *one_guide(const struct options *options, struct messages *messages) {
  if (options->operand_count == 1) return options->operands[0];
  if (options->operand_count > 1) {
    message_usage(messages, "one guide at a time: '%s' is one too many", options->operands[1]);
    return NULL;
  }
  message_usage(messages, "which guide? None is named");
  message_hint(messages, "a guide is a folder with handout.yaml, or a .md, .xml or .txt file");
  return NULL;
}

struct guide *load_guide(const struct options *options, struct messages *messages) {
  const char *path = one_guide(options, messages);
  if (!path) return NULL;
  start_clock();
  struct guide *guide =
      guide_load(path, options->settings, options->setting_count, messages);
  if (!guide || check_settings(options, guide, messages)) return guide;
  messages_flush(messages);
  guide_free(guide);
  return NULL;
}

struct reader *load_reader(const struct options *options, const struct guide *guide,
                           struct messages *messages) {
  const char *path = options->values[OPTION_READER];
  struct reader *reader = path ? reader_load(path, guide, messages) : reader_new_anonymous(guide);
  if (!reader || reader_apply(reader, guide, options->settings, options->setting_count, messages)) {
    return reader;
  }
  messages_flush(messages);
  reader_free(reader);
  return NULL;
}

struct builder *load_builder(const struct options *options, const struct guide *guide,
                             struct messages *messages) {
  struct font_options fonts = options_fonts(options);
  struct builder *builder = builder_new(guide, &fonts, messages);
  if (builder && options->values[OPTION_PRINT]) builder_for_print(builder);
  return builder;
}

bool write_text(const struct options *options, const struct buffer *text,
                struct messages *messages) {
  const char *path = options->values[OPTION_OUTPUT];
  if (options->fail_if_warnings && messages_warnings(messages)) return false;
  /* Whoever reads our output and has enough of it (head) ends us without a word. */
  signal(SIGPIPE, SIG_DFL);
  return file_write(path ? path : "-", text->data, text->length, messages);
}
