/* Conditions and fill-ins over a record: what they give, what is refused when a guide
 * is loaded, what cannot be filled in, and that values stay text. */
#include "check.h"

#include "edition/expression.h"
#include "edition/format.h"

#include <stdlib.h>

static const char *languages[] = {"en", "zh-Hans"};
static const char *regions[] = {"US", "CN"}, *ids[] = {"python", "sql"};
static struct field fields[] = {
    {.name = "region", .type = FIELD_CHOICE, .choices = regions, .choice_count = 2},
    {.name = "skills", .type = FIELD_SET, .choices = ids, .choice_count = 2},
    {.name = "salary", .type = FIELD_NUMBER},
    {.name = "start", .type = FIELD_DATE},
    {.name = "member", .type = FIELD_TRUTH},
    {.name = "adviser", .type = FIELD_TEXT},
};
static struct words python_names[] = {
    {.language = "en", .text = "Python", .next = &python_names[1]},
    {.language = "zh-Hans", .text = "Python 编程"}};
static struct skill python = {.id = "python", .names = python_names};
static struct fact pay = {.name = "average-pay", .value = "120000"};
static struct guide guide = {
    .languages = languages, .language_count = 2, .skills = &python, .facts = &pay};

static struct formats *formats;
static struct expressions *expressions;
static struct arena *arena;
static struct place place = {.line = 1, .column = 1};

static struct field_value *add_field(struct reader *reader, const char *name, const char *first,
                                     const char *second) {
  struct field_value *value = arena_alloc(reader->arena, sizeof *value);
  value->name = name;
  value->values = arena_alloc_array(reader->arena, 2, sizeof *value->values);
  if (first) value->values[value->value_count++] = first;
  if (second) value->values[value->value_count++] = second;
  value->next = reader->fields;
  reader->fields = value;
  return value;
}

/* What is said while `text` is compiled, worked out and printed. */
static char *said_of(const char *text, const char *language, const char **value, bool *holds) {
  char *said = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&said, &size);
  struct messages *messages = messages_new(stream, MESSAGES_SHORT, false);
  bool good = true;
  if (value) *value = NULL;
  if (expressions_add(expressions, text, &place, messages)) {
    if (holds) *holds = expression_holds(expressions, text, &good, messages);
    if (value) *value = expression_text(expressions, text, language, &place, messages);
  }
  messages_free(messages);
  fclose(stream);
  return said;
}

static void check_holds(const char *text, bool wanted) {
  bool holds = !wanted;
  char *said = said_of(text, "en", NULL, &holds);
  CHECK_TEXT(said, "");
  CHECK(holds == wanted);
  if (holds != wanted) printf("  %s\n", text);
  free(said);
}

static void check_value(const char *text, const char *language, const char *wanted) {
  const char *value;
  char *said = said_of(text, language, &value, NULL);
  CHECK_TEXT(said, "");
  CHECK_TEXT(value, wanted);
  free(said);
}

static void check_said(const char *text, const char *wanted) {
  const char *value;
  char *said = said_of(text, "en", &value, NULL);
  CHECK(!value);
  CHECK_TEXT(said, wanted);
  free(said);
}

static void test_conditions(void) {
  check_holds("region = 'CN'", true);
  check_holds("region = 'US' or salary > 100000", true);
  check_holds("skills = 'python'", true);
  check_holds("skills = 'sql'", true);
  check_holds("not(skills = 'sql')", false);
  check_holds("has(skills)", true);
  check_holds("has(skills, 'python', 'sql')", true);
  check_holds("has(adviser)", false);
  check_holds("adviser", false);
  check_holds("member", true);
  check_holds("not(member)", false);
  check_holds("member = 'yes'", true);
  check_holds("count(skills) = 2", true);
  check_holds("before(start, '2026-08-02')", true);
  check_holds("before(start, '2026-08-01')", false);
  check_holds("before(start, substring('2026-09-01 or so', 1, 10))", true);
  check_holds("average-pay = 120000", true);
  check_holds("edition = 'standard' and paper = 'a4'", true);
  check_holds("salary * 2 - salary = salary", true);
  check_holds("salary div 2 > 10 and not(salary mod 7 = 99)", true);
  check_holds("*[. = 'sql']", true);
}

static void test_fill_ins(void) {
  check_value("name", "en", "Li Wei");
  check_value("skills", "en", "Python and sql");
  check_value("format-list(skills, 'or')", "zh-Hans", "Python 编程或sql");
  check_value("format-currency(average-pay, 'USD')", "en", "$120,000");
  check_value("format-currency(average-pay, 'USD')", "zh-Hans", "12\xC2\xA0万美元");
  check_value("format-currency(average-pay, 'USD')", "en", "$120,000");
  check_value("format-date(start)", "zh-Hans", "2026年8月1日");
  check_value("format-number(salary div 7, 2)", "en", "17,857.14");
  check_value("format-unit(1, 'hour')", "en", "1\xC2\xA0hour");
  check_value("plural(count(skills), 'skill', 'skills')", "en", "skills");
  check_value("concat('a', \"b\")", "en", "ab");
  check_value("format-range(3, 5)", "zh-Hans", "3～5");
}

static void test_refused(void) {
  check_said("regoin = 'CN'", "handout: error: no field or fact of this guide is called 'regoin' "
                              "[unknown-name]\n");
  check_said("region = CN", "handout: error: no field or fact of this guide is called 'CN' "
                            "[unknown-name]\n");
  check_said("region = 'DE'", "handout: error: 'region' is never 'DE' [never-true]\n");
  check_said("'DE' != region", "handout: error: 'region' is never 'DE' [never-true]\n");
  check_said("has(skills, 'python', 'java')",
             "handout: error: 'skills' is never 'java' [never-true]\n");
  check_said("member = 'no'", "handout: error: 'member' is never 'no' [never-true]\n");
  check_said("paper = 'A4'", "handout: error: 'paper' is never 'A4' [never-true]\n");
  check_said("languages = 'zh'", "handout: error: 'languages' is never 'zh' [never-true]\n");
  check_said("'print' != edition", "handout: error: 'edition' is never 'print' [never-true]\n");
  check_said("mode = 'paralel'", "handout: error: 'mode' is never 'paralel' [never-true]\n");
  check_said("before(start, '2026-08')",
             "handout: error: '2026-08' is no day: before() is never true [never-true]\n");
  check_said("start > '2026-01-01'",
             "handout: error: 'start' is no number and has no order [no-order]\n");
  check_said("format-curency(salary, 'USD')",
             "handout: error: there is no function 'format-curency' [unknown-function]\n");
  check_said("document('x')",
             "handout: error: there is no function 'document' [unknown-function]\n");
  check_said("format-currency(salary)",
             "handout: error: format-currency() takes 2 to 3 arguments, not 1 [argument-count]\n");
  check_said("before(concat('a', 'b'))",
             "handout: error: before() takes 2 arguments, not 1 [argument-count]\n");
  check_said("region = ",
             "handout: error: this is not an XPath expression: something is missing or "
             "out of place [bad-expression]\n");
  check_said("region = 'CN",
             "handout: error: this is not an XPath expression: a quote is not closed "
             "[bad-expression]\n");
  check_said("", "handout: error: this is not an XPath expression: something is missing or "
                 "out of place [bad-expression]\n");
}

static void test_nothing_to_print(void) {
  check_said("adviser", "handout: error: {{ adviser }}: there is nothing to print for reader 'li' "
                        "[cannot-fill-in]\n");
  check_said("format-date(adviser)",
             "handout: error: {{ format-date(adviser) }}: a date is "
             "wanted, and there is none for reader 'li' [cannot-fill-in]\n");
  check_said("format-number(name)", "handout: error: {{ format-number(name) }}: 'Li Wei' is no "
                                    "number for reader 'li' [cannot-fill-in]\n");
  check_said("format-currency(1, 'QQQ')",
             "handout: error: {{ format-currency(1, 'QQQ') }}: 'QQQ' is no currency (ISO 4217), "
             "such as 'USD' for reader 'li' [cannot-fill-in]\n");
  check_said(
      "salary div 0 - salary div 0",
      "handout: error: {{ salary div 0 - salary div 0 }}: the result is no number for reader "
      "'li' [cannot-fill-in]\n");
  check_said("salary div 0", "handout: error: {{ salary div 0 }}: the result is no number for reader "
                             "'li' [cannot-fill-in]\n");
  check_said("has(name)", "handout: error: {{ has(name) }}: true and false are no text to print "
                          "for reader 'li' [cannot-fill-in]\n");
}

/* A condition that would never end is stopped; deep nesting does not overflow. */
static void test_bounds(void) {
  bool holds;
  const char *endless =
      "count(//*[count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0]) > 0])";
  char *said = said_of(endless, "en", NULL, &holds);
  CHECK(strstr(said, "[cannot-decide]") != NULL && !holds);
  free(said);
  char deep[1200] = "";
  memset(deep, '(', 1100);
  said = said_of(deep, "en", NULL, &holds);
  CHECK(strstr(said, "more than 1000 bytes") != NULL);
  free(said);
  deep[998] = '\0';
  said = said_of(deep, "en", NULL, &holds);
  CHECK(strstr(said, "[bad-expression]") != NULL);
  free(said);
}

/* Whatever a value looks like, it is printed as it is and never read as anything. */
static void test_hostile_values(struct reader *reader) {
  static const char *const values[] = {"]]>",
                                       "</record><region>US</region>",
                                       "../x",
                                       "%PDF-1",
                                       "=cmd()",
                                       "' or '1' = '1",
                                       "&amp;",
                                       "{{ name }}",
                                       "👩‍💻𠮷"};
  struct field_value *adviser = add_field(reader, "adviser", "x", NULL);
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    adviser->values[0] = values[i];
    expressions_start(expressions, reader, arena);
    check_value("adviser", "en", values[i]);
    check_value("concat(adviser, count(region))", "en", arena_printf(arena, "%s1", values[i]));
    check_holds("region = 'US'", false);
  }
}

int main(void) {
  for (size_t i = 1; i < sizeof fields / sizeof *fields; i++) fields[i - 1].next = &fields[i];
  guide.fields = fields;
  arena = arena_new();
  formats = formats_new();
  expressions = expressions_new(&guide, formats);
  struct reader *reader = reader_new_anonymous(&guide);
  reader->id = "li";
  reader->name = "Li Wei";
  add_field(reader, "region", "CN", NULL);
  add_field(reader, "skills", "python", "sql");
  add_field(reader, "salary", "125000", NULL);
  add_field(reader, "start", "2026-08-01", NULL);
  add_field(reader, "member", "yes", NULL);
  expressions_start(expressions, reader, arena);
  test_conditions();
  test_fill_ins();
  test_refused();
  test_nothing_to_print();
  test_bounds();
  test_hostile_values(reader);
  expressions_free(expressions);
  formats_free(formats);
  reader_free(reader);
  arena_free(arena);
  return check_summary();
}
