#include <math.h>
#include <string.h>

#include "text/calendar.h"
#include "xpath/date.h"
#include "xpath/function.h"
#include "xpath/number.h"

/* What stands for a date that there is none of. */
static struct value no_date(void)
{
	struct value value = of_text("");

	value.invalid = true;
	return value;
}

static struct value of_local(struct evaluation *evaluation, int64_t local,
			     int64_t offset)
{
	char text[DATE_TEXT_SIZE];
	struct value value;

	moment_print(local, offset, text);
	value = of_text(copy_text(evaluation, text, strlen(text)));
	value.date = true;
	return value;
}

static int64_t now_of(const struct xpath_host *host)
{
	return host->now ? host->now(host->to) : 0;
}

static int64_t local_now(const struct xpath_host *host, int64_t *offset)
{
	struct moment moment = { .civil = now_of(host), .placed = true };
	int64_t local = moment_local(&moment, host->zone);

	*offset = local - moment.civil;
	return local;
}

FUNCTION(today)
{
	int64_t offset, local = local_now(evaluation->host, &offset);
	struct moment_fields fields = moment_fields(local);
	int64_t midnight =
	    local -
	    ((fields.hour * INT64_C(60) + fields.minute) * 60 + fields.second) *
		1000 -
	    fields.millisecond;

	UNUSED_ARGUMENTS;
	return of_local(evaluation, midnight, offset);
}

FUNCTION(now)
{
	int64_t offset, local = local_now(evaluation->host, &offset);

	UNUSED_ARGUMENTS;
	return of_local(evaluation, local, offset);
}

/* A date or time from anything that can mean one. */
static bool moment_of(struct evaluation *evaluation, const struct value *value,
		      struct moment *out)
{
	const char *text;

	if (value->type == XPATH_BOOLEAN)
		return false;
	if (value->type == XPATH_NUMBER)
		return moment_from_days(value->number, out);
	text = to_text(evaluation, value);
	return moment_parse_loose(text, out) ||
	       moment_from_days(number_parse(text, strlen(text)), out);
}

/* date() and date-time(): both keep a time of day where there is one. */
FUNCTION(date)
{
	struct value value = argument(evaluation, call, 0, context);
	const char *zone = evaluation->host->zone;
	struct moment moment;
	int64_t local;

	if (value.type == XPATH_BOOLEAN ||
	    (value.type != XPATH_NUMBER && !*to_text(evaluation, &value)))
		return of_text("");
	if (!moment_of(evaluation, &value, &moment))
		return no_date();
	local = moment_local(&moment, zone);
	return of_local(evaluation, local,
			moment.timed ? local - moment_instant(&moment, zone)
				     : 0);
}

FUNCTION(decimal_date_time)
{
	struct value value = argument(evaluation, call, 0, context);
	struct moment moment;
	int64_t instant;

	if (value.type == XPATH_NUMBER)
		return value;
	if (!moment_of(evaluation, &value, &moment))
		return of_number(NAN);
	instant = moment_instant(&moment, evaluation->host->zone);
	return of_number((double)instant / (double)DAY_MS);
}

FUNCTION(decimal_time)
{
	const char *text = argument_text(evaluation, call, 0, context);
	struct moment moment;
	int64_t local;

	if (!moment_parse_time(text, &moment) &&
	    !(moment_parse(text, &moment) && moment.timed))
		return of_number(NAN);
	local = moment_local(&moment, evaluation->host->zone) % DAY_MS;
	return of_number((double)(local < 0 ? local + DAY_MS : local) /
			 (double)DAY_MS);
}

/* --- format-date ----------------------------------------------------------*/

/* A number of the fields, in at least width digits. */
struct part {
	int number, width;
};

static bool part_of(const struct moment_fields *f, char letter,
		    struct part *part)
{
	switch (letter) {
	case 'Y':
		*part = (struct part){ f->year, 4 };
		return true;
	case 'y':
		*part = (struct part){ f->year % 100, 2 };
		return true;
	case 'm':
		*part = (struct part){ f->month, 2 };
		return true;
	case 'n':
		*part = (struct part){ f->month, 1 };
		return true;
	case 'd':
		*part = (struct part){ f->day, 2 };
		return true;
	case 'e':
		*part = (struct part){ f->day, 1 };
		return true;
	case 'H':
		*part = (struct part){ f->hour, 2 };
		return true;
	case 'h':
		*part = (struct part){ f->hour, 1 };
		return true;
	case 'M':
		*part = (struct part){ f->minute, 2 };
		return true;
	case 'S':
		*part = (struct part){ f->second, 2 };
		return true;
	case '3':
		*part = (struct part){ f->millisecond, 3 };
		return true;
	default:
		return false;
	}
}

static void add_part(struct evaluation *evaluation, struct words *words,
		     const struct moment_fields *fields, char letter)
{
	const char *own = evaluation->host->language;
	const char *language = own ? own : "en";
	const char *text;
	struct part part;

	if (part_of(fields, letter, &part))
		text = scratch_format(&evaluation->memory, "%0*d", part.width,
				      part.number);
	else if (letter == 'b')
		text = calendar_month_name(CALENDAR_GREGORIAN, language,
					   fields->month, CALENDAR_SHORT);
	else if (letter == 'a')
		text = calendar_weekday_name(language, fields->weekday,
					     CALENDAR_SHORT);
	else
		return;
	words_add(evaluation, words, text, strlen(text));
}

FUNCTION(format_date)
{
	struct value value = argument(evaluation, call, 0, context);
	const char *format = argument_text(evaluation, call, 1, context);
	struct words words = { 0 };
	struct moment_fields fields;
	struct moment moment;

	if (!moment_of(evaluation, &value, &moment))
		return of_text("");
	fields = moment_fields(moment_local(&moment, evaluation->host->zone));
	for (; *format && !evaluation_stopped(evaluation); format++) {
		if (*format == '%' && format[1] &&
		    strchr("YymndebaHhMS3", format[1]))
			add_part(evaluation, &words, &fields, *++format);
		else
			words_add(evaluation, &words, format, 1);
	}
	return of_text(words_text(&words));
}

const struct function xpath_date_functions[] = {
	{ "today", 0, 0, GIVES_TEXT, .evaluate = today },
	{ "now", 0, 0, GIVES_TEXT, .evaluate = now },
	{ "date", 1, 1, GIVES_TEXT, .evaluate = date },
	{ "date-time", 1, 1, GIVES_TEXT, .evaluate = date },
	{ "format-date", 2, 2, GIVES_TEXT, .evaluate = format_date },
	{ "format-date-time", 2, 2, GIVES_TEXT, .evaluate = format_date },
	{ "decimal-date-time", 1, 1, GIVES_NUMBER,
	  .evaluate = decimal_date_time },
	{ "decimal-time", 1, 1, GIVES_NUMBER, .evaluate = decimal_time },
	{ 0 },
};
