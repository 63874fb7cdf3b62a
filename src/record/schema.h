#pragma once

#include "record/record.h"
#include "record/store.h"

/* Inside the room: the tables of the record and how they came to be. */

/* What this Foyer writes; user_version of the file. */
#define SCHEMA_VERSION 5

/*
 * Brings the file up to SCHEMA_VERSION, a version a transaction, and lays what
 * the kinds (record/kind.h) lack in it. In *version
 * stands what the file had. A newer one is left alone, for the caller to
 * refuse. The store says why it was refused.
 */
MUST_CHECK enum fault schema_migrate(struct store *db, int *version);
