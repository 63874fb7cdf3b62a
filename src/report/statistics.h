#pragma once

#include "base/bytes.h"
#include "base/findings.h"
#include "report/report.h"
#include "seal/key.h"
#include "seal/kiosk_key.h"

/*
 * A site's shared counts as a file, for whoever coordinates several sites: two
 * lines of JSON. The first has the site, the days, and of each table its
 * columns and rows:
 *
 *	{"foyer_statistics":1,"site":"Riverside","from":"2026-10-01",
 *	 "to":"2026-10-31","made":"2026-11-02T14:05:09Z","tables":[
 *	 {"name":"streams","columns":["people"],"rows":[
 *	 {"by":["active"],"counts":[35]},{"by":["exit"],"counts":["<5"]}],
 *	 "totals":[40]}]}
 *
 * A count is a number, "<5", or null where it is hidden. The second line signs
 * the first without its newline:
 *
 *	{"key":BASE64,"signature":BASE64}
 *
 * Ed25519 over "foyer/statistics/v1", a zero byte and the BLAKE2b-256 of it.
 * The key is the site's own (keys/site.key), which the coordinator knows by its
 * fingerprint.
 */
#define STATISTICS_BYTES (4u << 20)
#define STATISTICS_TABLES 64
#define STATISTICS_WORD 200 /* bytes of a name or a value */
#define STATISTICS_MADE sizeof "2026-11-02T14:05:09Z"

struct statistics_count {
	enum figure_kind kind;
	int64_t number;
};

struct statistics_row {
	char *by[2]; /* NULL: not noted */
	struct statistics_count counts[TALLY_COLUMNS];
};

struct statistics_table {
	const struct tally *tally;
	size_t by_count, count;
	const struct tally_column *columns[TALLY_COLUMNS]; /* count of them */
	struct statistics_row *rows;
	size_t row_count;
	bool has_totals;
	struct statistics_count totals[TALLY_COLUMNS];
};

struct statistics {
	char *site;
	char first[DAYS_BYTES], last[DAYS_BYTES];
	char made[STATISTICS_MADE]; /* UTC; of two, the later is greater */
	uint8_t key[KEY_BYTES];
	struct statistics_table tables[STATISTICS_TABLES];
	size_t count;
};

/* Adds the file to out. Every report was shared (report/shared.h). */
void statistics_write(const struct reported *shared, size_t count,
		      const char *site, const struct period *period,
		      const struct kiosk_key *key, struct bytes *out);

/* What such a file is called before its ending, in letters that every stick
 * takes: "statistics-Riverside-2026-10". The caller frees it. */
char *statistics_called(const char *site, const struct period *period);

/* Whether a file begins as one; it may be damaged all the same. */
bool statistics_are(const void *bytes, size_t length);

/*
 * Reads a file that anybody may have made; file is what findings call it. The
 * signature is good, and by *out's key: whose that is, the caller asks. On
 * success *out is released with statistics_done().
 *
 * FAULT_FORMAT: no such file, damaged, or of a newer Foyer. FAULT_LIMIT: more
 * of something than the limits.
 */
MUST_CHECK enum fault statistics_read(const char *file, const void *bytes,
				      size_t length, struct findings *findings,
				      struct statistics *out);
void statistics_done(struct statistics *statistics);
