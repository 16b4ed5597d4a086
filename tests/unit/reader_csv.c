/* Records from CSV: encodings, separators, quotes, sets, rows counted as a spreadsheet
 * counts them, and cells that are refused by row and column. */
#include "check.h"

#include "base/buffer.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unicode/ucnv.h>
#include <unistd.h>

static const char *languages[] = {"en", "zh-Hans"};
static const char *skills[] = {"python", "sql"}, *ten[] = {"10"};
static struct field fields[] = {
    {.name = "skills", .type = FIELD_SET, .choices = skills, .choice_count = 2},
    {.name = "hours",
     .type = FIELD_NUMBER,
     .min = "1",
     .max = "60",
     .defaults = ten,
     .default_count = 1},
    {.name = "member", .type = FIELD_TRUTH},
    {.name = "adviser", .type = FIELD_TEXT},
};
static struct guide guide = {.languages = languages, .language_count = 2};

static char folder[] = "/tmp/reader_csv.XXXXXX";
static char *said;
static size_t said_size;
static FILE *stream;
static struct messages *messages;

static const char *write_file(const char *name, const char *bytes, size_t length) {
  static char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  CHECK(fwrite(bytes, 1, length, file) == length);
  fclose(file);
  return path;
}

static void listen(void) {
  stream = open_memstream(&said, &said_size);
  messages = messages_new(stream, MESSAGES_SHORT, false);
}

/* What was said, without the folder's name. */
static void check_said(const char *wanted) {
  struct buffer text = {0};
  size_t length = strlen(folder) + 1;
  messages_free(messages);
  fclose(stream);
  for (const char *at = said; *at;) {
    if (strncmp(at, folder, length - 1) == 0) at += length;
    else buffer_append_byte(&text, *at++);
  }
  CHECK_TEXT(text.data ? text.data : "", wanted);
  buffer_finish(&text);
  free(said);
}

/* Records as "id:name:skill,skill:hours:row " and "BAD:id:row ". */
static char *read_all(const char *path) {
  struct buffer out = {0};
  struct reader *reader;
  enum record_status status;
  struct records *records = records_open(path, &guide, NULL, 0, messages);
  while (records && (status = records_next(records, &reader, messages)) != RECORD_END) {
    struct place place = records_place(records);
    if (status == RECORD_BAD) {
      const char *id = records_id(records);
      buffer_printf(&out, "BAD:%s:%u ", id ? id : "", place.line);
      continue;
    }
    buffer_printf(&out, "%s:%s:", reader->id, reader->name ? reader->name : "");
    const struct field_value *held = reader_field(reader, "skills");
    for (size_t i = 0; held && i < held->value_count; i++) {
      buffer_printf(&out, "%s%s", i ? "," : "", held->values[i]);
    }
    buffer_printf(&out, ":%s:%u ", reader_field(reader, "hours")->values[0], place.line);
    CHECK_TEXT(records_id(records), reader->id);
    reader_free(reader);
  }
  records_close(records);
  return out.data ? out.data : calloc(1, 1);
}

static void check_bytes(const char *bytes, size_t length, const char *wanted, const char *says) {
  listen();
  char *found = read_all(write_file("t.csv", bytes, length));
  CHECK_TEXT(found, wanted);
  free(found);
  check_said(says);
}

static void check_table(const char *text, const char *wanted, const char *says) {
  check_bytes(text, strlen(text), wanted, says);
}

static void test_good(void) {
  check_table("id,name,skills,hours\na,Li Wei,python|sql,8\nb,李伟,,\n",
              "a:Li Wei:python,sql:8:2 b:李伟::10:3 ", "");
  check_table("id;name;skills;hours\r\na;\"Wei; Li\";python | sql | python;7.5\r\n",
              "a:Wei; Li:python,sql:7.5:2 ", "");
  check_table("id\tname\tskills\thours\na\tLi, \"\"Wei\tsql\t8", "BAD::2 ",
              "t.csv:2:1: error: in this row: a "
              "quote in the middle of a cell; quotes inside of quotes are doubled [bad-table]\n");
}

static void test_quotes(void) {
  check_table("id\tname\ta,b\na\tLi, Wei\tc", "a:Li, Wei::10:2 ",
              "t.csv:1:3: warning: the guide has no field 'a,b'; this column is not used "
              "[unused-column]\n");
  check_table("id,name,adviser\na,\"Li \"\"W\"\" Wei\",\"Max\r\nMuster\"\nb,Bo,\n",
              "a:Li \"W\" Wei::10:2 b:Bo::10:3 ", "");
  check_table("id,name\r\n\r\na,A\r\n\r\n\r\nb,B\r\n", "a:A::10:3 b:B::10:6 ", "");
  check_table("id,name\na,A\rb,B\r", "a:A::10:2 b:B::10:3 ", "");
  check_table("id,name\na,A\nb,\"B\n", "a:A::10:2 BAD::3 ",
              "t.csv:3:1: error: in this row: a quote that is opened and not closed [bad-table]\n");
}

static void test_bad_cells(void) {
  check_table("id,name,hours,skills\na,A,99,sql\nb,B,8,java\n../c,C,8,\n,D,8,\ne,E,8,\n",
              "BAD:a:2 BAD:b:3 BAD::4 BAD::5 e:E::8:6 ",
              "t.csv:2:3: error: hours: '99' is not a number (such as 8 or 7.5) from 1 to 60 "
              "[bad-value]\n"
              "t.csv:3:4: error: skills: 'java' is not one of 'python' or 'sql' [bad-value]\n"
              "t.csv:4:1: error: id: '../c' is not an id: 1 to 64 letters from a to z, digits, - "
              "and _ [bad-value]\n"
              "t.csv:5:1: error: a reader record needs an id [no-id]\n");
  check_table("id,name\na\nb,B\n", "BAD::2 b:B::10:3 ",
              "t.csv:2:1: error: this row has 1 cells, the first has 2 [bad-table]\n");
  check_bytes("id,name\na,A\0B\nb,B\n", 18, "BAD:a:2 b:B::10:3 ",
              "t.csv:2:2: error: a NUL byte cannot stand in a text [nul-byte]\n");
  check_table("id,name\na,A\nb,\xFF\nc,C\n", "a:A::10:2 BAD::3 ",
              "t.csv:3:1: error: in this row: a byte that is neither UTF-8 nor what else the file "
              "seems to be in [bad-table]\n");
  struct buffer text = {0};
  buffer_append_text(&text, "id,name\n");
  while (text.length < 70000) buffer_append_text(&text, "a,A\n");
  buffer_append_text(&text, "b,\xFF\nc,C\n");
  listen();
  char *found = read_all(write_file("t.csv", text.data, text.length));
  CHECK(strstr(found, "a:A::10:17499 BAD::17500 ") && !strstr(found, "c:C"));
  free(found);
  buffer_finish(&text);
  check_said("t.csv:17500:1: error: in this row: a byte that is not UTF-8, as the file's "
             "beginning is [bad-table]\n");
}

static void test_columns(void) {
  check_table("id,nmae\na,A\n", "",
              "t.csv:1:2: error: a reader record of this guide has no key 'nmae' [unknown-key]\n");
  check_table("id,telephone\na,123\n", "a:::10:2 ",
              "t.csv:1:2: warning: the guide has no field 'telephone'; this column is not used "
              "[unused-column]\n");
  check_table("name\nA\n", "", "t.csv:1:1: error: no column is called 'id' [no-id]\n");
  check_table("id,name,id\na,A,b\n", "",
              "t.csv:1:3: error: the column 'id' stands here again [duplicate-key]\n");
  check_table("", "", "t.csv:1:1: error: there are no records [empty-table]\n");
}

/* --- encodings ------------------------------------------------------------------------------ */

static void check_encoding(const char *encoding, const char *mark, size_t mark_length) {
  static const char text[] = "id,name,skills\na,李伟 𠮷,sql\nb,Ä,python|sql\n";
  char bytes[512];
  UErrorCode status = U_ZERO_ERROR;
  memcpy(bytes, mark, mark_length);
  int32_t length = ucnv_convert(encoding, "UTF-8", bytes + mark_length,
                                (int32_t)(sizeof bytes - mark_length), text, -1, &status);
  CHECK(U_SUCCESS(status));
  check_bytes(bytes, mark_length + (size_t)length, "a:李伟 𠮷:sql:10:2 b:Ä:python,sql:10:3 ", "");
}

static void test_encodings(void) {
  check_encoding("UTF-8", "", 0);
  check_encoding("UTF-8", "\xEF\xBB\xBF", 3);
  check_encoding("UTF-16LE", "\xFF\xFE", 2);
  check_encoding("UTF-16BE", "\xFE\xFF", 2);
  check_encoding("UTF-16LE", "", 0);
  check_encoding("UTF-16BE", "", 0);
  check_encoding("GB18030", "", 0);
}

/* Rows larger than a block, in each encoding, arrive whole. */
static void test_large(const char *encoding) {
  struct buffer text = {0};
  buffer_append_text(&text, "id,name,adviser\n");
  for (int i = 0; i < 3000; i++) {
    buffer_printf(&text, "r%d,李伟%d,\"", i, i);
    for (int k = 0; k < i % 60; k++) buffer_append_text(&text, "顾问，");
    buffer_append_text(&text, "\"\n");
  }
  int32_t room = (int32_t)text.length * 2;
  char *bytes = malloc((size_t)room);
  UErrorCode status = U_ZERO_ERROR;
  int32_t length =
      ucnv_convert(encoding, "UTF-8", bytes, room, text.data, (int32_t)text.length, &status);
  listen();
  struct records *records =
      records_open(write_file("large.csv", bytes, (size_t)length), &guide, NULL, 0, messages);
  struct reader *reader;
  int count = 0;
  while (records && records_next(records, &reader, messages) == RECORD_GOOD) {
    char name[32];
    snprintf(name, sizeof name, "李伟%d", count);
    const struct field_value *adviser = reader_field(reader, "adviser");
    size_t size = adviser ? strlen(adviser->values[0]) : 0;
    if (strcmp(reader->name, name) != 0 || size != (size_t)(count % 60) * 9) CHECK(!"whole");
    reader_free(reader);
    count++;
  }
  CHECK(count == 3000);
  records_close(records);
  check_said("");
  buffer_finish(&text);
  free(bytes);
}

static void test_skip(void) {
  listen();
  const char *text = "id,name\na,A\nb,B\nc,C\n";
  struct records *records =
      records_open(write_file("s.csv", text, strlen(text)), &guide, NULL, 0, messages);
  struct reader *reader;
  CHECK(records_skip(records, 2) == 2);
  CHECK(records_next(records, &reader, messages) == RECORD_GOOD);
  CHECK_TEXT(reader->id, "c");
  CHECK(records_place(records).line == 4);
  reader_free(reader);
  CHECK(records_skip(records, 2) == 0);
  CHECK(records_next(records, &reader, messages) == RECORD_END);
  CHECK(records_next(records, &reader, messages) == RECORD_END);
  records_close(records);
  check_said("");
}

static void test_folder(void) {
  char path[160];
  snprintf(path, sizeof path, "%s/many", folder);
  mkdir(path, 0700);
  write_file("many/b.yaml", "id: b\n", 6);
  write_file("many/a.yaml", "id: a\nname: A\n", 14);
  write_file("many/c.yml", "paper: a4\n", 10);
  write_file("many/readme.txt", "x", 1);
  listen();
  char *found = read_all(path);
  CHECK_TEXT(found, "a:A::10:0 b:::10:0 BAD::0 ");
  free(found);
  check_said("many/c.yml: error: a reader record needs an id [no-id]\n");
}

/* --- hashes and flags --------------------------------------------------------------------------
 */

static void digest_of(const char *text, uint8_t digest[HASH_SIZE], const char *name,
                      const char *value) {
  listen();
  struct setting setting = {name, value};
  struct records *records = records_open(write_file("h.csv", text, strlen(text)), &guide, &setting,
                                         name != NULL, messages);
  struct reader *reader = NULL;
  CHECK(records_next(records, &reader, messages) == RECORD_GOOD);
  struct hash *hash = hash_new();
  reader_hash(reader, hash);
  hash_take(hash, digest);
  reader_free(reader);
  records_close(records);
  check_said("");
}

/* An empty value is as if the record did not say anything. */
static void test_clear(void) {
  static const char *const said_of[][2] = {
      {"name", "Ann"},     {"languages", "zh-Hans"},   {"mode", "sequential"}, {"edition", "mono"},
      {"paper", "a5"},     {"theme", "modern"},        {"numbered", "yes"},    {"skills", "python"},
      {"hours", "8"},      {"member", "yes"},          {"adviser", "Ben"},
  };
  uint8_t nothing[HASH_SIZE], cleared[HASH_SIZE];
  digest_of("id\na\n", nothing, NULL, NULL);
  for (size_t i = 0; i < sizeof said_of / sizeof *said_of; i++) {
    char text[60];
    snprintf(text, sizeof text, "id,%s\na,%s\n", said_of[i][0], said_of[i][1]);
    digest_of(text, cleared, said_of[i][0], "");
    CHECK(memcmp(nothing, cleared, HASH_SIZE) == 0);
  }
  struct setting none[] = {{"id", ""}, {"adviser", ""}};
  struct field *adviser = &fields[3];
  adviser->required = true;
  listen();
  struct reader *reader = reader_new_anonymous(&guide);
  CHECK(!reader_apply(reader, &guide, none, 2, messages));
  check_said("handout: error: id: '' is not an id: 1 to 64 letters from a to z, digits, - and _ "
             "[bad-value]\nhandout: error: the field 'adviser' has no value [no-value]\n");
  adviser->required = false;
  reader_free(reader);
}

static void test_hash_and_flags(void) {
  uint8_t one[HASH_SIZE], other[HASH_SIZE];
  digest_of("id,hours,skills\na,8,sql\n", one, NULL, NULL);
  digest_of("skills,id,hours\nsql,a,8\n", other, NULL, NULL);
  CHECK(memcmp(one, other, HASH_SIZE) == 0);
  digest_of("id,hours,skills\na,8,python\n", other, "skills", "sql");
  CHECK(memcmp(one, other, HASH_SIZE) == 0);
  digest_of("id,hours,skills\na,8,sql\n", other, "languages", "zh-Hans");
  CHECK(memcmp(one, other, HASH_SIZE) != 0);
  digest_of("id,hours,skills\na,8,sql\n", other, "title", "x");
  CHECK(memcmp(one, other, HASH_SIZE) == 0);
  digest_of("id,languages,mode\na,en|zh-Hans,parallel\n", one, NULL, NULL);
  digest_of("id,languages,mode\na,en,parallel\n", other, "languages", "en|zh-Hans");
  CHECK(memcmp(one, other, HASH_SIZE) == 0); /* a mode that was given stays */
  digest_of("id,languages\na,en|zh-Hans\n", one, NULL, NULL);
  digest_of("id,languages\na,en\n", other, "languages", "en|zh-Hans");
  CHECK(memcmp(one, other, HASH_SIZE) == 0); /* one that was not follows the languages */
  test_clear();
  listen();
  struct reader *reader = reader_new_anonymous(&guide);
  struct setting wrong[] = {{"huors", "8"}, {"hours", "0"}};
  CHECK(!reader_apply(reader, &guide, wrong, 2, messages));
  check_said("handout: error: a reader record of this guide has no key 'huors' [unknown-key]\n"
             "handout: error: hours: '0' is not a number (such as 8 or 7.5) from 1 to 60 "
             "[bad-value]\n");
  struct setting both[] = {{"mode", "parallel"}, {"languages", "zh-Hans|en"}};
  CHECK(reader_apply(reader, &guide, both, 2, messages) && reader->mode == MODE_PARALLEL);
  reader_free(reader);
}

/* Any bytes at all: it ends, and nothing is read that is not there. */
static void test_rubbish(void) {
  static const char alphabet[] = "id,;\t\"\n\r|ab\xFF\xFE\x81\x30\0 =x";
  uint32_t random = 99;
  for (int round = 0; round < 500; round++) {
    char bytes[200] = "id,name\n";
    size_t length = 8 + (random >> 16) % 190;
    for (size_t i = round % 2 ? 8 : 0; i < length; i++) {
      random = random * 1103515245u + 12345u;
      bytes[i] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
    }
    listen();
    free(read_all(write_file("r.csv", bytes, length)));
    messages_free(messages);
    fclose(stream);
    free(said);
  }
  CHECK(true);
}

/* A row is a record: what is longer than one may be ends the table. */
static void test_limit(void) {
  CHECK(setenv("HANDOUT_LIMITS", "record=20", 1) == 0);
  check_table("id,name\nann,Ann\nbo,Bo of a long and noble family\nli,Li\n", "ann:Ann::10:2 BAD::3 ",
              "t.csv:3:1: error: this row: more than 20 bytes in a record or a theme "
              "[limit-record]\n");
  CHECK(unsetenv("HANDOUT_LIMITS") == 0);
  struct buffer text = {0};
  buffer_append_text(&text, "id,name\nann,\"");
  for (size_t i = 0; i < 1100000; i++) buffer_append_byte(&text, 'A');
  check_bytes(text.data, text.length, "BAD::2 ",
              "t.csv:2:1: error: this row: more than 1048576 bytes in a record or a theme "
              "[limit-record]\n");
  buffer_finish(&text);
}

int main(void) {
  for (size_t i = 1; i < sizeof fields / sizeof *fields; i++) fields[i - 1].next = &fields[i];
  guide.fields = fields;
  CHECK(mkdtemp(folder) != NULL);
  test_good();
  test_quotes();
  test_bad_cells();
  test_columns();
  test_encodings();
  test_large("UTF-8");
  test_large("UTF-16LE");
  test_large("GB18030");
  test_limit();
  test_skip();
  test_folder();
  test_hash_and_flags();
  test_rubbish();
  char command[64];
  snprintf(command, sizeof command, "rm -r %s", folder);
  CHECK(system(command) == 0);
  return check_summary();
}
