/* YAML: the tree, its places, and what is refused, from good text and from rubbish. */
#include "check.h"

#include "base/message.h"
#include "base/yaml.h"

#include <stdint.h>
#include <stdlib.h>

struct attempt {
  struct arena *arena;
  const struct yaml *root;
  char *said; /* the messages, in the short form */
  size_t size;
};

static struct attempt attempt_part(const char *text, size_t size, size_t offset, size_t length) {
  struct attempt attempt = {.arena = arena_new()};
  FILE *stream = open_memstream(&attempt.said, &attempt.size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  const struct source *source = source_from_memory(attempt.arena, "t.yaml", text, size, messages);
  if (source) attempt.root = yaml_read(attempt.arena, source, offset, length, messages);
  messages_free(messages);
  fclose(stream);
  return attempt;
}

static struct attempt attempt_text(const char *text) {
  return attempt_part(text, strlen(text), 0, strlen(text));
}

static void attempt_finish(struct attempt *attempt) {
  arena_free(attempt->arena);
  free(attempt->said);
}

static void check_refused(const char *text, const char *said) {
  struct attempt attempt = attempt_text(text);
  CHECK(!attempt.root);
  CHECK_TEXT(attempt.said, said);
  attempt_finish(&attempt);
}

static void check_place(const struct place *place, uint32_t line, uint32_t column,
                        uint32_t length) {
  CHECK(place->line == line);
  CHECK(place->column == column);
  CHECK(place->length == length);
}

static void test_tree(void) {
  struct attempt attempt = attempt_text("名字: 李伟\n"
                                        "languages: [en, 'zh-Hans']\n"
                                        "age: \"7\"\n"
                                        "nothing: ~\n"
                                        "fields:\n"
                                        "  - type: text\n"
                                        "    hint: >\n"
                                        "      two\n"
                                        "      lines\n");
  CHECK_TEXT(attempt.said, "");
  const struct yaml *root = attempt.root;
  CHECK(root && root->kind == YAML_MAP);
  CHECK_TEXT(root->first->key, "名字");
  CHECK_TEXT(root->first->value, "李伟");
  check_place(&root->first->key_place, 1, 1, 2);
  check_place(&root->first->place, 1, 5, 2);
  const struct yaml *languages = yaml_find(root, "languages");
  CHECK(languages->kind == YAML_LIST);
  CHECK_TEXT(languages->first->value, "en");
  CHECK(!languages->first->quoted);
  CHECK_TEXT(languages->first->next->value, "zh-Hans");
  CHECK(languages->first->next->quoted);
  check_place(&languages->first->place, 2, 13, 2);
  CHECK(yaml_find(root, "age")->quoted);
  CHECK(yaml_find(root, "nothing")->kind == YAML_NULL);
  const struct yaml *item = yaml_find(root, "fields")->first;
  CHECK(item->kind == YAML_MAP);
  CHECK_TEXT(yaml_find(item, "hint")->value, "two lines\n");
  CHECK(!yaml_find(root, "absent"));
  attempt_finish(&attempt);
}

static void test_part_of_a_source(void) {
  const char *text = "---\ntitle: Ü\n---\nText: not YAML: at all\n";
  struct attempt attempt = attempt_part(text, strlen(text), 4, strlen("title: Ü\n"));
  CHECK_TEXT(attempt.said, "");
  CHECK(attempt.root);
  check_place(&attempt.root->first->place, 2, 8, 1);
  CHECK_TEXT(attempt.root->first->value, "Ü");
  attempt_finish(&attempt);
  attempt = attempt_part("---\na: [\n---\n", 13, 4, 5);
  CHECK(!attempt.root);
  CHECK(strncmp(attempt.said, "t.yaml:3:1: error: this is not YAML: ", 37) == 0 ||
        strncmp(attempt.said, "t.yaml:2:", 9) == 0);
  attempt_finish(&attempt);
}

static void test_empty(void) {
  static const char *const texts[] = {"", "\n", "# only a remark\n", "---\n", "---\n...\n", "~\n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct attempt attempt = attempt_text(texts[i]);
    CHECK_TEXT(attempt.said, "");
    CHECK(attempt.root && attempt.root->kind == YAML_MAP && !attempt.root->first);
    attempt_finish(&attempt);
  }
}

static void test_refused(void) {
  check_refused("a: 1\nb: 2\na: 3\n",
                "t.yaml:3:1: error: the key 'a' stands here a second time [duplicate-key]\n");
  check_refused("a: &x 1\n",
                "t.yaml:1:4: error: YAML anchors are not allowed here [yaml-not-allowed]\n");
  check_refused("a: *x\n",
                "t.yaml:1:4: error: YAML aliases are not allowed here [yaml-not-allowed]\n");
  check_refused("a: !!int 3\n",
                "t.yaml:1:4: error: YAML tags are not allowed here [yaml-not-allowed]\n");
  check_refused("a: 1\n---\nb: 2\n", "t.yaml:2:1: error: a second YAML document is not allowed "
                                     "here [yaml-not-allowed]\n");
  check_refused("? [a, b]\n: 1\n",
                "t.yaml:1:3: error: a key is a text, not a list or a map [yaml-key]\n");
  check_refused("a: \"x\\0y\"\n",
                "t.yaml:1:5: error: a NUL byte cannot stand in a text [nul-byte]\n");
}

static void test_depth(void) {
  char text[512] = "";
  for (int i = 0; i < 64; i++) strcat(text, "[");
  for (int i = 0; i < 64; i++) strcat(text, "]");
  struct attempt attempt = attempt_text(text);
  CHECK(attempt.root);
  attempt_finish(&attempt);
  memmove(text + 1, text, strlen(text) + 1);
  strcat(text, "]");
  attempt = attempt_text(text);
  CHECK(!attempt.root);
  CHECK(strstr(attempt.said, "limit-depth") != NULL);
  attempt_finish(&attempt);
}

/* One message with a place, and nothing on standard error. */
static void test_syntax(void) {
  static const char *const texts[] = {"a: [1, 2\n",   "a: b: c\n",  "\tx: 1\n",    "a: 'open\n",
                                      "a: \"\\q\"\n", "{a: 1]\n",   "- a\nb: 1\n", "a: 1\n  b: 2\n",
                                      "a: @x\n",      "a: |9q\n x", "%YAML 9\n",   "]",
                                      "a: }\n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct attempt attempt = attempt_text(texts[i]);
    CHECK(!attempt.root);
    CHECK(strncmp(attempt.said, "t.yaml:", 7) == 0);
    CHECK(strchr(attempt.said, '\n') == attempt.said + attempt.size - 1);
    if (getenv("SHOW")) printf("%s", attempt.said);
    attempt_finish(&attempt);
  }
}

/* Any bytes: either a tree or messages, never both absent, and no report of the sanitizers. */
static void test_rubbish(void) {
  static const char alphabet[] = "ab:-?[]{},#&*!|>'\"%@`\\ \t\n\n\r~.0\xC3\xA9\xE6\xB1\x89\x01";
  uint32_t random = 12345;
  for (int round = 0; round < 4000; round++) {
    char text[64];
    size_t length = 1 + (random >> 16) % (sizeof text - 1);
    for (size_t i = 0; i < length; i++) {
      random = random * 1103515245u + 12345u;
      text[i] = alphabet[(random >> 16) % (sizeof alphabet - 1)];
    }
    struct attempt attempt = attempt_part(text, length, 0, length);
    if ((attempt.root != NULL) != (attempt.size == 0)) {
      CHECK(!"a tree or a message");
      printf("%.*s\n%s", (int)length, text, attempt.said);
    }
    attempt_finish(&attempt);
  }
  CHECK(random != 12345);
}

static void test_keys(void) {
  static const char *const names[] = {"name", "paper"};
  struct attempt attempt = attempt_text("nmae: x\npaper: a4\n");
  char *said = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&said, &size);
  struct messages *messages = messages_new(stream, MESSAGES_HUMAN, false);
  CHECK(!yaml_check_keys(attempt.root, names, 2, "a reader record", messages));
  messages_free(messages);
  fclose(stream);
  CHECK_TEXT(said, "t.yaml:1:1: error: a reader record has no key 'nmae' [unknown-key]\n"
                   "  nmae: x\n  ^~~~\nhint: did you mean 'name'?\n");
  free(said);
  attempt_finish(&attempt);
}

int main(void) {
  test_tree();
  test_part_of_a_source();
  test_empty();
  test_refused();
  test_depth();
  test_syntax();
  test_rubbish();
  test_keys();
  return check_summary();
}
