/* libharu writes each object by itself and a table of 20 bytes an object. With PDF 1.5
 * all that is not a stream can stand in compressed object streams, and so can the
 * table: a tagged document has some thirty small objects a page, and shrinks by a third.
 *
 * The objects are libharu's own, and every class of them that a document here can
 * hold is written; another one is an error, not a guess. Tests compare the result,
 * object by object, with what libharu writes.
 *
 *   %PDF-1.7  streams …, each as it is
 *             object streams …
 *             cross-reference stream: type 0 free, 1 at an offset, 2 in an object stream
 */
#include "pdf/serialise.h"

#include "pdf/syntax.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Objects in one object stream: a reader unpacks all to get at one. */
#define OBJECTS_PER_STREAM 200

enum entry_kind { ENTRY_FREE, ENTRY_OFFSET, ENTRY_PACKED };

struct entry {
  enum entry_kind kind;
  uint32_t where; /* offset from the file's start, or number of the object stream */
  uint32_t index; /* in the object stream */
};

struct writer {
  struct document *document;
  struct buffer *out;
  size_t start; /* where the file begins in `out` */
  struct entry *entries;
  size_t count, capacity;             /* of entries: libharu's, then ours */
  struct buffer packed_index, packed; /* the object stream that is being filled */
  uint32_t packed_count;
  uint32_t *packed_numbers;
  struct buffer one; /* the object at hand */
};

static uint32_t libharu_count(const struct writer *writer) {
  return writer->document->haru->xref->entries->count;
}

static void *libharu_object(const struct writer *writer, uint32_t number) {
  return HPDF_Xref_GetEntry(writer->document->haru->xref, number)->obj;
}

/* --- values ------------------------------------------------------------------------------ */

static void put_value(struct writer *writer, const void *object);

/* Five decimals, as libharu has them, without those that are nought. */
static void put_real(struct buffer *out, double value) {
  long long scaled = llround(value * 100000.0);
  unsigned long long size =
      scaled < 0 ? 0ULL - (unsigned long long)scaled : (unsigned long long)scaled;
  unsigned rest = (unsigned)(size % 100000);
  int digits = 5;
  buffer_printf(out, "%s%llu", scaled < 0 ? "-" : "", size / 100000);
  if (rest == 0) return;
  for (; rest % 10 == 0; rest /= 10) digits--;
  buffer_printf(out, ".%0*u", digits, rest);
}

static void put_array(struct writer *writer, HPDF_Array array) {
  buffer_append_byte(&writer->one, '[');
  for (HPDF_UINT i = 0; i < array->list->count; i++) {
    if (i > 0) buffer_append_byte(&writer->one, ' ');
    put_value(writer, HPDF_List_ItemAt(array->list, i));
  }
  buffer_append_byte(&writer->one, ']');
}

static bool is_stream_key(const char *key) {
  return strcmp(key, "Length") == 0 || strcmp(key, "Filter") == 0;
}

/* The entries of a dictionary; those of a stream without Length and Filter. */
static void put_entries(struct writer *writer, HPDF_Dict dictionary) {
  const struct raw_object *raw = object_raw(dictionary);
  if (dictionary->write_fn && !raw) document_check(writer->document, HPDF_INVALID_OBJECT);
  for (HPDF_UINT i = 0; i < dictionary->list->count; i++) {
    HPDF_DictElement element = HPDF_List_ItemAt(dictionary->list, i);
    const HPDF_Obj_Header *header = element->value;
    if (header->obj_id & HPDF_OTYPE_HIDDEN) continue;
    if (dictionary->stream && is_stream_key(element->key)) continue;
    put_name(&writer->one, element->key);
    buffer_append_byte(&writer->one, ' ');
    put_value(writer, element->value);
  }
  if (raw) buffer_append(&writer->one, raw->text, raw->length);
}

static void put_dictionary(struct writer *writer, HPDF_Dict dictionary) {
  buffer_append_text(&writer->one, "<<");
  put_entries(writer, dictionary);
  buffer_append_text(&writer->one, ">>");
}

static void put_value(struct writer *writer, const void *object) {
  struct buffer *out = &writer->one;
  const HPDF_Obj_Header *header = object;
  switch (header->obj_class & HPDF_OCLASS_ANY) {
  case HPDF_OCLASS_NULL:
    buffer_append_text(out, "null");
    break;
  case HPDF_OCLASS_BOOLEAN:
    buffer_append_text(out, ((const HPDF_Boolean_Rec *)object)->value ? "true" : "false");
    break;
  case HPDF_OCLASS_NUMBER:
    put_integer(out, ((const HPDF_Number_Rec *)object)->value);
    break;
  case HPDF_OCLASS_REAL:
    put_real(out, ((const HPDF_Real_Rec *)object)->value);
    break;
  case HPDF_OCLASS_NAME:
    put_name(out, ((const HPDF_Name_Rec *)object)->value);
    break;
  case HPDF_OCLASS_STRING: {
    const HPDF_String_Rec *string = object;
    if (string->encoder) document_check(writer->document, HPDF_INVALID_OBJECT);
    put_bytes(out, string->value, string->len);
    break;
  }
  case HPDF_OCLASS_BINARY:
    put_bytes(out, ((const HPDF_Binary_Rec *)object)->value,
              ((const HPDF_Binary_Rec *)object)->len);
    break;
  case HPDF_OCLASS_ARRAY:
    put_array(writer, (HPDF_Array)(uintptr_t)object);
    break;
  case HPDF_OCLASS_DICT:
    put_dictionary(writer, (HPDF_Dict)(uintptr_t)object);
    break;
  case HPDF_OCLASS_PROXY:
    put_reference(out, object_number(((const HPDF_Proxy_Rec *)object)->obj));
    break;
  default:
    document_check(writer->document, HPDF_ERR_UNKNOWN_CLASS);
  }
}

/* --- streams ------------------------------------------------------------------------------- */

/* What libharu holds of a stream, in blocks. */
static void read_stream(HPDF_Stream stream, struct buffer *bytes) {
  for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
    HPDF_UINT length;
    const HPDF_BYTE *block = HPDF_MemStream_GetBufPtr(stream, i, &length);
    buffer_append(bytes, block, length);
  }
}

static uint32_t offset(const struct writer *writer) {
  return (uint32_t)(writer->out->length - writer->start);
}

/* Writes a stream object; `bytes` are final. The text of its entries is in `one`. */
static void write_stream(struct writer *writer, uint32_t number, const char *bytes,
                         size_t length) {
  writer->entries[number] = (struct entry){.kind = ENTRY_OFFSET, .where = offset(writer)};
  buffer_printf(writer->out, "%u 0 obj\n<<", number);
  buffer_append(writer->out, writer->one.data, writer->one.length);
  buffer_printf(writer->out, "/Length %zu>>stream\n", length);
  buffer_append(writer->out, bytes, length);
  buffer_append_text(writer->out, "\nendstream\nendobj\n");
}

static void write_libharu_stream(struct writer *writer, uint32_t number, HPDF_Dict dictionary) {
  const struct raw_object *raw = object_raw(dictionary);
  struct buffer bytes = {0};
  buffer_clear(&writer->one);
  put_entries(writer, dictionary);
  if (raw) {
    write_stream(writer, number, raw->stream, raw->stream_length);
    return;
  }
  read_stream(dictionary->stream, &bytes);
  if (dictionary->filter == HPDF_STREAM_FILTER_FLATE_DECODE) {
    struct packed packed =
        packer_keep(writer->document->packer, bytes.data, bytes.length, PACK_SMALL);
    buffer_append_text(&writer->one, "/Filter/FlateDecode");
    write_stream(writer, number, packed.bytes, packed.length);
  } else {
    if (dictionary->filter == HPDF_STREAM_FILTER_DCT_DECODE) {
      buffer_append_text(&writer->one, "/Filter/DCTDecode");
    } else if (dictionary->filter != HPDF_STREAM_FILTER_NONE) {
      document_check(writer->document, HPDF_INVALID_OBJECT);
    }
    write_stream(writer, number, bytes.data, bytes.length);
  }
  buffer_finish(&bytes);
}

/* --- object streams --------------------------------------------------------------------------- */

static uint32_t entry_add(struct writer *writer) {
  writer->entries =
      array_reserve(writer->entries, writer->count, &writer->capacity, sizeof *writer->entries);
  writer->entries[writer->count] = (struct entry){0};
  return (uint32_t)writer->count++;
}

/* Many object streams are the same in many documents. */
static void packed_end(struct writer *writer) {
  if (writer->packed_count == 0) return;
  uint32_t number = entry_add(writer);
  for (uint32_t i = 0; i < writer->packed_count; i++) {
    writer->entries[writer->packed_numbers[i]] = (struct entry){ENTRY_PACKED, number, i};
  }
  buffer_clear(&writer->one);
  buffer_printf(&writer->one, "/Type/ObjStm/N %u/First %zu/Filter/FlateDecode",
                writer->packed_count, writer->packed_index.length);
  buffer_append(&writer->packed_index, writer->packed.data, writer->packed.length);
  struct packed packed = packer_keep(writer->document->packer, writer->packed_index.data,
                                     writer->packed_index.length, PACK_FAST);
  write_stream(writer, number, packed.bytes, packed.length);
  buffer_clear(&writer->packed_index);
  buffer_clear(&writer->packed);
  writer->packed_count = 0;
}

static void pack(struct writer *writer, uint32_t number, const void *object) {
  buffer_clear(&writer->one);
  put_value(writer, object);
  put_integer(&writer->packed_index, number);
  buffer_append_byte(&writer->packed_index, ' ');
  put_integer(&writer->packed_index, (int64_t)writer->packed.length);
  buffer_append_byte(&writer->packed_index, ' ');
  buffer_append(&writer->packed, writer->one.data, writer->one.length);
  buffer_append_byte(&writer->packed, '\n');
  writer->packed_numbers[writer->packed_count++] = number;
  if (writer->packed_count == OBJECTS_PER_STREAM) packed_end(writer);
}

/* --- the cross-reference stream ------------------------------------------------------------------
 */

/* A row is what each of its bytes has more than the one above it, after the predictor's number:
 * rows are much alike, and pack to a fifth. */
#define ROW_LENGTH 7
#define PREDICT_UP 2

static void put_row(struct buffer *out, const struct entry *entry, unsigned char above[ROW_LENGTH]) {
  const unsigned char row[ROW_LENGTH] = {
      (unsigned char)entry->kind,        (unsigned char)(entry->where >> 24),
      (unsigned char)(entry->where >> 16), (unsigned char)(entry->where >> 8),
      (unsigned char)entry->where,       (unsigned char)(entry->index >> 8),
      (unsigned char)entry->index};
  buffer_append_byte(out, PREDICT_UP);
  for (int i = 0; i < ROW_LENGTH; i++) buffer_append_byte(out, (char)(row[i] - above[i]));
  memcpy(above, row, sizeof row);
}

/* Free entries are a list that begins and ends with entry 0. */
static void link_free_entries(struct writer *writer) {
  uint32_t next = 0;
  for (size_t i = writer->count; i-- > 0;) {
    if (writer->entries[i].kind != ENTRY_FREE) continue;
    writer->entries[i].where = next;
    writer->entries[i].index = i == 0 ? 0xFFFF : 0;
    next = (uint32_t)i;
  }
}

static void write_cross_references(struct writer *writer) {
  struct buffer rows = {0}, packed = {0};
  unsigned char above[ROW_LENGTH] = {0};
  uint32_t number = entry_add(writer);
  uint32_t at = offset(writer);
  writer->entries[number] = (struct entry){.kind = ENTRY_OFFSET, .where = at};
  link_free_entries(writer);
  for (size_t i = 0; i < writer->count; i++) put_row(&rows, &writer->entries[i], above);
  buffer_clear(&writer->one);
  buffer_printf(&writer->one, "/Type/XRef/Size %zu/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>",
                writer->count, ROW_LENGTH);
  put_entries(writer, writer->document->haru->trailer);
  buffer_append_text(&writer->one, "/Filter/FlateDecode");
  packer_deflate(writer->document->packer, rows.data, rows.length, PACK_FAST, &packed);
  write_stream(writer, number, packed.data, packed.length);
  buffer_printf(writer->out, "startxref\n%u\n%%%%EOF\n", at);
  buffer_finish(&rows);
  buffer_finish(&packed);
}

/* --- the file
 * --------------------------------------------------------------------------------------- */

static HPDF_Dict as_dictionary(void *object) {
  const HPDF_Obj_Header *header = object;
  return header && (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT ? object : NULL;
}

/* libharu's objects finish themselves before they are written; and the lengths of
 * streams, objects of their own there, are left out here. */
static void prepare(struct writer *writer, bool *left_out) {
  HPDF_Doc haru = writer->document->haru;
  for (uint32_t i = 1; i < libharu_count(writer); i++) {
    HPDF_Dict dictionary = as_dictionary(libharu_object(writer, i));
    if (!dictionary) continue;
    if (dictionary->before_write_fn) {
      document_check(writer->document, dictionary->before_write_fn(dictionary));
    }
    if (!dictionary->stream) continue;
    HPDF_Number length = HPDF_Dict_GetItem(dictionary, "Length", HPDF_OCLASS_NUMBER);
    if (length && object_number(length) > 0) left_out[object_number(length)] = true;
  }
  document_refer(writer->document, haru->trailer, "Root", haru->catalog);
  document_refer(writer->document, haru->trailer, "Info", haru->info);
}

static void write_objects(struct writer *writer) {
  uint32_t count = libharu_count(writer);
  bool *left_out = memory_alloc(count * sizeof *left_out);
  prepare(writer, left_out);
  for (uint32_t i = 0; i < count; i++) entry_add(writer);
  for (uint32_t i = 1; i < count; i++) {
    void *object = libharu_object(writer, i);
    HPDF_Dict dictionary = as_dictionary(object);
    if (left_out[i] || !object) continue;
    if (dictionary && dictionary->stream) write_libharu_stream(writer, i, dictionary);
    else pack(writer, i, object);
  }
  packed_end(writer);
  free(left_out);
}

bool serialise(struct document *document, struct buffer *out) {
  if (!document_good(document)) return false;
  struct writer writer = {.document = document, .out = out, .start = out->length};
  writer.packed_numbers = memory_alloc(OBJECTS_PER_STREAM * sizeof *writer.packed_numbers);
  buffer_append_text(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
  write_objects(&writer);
  write_cross_references(&writer);
  if (out->length - writer.start > UINT32_MAX) document_check(document, HPDF_FILE_IO_ERROR);
  bool ok = document_good(document);
  if (!ok) out->length = writer.start;
  free(writer.entries);
  free(writer.packed_numbers);
  buffer_finish(&writer.packed_index);
  buffer_finish(&writer.packed);
  buffer_finish(&writer.one);
  return ok;
}
