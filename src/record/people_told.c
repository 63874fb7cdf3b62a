#include "record/people_told.h"

#include <stdlib.h>
#include <string.h>

#include "record/kinds.h"
#include "record/visit.h"

/* A code of the form as the record has it; what is not listed is left out. */
struct code {
	const char *form, *record;
};

static const struct code precisions[] = {
	{ "DATE", "day" },
	{ "YEAR", "year" },
	{ "RANGE", "age-group" },
	{ NULL, NULL },
};
static const struct code yes[] = {
	{ "YES", "1" }, { "yes", "1" }, { "NO", "0" },
	{ "no", "0" },  { NULL, NULL },
};
static const struct code ways[] = {
	{ "CALL", "phone" }, { "SMS", "sms" }, { "MAIL", "email" },
	{ "PERS", "other" }, /* through a person whom they chose */
	{ NULL, NULL },
};
static const struct code tongues[] = {
	{ "EN", "en" },
	{ "FR", "fr" },
	{ NULL, NULL },
};

/* A later row wins over an earlier one of the same field. */
static const struct {
	const char *fact;
	const struct kind *kind;
	const char *field;
	const struct code *codes; /* NULL: as it stands */
} rows[] = {
	{ "latin_name", &kind_name, "latin", NULL },
	{ "own_script_name", &kind_name, "own_script", NULL },
	{ "birth_earliest", &kind_person, "birth_from", NULL },
	{ "birth_latest", &kind_person, "birth_to", NULL },
	{ "birth_given_as", &kind_person, "birth_precision", precisions },
	{ "birth_calendar", &kind_person, "birth_calendar", NULL },
	{ "birth_age_group", &kind_person, "birth_given", NULL },
	{ "birth_year", &kind_person, "birth_given", NULL },
	{ "birth_date", &kind_person, "birth_given", NULL },
	{ "gender", &kind_person, "gender", NULL },
	{ "language", &kind_person, "language", NULL },
	{ "spoken_language", &kind_person, "language", tongues },
	{ "interpreter", &kind_person, "interpreter", yes },
	{ "access_needs", &kind_person, "access_needs", NULL },
	{ "leave_message", &kind_person, "leave_message", yes },
	{ "meeting_mode", &kind_person, "mode", NULL },
	{ "contact_by", &kind_contact, "what", ways },
	{ "contact", &kind_contact, "value", NULL },
	{ "status_category", &kind_status, "category", NULL },
};

void told_done(struct told *told)
{
	for (size_t i = 0; i < told->count; i++) {
		char_wipe(told->ones[i].fact);
		char_wipe(told->ones[i].value);
	}
	free(told->ones);
	*told = (struct told){ 0 };
}

static struct told_one *find_one(const struct told *told,
				 const struct kind *kind, const char *field)
{
	for (size_t i = 0; i < told->count; i++) {
		struct told_one *one = &told->ones[i];

		if (one->kind == kind && strcmp(one->field, field) == 0)
			return one;
	}
	return NULL;
}

const char *told_value(const struct told *told, const struct kind *kind,
		       const char *field)
{
	const struct told_one *one = find_one(told, kind, field);

	return one ? one->value : NULL;
}

static void add_one(struct told *told, const char *fact, const char *value,
		    const struct kind *kind, const char *field)
{
	struct told_one *one = find_one(told, kind, field ? field : fact);

	if (one) {
		char_wipe(one->value);
		one->value = xstrdup(value);
		return;
	}
	told->ones =
	    xreallocarray(told->ones, told->count + 1, sizeof *told->ones);
	one = &told->ones[told->count++];
	*one = (struct told_one){
		.fact = xstrdup(fact),
		.value = xstrdup(value),
		.kind = kind,
	};
	one->field = field ? field : one->fact;
	one->unlisted = !field;
}

static const char *in_record(const struct code *codes, const char *value)
{
	if (!codes)
		return value;
	for (; codes->form; codes++) {
		if (strcmp(codes->form, value) == 0)
			return codes->record;
	}
	return NULL;
}

/* The language of the screen is not the one that is spoken best where another
 * was named, even one that the form has no name for. */
static bool is_silent(const char *fact, const char *value)
{
	return strcmp(fact, "spoken_language") == 0 &&
	       (strcmp(value, "SIGN") == 0 || strcmp(value, "OTH") == 0);
}

static void take_fact(void *to, const char *fact, const char *value,
		      const char *source)
{
	struct told *told = to;

	(void)source;
	if (strcmp(fact, "household_adults") == 0 ||
	    strcmp(fact, "household_children") == 0)
		told->others += (int)strtol(value, NULL, 10);
	if (is_silent(fact, value))
		add_one(told, fact, "", &kind_person, "language");
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *fitting;

		if (strcmp(rows[i].fact, fact) != 0)
			continue;
		fitting = in_record(rows[i].codes, value);
		if (fitting)
			add_one(told, fact, fitting, rows[i].kind,
				rows[i].field);
		return;
	}
	add_one(told, fact, value, &kind_person, NULL);
}

static void drop(struct told *told, const char *field)
{
	struct told_one *one = find_one(told, &kind_person, field);

	if (!one)
		return;
	char_wipe(one->fact);
	char_wipe(one->value);
	told->count--;
	memmove(one, one + 1,
		(size_t)(told->ones + told->count - one) * sizeof *one);
}

/* Whoever picked a way to say it and then said nothing told no birth. */
static void drop_empty_birth(struct told *told)
{
	if (find_one(told, &kind_person, "birth_given") ||
	    find_one(told, &kind_person, "birth_from") ||
	    find_one(told, &kind_person, "birth_to"))
		return;
	drop(told, "birth_precision");
	drop(told, "birth_calendar");
}

enum fault told_read(struct record *record, int64_t visit, struct told *out)
{
	enum fault fault;

	*out = (struct told){ 0 };
	fault = visit_facts(record, visit, take_fact, out);
	if (fault)
		told_done(out);
	else
		drop_empty_birth(out);
	return fault;
}
