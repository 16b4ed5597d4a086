/* The journal: what was done is known again, a cut line is dropped, rubbish is refused. */
#include "check.h"

#include "base/arena.h"
#include "base/message.h"
#include "batch/journal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
  struct arena *arena;
  struct messages *messages;
  const char *folder;
  const char *path;
  int descriptor;
};

static struct fixture set_up(void) {
  struct fixture f = {.arena = arena_new(), .messages = messages_new_silent()};
  const char *base = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
  char *folder = arena_printf(f.arena, "%s/handout-journal-XXXXXX", base);
  CHECK(mkdtemp(folder) != NULL);
  f.folder = folder;
  f.path = arena_printf(f.arena, "%s/j", folder);
  f.descriptor = open(folder, O_RDONLY | O_DIRECTORY);
  return f;
}

static void tear_down(struct fixture *f) {
  unlinkat(f->descriptor, "j", 0);
  unlinkat(f->descriptor, "a.pdf", 0);
  close(f->descriptor);
  rmdir(f->folder);
  messages_free(f->messages);
  arena_free(f->arena);
}

static void write_text(struct fixture *f, const char *name, const char *mode, const char *text) {
  FILE *file = fopen(arena_printf(f->arena, "%s/%s", f->folder, name), mode);
  fputs(text, file);
  fclose(file);
}

static struct journal_entry entry_of(uint8_t first) {
  struct journal_entry entry = {.id = "li-wei", .row = 7, .done = true, .pages = 3};
  entry.key[0] = first;
  entry.files[0] = (struct journal_file){.name = "a.pdf", .size = 5};
  return entry;
}

static void keep(struct fixture *f, bool resume, const struct journal_entry *entry) {
  struct journal *journal = journal_open(f->path, resume, f->descriptor, f->messages);
  CHECK(journal != NULL);
  journal_add(journal, entry);
  CHECK(journal_waiting(journal) == 1);
  CHECK(journal_close(journal, f->messages));
}

static bool known(struct fixture *f, const struct journal_entry *entry) {
  struct journal *journal = journal_open(f->path, true, f->descriptor, f->messages);
  if (!journal) return false;
  bool has = journal_has(journal, entry->key);
  journal_close(journal, f->messages);
  return has;
}

static void test_done_is_known_again(void) {
  struct fixture f = set_up();
  struct journal_entry entry = entry_of(1), other = entry_of(2);
  keep(&f, false, &entry);
  CHECK(!known(&f, &entry)); /* its file is not there */
  write_text(&f, "a.pdf", "w", "12345");
  CHECK(known(&f, &entry));
  CHECK(!known(&f, &other));
  write_text(&f, "a.pdf", "w", "1234"); /* another size */
  CHECK(!known(&f, &entry));
  tear_down(&f);
}

static void test_failed_is_not_known(void) {
  struct fixture f = set_up();
  struct journal_entry entry = entry_of(1);
  entry.done = false;
  entry.reason = "crashed";
  write_text(&f, "a.pdf", "w", "12345");
  keep(&f, false, &entry);
  CHECK(!known(&f, &entry));
  tear_down(&f);
}

static void test_cut_line_is_dropped(void) {
  struct fixture f = set_up();
  struct journal_entry entry = entry_of(1), second = entry_of(2);
  second.files[0].name = "b.pdf";
  write_text(&f, "a.pdf", "w", "12345");
  write_text(&f, "b.pdf", "w", "12345");
  keep(&f, false, &entry);
  write_text(&f, "j", "a", "{\"id\":\"half");
  CHECK(known(&f, &entry));
  keep(&f, true, &second);
  CHECK(known(&f, &entry));
  CHECK(known(&f, &second));
  tear_down(&f);
}

/* One record's files took the place of the other's, and have the same size. */
static void test_replaced_is_not_known(void) {
  struct fixture f = set_up();
  struct journal_entry entry = entry_of(1), second = entry_of(2);
  entry.files[1] = (struct journal_file){.name = "a.epub", .size = 5};
  second.files[1] = (struct journal_file){.name = "a.epub", .size = 5};
  second.files[0] = (struct journal_file){0};
  write_text(&f, "a.pdf", "w", "12345");
  write_text(&f, "a.epub", "w", "12345");
  keep(&f, false, &entry);
  CHECK(known(&f, &entry));
  keep(&f, true, &second);
  CHECK(!known(&f, &entry));
  CHECK(known(&f, &second));
  keep(&f, true, &entry);
  CHECK(known(&f, &entry));
  CHECK(!known(&f, &second));
  tear_down(&f);
}

static void test_rubbish_is_refused(void) {
  static const char *const lines[] = {
      "rubbish\n", "[]\n", "{\"key\":\"12\"}\n",
      "{\"status\":\"done\",\"key\":"
      "\"0100000000000000000000000000000000000000000000000000000000000000\","
      "\"files\":[{\"name\":\"../x\",\"size\":1}]}\n",
      "{\"status\":\"done\",\"key\":"
      "\"0100000000000000000000000000000000000000000000000000000000000000\",\"files\":[]}\n"};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct fixture f = set_up();
    write_text(&f, "j", "w", lines[i]);
    CHECK(journal_open(f.path, true, f.descriptor, f.messages) == NULL);
    CHECK(messages_errors(f.messages) == 1);
    tear_down(&f);
  }
}

static void test_many(void) {
  struct fixture f = set_up();
  write_text(&f, "a.pdf", "w", "12345");
  struct journal *journal = journal_open(f.path, false, f.descriptor, f.messages);
  for (unsigned i = 0; i < 5000; i++) {
    struct journal_entry entry = entry_of((uint8_t)i);
    entry.key[9] = (uint8_t)(i >> 8);
    journal_add(journal, &entry);
  }
  CHECK(journal_close(journal, f.messages));
  struct journal_entry last = entry_of((uint8_t)4999);
  last.key[9] = 4999 >> 8;
  CHECK(known(&f, &last));
  last.key[9] = 99;
  CHECK(!known(&f, &last));
  tear_down(&f);
}

int main(void) {
  test_done_is_known_again();
  test_failed_is_not_known();
  test_cut_line_is_dropped();
  test_replaced_is_not_known();
  test_rubbish_is_refused();
  test_many();
  return check_summary();
}
