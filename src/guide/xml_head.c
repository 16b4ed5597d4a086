/* The head of the XML form: what handout.yaml says of a guide, so that guide.xml
 * alone is the whole guide. */
#include "guide/xml.h"

#include "guide/config.h"
#include "guide/declare.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const missing_names[] = {
    [FALLBACK_OMIT] = "omit", [FALLBACK_SHOW] = "show", [FALLBACK_ERROR] = "error"};

static_assert(sizeof missing_names / sizeof *missing_names == FALLBACK_COUNT, "a name is missing");

/* --- writing ------------------------------------------------------------------------ */

static void put(xmlTextWriterPtr writer, const char *name, const char *value) {
  if (value) xmlTextWriterWriteAttribute(writer, BAD_CAST name, BAD_CAST value);
}

static void start(xmlTextWriterPtr writer, int depth, const char *name) {
  xmlTextWriterWriteString(writer, BAD_CAST(depth == 1 ? "\n  " : "\n    "));
  xmlTextWriterStartElement(writer, BAD_CAST name);
}

static void put_element(xmlTextWriterPtr writer, const char *name, const char *text) {
  start(writer, 2, name);
  xmlTextWriterWriteString(writer, BAD_CAST text);
  xmlTextWriterEndElement(writer);
}

static void put_words(xmlTextWriterPtr writer, int depth, const char *name,
                      const struct words *words) {
  for (; words; words = words->next) {
    start(writer, depth, name);
    put(writer, "language", words->language);
    xmlTextWriterWriteString(writer, BAD_CAST words->text);
    xmlTextWriterEndElement(writer);
  }
}

static void end(xmlTextWriterPtr writer, bool filled) {
  if (filled) xmlTextWriterWriteString(writer, BAD_CAST "\n  ");
  xmlTextWriterEndElement(writer);
}

void xml_write_head(xmlTextWriterPtr writer, const struct guide *guide) {
  put(writer, "date", guide->date);
  put(writer, "theme", guide->theme);
  if (guide->numbered) put(writer, "numbered", "yes");
  struct buffer languages = {0};
  for (size_t i = 0; i < guide->language_count; i++) {
    if (i) buffer_append_byte(&languages, ' ');
    buffer_append_text(&languages, guide->languages[i]);
  }
  if (languages.length) put(writer, "languages", languages.data);
  buffer_finish(&languages);
  put(writer, "accessibility-checked-by", guide->checked_by);
  if (guide->missing != FALLBACK_OMIT) put(writer, "missing", missing_names[guide->missing]);
  if (guide->stale_after) {
    xmlTextWriterWriteFormatAttribute(writer, BAD_CAST "stale-after", "%d", guide->stale_after);
  }
}

static void write_field(xmlTextWriterPtr writer, const struct field *field) {
  start(writer, 1, "field");
  put(writer, "name", field->name);
  put(writer, "type", field_types[field->type]);
  if (field->required) put(writer, "required", "yes");
  put(writer, "min", field->min);
  put(writer, "max", field->max);
  put_words(writer, 2, "label", field->label);
  for (size_t i = 0; i < field->default_count; i++) {
    put_element(writer, "default", field->defaults[i]);
  }
  for (size_t i = 0; i < field->choice_count; i++) {
    put_element(writer, "choice", field->choices[i]);
  }
  end(writer, field->label || field->default_count || field->choice_count);
}

static void write_skill(xmlTextWriterPtr writer, const struct skill *skill) {
  start(writer, 1, "skill");
  put(writer, "id", skill->id);
  if (skill->hours > 0) {
    xmlTextWriterWriteFormatAttribute(writer, BAD_CAST "hours", "%.10g", skill->hours);
  }
  put_words(writer, 2, "name", skill->names);
  put_words(writer, 2, "level", skill->levels);
  for (size_t i = 0; i < skill->require_count; i++) {
    put_element(writer, "requires", skill->requires[i]);
  }
  end(writer, skill->names || skill->levels || skill->require_count);
}

static void write_fact(xmlTextWriterPtr writer, const struct fact *fact) {
  start(writer, 1, "fact");
  put(writer, "name", fact->name);
  put(writer, "value", fact->value);
  put(writer, "unit", fact->unit);
  put(writer, "source", fact->source);
  put(writer, "region", fact->region);
  put(writer, "date", fact->date);
  end(writer, false);
}

void xml_write_declarations(xmlTextWriterPtr writer, const struct guide *guide) {
  for (const struct field *field = guide->fields; field; field = field->next) {
    write_field(writer, field);
  }
  for (const struct skill *skill = guide->skills; skill; skill = skill->next) {
    write_skill(writer, skill);
  }
  for (const struct fact *fact = guide->facts; fact; fact = fact->next) write_fact(writer, fact);
}

/* --- reading ------------------------------------------------------------------------- */

static const char *take(struct xml_file *file, xmlChar *value) {
  const char *text = (const char *)value;
  const char *copy = text ? script_normalise(file->loading->arena, text, strlen(text)) : NULL;
  xmlFree(value);
  return copy;
}

static const char *attribute(struct xml_file *file, const xmlNode *element, const char *name) {
  return take(file, xmlGetNoNsProp(element, BAD_CAST name));
}

static const char *content(struct xml_file *file, const xmlNode *element) {
  return take(file, xmlNodeGetContent(element));
}

static int find_name(const char *name, const char *const *names, int count) {
  int index = 0;
  while (index < count && strcmp(names[index], name) != 0) index++;
  return index < count ? index : 0;
}

static void read_languages(struct guide *guide, const char *list) {
  guide->languages = arena_alloc_array(guide->arena, strlen(list) / 2 + 1, sizeof(const char *));
  guide->language_count = 0;
  while (*list) {
    size_t length = strcspn(list, " \t\r\n");
    if (length)
      guide->languages[guide->language_count++] = arena_strndup(guide->arena, list, length);
    list += length + strspn(list + length, " \t\r\n");
  }
}

/* The schema's dates have time zones, and years of more than four digits. */
static void check_date(struct xml_file *file, const xmlNode *element, bool month) {
  const char *date = attribute(file, element, "date");
  struct place place = xml_attribute_place(file, element, "date");
  if (!date || config_is_date(date, month)) return;
  message_error(file->loading->messages, &place, "bad-value",
                "date: '%.60s' is not a date like 2026-11-21%s", date, month ? " or 2026-11" : "");
}

/* What handout.yaml beside it says stands where the text itself says nothing. */
static void override(struct xml_file *file, const xmlNode *root, const char *name,
                     const char **value) {
  const char *given = attribute(file, root, name);
  if (given) *value = given;
}

void xml_read_head(struct xml_file *file, const xmlNode *root) {
  struct guide *guide = file->loading->guide;
  override(file, root, "date", &guide->date);
  check_date(file, root, false);
  override(file, root, "theme", &guide->theme);
  if (attribute(file, root, "theme"))
    file->loading->theme_place = xml_attribute_place(file, root, "theme");
  override(file, root, "accessibility-checked-by", &guide->checked_by);
  if (attribute(file, root, "numbered")) guide->numbered = true;
  const char *languages = attribute(file, root, "languages");
  const char *missing = attribute(file, root, "missing");
  const char *stale = attribute(file, root, "stale-after");
  if (languages) read_languages(guide, languages);
  if (!file->loading->missing_given) guide->missing = FALLBACK_OMIT;
  if (missing) guide->missing = (enum fallback)find_name(missing, missing_names, FALLBACK_COUNT);
  if (stale) guide->stale_after = (int)strtol(stale, NULL, 10);
}

static void add_words(struct xml_file *file, struct words **words, const xmlNode *element) {
  while (*words) words = &(*words)->next;
  *words = arena_alloc(file->loading->arena, sizeof **words);
  (*words)->language = attribute(file, element, "language");
  (*words)->text = content(file, element);
  (*words)->place = xml_place(file, element);
}

/* The texts of the children of that name, with the place of each unless `places` is NULL. */
static const char **texts(struct xml_file *file, const xmlNode *element, const char *name,
                          size_t *count, const struct place **places) {
  size_t capacity = 0;
  for (const xmlNode *child = element->children; child; child = child->next) {
    capacity += child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, name) == 0;
  }
  const char **list = arena_alloc_array(file->loading->arena, capacity, sizeof *list);
  struct place *at = arena_alloc_array(file->loading->arena, capacity, sizeof *at);
  for (const xmlNode *child = element->children; child; child = child->next) {
    if (child->type != XML_ELEMENT_NODE || strcmp((const char *)child->name, name) != 0) continue;
    at[*count] = xml_place(file, child);
    list[(*count)++] = content(file, child);
  }
  if (places) *places = at;
  return list;
}

static void read_words(struct xml_file *file, const xmlNode *element, const char *name,
                       struct words **words) {
  for (const xmlNode *child = element->children; child; child = child->next) {
    if (child->type == XML_ELEMENT_NODE && strcmp((const char *)child->name, name) == 0) {
      add_words(file, words, child);
    }
  }
}

static void read_limit(struct xml_file *file, const xmlNode *element, const struct field *field,
                       const char *name, const char **limit) {
  const char *text = attribute(file, element, name);
  struct place place = xml_attribute_place(file, element, name);
  if (text) declare_limit(file->loading, field, name, text, &place, limit);
}

static void read_field(struct xml_file *file, const xmlNode *element) {
  struct field *field = arena_alloc(file->loading->arena, sizeof *field);
  field->name = attribute(file, element, "name");
  field->place = xml_place(file, element);
  if (!declare_name(file->loading, DECLARED_FIELD, field->name, &field->place)) return;
  field->type =
      (enum field_type)find_name(attribute(file, element, "type"), field_types, FIELD_TYPE_COUNT);
  field->required = attribute(file, element, "required") != NULL;
  read_limit(file, element, field, "min", &field->min);
  read_limit(file, element, field, "max", &field->max);
  read_words(file, element, "label", &field->label);
  field->defaults =
      texts(file, element, "default", &field->default_count, &field->default_places);
  field->choices = texts(file, element, "choice", &field->choice_count, NULL);
  declare_choices(file->loading, field, &field->place);
  struct field **fields = &file->loading->guide->fields;
  while (*fields) fields = &(*fields)->next;
  *fields = field;
}

static void read_skill(struct xml_file *file, const xmlNode *element) {
  struct skill *skill = arena_alloc(file->loading->arena, sizeof *skill);
  const char *hours = attribute(file, element, "hours");
  skill->id = attribute(file, element, "id");
  skill->place = xml_place(file, element);
  if (!declare_name(file->loading, DECLARED_SKILL, skill->id, &skill->place)) return;
  skill->hours = hours ? strtod(hours, NULL) : 0;
  read_words(file, element, "name", &skill->names);
  read_words(file, element, "level", &skill->levels);
  skill->requires =
      texts(file, element, "requires", &skill->require_count, &skill->require_places);
  struct skill **skills = &file->loading->guide->skills;
  while (*skills) skills = &(*skills)->next;
  *skills = skill;
}

static void read_fact(struct xml_file *file, const xmlNode *element) {
  struct fact *fact = arena_alloc(file->loading->arena, sizeof *fact);
  fact->name = attribute(file, element, "name");
  fact->place = xml_place(file, element);
  if (!declare_name(file->loading, DECLARED_FACT, fact->name, &fact->place)) return;
  fact->value = attribute(file, element, "value");
  fact->unit = attribute(file, element, "unit");
  fact->source = attribute(file, element, "source");
  fact->region = attribute(file, element, "region");
  fact->date = attribute(file, element, "date");
  check_date(file, element, true);
  struct fact **facts = &file->loading->guide->facts;
  while (*facts) facts = &(*facts)->next;
  *facts = fact;
}

bool xml_read_declaration(struct xml_file *file, const xmlNode *element) {
  const char *name = (const char *)element->name;
  if (strcmp(name, "title") == 0) add_words(file, &file->loading->guide->titles, element);
  else if (strcmp(name, "author") == 0) add_words(file, &file->loading->guide->authors, element);
  else if (strcmp(name, "field") == 0) read_field(file, element);
  else if (strcmp(name, "skill") == 0) read_skill(file, element);
  else if (strcmp(name, "fact") == 0) read_fact(file, element);
  else return false;
  return true;
}
