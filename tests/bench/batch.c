/* Where the time of a batch goes: batch GUIDE READERS FOLDER [pdf | epub | epub-without-fonts].
 *
 * Both outputs are made, or that one alone. The first hundred readers fill the caches, the others, who have never been seen, are measured:
 * stage by stage, in CPU seconds. Beside it the floor: the same streams deflated afresh by
 * zlib at level 6 and the same bytes written. */
#define _GNU_SOURCE /* memmem */
#include "base/digester.h"
#include "base/file.h"
#include "build/builder.h"
#include "edition/edition.h"
#include "pdf/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

enum stage { READ, EDITION, PAGES, PDF, WRITE_PDF, EPUB, WRITE_EPUB, FLOOR, STAGES };
static const char *const stage_names[] = {"record", "edition", "pages", "PDF", "(hash, write)",
                                          "EPUB", "(hash, write)"};

struct bench {
  struct builder *builder;
  struct digester *digester;
  struct build_request request;
  const char *folder;
  double seconds[STAGES], started;
  size_t readers, pages, pdf_bytes, epub_bytes;
  struct messages *messages;
};

static double cpu(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void lap(struct bench *bench, enum stage stage) {
  double now = cpu();
  bench->seconds[stage] += now - bench->started;
  bench->started = now;
}

/* --- the floor ------------------------------------------------------------------- */

static void deflate_afresh(const void *bytes, size_t length) {
  uLongf size = compressBound(length);
  Bytef *room = malloc(size);
  compress2(room, &size, bytes, length, 6);
  free(room);
}

/* Every stream of a PDF that is deflated, inflated; not measured. */
static void inflate_pdf(const struct buffer *pdf, struct buffer *out) {
  static const char mark[] = ">>stream\n";
  const char *at = pdf->data, *end = pdf->data + pdf->length;
  while ((at = memmem(at, (size_t)(end - at), mark, sizeof mark - 1))) {
    at += sizeof mark - 1;
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)at, .avail_in = (uInt)(end - at)};
    if (inflateInit(&stream) != Z_OK) continue;
    char room[65536];
    int status;
    do {
      stream.next_out = (Bytef *)room;
      stream.avail_out = sizeof room;
      status = inflate(&stream, Z_NO_FLUSH);
      buffer_append(out, room, sizeof room - stream.avail_out);
    } while (status == Z_OK);
    inflateEnd(&stream);
  }
}

static void inflate_epub(const struct buffer *epub, struct buffer *out) {
  zip_source_t *source = zip_source_buffer_create(epub->data, epub->length, 0, NULL);
  zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
  for (zip_int64_t i = 0; zip && i < zip_get_num_entries(zip, 0); i++) {
    zip_stat_t stat;
    zip_stat_index(zip, (zip_uint64_t)i, 0, &stat);
    if (stat.comp_method == ZIP_CM_STORE) continue;
    char *room = malloc(stat.size);
    zip_file_t *file = zip_fopen_index(zip, (zip_uint64_t)i, 0);
    zip_fread(file, room, stat.size);
    zip_fclose(file);
    buffer_append(out, room, stat.size);
    free(room);
  }
  if (zip) zip_close(zip);
}

static void name_file(const struct bench *bench, int number, char *path, size_t size) {
  snprintf(path, size, "%s/bench.%d", bench->folder, number);
}

/* Where none was, as in a batch: a file system takes longer to put one in the place of another. */
static void write_file(struct bench *bench, const struct buffer *bytes, int number) {
  char path[4096], part[4096];
  name_file(bench, number, path, sizeof path);
  snprintf(part, sizeof part, "%s/bench.part", bench->folder);
  file_replace(path, part, bytes->data, bytes->length, bench->messages);
}

/* Not measured. */
static void remove_files(const struct bench *bench) {
  char path[4096];
  for (int i = 0; i < 2; i++) {
    name_file(bench, i, path, sizeof path);
    unlink(path);
  }
}

static void measure_floor(struct bench *bench, const struct handout *handout) {
  struct buffer plain = {0};
  inflate_pdf(&handout->pdf, &plain);
  inflate_epub(&handout->epub, &plain);
  bench->started = cpu();
  deflate_afresh(plain.data, plain.length);
  write_file(bench, &handout->pdf, 0);
  write_file(bench, &handout->epub, 1);
  lap(bench, FLOOR);
  remove_files(bench);
  buffer_finish(&plain);
}

/* --- the stages ------------------------------------------------------------------------ */

/* As a batch does it: the journal holds a digest of each file. */
static void finish_file(struct bench *bench, const struct buffer *bytes, int number) {
  uint8_t digest[HASH_SIZE];
  digester_take(bench->digester, bytes->data, bytes->length, digest);
  write_file(bench, bytes, number);
}

static void make_pdf(struct bench *bench, const struct draft *draft, struct buffer *pdf) {
  builder_write_pdf(bench->builder, draft, pdf, bench->messages);
  lap(bench, PDF);
  finish_file(bench, pdf, 0);
  lap(bench, WRITE_PDF);
}

static void make_epub(struct bench *bench, const struct draft *draft, struct buffer *epub) {
  enum epub_fonts fonts = bench->request.epub_without_fonts ? EPUB_FONTS_NONE : EPUB_FONTS_SUBSET;
  builder_write_epub(bench->builder, draft, fonts, epub, bench->messages);
  lap(bench, EPUB);
  finish_file(bench, epub, 1);
  lap(bench, WRITE_EPUB);
}

static void make(struct bench *bench, const struct reader *reader, bool floor) {
  struct handout handout = {0};
  struct draft draft;
  draft.edition = edition_make(bench->builder->maker, reader, bench->messages);
  lap(bench, EDITION);
  draft.theme_name = draft.edition->theme;
  draft.theme = builder_theme(bench->builder, draft.theme_name, draft.edition->style,
                              draft.edition->paper, bench->messages);
  draft.pages = pages_new(draft.edition, draft.theme, bench->builder->engine,
                          bench->builder->pages, bench->messages);
  lap(bench, PAGES);
  if (bench->request.pdf) make_pdf(bench, &draft, &handout.pdf);
  if (bench->request.epub) make_epub(bench, &draft, &handout.epub);
  bench->readers++;
  bench->pages += draft.pages->page_count;
  bench->pdf_bytes += handout.pdf.length;
  bench->epub_bytes += handout.epub.length;
  draft_finish(&draft);
  pages_cache_trim(bench->builder->pages, bench->builder->engine);
  remove_files(bench);
  if (floor && bench->request.pdf && bench->request.epub) measure_floor(bench, &handout);
  handout_finish(&handout);
}

/* Megabytes that are this process's own: without what it maps of files. */
static long own_memory(void) {
  char line[256];
  long kilobytes = 0;
  FILE *file = fopen("/proc/self/status", "r");
  while (file && fgets(line, sizeof line, file)) sscanf(line, "RssAnon: %ld", &kilobytes);
  if (file) fclose(file);
  return kilobytes / 1024;
}

/* One in so many readers is deflated afresh. */
#define FLOOR_EVERY 10

static void start_round(struct bench *bench) {
  memset(bench->seconds, 0, sizeof bench->seconds);
  bench->readers = bench->pages = bench->pdf_bytes = bench->epub_bytes = 0;
  bench->started = cpu();
}

/* At most so many of the records. */
static void make_some(struct bench *bench, struct records *records, size_t most) {
  struct reader *reader;
  start_round(bench);
  while (bench->readers < most &&
         records_next(records, &reader, bench->messages) != RECORD_END) {
    lap(bench, READ);
    make(bench, reader, bench->readers % FLOOR_EVERY == 0);
    if (bench->readers % 5000 == 0) printf("  %zu: %ld MB\n", bench->readers, own_memory());
    reader_free(reader);
    bench->started = cpu();
  }
}

/* What each stage takes of the whole. */
static void report(const struct bench *bench, const char *name) {
  double sum = 0, count = (double)bench->readers;
  const double *seconds = bench->seconds;
  for (int i = 0; i < FLOOR; i++) sum += seconds[i];
  double floor = seconds[FLOOR] / ((count + FLOOR_EVERY - 1) / FLOOR_EVERY);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("  %s: %zu readers, %.1f pages, PDF %.0f KB, EPUB %.0f KB: %.2f ms, %.0f readers/s; for ten "
         "pages %.2f ms, %.0f readers/s\n   ",
         name, bench->readers, (double)bench->pages / count,
         (double)bench->pdf_bytes / count / 1000, (double)bench->epub_bytes / count / 1000,
         sum / count * 1e3, count / sum, sum / (double)bench->pages * 1e4,
         (double)bench->pages / sum / 10);
  for (int i = 0; i < FLOOR; i++) printf(" %s %.2f", stage_names[i], seconds[i] / count * 1e3);
  printf(" ms\n   ");
  if (floor > 0)
    printf(" deflating and writing afresh %.2f ms: %.1f x;", floor * 1e3, floor / (sum / count));
  printf(" memory %ld MB, %ld MB at the peak with what is mapped\n", own_memory(),
         usage.ru_maxrss / 1024);
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  setenv("TZ", "UTC0", 1); /* as the program has it */
  struct messages *messages = messages_new(stderr, MESSAGES_HUMAN, false);
  struct guide *guide = guide_load(argv[1], NULL, 0, messages);
  struct font_options fonts = {0};
  struct bench bench = {.messages = messages, .folder = argv[3], .digester = digester_new()};
  bench.builder = guide ? builder_new(guide, &fonts, messages) : NULL;
  if (!bench.builder) {
    messages_flush(messages);
    return 1;
  }
  const char *only = argc > 4 ? argv[4] : "";
  bench.request.pdf = strncmp(only, "epub", 4) != 0;
  bench.request.epub = strcmp(only, "pdf") != 0;
  bench.request.epub_without_fonts = strcmp(only, "epub-without-fonts") == 0;
  builder_for_many(bench.builder);
  struct records *records = records_open(argv[2], guide, NULL, 0, messages);
  make_some(&bench, records, 100);
  report(&bench, "first");
  make_some(&bench, records, SIZE_MAX);
  report(&bench, "then");
  records_close(records);
  messages_flush(messages);
  digester_free(bench.digester);
  builder_free(bench.builder);
  guide_free(guide);
  messages_free(messages);
  return 0;
}
