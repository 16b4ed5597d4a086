/* Our tree beside cmark's. With a file of examples (each a line with its number of
 * bytes, then the bytes), prints for each the tree as XML and cmark's HTML, framed in
 * the same way: tests/conformance/commonmark compares them. Without, a few examples of
 * our own that have gone wrong in one reader or another. */
#include "guide/guide.h"

#include "base/buffer.h"
#include "check.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct buffer tree_of(const char *text, size_t length) {
  struct buffer xml = {0};
  char folder[] = "/tmp/commonmark-XXXXXX", path[64];
  CHECK(mkdtemp(folder) != NULL);
  snprintf(path, sizeof path, "%s/a.md", folder);
  int file = open(path, O_WRONLY | O_CREAT, 0600);
  CHECK(file >= 0 && write(file, text, length) == (ssize_t)length);
  close(file);
  FILE *nowhere = fopen("/dev/null", "w");
  struct messages *messages = messages_new(nowhere, MESSAGES_SHORT, false);
  struct setting title = {"title", "T"};
  struct guide *guide = guide_check(path, &title, 1, messages);
  if (guide) tree_write_xml(guide, guide->root, false, &xml, messages);
  messages_free(messages);
  guide_free(guide);
  fclose(nowhere);
  unlink(path);
  rmdir(folder);
  return xml;
}

static char *html_of(const char *text, size_t length) {
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
  cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("tasklist"));
  cmark_parser_feed(parser, text, length);
  cmark_node *document = cmark_parser_finish(parser);
  char *html = cmark_render_html(document, CMARK_OPT_FOOTNOTES, NULL);
  cmark_node_free(document);
  cmark_parser_free(parser);
  return html;
}

static void print_framed(const char *text, size_t length) {
  printf("%zu\n", length);
  fwrite(text, 1, length, stdout);
  putchar('\n');
}

static int run_examples(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) return 1;
  size_t length;
  while (fscanf(file, "%zu", &length) == 1 && fgetc(file) == '\n') {
    char *text = calloc(1, length + 1);
    if (!text || fread(text, 1, length, file) != length) return 1;
    struct buffer xml = tree_of(text, length);
    char *html = html_of(text, length);
    print_framed(xml.data ? xml.data : "", xml.length);
    print_framed(html, strlen(html));
    buffer_finish(&xml);
    free(html);
    free(text);
  }
  fclose(file);
  return check_failed ? 1 : 0;
}

static void check_holds(const char *text, const char *wanted) {
  struct buffer xml = tree_of(text, strlen(text));
  bool holds = xml.data && strstr(xml.data, wanted);
  if (!holds) printf("no «%s» in\n%s\n", wanted, xml.data ? xml.data : "(nothing)");
  CHECK(holds);
  buffer_finish(&xml);
}

int main(int count, char **words) {
  if (count > 1) return run_examples(words[1]);
  check_holds("**a *b* c**\n", "<strong>a <emphasis>b</emphasis> c</strong>");
  check_holds("***a** b*\n", "<emphasis><strong>a</strong> b</emphasis>");
  check_holds("`` a`b ``\n", "<code>a`b</code>");
  check_holds("a  \nb\\\nc\n", "a<line-break/>b<line-break/>c");
  check_holds("<https://a.org/b>\n", "<link target=\"https://a.org/b\">https://a.org/b</link>");
  check_holds("[a]\n\n[a]: https://x.org 'T'\n", "<link target=\"https://x.org\">a</link>");
  check_holds("&lt;&#x4e2d;&copy;\n", "&lt;中©");
  check_holds("1986\\. A year\n", "1986. A year");
  check_holds("> a\nb\n", "<variant language=\"en\">a b</variant>");
  check_holds("10) a\n11) b\n", "<list ordered=\"yes\" start=\"10\">");
  check_holds("- a\n\n- b\n", "<list loose=\"yes\">");
  check_holds("\ta\n\n\tb\n", "a<line-break/><line-break/>b");
  check_holds("```\n{{ a }}\n::: b\n```\n", "{{ a }}<line-break/>::: b");
  check_holds("\\{{ a }}\n", "{{ a }}");
  check_holds("a<!-- {{ b }} -->c\n", ">ac<");
  return check_summary();
}
