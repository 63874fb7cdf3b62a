#include "office/entity.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/home.h"
#include "office/desk.h"
#include "office/entity_work.h"
#include "office/line.h"
#include "record/conflict.h"
#include "record/value.h"

enum option_key {
	OPTION_HOME,
	OPTION_SOURCE,
	OPTION_REASON,
	OPTION_ORDER,
	OPTION_LIMIT,
	OPTION_VERSION,
	OPTION_APPLY,
	OPTION_OUTPUT = 'o',
};

static const struct option options[] = {
	{ "home", required_argument, NULL, OPTION_HOME },
	{ "source", required_argument, NULL, OPTION_SOURCE },
	{ "reason", required_argument, NULL, OPTION_REASON },
	{ "order", required_argument, NULL, OPTION_ORDER },
	{ "limit", required_argument, NULL, OPTION_LIMIT },
	{ "version", required_argument, NULL, OPTION_VERSION },
	{ "apply", no_argument, NULL, OPTION_APPLY },
	{ 0 },
};

int entity_usage(const struct work *work, const char *complaint)
{
	const struct verb *verb = entity_verbs;

	while (strcmp(verb->name, work->verb) != 0)
		verb++;
	fprintf(stderr, "foyer %s %s: %s\nusage: foyer %s %s %s\n",
		work->noun->name, verb->name, complaint, work->noun->name,
		verb->name, verb->usage);
	return EXIT_USAGE;
}

static bool take_number(const char *text, long most, long *out)
{
	char *end;

	*out = strtol(text, &end, 10);
	return end != text && !*end && *out > 0 && *out <= most;
}

/* False for an option or a value that is none. */
static bool take_option(int option, struct work *work)
{
	long number = 0;

	switch (option) {
	case OPTION_HOME:
		work->home = optarg;
		return true;
	case OPTION_SOURCE:
		return source_of(optarg, &work->source);
	case OPTION_REASON:
		work->reason = optarg;
		return true;
	case OPTION_ORDER:
		work->order = optarg;
		return true;
	case OPTION_LIMIT:
		if (!take_number(optarg, 1000000000, &number))
			return false;
		work->limit = (size_t)number;
		return true;
	case OPTION_VERSION:
		if (!take_number(optarg, 1000000000, &number))
			return false;
		work->version = (int)number;
		return true;
	case OPTION_APPLY:
		return work->apply = true;
	case OPTION_OUTPUT:
		work->output = optarg;
		return true;
	default:
		return false;
	}
}

static const struct kind *kind_of(const struct noun *noun, const char *name)
{
	for (const char *const *kind = noun->kinds; *kind; kind++) {
		if (strcmp(*kind, name) == 0)
			return kind_find(name);
	}
	return NULL;
}

/* The kind may be left out: it is the noun's first. */
static void take_kind(struct work *work)
{
	const struct kind *named =
	    work->count ? kind_of(work->noun, work->words[0]) : NULL;

	work->kind = named ? named : kind_find(work->noun->kinds[0]);
	work->words += named != NULL;
	work->count -= named != NULL;
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	int option;

	work->reason = "";
	work->source = SOURCE_TOLD;
	work->who = desk_who();
	work->now = desk_now();
	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (!take_option(option, work))
			return entity_usage(
			    work, "an option it does not know, or one "
				  "whose value is none");
	}
	work->words = argv + optind;
	work->count = argc - optind;
	take_kind(work);
	return EXIT_DONE;
}

/* --- words ---------------------------------------------------------------- */

static json_t *json_of(const struct field *field, const char *value)
{
	SCOPED(char_freep) char *text = NULL;

	if (!value)
		return json_null();
	switch (field->type) {
	case FIELD_WHOLE:
	case FIELD_LINK:
	case FIELD_MONEY:
		return json_integer(strtoll(value, NULL, 10));
	case FIELD_YES:
		return json_boolean(value[0] == '1');
	case FIELD_CODES:
		return line_words(value);
	default:
		text = value_write(field, value);
		return json_string(text);
	}
}

json_t *entity_line(const struct entity *entity)
{
	json_t *line = json_object();

	json_object_set_new(line, "kind", json_string(entity->kind->name));
	json_object_set_new(line, "id", json_integer(entity->id));
	json_object_set_new(line, "version", json_integer(entity->version));
	json_object_set_new(line, "made_at", line_instant(entity->made_at));
	json_object_set_new(line, "made_by", line_text(entity->made_by));
	json_object_set_new(line, "changed_at",
			    line_instant(entity->changed_at));
	json_object_set_new(line, "changed_by", line_text(entity->changed_by));
	for (size_t i = 0; i < entity->field_count; i++)
		json_object_set_new(
		    line, entity->fields[i].name,
		    json_of(&entity->fields[i], entity->values[i]));
	return line;
}

int entity_complain(const char *noun, const char *verb, const struct kind *kind,
		    enum entity_answer answer, const char *wrong_field)
{
	static const char *const words[ENTITY_ANSWERS] = {
		[ENTITY_NOT_THERE] = "there is none with this id",
		[ENTITY_CONFLICT] =
		    "somebody else changed this meanwhile, too: look at it "
		    "with show, and change it again",
		[ENTITY_WRONG] = "this value does not fit",
		[ENTITY_CLOSED] =
		    "it is signed or removed, so it is not changed any more",
		[ENTITY_NO_MOVE] = "its life-cycle does not lead there; see "
				   "fields for the ways it has",
		[ENTITY_REFUSED] = "this role may not, or it is another team's",
		[ENTITY_NOTHING] =
		    "nothing to undo, or somebody changed it since",
	};
	const struct field *field =
	    wrong_field ? kind_field(kind, wrong_field) : NULL;

	if (answer == ENTITY_DONE)
		return EXIT_DONE;
	fprintf(stderr, "foyer %s %s: %s%s%s: %s", noun, verb, kind->name,
		wrong_field ? ": " : "", wrong_field ? wrong_field : "",
		words[answer]);
	if (field && answer == ENTITY_WRONG)
		fprintf(stderr, "; it takes %s%s%s%s", value_about(field->type),
			field->codes ? ": " : "",
			field->codes ? field->codes : "",
			field->flags & FIELD_NEEDED ? ", and is needed" : "");
	fputc('\n', stderr);
	return EXIT_INPUT;
}

static bool fill_one(const char *noun, const char *verb, struct entity *entity,
		     const char *word)
{
	const char *equals = strchr(word, '=');
	SCOPED(char_freep)
	char *name = equals ? xstrndup(word, (size_t)(equals - word)) : NULL;
	SCOPED(char_freep) char *value = NULL;
	size_t i = 0;

	if (!equals) {
		fprintf(stderr, "foyer %s %s: %s: write it as FIELD=VALUE\n",
			noun, verb, word);
		return false;
	}
	while (i < entity->field_count &&
	       strcmp(entity->fields[i].name, name) != 0)
		i++;
	if (i == entity->field_count) {
		fprintf(stderr,
			"foyer %s %s: %s: no such field; `foyer %s fields %s` "
			"lists them\n",
			noun, verb, name, noun, entity->kind->name);
		return false;
	}
	if (!value_read(&entity->fields[i], equals + 1, &value)) {
		(void)entity_complain(noun, verb, entity->kind, ENTITY_WRONG,
				      name);
		return false;
	}
	return entity_set(entity, name, value);
}

bool entity_fill(const char *noun, const char *verb, struct entity *entity,
		 char **words, int count)
{
	for (int i = 0; i < count; i++) {
		if (!fill_one(noun, verb, entity, words[i]))
			return false;
	}
	return true;
}

/* --- verbs ---------------------------------------------------------------- */

static bool print_one(void *to, const struct entity *entity)
{
	(void)to;
	line_print(entity_line(entity));
	return true;
}

#define MATCHES 8

static bool is_order(const struct kind *kind, const char *order)
{
	order += order[0] == '-';
	return kind_field(kind, order) || !strcmp(order, "made_at") ||
	       !strcmp(order, "changed_at") || !strcmp(order, "id");
}

static int run_list(struct work *work)
{
	SCOPED(entity_freep) struct entity *wanted = NULL;
	struct entity_match matches[MATCHES + 1] = { 0 };
	size_t count = 0;

	if (work->count > MATCHES)
		return entity_usage(work, "at most eight FIELD=VALUE");
	if (work->order && !is_order(work->kind, work->order))
		return entity_usage(work,
				    "--order takes a field, or -FIELD for the "
				    "last first");
	if (entity_new(work->record, work->kind, &wanted))
		return EXIT_ENVIRONMENT;
	(void)entity_set(wanted, "state", NULL);
	if (!entity_fill(work->noun->name, work->verb, wanted, work->words,
			 work->count))
		return EXIT_INPUT;
	for (size_t i = 0; i < wanted->field_count; i++) {
		if (wanted->values[i])
			matches[count++] =
			    (struct entity_match){ wanted->fields[i].name,
						   wanted->values[i] };
	}
	return fault_exit(entity_each(work->record, work->kind, matches,
				      work->order, work->limit, &work->who,
				      print_one, NULL));
}

/* The entity that the first word names; EXIT_DONE, or after a complaint. */
static int read_named(struct work *work, struct entity **out)
{
	enum entity_answer answer;
	enum fault fault;
	long id;

	if (!work->count || !take_number(work->words[0], __LONG_MAX__, &id)) {
		(void)entity_usage(work,
				   "give the id of one, as list prints it");
		return EXIT_USAGE;
	}
	fault = entity_read(work->record, work->kind, id, &work->who, work->now,
			    &answer, out);
	if (fault)
		return fault_exit(fault);
	if (answer == ENTITY_DONE)
		return EXIT_DONE;
	(void)entity_complain(work->noun->name, work->verb, work->kind, answer,
			      NULL);
	return EXIT_INPUT;
}

static int run_show(struct work *work)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	int status = read_named(work, &entity);

	if (status)
		return status;
	if (work->count > 1)
		return entity_usage(work, "one argument too many");
	line_print(entity_line(entity));
	return EXIT_DONE;
}

static int save_and_print(struct work *work, struct entity *entity)
{
	enum entity_answer answer;
	const char *field = NULL;
	enum fault fault = FAULT_NONE;

	if (work->noun->warn)
		fault = work->noun->warn(work->record, work->verb, entity);
	if (fault ||
	    (fault = entity_save(work->record, entity, work->source, &work->who,
				 work->now, &answer, &field)))
		return fault_exit(fault);
	if (answer != ENTITY_DONE)
		return entity_complain(work->noun->name, work->verb, work->kind,
				       answer, field);
	line_print(entity_line(entity));
	return EXIT_DONE;
}

static int run_add(struct work *work)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_new(work->record, work->kind, &entity);

	if (fault)
		return fault_exit(fault);
	if (!entity_fill(work->noun->name, work->verb, entity, work->words,
			 work->count))
		return EXIT_INPUT;
	return save_and_print(work, entity);
}

static int run_change(struct work *work)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	int status = read_named(work, &entity);

	if (status)
		return status;
	if (work->count < 2)
		return entity_usage(work, "give what to change as FIELD=VALUE");
	if (work->version && work->version != entity->version)
		return entity_complain(work->noun->name, work->verb, work->kind,
				       ENTITY_CONFLICT, NULL);
	if (!entity_fill(work->noun->name, work->verb, entity, work->words + 1,
			 work->count - 1))
		return EXIT_INPUT;
	return save_and_print(work, entity);
}

/* Why a conflict does not become theirs. */
static int complain_conflict(const struct work *work, int64_t id)
{
	static const struct {
		const char *word, *says;
	} reasons[] = {
		{ "gone", "what it is about is not there any more" },
		{ "changed", "it was changed here once more since, so it is "
			     "not as ours says" },
		{ "signed", "it is signed here, and stays as it was signed" },
		{ "needed", "theirs leaves out what it cannot be without" },
		{ "unfit", "theirs does not fit what else is known by now" },
		{ "course", "a visit that is as this one is here does not "
			    "become that" },
		{ "level", "the levels differ, and a level is given with its "
			   "reason: foyer visit level" },
		{ "nobody", "theirs' person is not there any more" },
		{ "ask", "they have to be asked whether it may be kept that "
			 "they came: foyer people attach --confirmed" },
	};
	const char *word;
	enum fault fault = conflict_refusal(work->record, id, &word);

	for (size_t i = 0; !fault && word && i < COUNT(reasons); i++) {
		if (strcmp(reasons[i].word, word) == 0)
			fprintf(stderr,
				"foyer %s %s: conflict %lld: %s. Decide ours, "
				"or change it where it stands\n",
				work->noun->name, work->verb, (long long)id,
				reasons[i].says);
	}
	return fault ? fault_exit(fault) : EXIT_INPUT;
}

static int run_move(struct work *work)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(entity_freep) struct entity *moved = NULL;
	const bool removes = !strcmp(work->verb, "remove");
	enum entity_answer answer;
	enum fault fault;
	int status = read_named(work, &entity);

	if (status)
		return status;
	if (work->count != (removes ? 1 : 2))
		return entity_usage(work,
				    removes ? "give its id"
					    : "give its id and where it goes");
	fault = removes ? entity_remove(work->record, work->kind, entity->id,
					work->reason, &work->who, work->now,
					&answer)
			: entity_move(work->record, work->kind, entity->id,
				      work->words[1], work->reason, &work->who,
				      work->now, &answer);
	if (!fault && answer == ENTITY_DONE && !removes)
		fault = entity_read(work->record, work->kind, entity->id,
				    &work->who, work->now, &answer, &moved);
	if (fault)
		return fault_exit(fault);
	if (moved)
		line_print(entity_line(moved));
	if (answer == ENTITY_WRONG && strcmp(work->kind->name, "conflict") == 0)
		return complain_conflict(work, entity->id);
	return entity_complain(work->noun->name, work->verb, work->kind, answer,
			       NULL);
}

static json_t *changed_value(const struct change *change, const char *value)
{
	const struct field *field =
	    kind_field(kind_find(change->kind), change->field);

	/* One of the agency's own may be gone, and is text all the same. */
	return field && value ? json_of(field, value) : line_text(value);
}

static void print_change(void *to, const struct change *change)
{
	json_t *line = json_object();

	(void)to;
	json_object_set_new(line, "act", json_integer(change->act));
	json_object_set_new(line, "at", line_instant(change->at));
	json_object_set_new(line, "version", json_integer(change->version));
	json_object_set_new(line, "field", line_text(change->field));
	json_object_set_new(line, "before",
			    changed_value(change, change->before));
	json_object_set_new(line, "after",
			    changed_value(change, change->after));
	json_object_set_new(line, "source", json_string(change->source));
	json_object_set_new(line, "user", json_string(change->user));
	json_object_set_new(line, "desk", line_text(change->desk));
	json_object_set_new(line, "reason", line_text(change->reason));
	line_print(line);
}

static int run_history(struct work *work)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	int status = read_named(work, &entity);

	return status
		   ? status
		   : fault_exit(entity_history(work->record, work->kind,
					       entity->id, print_change, NULL));
}

static json_t *moves_of(const struct kind *kind)
{
	json_t *moves = json_array();

	for (const struct kind_move *move = kind->moves; move && move->from;
	     move++)
		json_array_append_new(moves,
				      json_pack("[ss]", move->from, move->to));
	return moves;
}

static int run_fields(struct work *work)
{
	SCOPED(entity_freep) struct entity *blank = NULL;
	enum fault fault = entity_new(work->record, work->kind, &blank);

	if (fault)
		return fault_exit(fault);
	for (size_t i = 0; i < blank->field_count; i++) {
		const struct field *field = &blank->fields[i];
		json_t *line = json_pack(
		    "{ss ss ss sb sb so so}", "kind", work->kind->name, "field",
		    field->name, "type", field_type_word(field->type), "needed",
		    field->flags & FIELD_NEEDED, "own",
		    field->flags & FIELD_OWN, "codes",
		    field->codes ? line_words(field->codes) : json_null(),
		    "link", line_text(field->link));

		if (!strcmp(field->name, "state"))
			json_object_set_new(line, "moves",
					    moves_of(work->kind));
		line_print(line);
	}
	return EXIT_DONE;
}

static const struct {
	const char *verb;
	int (*run)(struct work *work);
} runs[] = {
	{ "list", run_list },        { "show", run_show },
	{ "add", run_add },          { "change", run_change },
	{ "move", run_move },        { "remove", run_move },
	{ "export", entity_export }, { "import", entity_import },
	{ "history", run_history },  { "fields", run_fields },
};

int entity_run(const struct noun *noun, int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct work work = { .noun = noun, .verb = argv[0] };
	enum fault fault;
	size_t i = 0;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if ((fault = desk_home(work.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	work.record = record;
	while (strcmp(runs[i].verb, argv[0]) != 0)
		i++;
	return runs[i].run(&work);
}

const struct verb entity_verbs[] = {
	{ "list",
	  "[--home DIR] [--order [-]FIELD] [--limit N] [KIND] [FIELD=VALUE]...",
	  "those that match; a line of JSON each", NULL },
	{ "show", "[--home DIR] [KIND] ID", "one of them", NULL },
	{ "add", "[--home DIR] [--source self|told|seen] [KIND] FIELD=VALUE...",
	  "write a new one down", NULL },
	{ "change",
	  "[--home DIR] [--source self|told|seen] [--version N] [KIND] ID "
	  "FIELD=VALUE...",
	  "change it; with --version only if nobody did since", NULL },
	{ "move", "[--home DIR] [--reason TEXT] [KIND] ID STATE",
	  "along its life-cycle", NULL },
	{ "remove", "[--home DIR] --reason TEXT [KIND] ID",
	  "it was a mistake: lists show it no more, its history stays", NULL },
	{ "history", "[--home DIR] [KIND] ID",
	  "every change of it: what, before, after, source, who and when",
	  NULL },
	{ "export", "[--home DIR] [-o FILE.csv] [KIND]",
	  "all of them as a table for a spreadsheet", NULL },
	{ "import", "[--home DIR] [--apply] [KIND] FILE.csv",
	  "what such a table would change; with --apply it does", NULL },
	{ "fields", "[--home DIR] [KIND]",
	  "what it holds, the agency's own fields too", NULL },
	{ .name = NULL },
};
