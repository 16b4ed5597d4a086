/* A program that embeds libhandout: example GUIDE FOLDER RECORD.yaml…
 *
 * The guide is checked and opened once; each record is made out in a thread of its own,
 * into FOLDER/RECORD.pdf and .epub; then one more, from pairs, without a file. */
#include <handout.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct job {
  const struct handout_guide *guide;
  const char *folder, *path;
  enum handout_status status;
};

static void show(void *context, const struct handout_message *message) {
  const struct handout_place *place = &message->place;
  (void)context;
  fprintf(stderr, "%s:%u:%u: %s [%s]\n", place->file ? place->file : "-", place->line,
          place->column, message->text, message->code);
  for (size_t i = 0; i < message->remark_count; i++)
    fprintf(stderr, "  %s\n", message->remarks[i].text);
}

static bool write_file(void *context, const void *bytes, size_t length) {
  return fwrite(bytes, 1, length, context) == length;
}

/* A record's file as text: the library takes it from memory. */
static char *read_text(const char *path, size_t *length) {
  static const size_t limit = 65536;
  FILE *file = fopen(path, "rb");
  char *text = malloc(limit);
  if (file && text) *length = fread(text, 1, limit, file);
  if (file) fclose(file);
  return file ? text : NULL;
}

static FILE *open_output(const struct job *job, const char *ending) {
  const char *slash = strrchr(job->path, '/'), *base = slash ? slash + 1 : job->path;
  char path[512];
  snprintf(path, sizeof path, "%s/%.*s%s", job->folder, (int)strcspn(base, "."), base, ending);
  return fopen(path, "wb");
}

static enum handout_status make(const struct job *job, const struct handout_record *record) {
  struct handout_setup setup = {.take = show};
  struct handout_builder *builder = handout_builder_new(job->guide, &setup);
  FILE *pdf_file = open_output(job, ".pdf"), *epub_file = open_output(job, ".epub");
  enum handout_status status = HANDOUT_FAILED;
  if (builder && pdf_file && epub_file) {
    struct handout_output pdf = {write_file, pdf_file}, epub = {write_file, epub_file};
    status = handout_build(builder, record, &pdf, &epub);
  }
  if (pdf_file && fclose(pdf_file) != 0) status = HANDOUT_FAILED;
  if (epub_file && fclose(epub_file) != 0) status = HANDOUT_FAILED;
  handout_builder_free(builder);
  return status;
}

static void *run(void *context) {
  struct job *job = context;
  struct handout_record record = {0};
  record.yaml = read_text(job->path, &record.yaml_length);
  job->status = record.yaml ? make(job, &record) : HANDOUT_FAILED;
  free((char *)record.yaml);
  return NULL;
}

int main(int count, char **words) {
  struct handout_setup setup = {.take = show};
  if (count < 4 || !handout_check(words[1], &setup)) return 1;
  struct handout_guide *guide = handout_open(words[1], show, NULL);
  if (!guide) return 1;

  struct job jobs[16];
  pthread_t threads[16];
  int job_count = count - 3 < 16 ? count - 3 : 16, status = 0;
  for (int i = 0; i < job_count; i++) {
    jobs[i] = (struct job){.guide = guide, .folder = words[2], .path = words[3 + i]};
    pthread_create(&threads[i], NULL, run, &jobs[i]);
  }
  for (int i = 0; i < job_count; i++) {
    pthread_join(threads[i], NULL);
    if (jobs[i].status > (enum handout_status)status) status = (int)jobs[i].status;
  }

  struct handout_pair pairs[] = {{"id", "pairs"}, {"name", "Jane Doe"}, {"languages", "en"}};
  struct job job = {.guide = guide, .folder = words[2], .path = "pairs"};
  struct handout_record record = {.pairs = pairs, .pair_count = sizeof pairs / sizeof *pairs};
  if (status == 0) status = (int)make(&job, &record);
  handout_close(guide);
  return status;
}
