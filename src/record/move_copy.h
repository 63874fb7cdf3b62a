#pragma once

#include "record/move.h"
#include "record/statement.h"

/*
 * Inside the room: lays a record's tables in an empty file, on a connection of
 * its own that watches over no links.
 */
MUST_CHECK enum fault move_lay(struct record *copy);

/*
 * move_lay(), and copies a server's rows there as they
 * are at one moment while desks go on working; each table is compared on both
 * sides. FAULT_STORE: one refused, or they differ; the log says so.
 */
MUST_CHECK enum fault move_copy(struct record *server, struct record *copy);
