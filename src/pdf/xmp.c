/* One fixed form with texts set in, so a writer of XML would save nothing; every text goes
 * through put_escaped. It claims PDF/A-2a and PDF/UA-1 (ISO 19005-2 6.6, ISO 14289-1 5);
 * the property that claims the latter is not among those that PDF/A knows, so its
 * schema is described in the packet. */
#include "pdf/xmp.h"

#include <string.h>

#define PACKET_BEGIN                                                                               \
  "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"                           \
  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"                                                       \
  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"

#define DESCRIPTION(prefix, address)                                                               \
  "<rdf:Description rdf:about=\"\" xmlns:" prefix "=\"" address "\">\n"
#define DESCRIPTION_END "</rdf:Description>\n"

static const char claims[] = DESCRIPTION(
    "pdfaid",
    "http://www.aiim.org/pdfa/ns/id/") "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</"
                                       "pdfaid:conformance>\n" DESCRIPTION_END DESCRIPTION(
                                           "pdfuaid", "http://www.aiim.org/pdfua/ns/"
                                                      "id/") "<pdfuaid:part>1</"
                                                             "pdfuaid:part>"
                                                             "\n" DESCRIPTION_END;

static const char schema[] =
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed"
    "</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n" DESCRIPTION_END;

#define PACKET_END "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n"

/* Control characters cannot stand in XML 1.0 at all; a title has no use for them. */
static void put_escaped(struct buffer *out, const char *text) {
  for (; *text; text++) {
    switch (*text) {
    case '&':
      buffer_append_text(out, "&amp;");
      break;
    case '<':
      buffer_append_text(out, "&lt;");
      break;
    case '>':
      buffer_append_text(out, "&gt;");
      break;
    case '"':
      buffer_append_text(out, "&quot;");
      break;
    default:
      if ((unsigned char)*text >= 0x20) buffer_append_byte(out, *text);
      else buffer_append_byte(out, ' ');
    }
  }
}

static void put_item(struct buffer *out, const char *language, const char *text) {
  buffer_append_text(out, "<rdf:li");
  if (language) {
    buffer_append_text(out, " xml:lang=\"");
    put_escaped(out, language);
    buffer_append_byte(out, '"');
  }
  buffer_append_byte(out, '>');
  put_escaped(out, text);
  buffer_append_text(out, "</rdf:li>");
}

static void put_dublin_core(struct buffer *out, const struct edition *edition) {
  buffer_append_text(
      out, DESCRIPTION("dc", "http://purl.org/dc/elements/1.1/") "<dc:format>application/pdf</"
                                                                 "dc:format>\n<dc:title><rdf:Alt>");
  put_item(out, "x-default", edition->title);
  for (const struct words *title = edition->titles; title; title = title->next) {
    put_item(out, title->language, title->text);
  }
  buffer_append_text(out, "</rdf:Alt></dc:title>\n<dc:language><rdf:Bag>");
  for (size_t i = 0; i < edition->language_count; i++) put_item(out, NULL, edition->languages[i]);
  buffer_append_text(out, "</rdf:Bag></dc:language>\n");
  if (edition->author) {
    buffer_append_text(out, "<dc:creator><rdf:Seq>");
    put_item(out, NULL, edition->author);
    buffer_append_text(out, "</rdf:Seq></dc:creator>\n");
  }
  buffer_append_text(out, DESCRIPTION_END);
}

/* The book of the same run names this document as the one whose pages it counts (C7). */
static void put_identity(struct buffer *out, const struct edition *edition) {
  buffer_printf(out,
                DESCRIPTION("xmpMM", "http://ns.adobe.com/xap/1.0/mm/") "<xmpMM:DocumentID>urn:uuid:%s"
                "</xmpMM:DocumentID>\n" DESCRIPTION_END,
                edition->uuid);
}

static void put_origin(struct buffer *out, const char *date, const char *producer) {
  buffer_append_text(
      out,
      DESCRIPTION("xmp",
                  "http://ns.adobe.com/xap/1.0/") "<xmp:CreatorTool>handout</xmp:CreatorTool>\n");
  if (date) {
    buffer_printf(out,
                  "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n"
                  "<xmp:ModifyDate>%sT00:00:00Z</xmp:ModifyDate>\n",
                  date, date);
  }
  buffer_append_text(
      out, DESCRIPTION_END DESCRIPTION("pdf", "http://ns.adobe.com/pdf/1.3/") "<pdf:Producer>");
  put_escaped(out, producer);
  buffer_append_text(out, "</pdf:Producer>\n" DESCRIPTION_END);
}

void xmp_write(const struct edition *edition, const char *date, const char *producer,
               struct buffer *out) {
  buffer_append_text(out, PACKET_BEGIN);
  put_dublin_core(out, edition);
  put_identity(out, edition);
  put_origin(out, date, producer);
  buffer_append_text(out, claims);
  buffer_append_text(out, schema);
  buffer_append_text(out, PACKET_END);
}
