#include <assert.h>

#include "base/file.h"
#include "record/taxonomy.h"
#include "report/sites.h"
#include "tests/fuzz/folder.h"

/*
 * Lists that somebody keeps in a spreadsheet. The first byte says which: the
 * sites that a coordinator awaits, or the needs that services are found by,
 * which an agency may have put in place of ours.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct home *home;
static char *list, *taxonomy;

static void begin(void)
{
	SCOPED(char_freep) char *needs = NULL;
	SCOPED(char_freep) char *sites = NULL;

	fuzz_begin();
	needs = fuzz_path("screens/directory");
	sites = fuzz_path(SITES_FOLDER);
	must(!home_open(fuzz_folder, &home));
	must(!folder_make(needs) && !folder_make(sites));
	list = fuzz_path(SITES_LIST);
	taxonomy = fuzz_path("screens/directory/taxonomy.csv");
	setenv("FOYER_DATA", fuzz_folder, 1);
}

/* A site that is on it is found by its name and by its key, and is no other. */
static void read_sites(void)
{
	struct findings findings = { 0 };
	struct sites sites = { 0 };
	const enum fault fault = sites_read(home, &findings, &sites);

	assert(!fault || findings.count);
	assert(sites.count <= SITES_MOST);
	for (size_t i = 0; i < sites.count && !fault; i++) {
		const struct sites_one *one = &sites.all[i];

		assert(*one->name);
		assert(sites_by_name(&sites, one->name) == one);
		assert(sites_by_key(&sites, one->key) == one);
	}
	if (!fault)
		sites_done(&sites);
	findings_done(&findings);
}

static void read_needs(void)
{
	static const char *const languages[] = { "en", "fr" };
	SCOPED(taxonomy_freep) struct taxonomy *needs = NULL;

	if (taxonomy_read(&needs))
		return;
	for (size_t i = 0; i < taxonomy_count(needs); i++) {
		const struct taxonomy_term term = taxonomy_at(needs, i);

		assert(taxonomy_has(needs, term.code) == !!*term.code);
		for (size_t j = 0; j < COUNT(languages); j++)
			assert(taxonomy_label(needs, term.code, languages[j]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!home)
		begin();
	if (!size)
		return 0;
	if (data[0] % 2) {
		fuzz_put(taxonomy, data + 1, size - 1);
		read_needs();
	} else {
		fuzz_put(list, data + 1, size - 1);
		read_sites();
	}
	return 0;
}
