/* handout watch: builds, waits until a file of the guide or the record has changed, builds
 * again, until it is interrupted.
 *
 * Folders are watched, not files: most editors write a new file and rename it over the old
 * one. The builder stays, with its faces, set paragraphs and compressed streams, so that a
 * small change costs little; the sources are read again and dropped if they say the same.
 * What is wrong is shown, and guide and files of the last good build stay meanwhile.
 * Signals are only looked at between builds, so that none is broken off. */
#include "base/file.h"
#include "base/sandbox.h"
#include "cli/target.h"
#include "cli/verbs.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

/* Changes that come this close together (milliseconds) are one. */
#define SETTLED 8
#define DEEPEST 4
#define CHANGES                                                                                    \
  (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR)

struct watch {
  const struct options *options;
  struct target target;
  int sources, files, signals; /* inotify: of the guide; of record and theme; signalfd */
  struct guide *guide;  /* the last good one, the builder's */
  struct builder *builder;
  bool theme_changed;
};

/* --- building ------------------------------------------------------------------------ */

/* A builder keeps its themes, so a changed one wants another builder. */
static void forget_theme(struct watch *watch) {
  if (!watch->theme_changed) return;
  builder_free(watch->builder);
  guide_free(watch->guide);
  watch->builder = NULL;
  watch->guide = NULL;
  watch->theme_changed = false;
}

static bool same_theme(const struct guide *one, const struct guide *other) {
  const char *first = one->theme_file, *second = other->theme_file;
  return first && second ? strcmp(first, second) == 0 : first == second;
}

static bool give_guide(struct watch *watch, const struct guide *guide, struct messages *messages) {
  if (watch->builder) return builder_change_guide(watch->builder, guide, messages);
  watch->builder = load_builder(watch->options, guide, messages);
  return watch->builder != NULL;
}

static bool read_guide(struct watch *watch, struct messages *messages) {
  struct guide *guide = load_guide(watch->options, messages);
  if (!guide) return false;
  if (watch->guide && !same_theme(watch->guide, guide)) watch->theme_changed = true;
  forget_theme(watch);
  bool same = watch->guide && memcmp(watch->guide->digest, guide->digest, HASH_SIZE) == 0;
  bool good = same || give_guide(watch, guide, messages);
  messages_flush(messages); /* what is held back points into the guide */
  if (same || !good) {
    guide_free(guide);
    return good;
  }
  guide_free(watch->guide);
  watch->guide = guide;
  return true;
}

static bool make(struct watch *watch, struct handout *handout, struct messages *messages) {
  if (!read_guide(watch, messages)) return false;
  struct reader *reader = load_reader(watch->options, watch->guide, messages);
  bool good =
      reader && builder_make(watch->builder, reader, &watch->target.request, handout, messages);
  if (watch->options->fail_if_warnings && messages_warnings(messages)) good = false;
  good = good && target_write(&watch->target, watch->options, watch->guide, reader, handout,
                              messages);
  messages_flush(messages); /* what is held back points into the record */
  reader_free(reader);
  return good;
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void build(struct watch *watch) {
  double start = milliseconds();
  struct handout handout = {0};
  struct messages *messages = messages_new(stderr, watch->options->format, watch->options->colour);
  bool good = make(watch, &handout, messages);
  messages_free(messages);
  if (good && !watch->options->quiet)
    printf("%zu pages in %.0f ms\n", handout.page_count, milliseconds() - start);
  else if (!watch->options->quiet) puts("not built; waiting for a change");
  fflush(stdout);
  handout_finish(&handout);
}

/* --- waiting ---------------------------------------------------------------------------- */

/* A folder and those in it. Adding one again changes nothing. */
static bool add_sources(struct watch *watch, const char *path, int depth) {
  if (inotify_add_watch(watch->sources, path, CHANGES) < 0) return false;
  DIR *folder = depth < DEEPEST ? opendir(path) : NULL;
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    const char *inner = arena_printf(watch->options->arena, "%s/%s", path, entry->d_name);
    if (entry->d_name[0] != '.' && file_is_folder(inner)) add_sources(watch, inner, depth + 1);
  }
  if (folder) closedir(folder);
  return true;
}

/* Files that are watched one by one, in folders of their own. NULL where there is none. */
static const char *theme_file(const struct watch *watch) {
  const struct options *options = watch->options;
  const char *theme = options->values[OPTION_THEME];
  for (size_t i = options->setting_count; i > 0 && !theme; i--)
    if (strcmp(options->settings[i - 1].name, "theme") == 0) theme = options->settings[i - 1].value;
  return theme && strchr(theme, '/') ? theme : NULL;
}

static void add_file(struct watch *watch, const char *path) {
  if (path) inotify_add_watch(watch->files, file_folder(watch->options->arena, path), CHANGES);
}

static const char *guide_folder(const struct watch *watch) {
  const char *guide = watch->options->operands[0];
  return file_is_folder(guide) ? guide : file_folder(watch->options->arena, guide);
}

static bool add_watches(struct watch *watch, struct messages *messages) {
  const char *folder = guide_folder(watch);
  add_file(watch, watch->options->values[OPTION_READER]);
  add_file(watch, theme_file(watch));
  if (add_sources(watch, folder, 0)) return true;
  message_io_error(messages, NULL, "cannot-read", "%s: %s", folder, strerror(errno));
  return false;
}

static bool is_named(const char *path, const char *name) {
  return path && strcmp(file_name(path), name) == 0;
}

/* "me.PDF", and "me.PDF.Xy12ab" until it is whole. */
static bool is_at(const char *path, const char *name) {
  size_t length = path ? strlen(file_name(path)) : 0;
  return length && strncmp(name, file_name(path), length) == 0 &&
         (!name[length] || name[length] == '.');
}

static bool is_output(const struct target *target, const char *name) {
  return file_ends_in(name, ".pdf") || file_ends_in(name, ".epub") || strstr(name, ".pdf.") ||
         strstr(name, ".epub.") || is_at(target->files[0], name) || is_at(target->files[1], name);
}

/* Not what we write ourselves, nor an editor's own files; of what is new, only folders:
 * a file is looked at when it has been written. */
static bool source_counts(struct watch *watch, const struct inotify_event *event) {
  const char *name = event->len ? event->name : "";
  if (watch->guide && is_named(watch->guide->theme_file, name)) watch->theme_changed = true;
  bool folder = event->mask & IN_ISDIR;
  bool ours = folder ? is_named(watch->target.folder, name) : is_output(&watch->target, name);
  bool editors = name[0] == '.' || file_ends_in(name, "~");
  return !ours && !editors && (folder || !(event->mask & IN_CREATE)) && !(event->mask & IN_IGNORED);
}

static bool file_counts(struct watch *watch, const struct inotify_event *event) {
  const char *name = event->len ? event->name : "";
  bool theme = is_named(theme_file(watch), name);
  if (event->mask & IN_CREATE) return false;
  watch->theme_changed = watch->theme_changed || theme;
  return theme || is_named(watch->options->values[OPTION_READER], name);
}

/* All that is waiting to be read; whether any of it counts. */
static bool read_changes(struct watch *watch, int from) {
  char bytes[16384] __attribute__((aligned(__alignof__(struct inotify_event))));
  bool found = false;
  for (ssize_t length; (length = read(from, bytes, sizeof bytes)) > 0;) {
    for (char *at = bytes; at < bytes + length;) {
      const struct inotify_event *event = (const struct inotify_event *)(void *)at;
      bool counts =
          from == watch->files ? file_counts(watch, event) : source_counts(watch, event);
      found = found || counts;
      at += sizeof *event + event->len;
    }
  }
  return found;
}

/* Takes the signal that ends us, so that it does not end us again. */
static void take_signal(const struct watch *watch) {
  struct signalfd_siginfo signal;
  while (read(watch->signals, &signal, sizeof signal) < 0 && errno == EINTR) continue;
}

/* False when it is time to end. */
static bool wait_for_change(struct watch *watch) {
  struct pollfd polled[] = {{.fd = watch->signals, .events = POLLIN},
                            {.fd = watch->sources, .events = POLLIN},
                            {.fd = watch->files, .events = POLLIN}};
  for (bool changed = false;;) {
    int count = poll(polled, 3, changed ? SETTLED : -1);
    if (count == 0) return true;
    if (count < 0 && errno != EINTR) return false;
    if (count > 0 && polled[0].revents) {
      take_signal(watch);
      return false;
    }
    changed = read_changes(watch, watch->sources) || changed;
    changed = read_changes(watch, watch->files) || changed;
  }
}

/* --- alone ------------------------------------------------------------------------------- */

static void let_read_beside(const struct watch *watch, const char *path, struct sandbox *sandbox) {
  if (path) sandbox_may_read(sandbox, file_folder(watch->options->arena, path));
}

/* Whatever is read again stays open, in folders, since editors make files anew. */
static bool confine_watch(struct watch *watch, struct messages *messages) {
  struct font_options fonts = options_fonts(watch->options);
  struct sandbox *sandbox = sandbox_new(messages);
  bool ok = sandbox && builders_confine(&fonts, sandbox, messages) &&
            target_confine(&watch->target, sandbox, messages);
  if (ok) {
    sandbox_may_read(sandbox, guide_folder(watch));
    let_read_beside(watch, watch->options->values[OPTION_READER], sandbox);
    let_read_beside(watch, theme_file(watch), sandbox);
    ok = sandbox_enter(sandbox, messages);
  }
  sandbox_free(sandbox);
  return ok;
}

/* --- the verb ------------------------------------------------------------------------------ */

static bool start(struct watch *watch, sigset_t *before, struct messages *messages) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGHUP);
  sigprocmask(SIG_BLOCK, &ends, before);
  watch->signals = signalfd(-1, &ends, SFD_CLOEXEC);
  watch->sources = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  watch->files = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (watch->signals >= 0 && watch->sources >= 0 && watch->files >= 0) return true;
  message_io_error(messages, NULL, "cannot-watch", "files cannot be watched: %s", strerror(errno));
  return false;
}

/* Whether there is something to wait for at all. */
static bool check_operand(const struct options *options, struct messages *messages) {
  const char *path = one_guide(options, messages);
  if (!path) return false;
  if (strcmp(path, "-") == 0) message_usage(messages, "standard input cannot be watched");
  else if (!file_exists(path))
    message_io_error(messages, NULL, "cannot-read", "%s: %s", path, strerror(ENOENT));
  else return true;
  return false;
}

static void finish(struct watch *watch, const sigset_t *before) {
  int files[] = {watch->sources, watch->files, watch->signals};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    if (files[i] >= 0) close(files[i]);
  }
  sigprocmask(SIG_SETMASK, before, NULL);
  builder_free(watch->builder);
  guide_free(watch->guide);
}

int verb_watch(const struct options *options, struct messages *messages) {
  struct watch watch = {.options = options, .sources = -1, .files = -1, .signals = -1};
  if (!check_operand(options, messages) || !target_init(&watch.target, options, messages))
    return STATUS_DONE;
  sigset_t before;
  if (start(&watch, &before, messages) && confine_watch(&watch, messages)) {
    while (add_watches(&watch, messages)) {
      build(&watch);
      if (!wait_for_change(&watch)) break;
    }
  }
  finish(&watch, &before);
  return STATUS_DONE;
}
