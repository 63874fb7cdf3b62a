#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/findings.h"
#include "record/entity.h"

/*
 * The day's visits as a CSV file that the agency's own case system reads, so
 * that nothing is typed twice. Which column holds what is the agency's to say,
 * in a CSV file of its own with the heading column,source,values:
 *
 *	column,source,values
 *	Client ID,handover.their_id
 *	Family name,name.latin
 *	Cell,contact[what=phone].value
 *	Seen,visit.arrived
 *	Gender,person.gender,W=Female; M=Male; X=Other
 *	Province,'ON'
 *
 * A source is KIND.FIELD, of the visit itself ("visit.number", see
 * handover_visit_fields), of its handover, or of its person: of several the
 * newest, and with [FIELD=VALUE] the newest of those. A text between
 * apostrophes stands as it is. values turns codes into those of the other
 * system; what it does not name passes as it is. Notes go nowhere.
 */
struct handover_map;

#define HANDOVER_COLUMNS 200

/* Names, blank-separated: "number arrived ended level language outcome tags" */
extern const char handover_visit_fields[];

/*
 * file is what findings call it; record knows the agency's own fields. The
 * caller frees *out. FAULT_FORMAT, FAULT_LIMIT: findings say where and the
 * mend. FAULT_STORE: the record.
 */
MUST_CHECK enum fault handover_map_read(struct record *record, const char *file,
					const void *bytes, size_t length,
					struct findings *findings,
					struct handover_map **out);
void handover_map_free(struct handover_map *map); /* NULL is fine */
DEFINE_SCOPED(struct handover_map, handover_map_free)

/* What became of the visits that arrived then. */
struct handover_tally {
	size_t written;
	size_t not_kept; /* their people did not agree to be kept */
	size_t nobodys;  /* nobody knows who it was, or who may not see them */
};

/*
 * Adds the file to out (base/spreadsheet.h), a row a visit that arrived from
 * one moment on and before another. Looking at what is watched is audited.
 */
MUST_CHECK enum fault
handover_write(struct record *record, const struct handover_map *map,
	       int64_t from, int64_t until, const struct record_who *who,
	       int64_t now, struct bytes *out, struct handover_tally *tally);
