#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/sites.h"
#include "tests/support/teller.h"
#include "tests/test.h"

/* `foyer statistics` at the coordinator's: its list of sites, and their files.
 */

struct desk {
	struct teller *teller;
	char *folder, *home;
	struct chance chance;
};

static int begin(void **state)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	void *teller = NULL;

	teller_open(&teller);
	*desk = (struct desk){ .teller = teller,
			       .folder = folder_new(),
			       .chance = { 12 } };
	desk->home = folder_file(desk->folder, "home");
	demo_new(desk->home);
	*state = desk;
	return 0;
}

static int end(void **state)
{
	struct desk *desk = *state;
	void *teller = desk->teller;

	folder_remove(desk->folder);
	free(desk->folder);
	free(desk->home);
	free(desk);
	return teller_close(&teller);
}
#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, begin, end)

static void expect(int status, const char *says, struct output output)
{
	if (output.status != status ||
	    (!strstr(output.out, says) && !strstr(output.err, says)))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static struct output run(const struct desk *desk, const char *verb,
			 const char *rest)
{
	return program_run("", "foyer statistics %s --home %s %s", verb,
			   desk->home, rest);
}

/* Its file; the caller frees the path. */
static char *put(struct desk *desk, const struct site *site, const char *name)
{
	char *path = folder_file(desk->folder, name);

	assert_int_equal(
	    file_write(path, site->file.data, site->file.length, 0600),
	    FAULT_NONE);
	return path;
}

/* The option, in one word. The caller frees it. */
static char *add_of(const struct site *of, const char *path)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(kiosk_key_public(of->key), fingerprint);
	for (char *at = fingerprint; *at; at++)
		*at = *at == ' ' ? '-' : *at;
	return xasprintf("--fingerprint %s %s", fingerprint, path);
}

static void a_file_is_taken_once_its_site_was_added(void **state)
{
	struct desk *desk = *state;
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *right = NULL;
	SCOPED(char_freep) char *wrong = NULL;
	struct site site, other;

	site_init(&site, 1, &desk->chance);
	site_init(&other, 2, &desk->chance);
	site.counts[0][0] = 100;
	site_write(&desk->teller->wording, &site, "2026-10");
	path = put(desk, &site, "1.json");
	right = add_of(&site, path);
	wrong = add_of(&other, path);
	expect(1, "Site 1, 2026-10-01 to 2026-10-31, key ",
	       run(desk, "take", path));
	expect(1, "refused: no site of the list has its key",
	       run(desk, "take", path));
	expect(1, "no file of a site of the list is kept here",
	       run(desk, "merge", ""));
	expect(2, "say with --fingerprint", run(desk, "add-site", path));
	expect(1, "Nothing was added", run(desk, "add-site", wrong));
	expect(1, "refused", run(desk, "take", path));
	expect(0, "\"site\":\"Site 1\"", run(desk, "add-site", right));
	expect(0, "\"site\":\"Site 1\"", run(desk, "add-site", right));
	expect(0, ": taken\n", run(desk, "take", path));
	expect(0, "nothing changed", run(desk, "take", path));
	site.now += 1000;
	site_write(&desk->teller->wording, &site, "2026-10");
	free(put(desk, &site, "1.json"));
	expect(0, "in the place of an older one", run(desk, "take", path));
	site.now -= 1000;
	site.counts[0][0] = 200;
	site_write(&desk->teller->wording, &site, "2026-10");
	free(put(desk, &site, "1.json"));
	expect(0, "`foyer statistics take --replace`", run(desk, "take", path));
	expect(0, "in the place of the one that was here",
	       run(desk, "take --replace", path));
	expect(0, "was taken before", run(desk, "take", path));
	expect(0, "\"report\":\"referrals\"", run(desk, "merge", ""));
	expect(0, "\"site\":\"Site 1\"", run(desk, "sites", ""));
	expect(1, "no site of the list has this name",
	       program_run("",
			   "foyer statistics remove-site --home %s --site Elm",
			   desk->home));
	site_done(&site);
	site_done(&other);
}

static void several_months_are_told_apart(void **state)
{
	static const char *const months[] = { "2026-09", "2026-10" };
	struct desk *desk = *state;
	struct site site;

	site_init(&site, 1, &desk->chance);
	site.counts[0][0] = 100;
	for (size_t i = 0; i < COUNT(months); i++) {
		SCOPED(char_freep) char *path = NULL;
		SCOPED(char_freep) char *add = NULL;

		site_write(&desk->teller->wording, &site, months[i]);
		path = put(desk, &site, "1.json");
		add = add_of(&site, path);
		expect(0, "\"site\"", run(desk, "add-site", add));
		expect(0, "taken", run(desk, "take", path));
	}
	expect(1, "--from 2026-10-01 --to 2026-10-31: 1 of 1 sites\n",
	       run(desk, "merge", ""));
	expect(1, "no file of these days is kept; there are",
	       run(desk, "merge", "--from 2026-08"));
	expect(0, "2026-09-01", run(desk, "merge", "--from 2026-09"));
	expect(2, "takes no file itself", run(desk, "merge", "1.json"));
	site_done(&site);
}

static void a_list_that_is_wrong_is_told_before_anything_is_done(void **state)
{
	struct desk *desk = *state;
	SCOPED(char_freep) char *folder = folder_file(desk->home, "statistics");
	SCOPED(char_freep) char *path = folder_file(folder, "sites.csv");

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, "site,key\nElm,x\n", 15, 0600),
			 FAULT_NONE);
	expect(1, "statistics/sites.csv: row 2: site and key are needed",
	       run(desk, "merge", ""));
	expect(1, "row 2", run(desk, "take", path));
	expect(1, "row 2", run(desk, "sites", ""));
}

static void what_is_no_file_of_statistics_is_refused(void **state)
{
	struct desk *desk = *state;
	SCOPED(char_freep) char *path = folder_file(desk->folder, "x.json");

	assert_int_equal(file_write(path, "{}", 2, 0600), FAULT_NONE);
	expect(1, "x.json: refused: damaged, or no file of",
	       run(desk, "take", path));
	expect(3, "nowhere", run(desk, "take", "/nowhere.json"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(a_file_is_taken_once_its_site_was_added),
		WITH_DESK(several_months_are_told_apart),
		WITH_DESK(a_list_that_is_wrong_is_told_before_anything_is_done),
		WITH_DESK(what_is_no_file_of_statistics_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
