#include "record/directory.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card/services.h"
#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/printed.h"
#include "record/taxonomy.h"
#include "report/read_places.h"

enum option_key {
	OPTION_HOME,
	OPTION_CHECK,
	OPTION_TEXT,
	OPTION_NEED,
	OPTION_LANGUAGE,
	OPTION_AREA,
	OPTION_STATUS,
	OPTION_PERSON,
	OPTION_WALK_IN_NOW,
	OPTION_FRESH,
	OPTION_NAME,
	OPTION_ORGANIZATION,
	OPTION_DESCRIPTION,
	OPTION_PHONE,
	OPTION_ADDRESS,
	OPTION_CITY,
	OPTION_HOURS,
	OPTION_CODES,
	OPTION_SAFETY,
	OPTION_OFF,
	OPTION_OUTPUT = 'o',
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "check", no_argument, NULL, OPTION_CHECK },
	{ "text", required_argument, NULL, OPTION_TEXT },
	{ "need", required_argument, NULL, OPTION_NEED },
	{ "lang", required_argument, NULL, OPTION_LANGUAGE },
	{ "area", required_argument, NULL, OPTION_AREA },
	{ "status", required_argument, NULL, OPTION_STATUS },
	{ "person", required_argument, NULL, OPTION_PERSON },
	{ "walk-in-now", no_argument, NULL, OPTION_WALK_IN_NOW },
	{ "fresh", no_argument, NULL, OPTION_FRESH },
	{ "name", required_argument, NULL, OPTION_NAME },
	{ "organization", required_argument, NULL, OPTION_ORGANIZATION },
	{ "description", required_argument, NULL, OPTION_DESCRIPTION },
	{ "phone", required_argument, NULL, OPTION_PHONE },
	{ "address", required_argument, NULL, OPTION_ADDRESS },
	{ "city", required_argument, NULL, OPTION_CITY },
	{ "hours", required_argument, NULL, OPTION_HOURS },
	{ "codes", required_argument, NULL, OPTION_CODES },
	{ "safety", required_argument, NULL, OPTION_SAFETY },
	{ "off", no_argument, NULL, OPTION_OFF },
	{ "output", required_argument, NULL, OPTION_OUTPUT },
	{ 0 },
};

struct work {
	const char *verb, *home, *output;
	int64_t person;
	struct directory_query query;
	struct directory_new service;
	bool check, off;
	char **words; /* operands */
	int count;
	struct home *where;
	struct record *record;
	struct settings *settings;
	struct directory_rules rules;
	struct record_who who;
};

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage("directory", work->verb, complaint);
}

static bool take_id(const char *text, int64_t *id)
{
	char *end;

	*id = strtoll(text, &end, 10);
	return end != text && !*end && *id > 0;
}

/* --area and --lang are what is looked for, and what a new service has. */
static bool take_option(int option, struct work *work)
{
	const char **const texts[] = {
		[OPTION_HOME] = &work->home,
		[OPTION_TEXT] = &work->query.text,
		[OPTION_NEED] = &work->query.need,
		[OPTION_LANGUAGE] = &work->query.language,
		[OPTION_AREA] = &work->query.area,
		[OPTION_STATUS] = &work->query.status,
		[OPTION_NAME] = &work->service.name,
		[OPTION_ORGANIZATION] = &work->service.organization,
		[OPTION_DESCRIPTION] = &work->service.description,
		[OPTION_PHONE] = &work->service.phone,
		[OPTION_ADDRESS] = &work->service.address,
		[OPTION_CITY] = &work->service.city,
		[OPTION_HOURS] = &work->service.hours,
		[OPTION_CODES] = &work->service.codes,
		[OPTION_SAFETY] = &work->service.safety,
		[OPTION_OUTPUT] = &work->output,
	};
	bool *const flags[] = {
		[OPTION_CHECK] = &work->check,
		[OPTION_WALK_IN_NOW] = &work->query.walk_in_now,
		[OPTION_FRESH] = &work->query.fresh,
		[OPTION_OFF] = &work->off,
	};

	if (option == OPTION_PERSON)
		return take_id(optarg, &work->person);
	if (option < 0 || option >= (int)COUNT(texts))
		return false;
	if (texts[option])
		*texts[option] = optarg;
	else if (option < (int)COUNT(flags) && flags[option])
		*flags[option] = true;
	else
		return false;
	return true;
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	int option;

	*work = (struct work){ .verb = argv[0], .who = desk_who() };
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (!take_option(option, work))
			return wrong(work, "an option it does not know, or one "
					   "without its value");
	}
	work->words = argv + optind;
	work->count = argc - optind;
	return EXIT_DONE;
}

/* Every verb: arguments read, record open, then its own work. */
typedef int deed(struct work *work);

static int with_record(int argc, char **argv, int least, int most, deed *run)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (work.count < least || work.count > most)
		return wrong(&work, "too many words, or too few");
	if ((fault = desk_home(work.home, &home)) ||
	    (fault = desk_settings(home, &settings)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	work.where = home;
	work.record = record;
	work.settings = settings;
	work.rules = directory_rules(settings, desk_now());
	return run(&work);
}

static int tell(const struct work *work, enum directory_answer answer)
{
	static const char *const why[] = {
		[DIRECTORY_UNKNOWN] = "no service of the directory has this "
				      "id; `foyer directory search` prints ids",
		[DIRECTORY_NO_TERM] = "a code that the taxonomy does not have; "
				      "`foyer directory codes` lists them",
		[DIRECTORY_REFUSED] = "this is for reception, workers and "
				      "supervisors; ask one of them",
	};

	if (answer == DIRECTORY_DONE)
		return EXIT_DONE;
	fprintf(stderr, "foyer directory %s: %s\n", work->verb, why[answer]);
	return EXIT_INPUT;
}

/* --- packages --------------------------------------------------------------
 */

static void print_change(void *to, const struct directory_change *change)
{
	(void)to;
	line_print(json_pack(
	    "{ss ss ss so so}", "change", directory_what_word(change->what),
	    "table", hsds_table_name(change->table), "id", change->id, "name",
	    line_text(change->name), "columns", line_words(change->columns)));
}

static void print_tally(const struct directory_tally *tally, bool applied)
{
	json_t *line = json_pack("{sb}", "imported", applied);

	for (enum hsds_table table = 0; table < HSDS_TABLES; table++) {
		json_t *counts = json_object();

		for (int what = 0; what < DIRECTORY_WHATS; what++) {
			const size_t rows = tally->rows[table][what];

			if (rows)
				json_object_set_new(
				    counts, directory_what_word(what),
				    json_integer((json_int_t)rows));
		}
		if (json_object_size(counts))
			json_object_set_new(line, hsds_table_name(table),
					    counts);
		else
			json_decref(counts);
	}
	line_print(line);
}

static enum fault read_package(const struct work *work,
			       struct hsds_package **package)
{
	struct findings findings = { 0 };
	enum fault fault = hsds_read(work->words[0], &findings, package);

	for (size_t i = 0; i < findings.count; i++)
		fprintf(stderr, "%s%s\n",
			findings.list[i].level == FINDING_WARNING ? "warning: "
								  : "",
			findings.list[i].line);
	if (findings.errors > findings.count)
		fprintf(stderr, "and more: %zu mistakes in all\n",
			findings.errors);
	findings_done(&findings);
	return fault;
}

static int do_import(struct work *work)
{
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	struct directory_tally tally;
	enum fault fault;

	if ((fault = read_package(work, &package)) ||
	    (fault = directory_compare(work->record, package, print_change,
				       NULL, &tally)))
		return fault_exit(fault);
	if (!work->check &&
	    (fault = directory_import(work->record, package, &work->who,
				      work->rules.now, &tally)))
		return fault_exit(fault);
	print_tally(&tally, !work->check);
	return EXIT_DONE;
}

static int run_import(int argc, char **argv)
{
	return with_record(argc, argv, 1, 1, do_import);
}

static int do_check(struct work *work)
{
	work->check = true;
	return do_import(work);
}

static int run_check(int argc, char **argv)
{
	return with_record(argc, argv, 1, 1, do_check);
}

static int do_export(struct work *work)
{
	SCOPED(hsds_package_freep) struct hsds_package *package = NULL;
	enum fault fault;

	if ((fault = directory_export(work->record, &package)) ||
	    (fault = hsds_write(package, work->words[0])))
		return fault_exit(fault);
	printf("%s: %zu files\n", work->words[0], package->file_count + 1);
	return EXIT_DONE;
}

/* Beside foyer.ini, where a kiosk's card is prepared from. */
static int do_publish(struct work *work)
{
	SCOPED(char_freep)
	char *path = home_path(work->where, HOME_SETTINGS, SERVICES_FILE);
	struct directory_published tally;
	enum fault fault =
	    directory_publish(work->record, &work->rules, path, &tally);

	if (fault)
		return fault_exit(fault);
	line_print(json_pack(
	    "{sI sI sI sI sI}", "published", (json_int_t)tally.out,
	    "kept_for_staff", (json_int_t)tally.kept, "shut",
	    (json_int_t)tally.shut, "left_out_as_stale",
	    (json_int_t)tally.stale, "not_marked", (json_int_t)tally.unmarked));
	return EXIT_DONE;
}

static int run_publish(int argc, char **argv)
{
	return with_record(argc, argv, 0, 0, do_publish);
}

static int run_export(int argc, char **argv)
{
	return with_record(argc, argv, 1, 1, do_export);
}

/* --- looking ---------------------------------------------------------------
 */

static const char *open_word(enum directory_open open)
{
	return open == DIRECTORY_OPEN   ? "open"
	       : open == DIRECTORY_SHUT ? "shut"
					: "unknown";
}

static json_t *rating(double mean, int count)
{
	return count ? json_pack("{sf si}", "mean", mean, "count", count)
		     : json_null();
}

static json_t *line_of(const struct directory_found *found)
{
	return json_pack(
	    "{sI ss ss so so so so so sb sb ss so so so}", "id",
	    (json_int_t)found->service, "name", found->name, "organization",
	    found->organization, "phone", line_text(found->phone), "city",
	    line_text(found->city), "languages", line_words(found->languages),
	    "terms", line_words(found->terms), "assured",
	    line_text(found->assured), "stale", found->stale,
	    "temporarily_closed", found->shut_down, "hours",
	    open_word(found->open), "rating_person",
	    rating(found->mean_person, found->ratings_person), "rating_agency",
	    rating(found->mean_agency, found->ratings_agency), "safety",
	    line_text(found->safety));
}

/* What is known of a person stands in for what was not asked. */
static int ask_for_person(struct work *work, struct entity **person,
			  struct entity **status)
{
	enum entity_answer answer;
	int64_t id = 0;
	SCOPED(char_freep)
	char *number = xasprintf("%lld", (long long)work->person);
	enum fault fault =
	    entity_read(work->record, kind_find("person"), work->person,
			&work->who, work->rules.now, &answer, person);

	if (fault)
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain("directory", work->verb,
				       kind_find("person"), answer, NULL);
	if ((fault = entity_first(work->record, kind_find("status"),
				  (struct entity_match[]){ { "person", number },
							   { "until", NULL },
							   { NULL, NULL } },
				  "-since", &id)) ||
	    (id && (fault = entity_read(work->record, kind_find("status"), id,
					&work->who, work->rules.now, &answer,
					status))))
		return fault_exit(fault);
	work->query.language =
	    work->query.language ?: entity_text(*person, "language");
	if (*status && !work->query.status)
		work->query.status = entity_text(*status, "category");
	return EXIT_DONE;
}

/* "HOU" and "need:HOU" alike; one that no service can have would find nothing,
 * as if there were no help. */
static int take_need(struct work *work)
{
	static const char kind[] = "need:";
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	SCOPED(char_freep) char *code = NULL;
	enum fault fault;

	if (!work->query.need)
		return EXIT_DONE;
	if (strncmp(work->query.need, kind, strlen(kind)) == 0)
		work->query.need += strlen(kind);
	if ((fault = taxonomy_read(&taxonomy)))
		return fault_exit(fault);
	code = xasprintf("%s%s", kind, work->query.need);
	return taxonomy_has(taxonomy, code) ? EXIT_DONE
					    : tell(work, DIRECTORY_NO_TERM);
}

static int do_search(struct work *work)
{
	SCOPED(entity_freep) struct entity *person = NULL;
	SCOPED(entity_freep) struct entity *category = NULL;
	struct directory_results results;
	enum fault fault;
	int status =
	    work->person ? ask_for_person(work, &person, &category) : EXIT_DONE;

	if (status || (status = take_need(work)))
		return status;
	work->query.text = work->count ? work->words[0] : work->query.text;
	if ((fault = directory_search(work->record, &work->query, &work->rules,
				      &results)))
		return fault_exit(fault);
	for (size_t i = 0; i < results.count; i++)
		line_print(line_of(&results.rows[i]));
	line_print(json_pack("{sI sI sI sI}", "found",
			     (json_int_t)results.matching, "shown",
			     (json_int_t)results.count, "left_out_as_stale",
			     (json_int_t)results.stale, "looked_through",
			     (json_int_t)results.listed));
	directory_results_done(&results);
	return EXIT_DONE;
}

static int run_search(int argc, char **argv)
{
	return with_record(argc, argv, 0, 1, do_search);
}

static json_t *card_line(const struct directory_card *card)
{
	json_t *line = json_object();

	for (enum directory_part part = 0; part < DIRECTORY_PARTS; part++)
		json_object_set_new(line, directory_part_word(part),
				    line_text(card->parts[part]));
	json_object_set_new(line, "terms", line_words(card->terms));
	json_object_set_new(line, "free", json_boolean(card->free));
	json_object_set_new(line, "stale", json_boolean(card->stale));
	json_object_set_new(line, "now", json_string(open_word(card->open)));
	json_object_set_new(line, "said", line_text(card->said));
	return line;
}

static int do_show(struct work *work)
{
	struct directory_card card;
	enum directory_answer answer;
	enum fault fault;
	int64_t id;

	if (!take_id(work->words[0], &id))
		return wrong(work, "give a service's id, as search prints it");
	if ((fault = directory_card_read(work->record, id, &work->rules,
					 work->query.language ?: "en", &answer,
					 &card)))
		return fault_exit(fault);
	if (answer == DIRECTORY_DONE)
		line_print(card_line(&card));
	directory_card_done(&card);
	return tell(work, answer);
}

static int run_show(int argc, char **argv)
{
	return with_record(argc, argv, 1, 1, do_show);
}

/* --- printing --------------------------------------------------------------
 */

#define PRINTED_MOST 20 /* services on one page */

static int print_services(struct work *work, const int64_t *ids)
{
	struct printed printed;
	SCOPED(page_freep) struct page *page = NULL;
	size_t left_out = 0;
	enum fault fault =
	    printed_open(&printed, work->where, work->query.language);

	if (!fault)
		fault = read_places(&printed.about, work->record, &work->rules,
				    ids, (size_t)work->count, &left_out, &page);
	if (!fault && left_out == (size_t)work->count) {
		fprintf(stderr, "foyer directory print: nothing to print; "
				"nobody checked these for too long, or they "
				"are gone: `foyer directory checked`\n");
		fault = FAULT_FORMAT;
	}
	if (!fault)
		fault = printed_put(&printed, page, "places", work->output);
	if (!fault && left_out)
		fprintf(stderr,
			"foyer directory print: %zu left off, as nobody "
			"checked them for too long\n",
			left_out);
	printed_done(&printed);
	return fault_exit(fault);
}

static int do_print(struct work *work)
{
	SCOPED(entity_freep) struct entity *person = NULL;
	SCOPED(entity_freep) struct entity *category = NULL;
	int64_t ids[PRINTED_MOST];
	int status =
	    work->person ? ask_for_person(work, &person, &category) : EXIT_DONE;

	for (int i = 0; !status && i < work->count; i++) {
		if (!take_id(work->words[i], &ids[i]))
			status = wrong(work, "give ids of services, as search "
					     "prints them");
	}
	return status ? status : print_services(work, ids);
}

static int run_print(int argc, char **argv)
{
	return with_record(argc, argv, 1, PRINTED_MOST, do_print);
}

/* --- what people here say --------------------------------------------------
 */

static int do_checked(struct work *work)
{
	enum directory_answer answer;
	enum fault fault;
	int64_t id;

	if (!take_id(work->words[0], &id))
		return wrong(work, "give a service's id, as search prints it");
	fault = directory_checked(work->record, id, &work->rules, &work->who,
				  &answer);
	return fault ? fault_exit(fault) : tell(work, answer);
}

static int run_checked(int argc, char **argv)
{
	return with_record(argc, argv, 1, 1, do_checked);
}

static int do_tag(struct work *work)
{
	enum directory_answer answer;
	enum fault fault;
	int64_t id;

	if (!take_id(work->words[0], &id))
		return wrong(work, "give a service's id, as search prints it");
	fault = directory_tag(work->record, id, work->words[1], !work->off,
			      &work->rules, &work->who, &answer);
	return fault ? fault_exit(fault) : tell(work, answer);
}

static int run_tag(int argc, char **argv)
{
	return with_record(argc, argv, 2, 2, do_tag);
}

static int do_add(struct work *work)
{
	enum directory_answer answer;
	enum fault fault;
	int64_t id = 0;

	if (!work->service.name || !*work->service.name ||
	    !work->service.organization || !*work->service.organization)
		return wrong(work, "give it a --name and an --organization");
	work->service.languages = work->query.language;
	work->service.area = work->query.area;
	if ((fault = directory_add(work->record, &work->service, &work->rules,
				   &work->who, &answer, &id)))
		return fault_exit(fault);
	if (answer == DIRECTORY_DONE)
		line_print(json_pack("{sI}", "id", (json_int_t)id));
	return tell(work, answer);
}

static int run_add(int argc, char **argv)
{
	return with_record(argc, argv, 0, 0, do_add);
}

static int run_codes(int argc, char **argv)
{
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	struct work work;
	int status = read_arguments(argc, argv, &work);
	enum fault fault;

	if (status)
		return status;
	if ((fault = taxonomy_read(&taxonomy)))
		return fault_exit(fault);
	for (size_t i = 0; i < taxonomy_count(taxonomy); i++) {
		const struct taxonomy_term term = taxonomy_at(taxonomy, i);

		line_print(json_pack("{ss ss ss}", "code", term.code, "en",
				     term.english, "fr", term.french));
	}
	return EXIT_DONE;
}

static const struct verb verbs[] = {
	{ "check", "[--home DIR] FOLDER",
	  "look a package over, and tell what importing it would change",
	  run_check },
	{ "import", "[--home DIR] [--check] FOLDER",
	  "take in a package (HSDS 3.0), whole or not at all", run_import },
	{ "export", "[--home DIR] FOLDER", "write the directory as a package",
	  run_export },
	{ "search",
	  "[--home DIR] [--need CODE] [--lang TAG] [--area TOWN] "
	  "[--status CODE] [--person ID] [--walk-in-now] [--fresh] [TEXT]",
	  "find services, the best first; the last line says what was left out",
	  run_search },
	{ "show", "[--home DIR] [--lang TAG] ID",
	  "all that is known of one service", run_show },
	{ "print",
	  "[--home DIR] [--lang TAG] [--person ID] [-o FILE.pdf] ID...",
	  "services on a page for whoever goes there, without stale ones",
	  run_print },
	{ "checked", "[--home DIR] ID",
	  "somebody made sure today that it is right", run_checked },
	{ "tag", "[--home DIR] [--off] ID CODE",
	  "give a service a code of the taxonomy, or take it away", run_tag },
	{ "add",
	  "[--home DIR] --name TEXT --organization TEXT [--description TEXT] "
	  "[--phone TEXT] [--address TEXT] [--city TEXT] [--hours TEXT] "
	  "[--lang TAGS] [--area TEXT] [--codes CODES] [--safety TEXT]",
	  "a service that no package brings, such as a mentor or a faith group",
	  run_add },
	{ "publish", "[--home DIR]",
	  "write services.json: what newcomers may look through at a kiosk",
	  run_publish },
	{ "codes", "", "the codes that services are found by, with labels",
	  run_codes },
	{ .name = NULL },
};

static const char *const kinds[] = { "service", NULL };

const struct noun noun_directory = {
	.name = "directory",
	.summary = "the services that people are referred to",
	.details = "A package is a folder with datapackage.json and its CSV "
		   "files. What Foyer does not\nread of it is kept, and goes "
		   "out word for word. foyer.ini's [directory] stale_days\n"
		   "says after how many days without a check a service is "
		   "stale.\n",
	.verbs = verbs,
	.kinds = kinds,
};
