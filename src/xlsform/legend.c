#include "xlsform/legend.h"

#include <libxml/parserInternals.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "xlsform/part.h"
#include "xpath/number.h"

/* --- texts ---------------------------------------------------------------- */

/* The character of "_x000D_"; -1: the text does not begin with one. */
static int hidden(const char *text)
{
	char digits[5] = { 0 };
	char *end;

	if (strncmp(text, "_x", 2) || strnlen(text, 7) < 7 || text[6] != '_')
		return -1;
	memcpy(digits, text + 2, 4);
	if (strspn(digits, "0123456789abcdefABCDEF") != 4)
		return -1;
	int value = (int)strtol(digits, &end, 16);

	/* Halves of pairs and what is no text stay as they are written. */
	return value && (value < 0xd800 || value > 0xdfff) ? value : -1;
}

void legend_unhide(char *text)
{
	char *to = text;

	for (const char *from = text; *from;) {
		int value = hidden(from);

		if (value < 0) {
			*to++ = *from++;
			continue;
		}
		to += xmlCopyCharMultiByte((xmlChar *)to, value);
		from += 7;
	}
	*to = '\0';
}

static enum fault add_string(struct part *part, struct legend *legend)
{
	struct bytes text = { 0 };

	if (legend->string_count == LEGEND_STRINGS_LIMIT) {
		package_complain(part->package,
				 "more than 1,000,000 different texts");
		return FAULT_LIMIT;
	}
	bytes_add_text(&text, "");
	part_add_runs(part, "si", &text);
	if ((legend->string_count & (legend->string_count - 1)) == 0)
		legend->strings = xreallocarray(
		    legend->strings,
		    legend->string_count ? 2 * legend->string_count : 1,
		    sizeof *legend->strings);
	char *string = bytes_take_text(&text);

	legend_unhide(string);
	legend->strings[legend->string_count++] = string;
	return FAULT_NONE;
}

static enum fault read_strings(struct package *package, const char *name,
			       struct legend *legend)
{
	struct part part;
	enum fault fault = part_open(package, name, &part);

	while (!fault && part_next(&part))
		if (part_starts(&part, "si"))
			fault = add_string(&part, legend);
	if (!fault)
		fault = part.fault;
	part_done(&part);
	return fault;
}

/* --- formats -------------------------------------------------------------- */

static enum legend_show show_of(bool date, bool time)
{
	return date && time ? SHOW_MOMENT
	       : date       ? SHOW_DATE
	       : time       ? SHOW_TIME
			    : SHOW_NUMBER;
}

/* The formats that every workbook has (ECMA-376, 18.8.30). */
static enum legend_show built_in(size_t id)
{
	bool date = (id >= 14 && id <= 17) || id == 22 ||
		    (id >= 27 && id <= 31) || id == 36 ||
		    (id >= 50 && id <= 54) || (id >= 57 && id <= 58);
	bool time = (id >= 18 && id <= 22) || (id >= 32 && id <= 35) ||
		    (id >= 45 && id <= 47) || id == 55 || id == 56;

	return show_of(date, time);
}

/* The end of what a format code says literally or of its colour. */
static const char *behind_literal(const char *code)
{
	const char *end = NULL;

	if (*code == '"')
		end = strchr(code + 1, '"');
	else if (*code == '[' && !strchr("hms", code[1] | 0x20))
		end = strchr(code, ']');
	else if (*code == '\\' || *code == '_' || *code == '*')
		end = code[1] ? code + 1 : code;
	return end ? end + 1 : NULL;
}

/* "dd/mm/yyyy hh:mm": what it shows; only the part for positive numbers. */
static enum legend_show show_of_code(const char *code)
{
	bool date = false, time = false;

	if (!strncasecmp(code, "general", 7))
		return SHOW_NUMBER;
	while (*code && *code != ';') {
		const char *behind = behind_literal(code);

		if (behind) {
			code = behind;
			continue;
		}
		date |= strchr("yYdD", *code) != NULL;
		time |= strchr("hHsS", *code) != NULL;
		code++;
	}
	return show_of(date, time);
}

/* The formats of a workbook's own, as styles.xml lists them first. */
struct formats {
	struct format {
		size_t id;
		enum legend_show show;
	} * list;
	size_t count;
};

static void add_format(const struct part *part, struct formats *formats)
{
	SCOPED(char_freep) char *code = part_attribute(part, "formatCode");

	if (!code || formats->count == LEGEND_FORMATS_LIMIT)
		return;
	formats->list = xreallocarray(formats->list, formats->count + 1,
				      sizeof *formats->list);
	formats->list[formats->count++] =
	    (struct format){ part_number(part, "numFmtId", 0),
			     show_of_code(code) };
}

static enum legend_show find_format(const struct formats *formats, size_t id)
{
	for (size_t i = 0; i < formats->count; i++)
		if (formats->list[i].id == id)
			return formats->list[i].show;
	return built_in(id);
}

static void add_show(const struct part *part, const struct formats *formats,
		     struct legend *legend)
{
	if (legend->show_count == LEGEND_FORMATS_LIMIT)
		return;
	legend->shows = xreallocarray(legend->shows, legend->show_count + 1,
				      sizeof *legend->shows);
	legend->shows[legend->show_count++] =
	    find_format(formats, part_number(part, "numFmtId", 0));
}

static enum fault read_styles(struct package *package, const char *name,
			      struct legend *legend)
{
	struct formats formats = { 0 };
	bool cells = false; /* cellStyleXfs has the same elements */
	struct part part;
	enum fault fault = part_open(package, name, &part);

	while (!fault && part_next(&part)) {
		if (part_starts(&part, "numFmt"))
			add_format(&part, &formats);
		else if (part_starts(&part, "cellXfs"))
			cells = !part_empty(&part);
		else if (part_ends(&part, "cellXfs"))
			cells = false;
		else if (cells && part_starts(&part, "xf"))
			add_show(&part, &formats, legend);
	}
	if (!fault)
		fault = part.fault;
	free(formats.list);
	part_done(&part);
	return fault;
}

enum fault legend_read(struct package *package, const char *strings,
		       const char *styles, struct legend *legend)
{
	enum fault fault = FAULT_NONE;

	*legend = (struct legend){ 0 };
	if (strings)
		fault = read_strings(package, strings, legend);
	if (!fault && styles)
		fault = read_styles(package, styles, legend);
	return fault;
}

void legend_done(struct legend *legend)
{
	for (size_t i = 0; i < legend->string_count; i++)
		free(legend->strings[i]);
	free(legend->strings);
	free(legend->shows);
	*legend = (struct legend){ 0 };
}

/* --- numbers -------------------------------------------------------------- */

#define DAY 86400          /* seconds */
#define DAYS_LIMIT 2958466 /* 10000-01-01 */
#define DAYS_1900 (-25569) /* 1899-12-30, from 1970-01-01 */
#define DAYS_1904 (-24107) /* 1904-01-01 */
#define FALSE_LEAP_DAY 60  /* Excel's 1900-02-29; a day more before it */

/* The same in every locale; NAN: no number. */
static double parse(const char *text)
{
	static locale_t plain;
	char *end;

	if (!plain)
		plain = newlocale(LC_ALL_MASK, "C", NULL);
	double number = plain ? strtod_l(text, &end, plain) : NAN;

	return plain && end > text && !*end && isfinite(number) ? number : NAN;
}

/* A time alone is a part of a day; a date alone has no such part. */
static void add_moment(const struct legend *legend, enum legend_show show,
		       double serial, struct bytes *out)
{
	long whole = lround(serial * DAY); /* what is less than a second goes */
	long days = whole / DAY, seconds = whole % DAY;
	time_t from = legend->from_1904       ? DAYS_1904
		      : days < FALSE_LEAP_DAY ? DAYS_1900 + 1
					      : DAYS_1900;
	time_t moment = (from + days) * DAY + seconds;
	bool date = show != SHOW_TIME || days > 0;
	bool time = seconds || !date;
	struct tm at;

	if (!gmtime_r(&moment, &at))
		abort(); /* the number was looked at */
	if (date)
		bytes_add_format(out, "%04d-%02d-%02d", at.tm_year + 1900,
				 at.tm_mon + 1, at.tm_mday);
	if (time)
		bytes_add_format(out, "%s%02d:%02d:%02d", date ? "T" : "",
				 at.tm_hour, at.tm_min, at.tm_sec);
}

void legend_add_number(const struct legend *legend, size_t format,
		       const char *text, struct bytes *out)
{
	enum legend_show show =
	    format < legend->show_count ? legend->shows[format] : SHOW_NUMBER;
	double number = parse(text);
	char spelt[NUMBER_TEXT_SIZE];

	if (isnan(number)) {
		bytes_add_text(out, text);
		return;
	}
	if (show != SHOW_NUMBER && number >= 0 && number < DAYS_LIMIT) {
		add_moment(legend, show, number, out);
		return;
	}
	number_print(number, spelt);
	bytes_add_text(out, spelt);
}
