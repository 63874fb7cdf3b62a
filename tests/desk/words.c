#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "record/listing.h"
#include "text/catalogue.h"

/*
 * What sheets and lists show is made of names in the record's tables: each has
 * a word in the staff's languages.
 */
struct words {
	struct catalogue *catalogue;
	size_t missing;
};

static void expect(struct words *words, char *key)
{
	if (!catalogue_english(words->catalogue, key)) {
		print_error("%s: no word; add it to a desk.*.po\n", key);
		words->missing++;
	}
	free(key);
}

static void expect_codes(struct words *words, const struct kind *kind,
			 const struct field *field)
{
	SCOPED(char_freep)
	char *codes = xstrdup(field->codes ? field->codes : "");
	char *rest = codes, *code;

	while ((code = strsep(&rest, " "))) {
		if (code[0])
			expect(words, xasprintf("code.%s.%s.%s", kind->name,
						field->name, code));
	}
}

static void expect_kind(struct words *words, const struct kind *kind)
{
	expect(words, xasprintf("kind.%s", kind->name));
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];

		if (field->flags & FIELD_INNER &&
		    strcmp(field->name, "state") != 0)
			continue;
		expect(words,
		       xasprintf("field.%s.%s", kind->name, field->name));
		expect_codes(words, kind, field);
	}
}

static void expect_listing(struct words *words, const struct listing *listing)
{
	expect(words, xasprintf("list.%s", listing->name));
	for (size_t i = 0; i < listing_width(listing); i++)
		expect(words, xasprintf("list.%s.%s", listing->name,
					listing->columns[i].name));
}

/* French has what English has: tests/text/translations.c. */
static void every_kind_field_code_and_list_has_a_word(void **state)
{
	SCOPED(char_freep) char *folder = data_path("translations");
	struct words words = { catalogue_new("en"), 0 };

	(void)state;
	assert_int_equal(catalogue_add_family(words.catalogue, folder, "desk"),
			 FAULT_NONE);
	for (size_t i = 0; i < kind_count(); i++)
		expect_kind(&words, kind_at(i));
	for (size_t i = 0; i < listing_count(); i++)
		expect_listing(&words, listing_at(i));
	assert_int_equal(words.missing, 0);
	catalogue_free(words.catalogue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_field_code_and_list_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
