#include "office/answers.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/home.h"
#include "office/answers_take.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "record/entity.h"

#define FILE_MOST (4 << 20) /* bytes of a file that comes in */

struct work {
	const char *site, *output, *operand;
	bool apply;
	struct home *home;
	struct record *record;
	struct record_who who;
	int64_t now;
};

static void work_done(struct work *work)
{
	record_close(work->record);
	home_free(work->home);
}

static int begin(int argc, char **argv, bool takes, struct work *work)
{
	const char *home = NULL;
	const struct options_place take[] = {
		{ "home", &home, NULL },
		{ "apply", NULL, &work->apply },
		{ NULL, NULL, NULL },
	};
	const struct options_place share[] = {
		{ "home", &home, NULL },
		{ "site", &work->site, NULL },
		{ "output", &work->output, NULL },
		{ NULL, NULL, NULL },
	};
	enum fault fault;

	work->who = desk_who();
	work->now = desk_now();
	if (!options_read(argc, argv, takes ? take : share))
		return noun_usage("agency", argv[0], OPTIONS_COMPLAINT);
	if (argc - optind != takes)
		return noun_usage("agency", argv[0],
				  takes ? "which file?"
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

	for (size_t i = 0; i < SHARED_ANSWER_FIELDS; i++) {
		const char *value =
		    entity_text(entity, shared_answer_fields[i]);

		if (!value && !strcmp(shared_answer_fields[i], "site"))
			value = sharing->site;
		json_object_set_new(row, shared_answer_fields[i],
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
	int status = begin(argc, argv, false, &work);

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

/* --- take ---------------------------------------------------------------- */

int answers_take(int argc, char **argv)
{
	SCOPED(work_done) struct work work = { 0 };
	struct answers_taken taken = { 0 };
	struct answers_taking taking;
	struct bytes bytes = { 0 };
	bool is_one = false;
	enum fault fault;
	int status = begin(argc, argv, true, &work);

	if (status)
		return status;
	taking = (struct answers_taking){
		.record = work.record,
		.who = work.who,
		.now = work.now,
		.apply = work.apply,
		.from = work.operand,
		.tells = stdout,
		.complains = stderr,
	};
	if (!(fault = file_read(work.operand, FILE_MOST, &bytes)))
		fault = answers_take_file(&taking, bytes.data, bytes.length,
					  &is_one, &taken);
	bytes_done(&bytes);
	if (fault)
		return fault_exit(fault);
	if (!is_one) {
		fprintf(stderr,
			"foyer agency take: %s: this is no file that `foyer "
			"agency share` wrote\n",
			work.operand);
		return EXIT_INPUT;
	}
	line_print(json_pack("{sb si si si si}", "applied", work.apply, "new",
			     (int)taken.added, "changed", (int)taken.changed,
			     "known", (int)taken.same, "refused",
			     (int)taken.refused));
	return taken.refused ? EXIT_INPUT : EXIT_DONE;
}
