#pragma once

#include "text/page.h"

/*
 * What a page says as plain text, a block a line: its kind, its texts parted by
 * " | ", and a text's parts (the person's, the staff's, typed) by " / "; a box
 * is [ ] or [x]. The caller frees it.
 */
char *paged(const struct page *page);
