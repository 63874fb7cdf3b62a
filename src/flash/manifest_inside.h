#pragma once

#include "flash/manifest.h"

/* What the reader and the writer of a release's text share. */
#define MANIFEST_MAGIC "foyer release 1"
#define MANIFEST_PREFIX "foyer/release/v1"

extern const char *const manifest_roles[MANIFEST_ROLES];
