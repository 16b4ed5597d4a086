/* Children of an element are stretches of content, annotations and other elements,
 * in reading order. Elements come in reading order by their index; content and
 * annotations in the order in which they are written. The two are merged so: before content
 * of an element is noted, the element is entered into its parent, and with it all
 * elder siblings that are not there yet (empty cells, say); and so on upwards. A note in a
 * cell is drawn before what the cell says overleaf: it waits and is entered last.
 * An element that runs over pages stays one element: its content names the page. */
#include "pdf/structure.h"

#include "pdf/attributes.h"
#include "pdf/key_tree.h"
#include "pdf/syntax.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum kid_kind { KID_ELEMENT, KID_CONTENT, KID_ANNOTATION };

struct kid {
  struct kid *next;
  enum kid_kind kind;
  uint32_t number; /* element's index, content's number on its page, annotation's object */
  uint32_t page;
};

struct branch { /* what is kept for each element */
  struct kid *first, *last;
  HPDF_Dict object;
  uint32_t first_child, next_sibling; /* by index; 0: none */
  uint32_t waiting;                   /* first child that is not entered yet; 0: none */
  bool entered;
};

struct structure {
  const struct pages *pages;
  struct document *document;
  HPDF_Dict root;
  struct branch *branches;
  const struct tables *tables;
  struct key_tree parents;
  struct buffer page_parents; /* of the page that is being written */
  size_t page;
  unsigned content_count;
  bool on_page;
  struct buffer annotation_parents; /* objects of their elements, as uint32_t */
  unsigned annotation_count;
};

const char *structure_role_name(const struct structure *structure, uint32_t element) {
  return role_name(structure->pages->elements[element].role);
}

uint32_t structure_object(const struct structure *structure, uint32_t element) {
  return object_number(structure->branches[element].object);
}

/* --- the tree as it grows ------------------------------------------------------------ */

static void link_children(struct structure *structure) {
  uint32_t *last = memory_alloc(structure->pages->element_count * sizeof *last);
  for (uint32_t i = 1; i < structure->pages->element_count; i++) {
    uint32_t parent = structure->pages->elements[i].parent;
    assert(parent < i);
    struct branch *branch = &structure->branches[parent];
    if (last[parent] == 0) branch->first_child = branch->waiting = i;
    else structure->branches[last[parent]].next_sibling = i;
    last[parent] = i;
  }
  free(last);
}

struct structure *structure_new(const struct pages *pages, struct document *document) {
  struct structure *structure = memory_alloc(sizeof *structure);
  structure->pages = pages;
  structure->document = document;
  structure->root = document_reserve(document);
  structure->parents = (struct key_tree){.document = document, .kind = "Nums"};
  structure->branches = memory_alloc(pages->element_count * sizeof *structure->branches);
  for (size_t i = 0; i < pages->element_count; i++) {
    structure->branches[i].object = document_reserve(document);
  }
  link_children(structure);
  structure->tables = tables_new(document->arena, pages);
  return structure;
}

void structure_free(struct structure *structure) {
  if (!structure) return;
  free(structure->branches);
  key_tree_finish(&structure->parents);
  buffer_finish(&structure->page_parents);
  buffer_finish(&structure->annotation_parents);
  free(structure);
}

static void add_kid(struct structure *structure, uint32_t element, enum kid_kind kind,
                    uint32_t number, size_t page) {
  struct branch *branch = &structure->branches[element];
  struct kid *kid = arena_alloc(structure->document->arena, sizeof *kid);
  *kid = (struct kid){.kind = kind, .number = number, .page = (uint32_t)page};
  if (branch->last) branch->last->next = kid;
  else branch->first = kid;
  branch->last = kid;
}

/* Enters the children of an element that wait, up to and with `until` (0: all). */
static void enter_children(struct structure *structure, uint32_t parent, uint32_t until) {
  struct branch *branch = &structure->branches[parent];
  while (branch->waiting != 0) {
    uint32_t child = branch->waiting;
    branch->waiting = structure->branches[child].next_sibling;
    structure->branches[child].entered = true;
    add_kid(structure, parent, KID_ELEMENT, child, 0);
    if (child == until) return;
  }
}

static bool waits(const struct structure *structure, uint32_t element) {
  const struct element *elements = structure->pages->elements;
  enum role around = elements[elements[element].parent].role;
  return elements[element].role == ROLE_NOTE && (around == ROLE_TD || around == ROLE_TH);
}

static void enter(struct structure *structure, uint32_t element) {
  while (element != 0 && !structure->branches[element].entered) {
    uint32_t parent = structure->pages->elements[element].parent;
    if (!waits(structure, element)) enter_children(structure, parent, element);
    element = parent;
  }
}

/* --- content and annotations ------------------------------------------------------------ */

static void page_end(struct structure *structure) {
  if (!structure->on_page) return;
  struct buffer *leaf = key_tree_add_number(&structure->parents, (unsigned)structure->page);
  buffer_append_byte(leaf, '[');
  buffer_append(leaf, structure->page_parents.data, structure->page_parents.length);
  buffer_append_byte(leaf, ']');
  buffer_clear(&structure->page_parents);
  structure->content_count = 0;
  structure->on_page = false;
}

unsigned structure_mark(struct structure *structure, uint32_t element, size_t page) {
  if (structure->on_page && structure->page != page) page_end(structure);
  structure->on_page = true;
  structure->page = page;
  unsigned content = structure->content_count++;
  enter(structure, element);
  add_kid(structure, element, KID_CONTENT, content, page);
  if (content > 0) buffer_append_byte(&structure->page_parents, ' ');
  put_reference(&structure->page_parents, object_number(structure->branches[element].object));
  return content;
}

unsigned structure_annotate(struct structure *structure, uint32_t element, size_t page,
                            uint32_t annotation) {
  enter(structure, element);
  add_kid(structure, element, KID_ANNOTATION, annotation, page);
  uint32_t number = object_number(structure->branches[element].object);
  buffer_append(&structure->annotation_parents, &number, sizeof number);
  return (unsigned)structure->pages->page_count + structure->annotation_count++;
}

static uint32_t write_parent_tree(struct structure *structure) {
  page_end(structure);
  for (unsigned i = 0; i < structure->annotation_count; i++) {
    uint32_t number;
    memcpy(&number, structure->annotation_parents.data + i * sizeof number, sizeof number);
    unsigned key = (unsigned)structure->pages->page_count + i;
    put_reference(key_tree_add_number(&structure->parents, key), number);
  }
  return key_tree_write(&structure->parents);
}

/* --- elements ---------------------------------------------------------------------------- */

static uint32_t page_object(const struct structure *structure, size_t page) {
  return object_number(structure->document->pages[page]);
}

static void put_kid(const struct structure *structure, const struct kid *kid, uint32_t home,
                    struct buffer *out) {
  switch (kid->kind) {
  case KID_ELEMENT:
    put_reference(out, object_number(structure->branches[kid->number].object));
    break;
  case KID_CONTENT:
    if (kid->page == home) {
      put_integer(out, kid->number);
    } else {
      buffer_printf(out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", page_object(structure, kid->page),
                    kid->number);
    }
    break;
  case KID_ANNOTATION:
    buffer_append_text(out, "<</Type/OBJR");
    if (kid->page != home) buffer_printf(out, "/Pg %u 0 R", page_object(structure, kid->page));
    buffer_printf(out, "/Obj %u 0 R>>", kid->number);
    break;
  }
}

/* The first page that bears content of the element itself, or none. */
static uint32_t home_page(const struct branch *branch) {
  for (const struct kid *kid = branch->first; kid; kid = kid->next) {
    if (kid->kind != KID_ELEMENT) return kid->page;
  }
  return UINT32_MAX;
}

static void put_kids(const struct structure *structure, const struct branch *branch,
                     struct buffer *out) {
  uint32_t home = home_page(branch);
  if (home != UINT32_MAX) {
    buffer_append_text(out, "/Pg ");
    put_reference(out, page_object(structure, home));
  }
  if (!branch->first) return;
  buffer_append_text(out, "/K[");
  for (const struct kid *kid = branch->first; kid; kid = kid->next) {
    put_kid(structure, kid, home, out);
    if (kid->next) buffer_append_byte(out, ' ');
  }
  buffer_append_byte(out, ']');
}

/* An identifier and the element that has it. */
struct identified {
  const char *identifier;
  uint32_t element;
};

static int compare_identifiers(const void *a, const void *b) {
  return strcmp(((const struct identified *)a)->identifier,
                ((const struct identified *)b)->identifier);
}

/* The tree of identifiers: of notes, and of the heading cells that Headers name. */
static uint32_t write_identifiers(struct structure *structure) {
  size_t element_count = structure->pages->element_count, count = 0;
  struct identified *named = memory_alloc(element_count * sizeof *named);
  struct key_tree tree = {.document = structure->document, .kind = "Names"};
  struct buffer key = {0};
  for (uint32_t i = 0; i < element_count; i++) {
    const char *identifier = tables_identifier(structure->tables, i);
    if (!identifier) identifier = structure->pages->elements[i].id;
    if (identifier) named[count++] = (struct identified){identifier, i};
  }
  qsort(named, count, sizeof *named, compare_identifiers);
  for (size_t i = 0; i < count; i++) {
    buffer_clear(&key);
    put_bytes(&key, named[i].identifier, strlen(named[i].identifier));
    put_reference(key_tree_add(&tree, &key),
                  object_number(structure->branches[named[i].element].object));
  }
  buffer_finish(&key);
  free(named);
  return key_tree_write(&tree);
}

static void write_element(struct structure *structure, uint32_t index, struct buffer *text) {
  const struct element *element = &structure->pages->elements[index];
  const struct branch *branch = &structure->branches[index];
  const void *parent = index == 0 ? structure->root : structure->branches[element->parent].object;
  buffer_clear(text);
  buffer_append_text(text, "/S/");
  buffer_append_text(text, role_name(element->role));
  buffer_append_text(text, "/P ");
  put_reference(text, object_number(parent));
  attributes_put(structure->pages, structure->tables, index, text);
  put_kids(structure, branch, text);
  document_fill(structure->document, branch->object, text);
}

HPDF_Dict structure_write(struct structure *structure) {
  struct buffer text = {0};
  for (uint32_t i = 0; i < structure->pages->element_count; i++) {
    enter_children(structure, i, 0);
    write_element(structure, i, &text);
  }
  buffer_clear(&text);
  buffer_printf(&text, "/Type/StructTreeRoot/K %u 0 R/ParentTreeNextKey %zu",
                object_number(structure->branches[0].object),
                structure->pages->page_count + structure->annotation_count);
  uint32_t parents = write_parent_tree(structure);
  if (parents) buffer_printf(&text, "/ParentTree %u 0 R", parents);
  uint32_t names = write_identifiers(structure);
  if (names) buffer_printf(&text, "/IDTree %u 0 R", names);
  document_fill(structure->document, structure->root, &text);
  buffer_finish(&text);
  return structure->root;
}
