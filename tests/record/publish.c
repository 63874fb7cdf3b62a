#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "card/services.h"
#include "record/directory.h"
#include "record/entity.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"

/* What of the directory goes out for everybody, and what never does. */

static const struct record_who sam = { .user = "Sam", .desk = "front" };

#define NOON INT64_C(1795366800000) /* 22 November 2026 in Toronto */

static const struct directory_rules rules = {
	.stale_days = 180,
	.zone = "America/Toronto",
	.language = "en",
	.now = NOON,
};

/* A town's services: each secret has the word SECRET in it. */
static void write_town(const char *folder)
{
	directory_put(
	    folder, HSDS_DESCRIPTOR,
	    "{\"resources\":["
	    "{\"name\":\"organization\",\"path\":\"organizations.csv\"},"
	    "{\"name\":\"service\",\"path\":\"services.csv\"},"
	    "{\"name\":\"location\",\"path\":\"locations.csv\"},"
	    "{\"name\":\"service_at_location\",\"path\":\"at.csv\"},"
	    "{\"name\":\"address\",\"path\":\"addresses.csv\"},"
	    "{\"name\":\"phone\",\"path\":\"phones.csv\"},"
	    "{\"name\":\"schedule\",\"path\":\"schedules.csv\"},"
	    "{\"name\":\"language\",\"path\":\"languages.csv\"},"
	    "{\"name\":\"taxonomy_term\",\"path\":\"terms.csv\"},"
	    "{\"name\":\"attribute\",\"path\":\"attributes.csv\"}]}");
	directory_put(folder, "organizations.csv",
		      "id,name,description\n"
		      "o1,Open Door,Settlement\n"
		      "o2,Hidden SECRET,Nobody knows\n");
	directory_put(
	    folder, "services.csv",
	    "id,organization_id,name,description,status,assured_date\n"
	    "s1,o1,Housing desk,Finding a flat,active,2026-11-01\n"
	    "s2,o1,Shelter line,Call day and night,active,2026-11-01\n"
	    "s3,o1,Kept SECRET,,active,2026-11-01\n"
	    "s4,o2,Its service SECRET,,active,2026-11-01\n"
	    "s5,o1,Mentor SECRET,,active,2026-11-01\n"
	    "s6,o1,Minded SECRET,,active,2026-11-01\n"
	    "s7,o1,Old SECRET,,active,2019-11-01\n"
	    "s8,o1,Gone SECRET,,inactive,2026-11-01\n"
	    "s9,o1,Full SECRET,,active,2026-11-01\n");
	directory_put(folder, "locations.csv",
		      "id,location_type,transportation\n"
		      "l1,physical,\nl2,physical,\n"
		      "l3,physical,Bus 4 to SECRET\n");
	directory_put(folder, "at.csv",
		      "id,service_id,location_id\n"
		      "a1,s1,l1\na2,s2,l2\na3,s2,l1\na4,s2,l3\n");
	directory_put(folder, "addresses.csv",
		      "id,location_id,address_1,city,country,address_type\n"
		      "d1,l1,12 Invented Street,Riverside,CA,physical\n"
		      "d2,l1,Back door SECRET,Riverside,CA,physical\n"
		      "d3,l2,9 Shelter Road SECRET,Riverside,CA,physical\n"
		      "d4,l3,5 Refuge Lane SECRET,Riverside,CA,physical\n"
		      "d5,l3,Box 7,Riverside,CA,postal\n");
	directory_put(folder, "phones.csv",
		      "id,service_id,location_id,number\n"
		      "p1,s1,,613-555-0160\n"
		      "p2,s1,,613-555-SECRET\n"
		      "p3,s2,,613-555-0199\n"
		      "p4,,l2,613-555-0198 SECRET\n");
	directory_put(folder, "schedules.csv",
		      "id,service_id,freq,byday,opens_at,closes_at,"
		      "description\n"
		      "h1,s1,WEEKLY,\"MO,WE\",9:00,16:30,\n"
		      "h2,s2,,,,,Day and night\n");
	directory_put(folder, "languages.csv",
		      "id,service_id,code\ng1,s1,en\ng2,s1,ti\n");
	directory_put(folder, "terms.csv",
		      "id,code,name\n"
		      "name:ar,name:ar,Name in Arabic\n"
		      "description:ar,description:ar,In Arabic\n"
		      "ours,,Ours\n");
	directory_put(folder, "attributes.csv",
		      "id,link_id,taxonomy_term_id,link_type,link_entity,"
		      "value\n"
		      "t1,s1,need:HOU,,service,\n"
		      "t2,s1,walk-in,,service,\n"
		      "t3,s1,name:ar,,service,مكتب السكن\n"
		      "t4,s2,need:SAF,,service,\n"
		      "t5,l2,not-public,,location,\n"
		      "t6,d2,not-public,,address,\n"
		      "t7,p2,not-public,,phone,\n"
		      "t8,s3,not-public,,service,\n"
		      "t9,o2,not-public,,organization,\n"
		      "t10,s5,informal:mentor,,service,\n"
		      "t11,s6,safety-note,,service,Ring twice SECRET\n"
		      "t12,s9,capacity:closed,,service,\n"
		      "t13,d4,not-public,,address,\n"
		      "t14,s6,safety-note,,service,\n");
}

struct town {
	char *folder, *path;
	struct record *record;
};

static int open_town(void **state)
{
	struct town *town = xcalloc(1, sizeof *town);

	town->folder = folder_new();
	town->path = folder_file(town->folder, "services.json");
	town->record = sample_record(town->folder);
	write_town(town->folder);
	directory_bring(town->record, town->folder, &sam, NOON);
	*state = town;
	return 0;
}

static int close_town(void **state)
{
	struct town *town = *state;

	record_close(town->record);
	free(town->path);
	folder_freep(&town->folder);
	free(town);
	return 0;
}

/* What a kiosk makes of it; the text itself in *text, if it is wanted. */
static struct services *published(const struct town *town, char **text,
				  struct directory_published *tally)
{
	struct services *services = NULL;
	struct bytes bytes = { 0 };
	char *why;

	assert_int_equal(
	    directory_publish(town->record, &rules, town->path, tally),
	    FAULT_NONE);
	assert_int_equal(file_read(town->path, SERVICES_LIMIT, &bytes),
			 FAULT_NONE);
	assert_int_equal(
	    services_parse(bytes.data, bytes.length, &why, &services),
	    FAULT_NONE);
	if (text)
		*text = bytes_take_text(&bytes);
	bytes_done(&bytes);
	return services;
}

static const char *part(const struct service *service, enum service_part part,
			const char *tag)
{
	const struct service_text *text =
	    service_say(&service->parts[part], tag);

	return text ? text->text : "";
}

static void what_is_not_public_never_goes_out(void **state)
{
	SCOPED(services_freep) struct services *services = NULL;
	SCOPED(char_freep) char *text = NULL;
	struct directory_published tally;

	services = published(*state, &text, &tally);
	assert_null(strstr(text, "SECRET"));
	assert_int_equal(services->count, 2);
	assert_int_equal(tally.out, 2);
	assert_int_equal(tally.kept, 4);
	assert_int_equal(tally.shut, 2);
	assert_int_equal(tally.stale, 1);
	assert_int_equal(tally.unmarked, 0);
	/* The shelter: where it may be seen, and never where it is. */
	assert_string_equal(part(&services->list[1], SERVICE_NAME, "en"),
			    "Shelter line");
	assert_string_equal(part(&services->list[1], SERVICE_PHONE, "en"),
			    "613-555-0199");
	assert_string_equal(part(&services->list[1], SERVICE_ADDRESS, "en"),
			    "12 Invented Street, Riverside");
}

static void what_is_public_goes_out_whole(void **state)
{
	SCOPED(services_freep) struct services *services = NULL;
	struct directory_published tally;
	const struct service *desk;

	services = published(*state, NULL, &tally);
	desk = &services->list[0];
	assert_string_equal(part(desk, SERVICE_NAME, "en"), "Housing desk");
	assert_string_equal(part(desk, SERVICE_NAME, "ar"), "مكتب السكن");
	assert_string_equal(part(desk, SERVICE_WHAT_FOR, "ar"),
			    "Finding a flat");
	assert_string_equal(part(desk, SERVICE_ORGANIZATION, "en"),
			    "Open Door");
	assert_string_equal(part(desk, SERVICE_ADDRESS, "en"),
			    "12 Invented Street, Riverside");
	assert_string_equal(part(desk, SERVICE_PHONE, "en"), "613-555-0160");
	assert_true(service_serves(desk, "HOU"));
	assert_false(service_serves(desk, "SAF"));
	assert_int_equal(desk->language_count, 2);
	assert_string_equal(desk->languages[1], "ti");
	assert_int_equal(desk->hours_count, 1);
	assert_string_equal(desk->hours[0].days, "MO,WE");
	assert_string_equal(desk->hours[0].opens, "09:00");
	assert_string_equal(desk->hours[0].closes, "16:30");
	assert_true(desk->walk_in);
	assert_string_equal(desk->until, "2027-04-30");
	assert_string_equal(services->list[1].hours[0].text.list[0].text,
			    "Day and night");
}

static int64_t service_of(const struct town *town, const char *hsds_id)
{
	int64_t id = 0;

	assert_int_equal(
	    entity_first(town->record, kind_find("service"),
			 (struct entity_match[]){ { "hsds_id", hsds_id },
						  { NULL, NULL } },
			 NULL, &id),
	    FAULT_NONE);
	return id;
}

static void tag(const struct town *town, const char *service, const char *code)
{
	enum directory_answer answer;

	assert_int_equal(directory_tag(town->record, service_of(town, service),
				       code, true, &rules, &sam, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_DONE);
}

static void where_somebody_chose_that_is_all(void **state)
{
	const struct town *town = *state;
	SCOPED(services_freep) struct services *services = NULL;
	struct directory_published tally;

	tag(town, "s2", "published");
	tag(town, "s3", "published"); /* and not-public, which is stronger */
	services = published(town, NULL, &tally);
	assert_int_equal(services->count, 1);
	assert_int_equal(tally.unmarked, 1);
	assert_string_equal(part(&services->list[0], SERVICE_NAME, "en"),
			    "Shelter line");
}

/* Nobody said that a mentor's own number is for everybody. */
static void what_was_added_here_goes_out_only_when_marked(void **state)
{
	const struct town *town = *state;
	const struct directory_new mentor = { .name = "Mentor",
					      .organization = "Open Door",
					      .phone = "613-555-0142" };
	struct directory_published tally;
	enum directory_answer answer;
	int64_t id;

	assert_int_equal(
	    directory_add(town->record, &mentor, &rules, &sam, &answer, &id),
	    FAULT_NONE);
	services_free(published(town, NULL, &tally));
	assert_int_equal(tally.out, 2);
	assert_int_equal(tally.kept, 5);
	assert_int_equal(directory_tag(town->record, id, "published", true,
				       &rules, &sam, &answer),
			 FAULT_NONE);
	services_free(published(town, NULL, &tally));
	assert_int_equal(tally.out, 1);
	assert_int_equal(tally.kept, 4);
}

/* One service of many words shuts nobody's list. */
static void more_than_a_kiosk_takes_is_cut(void **state)
{
	const struct town *town = *state;
	SCOPED(services_freep) struct services *services = NULL;
	struct directory_published tally;
	struct bytes hours = { 0 }, long_one = { 0 };

	while (long_one.length < 2 * SERVICE_TEXT_LIMIT)
		bytes_add_text(&long_one, "سك\302\205ن ");
	bytes_add_text(&hours, "id,service_id,description\n");
	for (int i = 0; i <= SERVICE_LIST_MOST; i++)
		bytes_add_format(&hours, "h%d,s1,%d %s\n", i, i,
				 (char *)long_one.data);
	directory_put(town->folder, "schedules.csv", (char *)hours.data);
	directory_bring(town->record, town->folder, &sam, NOON);
	services = published(town, NULL, &tally);
	assert_int_equal(services->list[0].hours_count, SERVICE_LIST_MOST);
	assert_in_range(strlen(services->list[0].hours[0].text.list[0].text),
			SERVICE_TEXT_LIMIT - 3, SERVICE_TEXT_LIMIT);
	bytes_done(&hours);
	bytes_done(&long_one);
}

static void where_nothing_may_be_read_no_file_is_left(void **state)
{
	const struct town *town = *state;
	struct directory_published tally;

	services_free(published(town, NULL, &tally));
	tag(town, "s1", "not-public");
	tag(town, "s2", "not-public");
	assert_int_equal(
	    directory_publish(town->record, &rules, town->path, &tally),
	    FAULT_NONE);
	assert_int_equal(tally.out, 0);
	assert_false(file_exists(town->path));
}

static void more_than_a_kiosk_can_show_are_refused(void **state)
{
	static const struct {
		int services, bytes; /* of each description */
	} crowds[] = {
		{ SERVICES_MOST + 1, 1 },
		{ SERVICES_MOST, SERVICE_TEXT_LIMIT },
	};
	const struct town *town = *state;
	struct directory_published tally;

	if (getenv("FOYER_SLOW"))
		skip();
	for (size_t i = 0; i < COUNT(crowds); i++) {
		directory_crowd(town->folder, crowds[i].services,
				crowds[i].bytes);
		directory_bring(town->record, town->folder, &sam, NOON);
		assert_int_equal(
		    directory_publish(town->record, &rules, town->path, &tally),
		    FAULT_LIMIT);
		assert_false(file_exists(town->path));
	}
}

#define WITH_TOWN(test) \
	cmocka_unit_test_setup_teardown(test, open_town, close_town)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		WITH_TOWN(what_is_not_public_never_goes_out),
		WITH_TOWN(what_is_public_goes_out_whole),
		WITH_TOWN(where_somebody_chose_that_is_all),
		WITH_TOWN(what_was_added_here_goes_out_only_when_marked),
		WITH_TOWN(more_than_a_kiosk_takes_is_cut),
		WITH_TOWN(where_nothing_may_be_read_no_file_is_left),
		WITH_TOWN(more_than_a_kiosk_can_show_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
