#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/server.h"

/* Work away from the agency, by the programs alone. */

/* A home of the agency, one of a laptop with a copy of its key, and what
 * travels between them. */
struct trip {
	char *folder, *home, *laptop, *file;
};

static void copy_folder(const struct trip *trip, const char *name)
{
	SCOPED(char_freep)
	char *command = xasprintf("mkdir -p %s && cp -r %s/%s %s/",
				  trip->laptop, trip->home, name, trip->laptop);

	assert_int_equal(system(command), 0);
}

/* What each desk is set up with. */
static void trip_init(struct trip *trip)
{
	static const char *const shared[] = { "keys", "forms", "foyer.ini",
					      "demo", "passphrase.txt" };

	trip->folder = folder_new();
	trip->home = folder_file(trip->folder, "home");
	trip->laptop = folder_file(trip->folder, "laptop");
	trip->file = folder_file(trip->folder, "caseload");
	demo_new(trip->home);
	for (size_t i = 0; i < COUNT(shared); i++)
		copy_folder(trip, shared[i]);
}

static void trip_done(struct trip *trip)
{
	folder_freep(&trip->folder);
	free(trip->home);
	free(trip->laptop);
	free(trip->file);
}

/* Runs foyer with words at a home and a file behind them; the answer has to
 * have each of the texts, which end with NULL. */
static void says(int status, const char *home, const char *verb,
		 const char *rest, const char *const *texts)
{
	struct output output =
	    program_run("", "foyer %s --home %s %s", verb, home, rest);

	if (output.status != status)
		print_error("%s: %s%s\n", verb, output.out, output.err);
	assert_int_equal(output.status, status);
	for (; *texts; texts++) {
		if (!strstr(output.out, *texts) && !strstr(output.err, *texts))
			print_error("%s: %s%s\n", verb, output.out, output.err);
		assert_true(strstr(output.out, *texts) ||
			    strstr(output.err, *texts));
	}
	output_done(&output);
}
#define SAYS(status, home, verb, rest, ...) \
	says(status, home, verb, rest,      \
	     (const char *const[]){ __VA_ARGS__, NULL })

static void file_ticket(const char *home, const char *digits,
			const char *status)
{
	struct output output =
	    program_run(digits, "foyer record file --home %s", home);

	if (!strstr(output.out, status))
		print_error("%s%s\n", output.out, output.err);
	assert_non_null(strstr(output.out, status));
	output_done(&output);
}

static void go_out_and_come_back(const struct trip *trip)
{
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep) char *out = NULL;
	SCOPED(char_freep) char *back = NULL;

	out = xasprintf("--person 1 -o %s", trip->file);
	back = xasprintf("-o %s", trip->file);
	SAYS(0, trip->home, "people add", "language=ti", "\"id\":1");
	SAYS(0, trip->home, "people add", "language=ar", "\"id\":2");
	SAYS(0, trip->home, "people add",
	     "note person=1 guard=restricted text=behind-the-wall", "\"id\":1");

	/* Out: nothing of it can be read on the way, or without the key. */
	SAYS(0, trip->home, "record checkout", out, "\"people\":1");
	assert_false(folder_holds(trip->laptop, "behind-the-wall"));
	SAYS(0, trip->laptop, "record open", trip->file, "\"people\":1");
	assert_false(folder_holds(trip->laptop, "behind-the-wall"));

	/* Away: a visit at somebody's home, and the same ticket at both. */
	digits = demo_ticket(trip->home, "gar-family-day6-ti", NULL);
	file_ticket(trip->laptop, digits, "\"filed\"");
	file_ticket(trip->home, digits, "\"filed\"");
	SAYS(0, trip->laptop, "people add",
	     "note person=1 guard=open text=seen-at-home", "\"id\":");
	SAYS(0, trip->laptop, "people change", "1 language=am", "\"am\"");
	SAYS(0, trip->home, "people change", "1 language=fa", "\"fa\"");

	/* Back: by merge, with what both said listed by its name. */
	SAYS(0, trip->laptop, "record checkin", back, "\"people\":1");
	SAYS(0, trip->home, "record merge", trip->file, "\"already_filed\":1",
	     "\"conflicts\":1");
	SAYS(0, trip->home, "record merge", trip->file, "\"acts\":0");
	SAYS(0, trip->home, "people list", "note person=1", "seen-at-home");
	SAYS(0, trip->home, "list", "conflicts", "\"what\":\"person.language\"",
	     "\"ours\":\"fa\"", "\"theirs\":\"am\"",
	     "\"theirs_words\":\"Amharic\"");
	SAYS(0, trip->home, "people change", "1 language=en", "\"en\"");
	SAYS(1, trip->home, "people move", "conflict 1 theirs",
	     "conflict 1: it was changed here once more since");
	SAYS(0, trip->home, "people change", "1 language=fa", "\"fa\"");
	SAYS(0, trip->home, "people move", "conflict 1 theirs", "theirs");
	SAYS(0, trip->home, "people show", "1", "\"language\":\"am\"");
	SAYS(0, trip->home, "record caseloads", "", "\"mark\":\"L1\"");

	/* What is not this record's own is refused in words. */
	SAYS(1, trip->laptop, "record merge", trip->file,
	     "Do this at the agency");
	SAYS(1, trip->laptop, "record restore", trip->file, "is a caseload");
}

static void row_56_a_caseload_goes_out_on_a_laptop_and_comes_back(void **state)
{
	struct trip trip;

	(void)state;
	trip_init(&trip);
	go_out_and_come_back(&trip);
	trip_done(&trip);
}

/* From now on the agency's record is there; the laptop knows nothing of it. */
static void move_to(const struct trip *trip, const char *server)
{
	SCOPED(char_freep) char *address = server_database(server, "agency");
	SCOPED(char_freep) char *to = xasprintf("--to '%s'", address);
	SCOPED(char_freep)
	char *write = xasprintf("printf '[record]\nat = %s\n' >>"
				" %s/foyer.ini && rm -r %s/record",
				address, trip->home, trip->home);

	SAYS(0, trip->home, "record move", to, "Every row was compared");
	assert_int_equal(system(write), 0);
}

static void row_56_so_it_does_where_the_record_is_on_a_server(void **state)
{
	SCOPED(folder_freep) char *server = folder_new();
	struct trip trip;
	int status = server_do("start", server, NULL);

	(void)state;
	if (status) {
		assert_int_equal(status, 77);
		folder_freep(&server);
		server = NULL;
		skip();
	}
	trip_init(&trip);
	move_to(&trip, server);
	go_out_and_come_back(&trip);
	SAYS(1, trip.home, "record open", trip.file,
	     "Give the laptop a home of its own");
	SAYS(1, trip.home, "record names", "apart",
	     "a server has to know a name to look for it");
	trip_done(&trip);
	assert_int_equal(server_do("stop", server, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    row_56_a_caseload_goes_out_on_a_laptop_and_comes_back),
		cmocka_unit_test(
		    row_56_so_it_does_where_the_record_is_on_a_server),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
