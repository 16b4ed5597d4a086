/* The guide's pictures: each is written once, whatever pages show it. */
#ifndef HANDOUT_PDF_IMAGES_H
#define HANDOUT_PDF_IMAGES_H

#include "page/page.h"
#include "pdf/document.h"

struct images;
struct images *images_new(struct document *document);
void images_free(struct images *images);

/* The name of the picture among a page's resources; NULL, and one message for each
 * file, where it cannot be read or is neither PNG nor JPEG. */
const char *images_resource(struct images *images, const struct image *source, size_t page);
/* True where all pictures that were asked for could be read. */
bool images_good(const struct images *images);

#endif
