#include "office/answers.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/home.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "record/entity.h"

#define FILE_MOST (4 << 20) /* bytes of a file that comes in */

static const char *const fields[] = { "question", "answer", "topic",
				      "site",     "owner",  "day" };

enum option_key { OPTION_HOME, OPTION_SITE, OPTION_APPLY };

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "site", required_argument, NULL, OPTION_SITE },
	{ "apply", no_argument, NULL, OPTION_APPLY },
	{ 0 },
};

struct work {
	const char *verb, *site, *output, *operand;
	bool apply;
	struct home *home;
	struct record *record;
	struct record_who who;
	int64_t now;
	size_t added, changed, same, refused;
};

static void work_done(struct work *work)
{
	record_close(work->record);
	home_free(work->home);
}

static int begin(int argc, char **argv, int operands, struct work *work)
{
	const char *home = NULL;
	enum fault fault;
	int option;

	*work = (struct work){ .verb = argv[0],
			       .who = desk_who(),
			       .now = desk_now() };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (option == OPTION_HOME)
			home = optarg;
		else if (option == OPTION_SITE && !operands)
			work->site = optarg;
		else if (option == OPTION_APPLY && operands)
			work->apply = true;
		else if (option == 'o' && !operands)
			work->output = optarg;
		else
			return noun_usage("agency", argv[0],
					  "an option it does not know, or one "
					  "without its value");
	}
	if (argc - optind != operands)
		return noun_usage("agency", argv[0],
				  operands ? "which file?"
					   : "one argument too many");
	work->operand = argv[optind];
	if ((fault = desk_home(home, &work->home)) ||
	    (fault = desk_record(work->home, &work->record)))
		return fault_exit(fault);
	return EXIT_DONE;
}

/* --- share ---------------------------------------------------------------- */

struct sharing {
	const char *site; /* of those that name none */
	json_t *list;
};

static bool share_one(void *to, const struct entity *entity)
{
	const struct sharing *sharing = to;
	json_t *row = json_object();

	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *value = entity_text(entity, fields[i]);

		if (!value && !strcmp(fields[i], "site"))
			value = sharing->site;
		json_object_set_new(row, fields[i],
				    json_string(value ? value : ""));
	}
	json_array_append_new(sharing->list, row);
	return true;
}

int answers_share(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { 0 };
	struct sharing sharing = { .list = json_array() };
	SCOPED(char_freep) char *text = NULL;
	json_t *all =
	    json_pack("{si so}", "foyer_answers", 1, "answers", sharing.list);
	enum fault fault;
	int status = begin(argc, argv, 0, &work);

	if (!status && (!work.site || !work.output))
		status = noun_usage("agency", argv[0],
				    "say whose they are with --site NAME, and "
				    "where to with -o FILE");
	if (status) {
		json_decref(all);
		return status;
	}
	sharing.site = work.site;
	fault = entity_each(work.record, kind_find("shared_answer"), NULL, NULL,
			    0, &work.who, share_one, &sharing);
	text = json_dumps(all, JSON_INDENT(1));
	if (!fault)
		fault = file_write(work.output, text, strlen(text), 0600);
	if (!fault)
		line_print(json_pack("{ss si}", "shared", work.output,
				     "answers",
				     (int)json_array_size(sharing.list)));
	json_decref(all);
	return fault_exit(fault);
}

/* --- take ----------------------------------------------------------------- */

static int complain(const struct work *work, const char *complaint)
{
	fprintf(stderr, "foyer agency take: %s: %s\n", work->operand,
		complaint);
	return EXIT_INPUT;
}

static const char *value_of(const json_t *row, const char *field)
{
	const char *value = json_string_value(json_object_get(row, field));

	return value ? value : "";
}

static void tell(const char *what, const json_t *row)
{
	printf("%s: ", what);
	line_put(stdout, value_of(row, "question"));
	putchar('\n');
}

static void refuse(struct work *work, const json_t *row, const char *why)
{
	work->refused++;
	fprintf(stderr, "foyer agency take: %s: \"", work->operand);
	line_put(stderr, value_of(row, "question"));
	fprintf(stderr, "\" is not taken: %s\n", why);
}

static enum fault save(struct work *work, const json_t *row,
		       struct entity *entity, size_t *count)
{
	enum entity_answer answer;
	const char *wrong = NULL;
	enum fault fault;

	for (size_t i = 0; i < COUNT(fields); i++)
		(void)entity_set(entity, fields[i], value_of(row, fields[i]));
	fault = entity_save(work->record, entity, SOURCE_TOLD, &work->who,
			    work->now, &answer, &wrong);
	if (fault || answer == ENTITY_DONE) {
		*count += !fault;
		return fault;
	}
	refuse(work, row, wrong ? wrong : "not for this role");
	return FAULT_NONE;
}

static enum fault find_of(const struct work *work, const json_t *row,
			  const char *site, int64_t *id)
{
	const struct entity_match matches[] = {
		{ "question", value_of(row, "question") },
		{ "site", site },
		{ "owner", value_of(row, "owner") },
		{ NULL, NULL },
	};

	return entity_first(work->record, kind_find("shared_answer"), matches,
			    NULL, id);
}

/* Our own that came back has no site here. */
static enum fault find(const struct work *work, const json_t *row, int64_t *id)
{
	enum fault fault = find_of(work, row, value_of(row, "site"), id);

	return fault || *id ? fault : find_of(work, row, NULL, id);
}

static enum fault take_known(struct work *work, const json_t *row, int64_t id)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;
	const char *day;
	enum fault fault =
	    entity_read(work->record, kind_find("shared_answer"), id,
			&work->who, work->now, &answer, &entity);

	if (fault)
		return fault;
	day = answer == ENTITY_DONE ? entity_text(entity, "day") : NULL;
	if (!day || strcmp(value_of(row, "day"), day) <= 0) {
		work->same++;
		return FAULT_NONE;
	}
	if (!entity_text(entity, "site") && entity_text(entity, "answer")) {
		tell("kept, our own has an answer", row);
		work->same++;
		return FAULT_NONE;
	}
	tell("changed", row);
	if (!work->apply)
		work->changed++;
	return work->apply ? save(work, row, entity, &work->changed)
			   : FAULT_NONE;
}

static enum fault take_new(struct work *work, const json_t *row)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault;

	tell("new", row);
	if (!work->apply) {
		work->added++;
		return FAULT_NONE;
	}
	fault = entity_new(work->record, kind_find("shared_answer"), &entity);
	return fault ? fault : save(work, row, entity, &work->added);
}

static enum fault take_all(struct work *work, const json_t *list)
{
	char today[DESK_DAY];
	enum fault fault = FAULT_NONE;

	desk_today(work->now, today);
	for (size_t i = 0; !fault && i < json_array_size(list); i++) {
		const json_t *row = json_array_get(list, i);
		int64_t id = 0;

		if (strcmp(value_of(row, "day"), today) > 0) {
			refuse(work, row, "its day is in the future");
			continue;
		}
		if (!(fault = find(work, row, &id)))
			fault = id ? take_known(work, row, id)
				   : take_new(work, row);
	}
	return fault;
}

/* NULL: it is none, which was told. */
static json_t *read_file(const struct work *work)
{
	struct bytes bytes = { 0 };
	json_error_t error;
	json_t *all = NULL;

	if (!file_read(work->operand, FILE_MOST, &bytes))
		all = json_loadb((char *)bytes.data, bytes.length,
				 JSON_REJECT_DUPLICATES, &error);
	bytes_done(&bytes);
	if (json_integer_value(json_object_get(all, "foyer_answers")) == 1 &&
	    json_is_array(json_object_get(all, "answers")))
		return all;
	json_decref(all);
	(void)complain(work, "this is no file that `foyer agency share` wrote");
	return NULL;
}

int answers_take(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { 0 };
	enum fault fault;
	json_t *all;
	int status = begin(argc, argv, 1, &work);

	if (status)
		return status;
	if (!(all = read_file(&work)))
		return EXIT_INPUT;
	fault = take_all(&work, json_object_get(all, "answers"));
	json_decref(all);
	if (fault)
		return fault_exit(fault);
	line_print(json_pack("{sb si si si si}", "applied", work.apply, "new",
			     (int)work.added, "changed", (int)work.changed,
			     "known", (int)work.same, "refused",
			     (int)work.refused));
	return work.refused ? EXIT_INPUT : EXIT_DONE;
}
