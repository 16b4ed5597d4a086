/* libzip writes the archive into a buffer of its own. Whatever a clock, a user or a
 * file system could tell is fixed: the time is the first that a zip can hold, the
 * attributes are those of a plain file, the order is that of the names (the mimetype
 * first, stored, as OCF wants it). So the same files make the same bytes. */
#include "epub/archive.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define DOS_TIME        0
#define DOS_DATE        ((0 << 9) | (1 << 5) | 1) /* 1980-01-01 */
#define FILE_ATTRIBUTES (0100644u << 16)
#define DEFLATE_LEVEL   9

static bool add_file(zip_t *zip, const struct archive_file *file) {
  zip_source_t *source = zip_source_buffer(zip, file->bytes, file->length, 0);
  if (!source) return false;
  zip_int64_t index = zip_file_add(zip, file->name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  zip_uint64_t entry = (zip_uint64_t)index;
  zip_int32_t method = file->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
  return zip_set_file_compression(zip, entry, method, file->stored ? 0 : DEFLATE_LEVEL) == 0 &&
         zip_file_set_dostime(zip, entry, DOS_TIME, DOS_DATE, 0) == 0 &&
         zip_file_set_external_attributes(zip, entry, 0, ZIP_OPSYS_UNIX, FILE_ATTRIBUTES) == 0;
}

static int compare_names(const void *a, const void *b) {
  const struct archive_file *const *first = a, *const *second = b;
  return strcmp((*first)->name, (*second)->name);
}

static bool add_files(zip_t *zip, const struct archive_file *files, size_t count) {
  static const char media_type[] = "application/epub+zip";
  const struct archive_file mimetype = {"mimetype", media_type, sizeof media_type - 1, true};
  if (!add_file(zip, &mimetype)) return false;
  const struct archive_file **sorted = memory_alloc(count * sizeof *sorted);
  for (size_t i = 0; i < count; i++) sorted[i] = &files[i];
  qsort(sorted, count, sizeof *sorted, compare_names);
  bool good = true;
  for (size_t i = 0; good && i < count; i++) good = add_file(zip, sorted[i]);
  free(sorted);
  return good;
}

static bool take_bytes(zip_source_t *source, struct buffer *out) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) < 0 || !(stat.valid & ZIP_STAT_SIZE)) return false;
  if (zip_source_open(source) < 0) return false;
  char *bytes = memory_alloc(stat.size);
  bool good = zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size;
  if (good) buffer_append(out, bytes, stat.size);
  free(bytes);
  zip_source_close(source);
  return good;
}

bool archive_write(const struct archive_file *files, size_t count, struct buffer *out,
                   struct messages *messages) {
  bool good = false;
  zip_error_t error;
  zip_error_init(&error);
  zip_t *zip = NULL;
  zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
  if (!target) goto out;
  zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (!zip) goto out;
  zip_source_keep(target);
  if (!add_files(zip, files, count) || zip_close(zip) < 0) {
    zip_error_set(&error, zip_error_code_zip(zip_get_error(zip)), 0);
    goto out;
  }
  zip = NULL;
  good = take_bytes(target, out);
out:
  if (!good)
    message_io_error(messages, NULL, "archive", "the book's archive cannot be made: %s",
                     zip_error_strerror(&error));
  if (zip) zip_discard(zip);
  if (target) zip_source_free(target);
  zip_error_fini(&error);
  return good;
}
