/* libzip writes the archive to the end of a buffer. Whatever a clock, a user or a
 * file system could tell is fixed: the time is the first that a zip can hold, the
 * attributes are those of a plain file, the order is that of the names. So the same files
 * make the same bytes. The mimetype is first, stored, as OCF wants it; after it comes what
 * many books have, then this book's own, so that books of one guide begin alike. */
#include "epub/archive.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define DOS_TIME        0
#define DOS_DATE        ((0 << 9) | (1 << 5) | 1) /* 1980-01-01 */
#define FILE_ATTRIBUTES (0100644u << 16)

/* --- the members -------------------------------------------------------------------------- */

/* A file of the archive while libzip reads it. */
struct member {
  const struct archive_file *file;
  struct packed packed; /* of one that is stored: no bytes */
  const char *at;
  size_t left;
  zip_error_t error;
};

static void member_stat(const struct member *member, zip_stat_t *stat) {
  zip_stat_init(stat);
  stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  stat->size = stat->comp_size = member->file->length;
  stat->comp_method = ZIP_CM_STORE;
  if (!member->packed.bytes) return;
  stat->valid |= ZIP_STAT_CRC;
  stat->comp_method = ZIP_CM_DEFLATE;
  stat->size = member->packed.plain_length;
  stat->comp_size = member->packed.length;
  stat->crc = member->packed.crc;
}

static void member_rewind(struct member *member) {
  member->at = member->packed.bytes ? member->packed.bytes : member->file->bytes;
  member->left = member->packed.bytes ? member->packed.length : member->file->length;
}

static zip_int64_t member_read(struct member *member, void *out, zip_uint64_t size) {
  size_t length = size < member->left ? (size_t)size : member->left;
  if (length) memcpy(out, member->at, length);
  member->at += length;
  member->left -= length;
  return (zip_int64_t)length;
}

/* libzip asks; a source that says that it is deflated already is copied as it is. */
static zip_int64_t member_answer(void *state, void *data, zip_uint64_t length,
                                 zip_source_cmd_t command) {
  struct member *member = state;
  switch (command) {
  case ZIP_SOURCE_OPEN:
    member_rewind(member);
    return 0;
  case ZIP_SOURCE_READ:
    return member_read(member, data, length);
  case ZIP_SOURCE_STAT:
    member_stat(member, data);
    return sizeof(zip_stat_t);
  case ZIP_SOURCE_ERROR:
    return zip_error_to_data(&member->error, data, length);
  case ZIP_SOURCE_SUPPORTS:
    return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                          ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
  default:
    return 0;
  }
}

static bool add_member(zip_t *zip, struct member *member) {
  zip_source_t *source = zip_source_function(zip, member_answer, member);
  if (!source) return false;
  zip_int64_t index = zip_file_add(zip, member->file->name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  zip_uint64_t entry = (zip_uint64_t)index;
  zip_int32_t method = member->packed.bytes ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
  return zip_set_file_compression(zip, entry, method, 0) == 0 &&
         zip_file_set_dostime(zip, entry, DOS_TIME, DOS_DATE, 0) == 0 &&
         zip_file_set_external_attributes(zip, entry, 0, ZIP_OPSYS_UNIX, FILE_ATTRIBUTES) == 0;
}

static int compare_members(const void *a, const void *b) {
  const struct member *first = a, *second = b;
  bool first_own = first->file->kind == ARCHIVE_OWN, second_own = second->file->kind == ARCHIVE_OWN;
  if (first_own != second_own) return first_own - second_own;
  return strcmp(first->file->name, second->file->name);
}

/* The mimetype, then the others in their order. */
static struct member *make_members(const struct archive_file *files, size_t count,
                                   struct packer *packer) {
  static const char media_type[] = "application/epub+zip";
  static const struct archive_file mimetype = {.name = "mimetype",
                                               .bytes = media_type,
                                               .length = sizeof media_type - 1,
                                               .kind = ARCHIVE_STORED};
  struct member *members = memory_alloc((count + 1) * sizeof *members);
  members[0].file = &mimetype;
  for (size_t i = 0; i < count; i++) {
    struct member *member = &members[i + 1];
    member->file = &files[i];
    member->packed = files[i].packed;
    if (files[i].kind == ARCHIVE_STORED || member->packed.bytes) continue;
    member->packed = packer_keep(packer, files[i].bytes, files[i].length,
                                 files[i].kind == ARCHIVE_OWN ? PACK_FAST : PACK_SMALL);
  }
  qsort(members + 1, count, sizeof *members, compare_members);
  return members;
}

/* --- the target ------------------------------------------------------------------------ */

/* The archive as libzip writes it: straight to the end of a buffer. */
struct target {
  struct buffer *out;
  size_t start, at; /* where it begins; where it is written next */
  zip_error_t error;
};

static zip_int64_t target_write(struct target *target, const void *bytes, size_t length) {
  size_t end = target->at + length;
  if (end > target->out->length) {
    buffer_room(target->out, end - target->out->length);
    target->out->length = end;
  }
  memcpy(target->out->data + target->at, bytes, length);
  target->at = end;
  return (zip_int64_t)length;
}

static zip_int64_t target_seek(struct target *target, void *data, zip_uint64_t length) {
  zip_uint64_t at = target->at - target->start, whole = target->out->length - target->start;
  zip_int64_t to = zip_source_seek_compute_offset(at, whole, data, length, &target->error);
  if (to < 0) return -1;
  target->at = target->start + (size_t)to;
  return 0;
}

/* There is nothing yet to be read. */
static zip_int64_t target_stat(zip_stat_t *stat) {
  zip_stat_init(stat);
  stat->valid = ZIP_STAT_SIZE;
  stat->size = 0;
  return sizeof *stat;
}

static zip_int64_t target_answer(void *state, void *data, zip_uint64_t length,
                                 zip_source_cmd_t command) {
  struct target *target = state;
  switch (command) {
  case ZIP_SOURCE_STAT:
    return target_stat(data);
  case ZIP_SOURCE_ERROR:
    return zip_error_to_data(&target->error, data, length);
  case ZIP_SOURCE_WRITE:
    return target_write(target, data, (size_t)length);
  case ZIP_SOURCE_SEEK_WRITE:
    return target_seek(target, data, length);
  case ZIP_SOURCE_TELL_WRITE:
    return (zip_int64_t)(target->at - target->start);
  case ZIP_SOURCE_SUPPORTS:
    return zip_source_make_command_bitmap(
        ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
        ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_BEGIN_WRITE,
        ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE,
        ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
  default:
    return 0;
  }
}

/* Room for it all at once; what stands beside a member's bytes is short. */
static void reserve(struct buffer *out, const struct member *members, size_t count) {
  size_t size = 0;
  for (size_t i = 0; i < count; i++)
    size += 256 + (members[i].packed.bytes ? members[i].packed.length : members[i].file->length);
  buffer_room(out, size);
}

bool archive_write(const struct archive_file *files, size_t count, struct packer *packer,
                   struct buffer *out, struct messages *messages) {
  struct target target = {.out = out, .start = out->length, .at = out->length};
  struct member *members = make_members(files, count, packer);
  reserve(out, members, count + 1);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_function_create(target_answer, &target, &error);
  zip_t *zip = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error) : NULL;
  if (source && !zip) zip_source_free(source);
  bool added = zip != NULL, good = false;
  for (size_t i = 0; added && i < count + 1; i++) added = add_member(zip, &members[i]);
  if (added) good = zip_close(zip) == 0;
  if (zip && !good) {
    zip_error_set(&error, zip_error_code_zip(zip_get_error(zip)), 0);
    zip_discard(zip);
  }
  if (good) out->data[out->length] = '\0';
  else {
    out->length = target.start;
    message_io_error(messages, NULL, "archive", "the book's archive cannot be made: %s",
                     zip_error_strerror(&error));
  }
  zip_error_fini(&error);
  free(members);
  return good;
}
