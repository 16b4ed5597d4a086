/* The pages of every case and template, measured as those of page_measure are: for each of its
 * readers, and for no one, in every style, with modes, papers and themes in turn.
 *
 *   page_cases              five combinations for each guide and reader
 *   page_cases --all GUIDES all of them, of the guides in that folder too
 *   page_cases GUIDE N FILE writes one combination as a PDF, to be looked at */
#include "base/hash.h"
#include "page_try.h"

#include <glob.h>

/* What is wrong with a guide or a record is the business of others: its messages go nowhere. */
struct plan {
  struct rig rig;
  bool all;
};

static bool exists(const char *path) {
  FILE *file = fopen(path, "r");
  if (file) fclose(file);
  return file != NULL;
}

/* What a case's commands are given: its folder, or the one file that is its guide. */
static bool find_guide(const char *folder, char *path, size_t size) {
  static const char *const names[] = {"handout.yaml", "guide.txt", "guide.md", "guide.xml"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, size, "%s%s", folder, names[i]);
    if (!exists(path)) continue;
    if (i == 0) snprintf(path, size, "%s", folder);
    return true;
  }
  return false;
}

static bool makes_edition(struct plan *plan, const struct guide *guide,
                          const struct reader *reader) {
  struct edition *edition = edition_new(guide, reader, plan->rig.messages);
  messages_flush(plan->rig.messages);
  edition_free(edition);
  return edition != NULL;
}

/* Each begins elsewhere in the table: where, is in its name, and not in what stands beside it. */
static void try_reader(struct plan *plan, const struct guide *guide, const char *name,
                       const char *record) {
  if (record) name = record;
  uint32_t first = (uint32_t)(hash_quick(name, strlen(name), HASH_QUICK_SEED) % COMBINATIONS);
  uint32_t step = plan->all ? 1 : MODE_COUNT * PAPER_COUNT + 1; /* another style, mode and paper */
  for (uint32_t at = 0; at < COMBINATIONS; at += step) {
    struct reader *reader =
        record ? reader_load(record, guide, plan->rig.messages) : reader_new_anonymous(guide);
    struct combination one = combination_of(first + at);
    if (reader && makes_edition(plan, guide, reader))
      try_guide(&plan->rig, guide, reader, &one, name, NULL);
    reader_free(reader);
  }
}

static void try_readers(struct plan *plan, const struct guide *guide, const char *folder) {
  static const char *const patterns[] = {"reader*.yaml", "readers/*.yaml"};
  size_t count = 0;
  for (size_t i = 0; i < 2; i++) {
    char pattern[512];
    glob_t records;
    snprintf(pattern, sizeof pattern, "%s%s", folder, patterns[i]);
    if (glob(pattern, 0, NULL, &records) != 0) continue;
    for (size_t k = 0; k < records.gl_pathc; k++, count++)
      try_reader(plan, guide, folder, records.gl_pathv[k]);
    globfree(&records);
  }
  if (!count) try_reader(plan, guide, folder, NULL);
}

/* Guides with errors are passed over, and the one that has a character without a glyph. */
static void try_folders(struct plan *plan, const char *pattern) {
  glob_t folders;
  CHECK(glob(pattern, GLOB_MARK, NULL, &folders) == 0);
  for (size_t i = 0; i < folders.gl_pathc; i++) {
    char path[512];
    struct guide *guide = NULL;
    if (!strstr(folders.gl_pathv[i], "/bad-") &&
        find_guide(folders.gl_pathv[i], path, sizeof path))
      guide = guide_load(path, NULL, 0, plan->rig.messages);
    if (guide) try_readers(plan, guide, folders.gl_pathv[i]);
    messages_flush(plan->rig.messages);
    guide_free(guide);
  }
  globfree(&folders);
}

static void write_one(struct plan *plan, char **arguments) {
  struct guide *guide = guide_load(arguments[1], NULL, 0, plan->rig.messages);
  struct combination one = combination_of((uint32_t)atoi(arguments[2]));
  if (!guide) return;
  struct reader *reader = reader_new_anonymous(guide);
  try_guide(&plan->rig, guide, reader, &one, arguments[1], arguments[3]);
  reader_free(reader);
  guide_free(guide);
}

int main(int count, char **arguments) {
  struct plan plan = {.all = count > 1 && strcmp(arguments[1], "--all") == 0};
  FILE *nowhere = fopen("/dev/null", "w");
  rig_open(&plan.rig, nowhere);
  if (count == 4) {
    write_one(&plan, arguments);
  } else {
    try_folders(&plan, "tests/cases/*/");
    try_folders(&plan, "templates/*/");
    if (count == 3) try_folders(&plan, arguments[2]);
  }
  rig_close(&plan.rig);
  fclose(nowhere);
  return check_summary();
}
