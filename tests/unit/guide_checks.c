/* What is wrong in a guide's tree, and how much is said of it. */
#include "guide_folder.h"

#define MANY 4000

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (; (text = strstr(text, part)); text++) count++;
  return count;
}

/* Each is told, but the nearest of thousands is not sought for thousands. */
static void check_dead_references(void) {
  struct buffer text = {0};
  for (int i = 0; i < MANY; i++)
    buffer_printf(&text, "# H {#heading-%d}\n\n[x](#headin-%d)\n\n", i, i);
  struct file file = {"guide.md", text.data, text.length};
  struct folder folder = folder_new(&file, 1);
  char *said = NULL, path[128];
  size_t size;
  snprintf(path, sizeof path, "%s/guide.md", folder.path);
  FILE *stream = open_memstream(&said, &size);
  struct messages *messages = messages_new(stream, MESSAGES_HUMAN, false);
  CHECK(!guide_load(path, NULL, 0, messages));
  messages_free(messages);
  fclose(stream);
  CHECK(count_of(said, "[dead-reference]") == MANY);
  CHECK(count_of(said, "hint: did you mean 'heading-") == 100);
  CHECK(strstr(said, "hint: did you mean 'heading-99'?") != NULL);
  free(said);
  folder_remove(&folder);
  buffer_finish(&text);
}

/* --- attributes ------------------------------------------------------------------------------- */

static void check_date(int line, const char *date, const char *wanted) {
  char text[200];
  snprintf(text, sizeof text,
           "::: {.chart type=bar alt=\"x\" date=\"%s\"}\n| a | b |\n|--|--|\n| c | 1 |\n:::\n", date);
  struct file file = {"guide.md", text, 0};
  check_said(line, &file, 1, NULL, false, wanted);
}

#define DATE(date, wanted) check_date(__LINE__, date, wanted)
#define NO_DATE(date)                                                                              \
  DATE(date, "guide.md:1:30: error: date: '" date "' is not a date like 2026-11-01 [bad-value]\n")

static void check_dates(void) {
  DATE("2026", "");
  DATE("2026-11", "");
  DATE("2024-02-29", "");
  NO_DATE("2026-99-45");
  NO_DATE("2026-13");
  NO_DATE("2026-02-29");
  NO_DATE("26");
}

int main(void) {
  check_dead_references();
  check_dates();
  return check_summary();
}
