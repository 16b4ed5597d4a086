/* Inside guide/: the XML form, read and written. */
#ifndef HANDOUT_GUIDE_XML_H
#define HANDOUT_GUIDE_XML_H

#include "base/buffer.h"
#include "guide/load.h"

#include <libxml/tree.h>
#include <libxml/xmlwriter.h>

/* --- xml_read.c ------------------------------------------------------------------ */

/* guide.xml: checked against assets/schema/guide.rng, and nothing fetched. */
bool xml_read(struct loading *loading, const struct source *source);

/* --- xml_parse.c: libxml2, with the place of each node --------------------------- */

struct xml_file {
  struct loading *loading;
  const struct source *source;
  xmlDocPtr document;
  bool failed; /* and was reported */
};

/* False where it is not XML, has a document type, or does not fit the schema. */
bool xml_parse(struct xml_file *file);
void xml_finish(struct xml_file *file);
struct place xml_place(struct xml_file *file, const xmlNode *node);
/* Where the value of an attribute begins. */
struct place xml_attribute_place(struct xml_file *file, const xmlNode *element, const char *name);

/* --- xml_head.c: what a guide declares --------------------------------------------- */

void xml_write_head(xmlTextWriterPtr writer, const struct guide *guide);
void xml_write_declarations(xmlTextWriterPtr writer, const struct guide *guide);
void xml_read_head(struct xml_file *file, const xmlNode *root);
/* Takes an element of the head: true; false where it is a block. */
bool xml_read_declaration(struct xml_file *file, const xmlNode *element);

#endif
