#include "card/ini.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/setting_known.h"
#include "base/settings.h"
#include "card/near.h"
#include "text/zone.h"

/* One line, its parts as base/settings.h reads them. */
struct line {
	int number;
	char *text;         /* without the blanks around it */
	char *name, *value; /* NULL: it is no setting */
};

struct reading {
	const char *file;
	struct card_findings *findings;
	char *section; /* NULL: none yet */
	struct seen {
		char *section, *name;
		int line;
	} * seen;
	size_t seen_count;
};

static void find(const struct reading *reading, enum card_level level, int line,
		 const char *key, const struct card_with *with)
{
	card_find(reading->findings, level, reading->file, line, key, with);
}

/* --- the parts of a line ---------------------------------------------------
 */

static char *trimmed(const char *text, size_t length)
{
	while (length && strchr(" \t", *text))
		text++, length--;
	while (length && strchr(" \t", text[length - 1]))
		length--;
	return xstrndup(text, length);
}

/* As inih: the name ends at the first '=' or ':', a comment begins at a ';'
 * behind a blank. */
static void split(struct line *line)
{
	size_t name = strcspn(line->text, "=:");
	const char *value = line->text + name;
	size_t length;

	if (!*value || !name)
		return;
	value++;
	for (length = 0; value[length]; length++) {
		if (value[length] == ';' &&
		    (!length || isblank((unsigned char)value[length - 1])))
			break;
	}
	line->name = trimmed(line->text, name);
	line->value = trimmed(value, length);
}

static void line_done(struct line *line)
{
	free(line->text);
	free(line->name);
	free(line->value);
}

/* --- sections --------------------------------------------------------------
 */

static bool is_section(const char *name)
{
	const struct setting_known *known;

	for (size_t i = 0; (known = setting_at(i)); i++) {
		if (strcmp(known->section, name) == 0)
			return true;
	}
	return false;
}

static const char *near_section(const char *written)
{
	const struct setting_known *known;
	const char *nearest = NULL;

	for (size_t i = 0; (known = setting_at(i)); i++) {
		if (near_enough(written, known->section) &&
		    (!nearest || near_distance(written, known->section) <
				     near_distance(written, nearest)))
			nearest = known->section;
	}
	return nearest;
}

static void unknown_section(const struct reading *reading, int line,
			    const char *section)
{
	const char *nearest = near_section(section);
	struct bytes all = { 0 };

	if (nearest) {
		find(reading, CARD_DOUBT, line, "card.section_near",
		     CARD_PUT({ "section", section }, { "near", nearest }));
		return;
	}
	bytes_add_text(&all, "");
	setting_tell_sections(&all);
	find(reading, CARD_DOUBT, line, "card.section_unknown",
	     CARD_PUT({ "section", section },
		      { "all", (const char *)all.data + 1 }));
	bytes_done(&all);
}

static void take_section(struct reading *reading, const struct line *line)
{
	const size_t wide = strcspn(line->text + 1, "]");
	SCOPED(char_freep) char *name = trimmed(line->text + 1, wide);

	if (line->text[1 + wide] != ']' || wide > SETTINGS_SECTION) {
		find(reading, CARD_STOP, line->number, "card.section_shape",
		     CARD_PUT({ "line", line->text }));
	} else if (!is_section(name)) {
		unknown_section(reading, line->number, name);
	}
	free(reading->section);
	reading->section = name;
	name = NULL;
}

/* --- names -----------------------------------------------------------------
 */

/* The section that has a name, where one alone does; NULL if none or several.*/
static const char *section_of(const char *name)
{
	const struct setting_known *known;
	const char *section = NULL;

	for (size_t i = 0; (known = setting_at(i)); i++) {
		if (!known->name || strcmp(known->name, name) != 0)
			continue;
		if (section)
			return NULL;
		section = known->section;
	}
	return section;
}

static const char *near_name(const char *section, const char *written)
{
	const struct setting_known *known;
	const char *nearest = NULL;

	for (size_t i = 0; (known = setting_at(i)); i++) {
		if (strcmp(known->section, section) == 0 && known->name &&
		    near_enough(written, known->name) &&
		    (!nearest || near_distance(written, known->name) <
				     near_distance(written, nearest)))
			nearest = known->name;
	}
	return nearest;
}

/* A name that is near, of any section; NULL: none is. */
static const struct setting_known *near_anywhere(const char *written)
{
	const struct setting_known *known, *nearest = NULL;

	for (size_t i = 0; (known = setting_at(i)); i++) {
		if (known->name && near_enough(written, known->name) &&
		    (!nearest || near_distance(written, known->name) <
				     near_distance(written, nearest->name)))
			nearest = known;
	}
	return nearest;
}

static void unknown_name(const struct reading *reading, const struct line *line)
{
	const char *nearest = near_name(reading->section, line->name);
	const char *elsewhere = section_of(line->name);
	const struct setting_known *far = near_anywhere(line->name);
	struct bytes all = { 0 };

	if (elsewhere || nearest) {
		find(reading, CARD_DOUBT, line->number,
		     elsewhere ? "card.name_elsewhere" : "card.name_near",
		     CARD_PUT({ "section", reading->section },
			      { "name", line->name },
			      { "near", elsewhere ? elsewhere : nearest }));
		return;
	}
	if (far) {
		find(reading, CARD_DOUBT, line->number, "card.name_far",
		     CARD_PUT({ "section", reading->section },
			      { "name", line->name }, { "near", far->name },
			      { "other", far->section }));
		return;
	}
	bytes_add_text(&all, "");
	setting_tell_names(reading->section, &all);
	find(reading, CARD_DOUBT, line->number, "card.name_unknown",
	     CARD_PUT({ "section", reading->section }, { "name", line->name },
		      { "all", (const char *)all.data + 1 }));
	bytes_done(&all);
}

static void before_section(const struct reading *reading,
			   const struct line *line)
{
	const char *section = section_of(line->name);

	find(reading, CARD_DOUBT, line->number,
	     section ? "card.before_known" : "card.before_section",
	     CARD_PUT({ "name", line->name },
		      { "section", section ? section : "" }));
}

/* The same setting above is not used. */
static void note_twice(struct reading *reading, const struct line *line)
{
	for (size_t i = 0; i < reading->seen_count; i++) {
		struct seen *seen = &reading->seen[i];

		if (strcmp(seen->section, reading->section) == 0 &&
		    strcmp(seen->name, line->name) == 0) {
			SCOPED(char_freep)
			char *other = xasprintf("%d", seen->line);

			find(reading, CARD_DOUBT, line->number, "card.twice",
			     CARD_PUT({ "name", line->name },
				      { "other", other }));
			return;
		}
	}
	reading->seen = xreallocarray(reading->seen, reading->seen_count + 1,
				      sizeof *reading->seen);
	reading->seen[reading->seen_count++] =
	    (struct seen){ xstrdup(reading->section), xstrdup(line->name),
			   line->number };
}

/* --- values ----------------------------------------------------------------
 */

static const char *const quotes[] = { "\"", "'", "“", "”", "„",
				      "«",  "»", "‘", "’", "‚" };

/* How long the quotation mark is at the beginning, or at the end. */
static size_t quote_at(const char *text, bool end)
{
	for (size_t i = 0; i < COUNT(quotes); i++) {
		size_t wide = strlen(quotes[i]), length = strlen(text);

		if (length >= wide && memcmp(end ? text + length - wide : text,
					     quotes[i], wide) == 0)
			return wide;
	}
	return 0;
}

/* The value without the marks around it; NULL where it has none. The caller
 * frees it. */
static char *unquoted(const char *value)
{
	size_t first = quote_at(value, false), last = quote_at(value, true);

	if (!first || !last || strlen(value) < first + last)
		return NULL;
	return trimmed(value + first, strlen(value) - first - last);
}

/* "58, 80", "none, file:..., tty:..." */
static char *words_of(const struct setting_known *known)
{
	struct bytes out = { 0 };

	for (const char *at = known->words; *at;) {
		size_t wide = strcspn(at, " ");

		if (out.length)
			bytes_add_text(&out, ", ");
		bytes_add(&out, at, wide);
		if (at[wide - 1] == ':')
			bytes_add_text(&out, "...");
		at += wide + (at[wide] == ' ');
	}
	return bytes_take_text(&out);
}

static const char *const refusals[] = {
	[SETTING_FLAG] = "card.value_flag",
	[SETTING_NUMBER] = "card.value_number",
	[SETTING_WORD] = "card.value_word",
	[SETTING_BEGIN] = "card.value_word",
	[SETTING_SPANS] = "card.value_hours",
	[SETTING_SHORT] = "card.value_short",
};

/* Without a name and a size of its own, the kiosk does not start. */
static enum card_level level_of(const struct setting_known *known)
{
	static const char *const needed[] = { "name", "zone", "ticket_class" };

	for (size_t i = 0; i < COUNT(needed); i++) {
		if (strcmp(known->section, "kiosk") == 0 &&
		    strcmp(known->name, needed[i]) == 0)
			return CARD_STOP;
	}
	return strcmp(known->section, "printer") == 0 ? CARD_STOP : CARD_DOUBT;
}

static void refuse_value(const struct reading *reading, const struct line *line,
			 const struct setting_known *known)
{
	SCOPED(char_freep) char *least = xasprintf("%ld", known->least);
	SCOPED(char_freep) char *most = xasprintf("%ld", known->most);
	SCOPED(char_freep)
	char *words = known->words ? words_of(known) : xstrdup("");
	const bool numbers = known->kind == SETTING_NUMBER;

	find(reading, level_of(known), line->number, refusals[known->kind],
	     CARD_PUT({ "section", known->section }, { "name", line->name },
		      { "value", line->value },
		      { numbers ? "least" : "words", numbers ? least : words },
		      { "most", most }));
}

static bool is_zone(const struct setting_known *known)
{
	return strcmp(known->section, "kiosk") == 0 && known->name &&
	       strcmp(known->name, "zone") == 0;
}

static void check_value(const struct reading *reading, const struct line *line,
			const struct setting_known *known)
{
	SCOPED(char_freep) char *plain = unquoted(line->value);

	if (plain)
		find(reading,
		     level_of(known) == CARD_STOP ? CARD_STOP : CARD_DOUBT,
		     line->number, "card.quotes",
		     CARD_PUT({ "name", line->name }, { "value", line->value },
			      { "plain", plain }));
	else if (!setting_allowed(known, line->value))
		refuse_value(reading, line, known);
	else if (is_zone(known) && !zone_known(line->value))
		find(reading, CARD_STOP, line->number, "card.value_zone",
		     CARD_PUT({ "value", line->value }));
}

/* --- all lines -------------------------------------------------------------
 */

static void take_setting(struct reading *reading, const struct line *line)
{
	const struct setting_known *known;

	if (!reading->section) {
		before_section(reading, line);
		return;
	}
	if (!is_section(reading->section))
		return; /* the section's own line was found */
	known = setting_known(reading->section, line->name);
	if (!known) {
		unknown_name(reading, line);
		return;
	}
	note_twice(reading, line);
	check_value(reading, line, known);
}

static void take_line(struct reading *reading, struct line *line)
{
	if (!line->text[0] || line->text[0] == '#' || line->text[0] == ';')
		return;
	if (strlen(line->text) > SETTINGS_LINE) {
		find(reading, CARD_STOP, line->number, "card.line_long",
		     CARD_PUT({ "line", line->text }));
		return;
	}
	if (line->text[0] == '[') {
		take_section(reading, line);
		return;
	}
	split(line);
	if (line->name && line->name[0])
		take_setting(reading, line);
	else
		find(reading, CARD_STOP, line->number, "card.line_none",
		     CARD_PUT({ "line", line->text }));
}

static void reading_done(struct reading *reading)
{
	for (size_t i = 0; i < reading->seen_count; i++) {
		free(reading->seen[i].section);
		free(reading->seen[i].name);
	}
	free(reading->seen);
	free(reading->section);
}

void card_ini(const char *file, const struct bytes *text,
	      struct card_findings *findings)
{
	struct reading reading = { .file = file, .findings = findings };
	const char *at = (const char *)text->data;

	for (int number = 1; *at; number++) {
		size_t length = strcspn(at, "\n");
		struct line line = { .number = number,
				     .text = trimmed(at, length) };

		take_line(&reading, &line);
		line_done(&line);
		at += length + (at[length] == '\n');
	}
	reading_done(&reading);
}

char *card_ini_value(const struct bytes *text, const char *section,
		     const char *name, const char *usual)
{
	SCOPED(char_freep) char *in = xstrdup("");
	const char *at = (const char *)text->data;
	char *found = xstrdup(usual);

	while (*at) {
		size_t length = strcspn(at, "\n");
		struct line line = { .text = trimmed(at, length) };

		if (line.text[0] == '[') {
			free(in);
			in =
			    trimmed(line.text + 1, strcspn(line.text + 1, "]"));
		} else if (line.text[0] && !strchr("#;", line.text[0])) {
			split(&line);
		}
		if (line.name && strcmp(in, section) == 0 &&
		    strcmp(line.name, name) == 0) {
			free(found);
			found = xstrdup(line.value);
		}
		line_done(&line);
		at += length + (at[length] == '\n');
	}
	return found;
}
