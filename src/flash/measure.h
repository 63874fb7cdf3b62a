#pragma once

#include "base/fault.h"
#include "flash/manifest.h"

/*
 * What a release's text says of an image file (flash/source.h), but for the
 * release's and the image's names: variant and version, from the image's own
 * version.txt, sizes, places and hashes. The first partition boots, the last is
 * the root, and data lies between. Release *out with manifest_done(), after a
 * fault as well; it begins as { 0 }. The image is in memory meanwhile.
 *
 * FAULT_FORMAT: the image is damaged, or no card of Foyer's; the log says what
 * is missing. FAULT_LIMIT: larger than MANIFEST_SIZE.
 */
MUST_CHECK enum fault measure(const char *path, struct manifest *out);
