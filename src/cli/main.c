/* The program: finds the verb, reads its options, runs it, ends with the worst status
 * that the messages have. */
#include "base/arena.h"
#include "base/limit.h"
#include "base/version.h"
#include "cli/verbs.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run_verb(const struct verb *verb, int count, char **words, enum message_format format,
                    bool colour, struct messages *messages) {
  struct options options = {.arena = arena_new(), .format = format, .colour = colour};
  int status = STATUS_DONE;
  if (options_read(&options, count, words, verb->taken, messages)) {
    if (options.values[OPTION_HELP]) verb_print_help(verb);
    else if (options.values[OPTION_VERSION]) puts("handout " HANDOUT_VERSION);
    else status = verb->run(&options, messages);
  }
  messages_flush(messages);
  if (status == STATUS_DONE) status = (int)messages_status(messages);
  if (status == STATUS_DONE && options.fail_if_warnings && messages_warnings(messages))
    status = STATUS_WARNINGS;
  arena_free(options.arena);
  return status;
}

static int run_words(int count, char **words, enum message_format format, bool colour,
                     struct messages *messages) {
  const char *word = words[1];
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
    verbs_print(stdout);
    return STATUS_DONE;
  }
  if (strcmp(word, "--version") == 0) {
    puts("handout " HANDOUT_VERSION);
    return STATUS_DONE;
  }
  bool bounded = limit_check_environment(messages);
  const struct verb *verb = bounded ? verb_find(word, messages) : NULL;
  return verb ? run_verb(verb, count - 2, words + 2, format, colour, messages) : STATUS_USAGE;
}

/* A file that is opened in the place of a standard stream which is closed would get what is said
 * there. Reading and writing fail as they did: each is open for the other. */
static bool hold_streams(void) {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
    bool closed = fcntl(stream, F_GETFD) < 0;
    if (closed && open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) != stream)
      return false;
  }
  return true;
}

int main(int count, char **words) {
  if (!hold_streams()) return STATUS_IO;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a file beyond what one may write is an error as a full disk is */
  setenv("TZ", "UTC0", 1); /* no zone reaches an output; libzip asks for its file again and again */
  char *asked[] = {words[0], count < 3 ? NULL : words[2], "--help", NULL};
  if (count > 2 && strcmp(words[1], "help") == 0) { /* "help VERB" is "VERB --help" */
    words = asked;
    count = 3;
  }
  if (count < 2) {
    verbs_print(stderr);
    return STATUS_USAGE;
  }
  enum message_format format;
  bool colour;
  options_look(count - 2, words + 2, &format, &colour);
  struct messages *messages = messages_new(stderr, format, colour);
  int status = run_words(count, words, format, colour, messages);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    message_io_error(messages, NULL, "cannot-write", "standard output cannot be written");
    status = STATUS_IO;
  }
  messages_free(messages);
  return status;
}
