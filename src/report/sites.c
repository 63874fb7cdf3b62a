#include "report/sites.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/spreadsheet.h"
#include "seal/box.h"
#include "text/rows.h"

#define LIST_BYTES (1u << 20)

void sites_done(struct sites *sites)
{
	for (size_t i = 0; i < sites->count; i++)
		free(sites->all[i].name);
	free(sites->all);
	*sites = (struct sites){ 0 };
}

const struct sites_one *sites_by_key(const struct sites *sites,
				     const uint8_t key[KEY_BYTES])
{
	for (size_t i = 0; i < sites->count; i++) {
		if (memcmp(sites->all[i].key, key, KEY_BYTES) == 0)
			return &sites->all[i];
	}
	return NULL;
}

const struct sites_one *sites_by_name(const struct sites *sites,
				      const char *name)
{
	for (size_t i = 0; i < sites->count; i++) {
		if (strcmp(sites->all[i].name, name) == 0)
			return &sites->all[i];
	}
	return NULL;
}

static void append(struct sites *sites, const char *name,
		   const uint8_t key[KEY_BYTES])
{
	sites->all =
	    xreallocarray(sites->all, sites->count + 1, sizeof *sites->all);
	sites->all[sites->count].name = xstrdup(name);
	memcpy(sites->all[sites->count++].key, key, KEY_BYTES);
}

bool sites_compared(const char *typed, const uint8_t key[KEY_BYTES])
{
	char fingerprint[KEY_FINGERPRINT_BYTES];
	const char *digit = fingerprint;

	key_fingerprint(key, fingerprint);
	for (; *typed; typed++) {
		if (strchr(" -.", *typed))
			continue;
		while (*digit == ' ')
			digit++;
		if (*typed != *digit++)
			return false;
	}
	return !*digit;
}

/* --- the file -------------------------------------------------------------
 */

static enum fault wrong(struct findings *findings, size_t row,
			const char *words)
{
	findings_add(findings, FINDING_ERROR,
		     (struct finding_place){ .file = SITES_LIST,
					     .row = ROWS_SHEET_ROW(row) },
		     "%s", words);
	return FAULT_FORMAT;
}

static enum fault read_row(const struct rows *rows, size_t row,
			   struct findings *findings, struct sites *out)
{
	const char *name = rows_cell(rows, row, "site");
	const char *fingerprint = rows_cell(rows, row, "fingerprint");
	uint8_t key[KEY_BYTES];
	size_t used = 0;

	if (!*name ||
	    !box_from_base64(rows_cell(rows, row, "key"), key, sizeof key,
			     &used) ||
	    used != sizeof key)
		return wrong(findings, row,
			     "site and key are needed, as `foyer statistics "
			     "key` prints them there");
	if (*fingerprint && !sites_compared(fingerprint, key))
		return wrong(findings, row,
			     "the fingerprint is another key's: ask the site "
			     "for `foyer statistics key` anew, and compare");
	if (sites_by_name(out, name) || sites_by_key(out, key))
		return wrong(findings, row,
			     "this site or its key stands above already; take "
			     "one of the rows out");
	append(out, name, key);
	return FAULT_NONE;
}

static enum fault read_rows(const struct rows *rows, struct findings *findings,
			    struct sites *out)
{
	enum fault fault = FAULT_NONE;

	if (rows->count > SITES_MOST) {
		(void)wrong(findings, SITES_MOST,
			    "more sites than a list takes (1000)");
		return FAULT_LIMIT;
	}
	/* Every row is looked at, so that all that is wrong is told at once. */
	for (size_t i = 0; i < rows->count; i++) {
		if (read_row(rows, i, findings, out))
			fault = FAULT_FORMAT;
	}
	return fault;
}

enum fault sites_read(const struct home *home, struct findings *findings,
		      struct sites *out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, SITES_LIST);
	SCOPED(rows_done) struct rows rows = { 0 };
	struct bytes bytes = { 0 };
	enum fault fault;

	*out = (struct sites){ 0 };
	if (!file_exists(path))
		return FAULT_NONE;
	if (!(fault = file_read(path, LIST_BYTES, &bytes)) &&
	    !(fault = rows_read(SITES_LIST, bytes.data, bytes.length, findings,
				&rows)))
		fault = read_rows(&rows, findings, out);
	bytes_done(&bytes);
	if (fault)
		sites_done(out);
	return fault;
}

static void write_row(const struct sites_one *site, struct bytes *out)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct bytes key = { 0 };

	key_fingerprint(site->key, fingerprint);
	bytes_add_base64(&key, site->key, KEY_BYTES);
	spreadsheet_cell(out, site->name);
	spreadsheet_cell(out, (const char *)key.data);
	spreadsheet_cell(out, fingerprint);
	spreadsheet_end_row(out);
	bytes_done(&key);
}

static enum fault write_list(const struct home *home, const struct sites *sites)
{
	SCOPED(char_freep)
	char *folder = home_path(home, HOME_SETTINGS, SITES_FOLDER);
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, SITES_LIST);
	struct bytes out = { 0 };
	enum fault fault;

	spreadsheet_begin(&out);
	spreadsheet_cell(&out, "site");
	spreadsheet_cell(&out, "key");
	spreadsheet_cell(&out, "fingerprint");
	spreadsheet_end_row(&out);
	for (size_t i = 0; i < sites->count; i++)
		write_row(&sites->all[i], &out);
	if (!(fault = folder_make(folder)))
		fault = file_write(path, out.data, out.length, 0600);
	bytes_done(&out);
	return fault;
}

/* --- changing it ----------------------------------------------------------
 */

/* But for the one of that name. */
static struct sites copy_without(const struct sites *sites, const char *name)
{
	struct sites copy = { 0 };

	for (size_t i = 0; i < sites->count; i++) {
		if (strcmp(sites->all[i].name, name) != 0)
			append(&copy, sites->all[i].name, sites->all[i].key);
	}
	return copy;
}

static enum sites_answer may_add(const struct sites *sites, const char *name,
				 const uint8_t *key)
{
	const struct sites_one *named = sites_by_name(sites, name);
	const struct sites_one *keyed = sites_by_key(sites, key);

	return named && named == keyed      ? SITES_THERE
	       : named                      ? SITES_NAME_TAKEN
	       : keyed                      ? SITES_KEY_TAKEN
	       : sites->count == SITES_MOST ? SITES_FULL
					    : SITES_DONE;
}

struct change {
	const struct home *home;
	const char *name;
	const uint8_t *key; /* NULL: it leaves the list */
	struct sites sites; /* as it became */
	enum sites_answer answer;
};

static enum sites_answer judge(const struct change *change,
			       const struct sites *sites)
{
	if (change->key)
		return may_add(sites, change->name, change->key);
	return sites_by_name(sites, change->name) ? SITES_DONE : SITES_NONE;
}

/* Under the record's lock: another desk may have changed the list since it was
 * read, and what it did stays. A fault that is an answer leaves no audit. */
static enum fault write_change(void *to)
{
	struct change *change = to;
	SCOPED(sites_done) struct sites there = { 0 };
	struct findings findings = { 0 };
	enum fault fault = sites_read(change->home, &findings, &there);

	findings_done(&findings);
	if (fault)
		return fault;
	if ((change->answer = judge(change, &there)) != SITES_DONE) {
		change->sites = there;
		there = (struct sites){ 0 };
		return FAULT_FORMAT;
	}
	change->sites = copy_without(&there, change->name);
	if (change->key)
		append(&change->sites, change->name, change->key);
	return write_list(change->home, &change->sites);
}

/* The list becomes what the file has, unless nothing could be told of it. */
static enum fault put(const struct sites_doing *doing, const char *act,
		      struct change *change, struct sites *sites,
		      enum sites_answer *answer)
{
	bool done = false;
	enum fault fault;

	fault =
	    record_note_doing(doing->record,
			      &(struct record_doing){ act, "site", change->name,
						      write_change, change },
			      doing->who, doing->now, &done);
	*answer = change->answer;
	if (*answer != SITES_DONE)
		fault = FAULT_NONE;
	if (done || *answer != SITES_DONE) {
		const struct sites before = *sites;

		*sites = change->sites;
		change->sites = before;
	}
	sites_done(&change->sites);
	return fault;
}

enum fault sites_add(const struct sites_doing *doing, struct sites *sites,
		     const char *name, const uint8_t key[KEY_BYTES],
		     enum sites_answer *answer)
{
	struct change change = { .home = doing->home,
				 .name = name,
				 .key = key };

	return put(doing, "site-added", &change, sites, answer);
}

enum fault sites_remove(const struct sites_doing *doing, struct sites *sites,
			const char *name, enum sites_answer *answer)
{
	struct change change = { .home = doing->home, .name = name };

	return put(doing, "site-removed", &change, sites, answer);
}
