#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/directory.h"
#include "record/entity.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "text/zone.h"

static const struct record_who sam = { .user = "Sam", .desk = "front" };

/* 22 November 2026, a Sunday, at noon in Toronto. */
#define NOON (INT64_C(1795366800000))

static const struct directory_rules rules = {
	.stale_days = 180,
	.zone = "America/Toronto",
	.now = NOON,
};

static void import(struct record *record, const char *folder,
		   struct directory_tally *tally)
{
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct findings findings = { 0 };
	struct directory_tally none;

	assert_int_equal(hsds_read(folder, &findings, &package), FAULT_NONE);
	findings_done(&findings);
	assert_int_equal(directory_import(record, package, &sam, NOON,
					  tally ? tally : &none),
			 FAULT_NONE);
}

static struct hsds_package *export(struct record *record)
{
	struct hsds_package *package = NULL;

	assert_int_equal(directory_export(record, &package), FAULT_NONE);
	return package;
}

static void assert_same_file(const struct hsds_package *package,
			     const char *folder, const char *path)
{
	SCOPED(char_freep) char *full = folder_file(folder, path);
	struct bytes there = { 0 };

	assert_int_equal(file_read(full, HSDS_FILE_LIMIT, &there), FAULT_NONE);
	for (size_t i = 0; i < package->file_count; i++) {
		if (strcmp(package->files[i].path, path) != 0)
			continue;
		assert_int_equal(package->files[i].bytes.length, there.length);
		assert_memory_equal(package->files[i].bytes.data, there.data,
				    there.length);
		bytes_done(&there);
		return;
	}
	fail_msg("%s is not exported", path);
}

static int64_t service_of(struct record *record, const char *hsds_id)
{
	int64_t id = 0;

	assert_int_equal(
	    entity_first(record, kind_find("service"),
			 (struct entity_match[]){ { "hsds_id", hsds_id },
						  { NULL, NULL } },
			 NULL, &id),
	    FAULT_NONE);
	return id;
}

static void five_hundred_services_come_back_word_for_word(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct record *record = sample_record(folder);
	const size_t count = getenv("FOYER_SLOW") ? 5 : 500;
	struct findings findings = { 0 };
	struct directory_tally tally;

	(void)state;
	directory_make(folder, count, 7);
	import(record, folder, &tally);
	assert_int_equal(tally.rows[HSDS_SERVICE][DIRECTORY_ADDED], count);
	assert_int_equal(tally.rows[HSDS_ATTRIBUTE][DIRECTORY_ADDED],
			 3 * count);
	package = export(record);
	for (enum hsds_table i = 0; i < HSDS_TABLES; i++)
		assert_same_file(package, folder, hsds_table_path(i));
	assert_same_file(package, folder, "contacts.csv");
	assert_same_file(package, folder, "more/notes.txt");

	hsds_package_free(package);
	assert_int_equal(hsds_read(folder, &findings, &package), FAULT_NONE);
	assert_int_equal(directory_compare(record, package, NULL, NULL, &tally),
			 FAULT_NONE);
	for (enum hsds_table i = 0; i < HSDS_TABLES; i++)
		for (int j = 0; j < DIRECTORY_WHATS; j++)
			assert_int_equal(tally.rows[i][j], 0);
	record_close(record);
}

static void note_change(void *to, const struct directory_change *change)
{
	bytes_add_format(to, "%s %s %s (%s) %s\n",
			 directory_what_word(change->what),
			 hsds_table_name(change->table), change->id,
			 change->name, change->columns);
}

static void a_later_package_tells_what_it_adds_changes_and_takes(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct record *record = sample_record(folder);
	struct findings findings = { 0 };
	struct bytes said = { 0 };
	struct directory_tally tally;
	int64_t before;

	(void)state;
	directory_small(folder);
	import(record, folder, NULL);
	before = service_of(record, "s2");
	directory_put(folder, "services.csv",
		      "name,id,organization_id,status,assured_date,url\n"
		      "Bienvenue,s1,o1,active,2026-11-01,http://a.example\n"
		      "Boots,s3,o1,active,,\n");
	assert_int_equal(hsds_read(folder, &findings, &package), FAULT_NONE);
	assert_int_equal(
	    directory_compare(record, package, note_change, &said, &tally),
	    FAULT_NONE);
	assert_string_equal((char *)said.data,
			    "changed service s1 (Bienvenue) name url\n"
			    "gone service s2 (Winter coats) \n"
			    "added service s3 (Boots) \n");
	assert_int_equal(service_of(record, "s3"), 0); /* only compared */
	import(record, folder, &tally);
	assert_int_equal(tally.rows[HSDS_SERVICE][DIRECTORY_GONE], 1);
	/* What is gone keeps its number, for referrals that name it. */
	assert_int_equal(service_of(record, "s2"), before);
	bytes_done(&said);
	record_close(record);
}

static void checked_today_is_kept_exported_and_never_goes_back(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct record *record = sample_record(folder);
	enum directory_answer answer;
	struct directory_tally tally;

	(void)state;
	directory_small(folder);
	import(record, folder, NULL);
	assert_int_equal(directory_checked(record, service_of(record, "s2"),
					   &rules, &sam, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_DONE);
	package = export(record);
	assert_string_equal(
	    (char *)hsds_file_of(package, HSDS_SERVICE)->bytes.data,
	    "id,organization_id,name,status,assured_date\r\n"
	    "s1,o1,Welcome desk,active,2026-11-01\r\n"
	    "s2,o1,Winter coats,active,2026-11-22\r\n");
	assert_same_file(package, folder, "organizations.csv");
	import(record, folder, &tally);
	assert_int_equal(tally.rows[HSDS_SERVICE][DIRECTORY_KEPT], 1);
	assert_int_equal(tally.rows[HSDS_SERVICE][DIRECTORY_CHANGED], 0);
	hsds_package_free(package);
	package = export(record);
	assert_non_null(
	    strstr((char *)hsds_file_of(package, HSDS_SERVICE)->bytes.data,
		   "s2,o1,Winter coats,active,2026-11-22\r\n"));
	assert_int_equal(directory_checked(record, 4711, &rules, &sam, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_UNKNOWN);
	record_close(record);
}

/* Names found, best first, parted by a bar; a star is stale. */
static char *found(struct record *record, struct directory_query query)
{
	struct directory_results results;
	struct bytes names = { 0 };

	bytes_add_text(&names, "");
	assert_int_equal(directory_search(record, &query, &rules, &results),
			 FAULT_NONE);
	for (size_t i = 0; i < results.count; i++)
		bytes_add_format(&names, "%s%s%s", i ? "|" : "",
				 results.rows[i].name,
				 results.rows[i].stale ? "*" : "");
	if (results.stale)
		bytes_add_format(&names, " (%zu left out)", results.stale);
	directory_results_done(&results);
	return bytes_take_text(&names);
}

static int64_t add(struct record *record, const struct directory_new *new)
{
	enum directory_answer answer;
	int64_t id = 0;

	assert_int_equal(directory_add(record, new, &rules, &sam, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_DONE);
	return id;
}

static void a_search_ranks_and_says_what_it_left_out(void **state)
{
	static const struct directory_new services[] = {
		{ .name = "Clinic",
		  .organization = "Riverton Health",
		  .languages = "ar en",
		  .area = "Riverton",
		  .codes = "need:HEA walk-in accepts:any-status" },
		{ .name = "Northfield clinic",
		  .organization = "North",
		  .languages = "fr",
		  .area = "Northfield",
		  .codes = "need:HEA accepts:CIT" },
		{ .name = "مركز النور",
		  .organization = "Al-Noor Centre",
		  .city = "Riverton",
		  .codes = "need:COM informal:faith-group",
		  .safety = "Ask the person first who is there." },
		{ .name = "Housing line",
		  .organization = "Open Door",
		  .codes = "need:HOU capacity:closed" },
		{ .name = "Rent bank",
		  .organization = "Open Door",
		  .codes = "need:HOU capacity:open",
		  .description = "Loans for a flat; ask for housing help" },
	};
	static const struct {
		struct directory_query query;
		const char *names;
	} cases[] = {
		{ { .need = "HEA" }, "Clinic|Northfield clinic" },
		{ { .need = "HEA", .language = "fr" },
		  "Northfield clinic|Clinic" },
		{ { .need = "HEA", .area = "northfield" },
		  "Northfield clinic" },
		{ { .need = "HEA", .status = "CLM" }, "Clinic" },
		{ { .need = "HEA", .status = "CIT" },
		  "Clinic|Northfield clinic" },
		{ { .need = "HOU" }, "Rent bank|Housing line" },
		{ { .text = "housing" }, "Rent bank|Housing line" },
		{ { .text = "النور" }, "مركز النور" },
		{ { .text = "al noor" }, "مركز النور" },
		{ { .text = "door rent" }, "Rent bank" },
		{ { .text = "zzz" }, "" },
		{ { .text = "clinic", .walk_in_now = true }, "" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);

	(void)state;
	for (size_t i = 0; i < COUNT(services); i++)
		(void)add(record, &services[i]);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *names = found(record, cases[i].query);

		assert_string_equal(names, cases[i].names);
	}
	directory_small(folder);
	import(record, folder, NULL);
	{
		SCOPED(char_freep)
		char *all = found(
		    record, (struct directory_query){ .text = "settlement" });
		SCOPED(char_freep)
		char *coats =
		    found(record, (struct directory_query){ .text = "coats" });
		SCOPED(char_freep)
		char *fresh =
		    found(record, (struct directory_query){ .text = "coats",
							    .fresh = true });

		assert_string_equal(all, "");
		assert_string_equal(coats, "Winter coats*");
		assert_string_equal(fresh, " (1 left out)");
	}
	record_close(record);
}

static void what_is_open_now_goes_by_the_agencys_clock(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct directory_rules monday = rules;
	struct directory_results results;

	(void)state;
	directory_small(folder);
	directory_put(folder, HSDS_DESCRIPTOR,
		      "{\"resources\":[{\"name\":\"organization\","
		      "\"path\":\"organizations.csv\"},{\"name\":\"service\","
		      "\"path\":\"services.csv\"},{\"name\":\"schedule\","
		      "\"path\":\"h.csv\"},{\"name\":\"attribute\","
		      "\"path\":\"a.csv\"},{\"name\":\"taxonomy_term\","
		      "\"path\":\"t.csv\"}]}");
	directory_put(folder, "h.csv",
		      "id,service_id,freq,byday,opens_at,closes_at\n"
		      "1,s1,WEEKLY,\"MO,TU\",09:00,12:00\n");
	/* Another's taxonomy that says below which of ours a term lies. */
	directory_put(folder, "t.csv",
		      "id,code,name,parent_id\nx1,DROP-IN,Drop-in,x2\n"
		      "x2,walk-in,Walk-in,\n");
	directory_put(folder, "a.csv",
		      "id,link_id,link_entity,taxonomy_term_id\n"
		      "1,s1,service,x1\n");
	import(record, folder, NULL);
	monday.now = NOON + INT64_C(21) * 3600 * 1000; /* 9 on Monday */
	assert_int_equal(
	    directory_search(record,
			     &(struct directory_query){ .walk_in_now = true },
			     &monday, &results),
	    FAULT_NONE);
	assert_int_equal(results.count, 1);
	assert_int_equal(results.rows[0].open, DIRECTORY_OPEN);
	directory_results_done(&results);
	assert_int_equal(
	    directory_search(record,
			     &(struct directory_query){ .text = "desk" },
			     &rules, &results),
	    FAULT_NONE);
	assert_int_equal(results.rows[0].open, DIRECTORY_SHUT);
	directory_results_done(&results);
	record_close(record);
}

static void what_people_here_added_outlives_the_next_package(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *out = folder_file(folder, "out");
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct record *record = sample_record(folder);
	struct directory_tally tally;
	enum directory_answer answer;
	int64_t mentor;

	(void)state;
	directory_small(folder);
	import(record, folder, NULL);
	mentor = add(record, &(struct directory_new){
				 .name = "Mentor for \"first\" weeks",
				 .organization = "Neighbours",
				 .phone = "555-0100",
				 .codes = "informal:mentor",
				 .safety = "Meet in a public place first." });
	assert_int_equal(directory_tag(record, service_of(record, "s1"),
				       "capacity:wait", true, &rules, &sam,
				       &answer),
			 FAULT_NONE);
	assert_int_equal(directory_tag(record, mentor, "no-such", true, &rules,
				       &sam, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_NO_TERM);
	import(record, folder, &tally);
	assert_int_equal(tally.rows[HSDS_SERVICE][DIRECTORY_GONE], 0);
	{
		SCOPED(char_freep)
		char *names =
		    found(record, (struct directory_query){ .text = "mentor" });

		assert_string_equal(names, "Mentor for \"first\" weeks");
	}
	/* It goes out with the others, and comes back as the same. */
	package = export(record);
	assert_int_equal(hsds_write(package, out), FAULT_NONE);
	import(record, out, &tally);
	assert_int_equal(tally.rows[HSDS_SERVICE][DIRECTORY_ADDED], 0);
	assert_int_equal(tally.rows[HSDS_ATTRIBUTE][DIRECTORY_CHANGED], 0);
	record_close(record);
}

/* An empty one behind it took the note off the staff's card. */
static void every_safety_note_is_on_the_staffs_card(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	struct directory_results results;

	(void)state;
	directory_small(folder);
	directory_put(folder, HSDS_DESCRIPTOR,
		      "{\"resources\":[{\"name\":\"organization\","
		      "\"path\":\"organizations.csv\"},{\"name\":\"service\","
		      "\"path\":\"services.csv\"},{\"name\":\"attribute\","
		      "\"path\":\"attributes.csv\"}]}");
	directory_put(folder, "attributes.csv",
		      "id,link_id,taxonomy_term_id,link_type,link_entity,"
		      "value\n"
		      "t1,s1,safety-note,,service,Ring twice.\n"
		      "t2,s1,safety-note,,service,\n"
		      "t3,o1,safety-note,,organization,Ask for Lee.\n"
		      "t4,s2,safety-note,,service,Ask for Lee. Not by mail.\n");
	import(record, folder, NULL);
	assert_int_equal(
	    directory_search(record,
			     &(struct directory_query){ .text = "door" },
			     &rules, &results),
	    FAULT_NONE);
	assert_int_equal(results.count, 2);
	for (size_t i = 0; i < results.count; i++)
		assert_string_equal(
		    results.rows[i].safety,
		    strcmp(results.rows[i].name, "Welcome desk") == 0
			? "Ask for Lee. · Ring twice."
			: "Ask for Lee. Not by mail.");
	directory_results_done(&results);
	record_close(record);
}

static void capacity_changed_in_the_sheet_is_told_in_the_package(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	SCOPED(entity_freep) struct entity *entity = NULL;
	struct record *record = sample_record(folder);
	enum entity_answer answer;
	char *attributes;

	(void)state;
	directory_small(folder);
	import(record, folder, NULL);
	assert_int_equal(entity_read(record, kind_find("service"),
				     service_of(record, "s1"), &sam, NOON,
				     &answer, &entity),
			 FAULT_NONE);
	assert_true(entity_set(entity, "capacity", "wait"));
	assert_true(entity_set(entity, "safety", "Ring twice."));
	assert_int_equal(
	    entity_save(record, entity, SOURCE_TOLD, &sam, NOON, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_true(entity_set(entity, "capacity", "closed"));
	assert_int_equal(
	    entity_save(record, entity, SOURCE_TOLD, &sam, NOON, &answer, NULL),
	    FAULT_NONE);
	package = export(record);
	attributes = (char *)hsds_file_of(package, HSDS_ATTRIBUTE)->bytes.data;
	assert_non_null(strstr(attributes, ",s1,capacity:closed,,service,,"));
	assert_null(strstr(attributes, "capacity:wait"));
	assert_non_null(
	    strstr(attributes, ",s1,safety-note,,service,Ring twice.,"));
	record_close(record);
}

static void an_auditor_changes_nothing(void **state)
{
	const struct record_who auditor = { .user = "Ada",
					    .desk = "",
					    .roles = ROLE_AUDITOR };
	SCOPED(folder_freep) char *folder = folder_new();
	struct record *record = sample_record(folder);
	enum directory_answer answer;
	int64_t id = 0;

	(void)state;
	directory_small(folder);
	import(record, folder, NULL);
	assert_int_equal(directory_tag(record, service_of(record, "s1"),
				       "walk-in", true, &rules, &auditor,
				       &answer),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_REFUSED);
	assert_int_equal(directory_checked(record, service_of(record, "s1"),
					   &rules, &auditor, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_REFUSED);
	assert_int_equal(
	    directory_add(record,
			  &(struct directory_new){ .name = "Mentor",
						   .organization = "Us" },
			  &rules, &auditor, &answer, &id),
	    FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_REFUSED);
	assert_int_equal(id, 0);
	record_close(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_hundred_services_come_back_word_for_word),
		cmocka_unit_test(
		    a_later_package_tells_what_it_adds_changes_and_takes),
		cmocka_unit_test(
		    checked_today_is_kept_exported_and_never_goes_back),
		cmocka_unit_test(a_search_ranks_and_says_what_it_left_out),
		cmocka_unit_test(what_is_open_now_goes_by_the_agencys_clock),
		cmocka_unit_test(
		    what_people_here_added_outlives_the_next_package),
		cmocka_unit_test(every_safety_note_is_on_the_staffs_card),
		cmocka_unit_test(
		    capacity_changed_in_the_sheet_is_told_in_the_package),
		cmocka_unit_test(an_auditor_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
