#include "base/setting_known.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/span.h"

static const struct setting_known all[] = {
	{ "agency", "name", .kind = SETTING_TEXT },
	{ "agency", "desk", .kind = SETTING_TEXT },
	{ "agency", "helpline", .kind = SETTING_TEXT },
	{ "kiosk", "name", .kind = SETTING_SHORT },
	{ "kiosk", "form", .kind = SETTING_TEXT },
	{ "kiosk", "zone", .kind = SETTING_TEXT },
	{ "kiosk", "ticket_class", .kind = SETTING_WORD,
	  .words = "128 256 480" },
	{ "kiosk", "ticket_language", .kind = SETTING_WORD, .words = "chosen" },
	/* Seconds; the kiosk takes the low ones in a demo alone. */
	{ "kiosk", "idle", .kind = SETTING_NUMBER, .least = 1, .most = 600 },
	{ "kiosk", "extend", .kind = SETTING_NUMBER, .least = 1, .most = 120 },
	{ "kiosk", "last", .kind = SETTING_NUMBER, .least = 1, .most = 120 },
	{ "kiosk", "theme", .kind = SETTING_WORD,
	  .words = "dark light strong" },
	{ "kiosk", "text_size", .kind = SETTING_WORD, .words = "100 150 200" },
	{ "kiosk", "left_handed", .kind = SETTING_FLAG },
	{ "keys", "up", .kind = SETTING_TEXT },
	{ "keys", "down", .kind = SETTING_TEXT },
	{ "keys", "back", .kind = SETTING_TEXT },
	{ "keys", "skip", .kind = SETTING_TEXT },
	{ "keys", "yes", .kind = SETTING_TEXT },
	{ "keys", "person", .kind = SETTING_TEXT },
	{ "printer", "address", .kind = SETTING_BEGIN,
	  .words = "none file: usb: tty: tcp: cups:" },
	{ "printer", "profile", .kind = SETTING_TEXT },
	{ "printer", "paper_mm", .kind = SETTING_WORD, .words = "58 80" },
	{ "print", "paper", .kind = SETTING_WORD, .words = "letter a4" },
	{ "print", "folder", .kind = SETTING_TEXT },
	{ "print", "printer", .kind = SETTING_TEXT },
	{ "print", "keep_days", .kind = SETTING_NUMBER, .least = 0,
	  .most = 3650 },
	{ "speech", "output", .kind = SETTING_TEXT },
	{ "speech", "headphones", .kind = SETTING_FLAG },
	{ "languages", "drafts", .kind = SETTING_TEXT },
	{ "hours", "monday", .kind = SETTING_SPANS },
	{ "hours", "tuesday", .kind = SETTING_SPANS },
	{ "hours", "wednesday", .kind = SETTING_SPANS },
	{ "hours", "thursday", .kind = SETTING_SPANS },
	{ "hours", "friday", .kind = SETTING_SPANS },
	{ "hours", "saturday", .kind = SETTING_SPANS },
	{ "hours", "sunday", .kind = SETTING_SPANS },
	{ "helplines", NULL, .kind = SETTING_TEXT },
	{ "form", "safety_staffed", .kind = SETTING_FLAG },
	{ "form", NULL, .kind = SETTING_TEXT },
	{ "submit", "names", .kind = SETTING_FLAG },
	{ "submit", "private", .kind = SETTING_FLAG },
	{ "desk", "name", .kind = SETTING_TEXT },
	{ "desk", "language", .kind = SETTING_WORD, .words = "en fr" },
	{ "desk", "lock_minutes", .kind = SETTING_NUMBER, .least = 1,
	  .most = 480 },
	{ "desk", "backup_days", .kind = SETTING_NUMBER, .least = 0,
	  .most = 365 },
	{ "scanner", "serial", .kind = SETTING_TEXT },
	{ "scanner", "keyboard", .kind = SETTING_TEXT },
	{ "scanner", "camera", .kind = SETTING_TEXT },
	{ "record", "at", .kind = SETTING_BEGIN,
	  .words = "postgresql: postgres:" },
	/* Days. */
	{ "record", "reassess_days", .kind = SETTING_NUMBER, .least = 1,
	  .most = 3660 },
	{ "retention", "ticket_aside", .kind = SETTING_NUMBER, .least = 0,
	  .most = 36525 },
	{ "retention", "no_record", .kind = SETTING_NUMBER, .least = 0,
	  .most = 36525 },
	{ "retention", "closed_case", .kind = SETTING_NUMBER, .least = 0,
	  .most = 36525 },
	{ "retention", "safety_note", .kind = SETTING_NUMBER, .least = 0,
	  .most = 36525 },
	{ "retention", "audit", .kind = SETTING_NUMBER, .least = 0,
	  .most = 36525 },
	{ "directory", "stale_days", .kind = SETTING_NUMBER, .least = 1,
	  .most = 3660 },
	{ "directory", "language", .kind = SETTING_TEXT },
	/* Minutes. */
	{ "queue", "waiting_limit", .kind = SETTING_NUMBER, .least = 0,
	  .most = 24 * 60 },
};

const struct setting_known *setting_at(size_t index)
{
	return index < COUNT(all) ? &all[index] : NULL;
}

const struct setting_known *setting_known(const char *section, const char *name)
{
	for (size_t i = 0; i < COUNT(all); i++) {
		if (strcmp(section, all[i].section) == 0 &&
		    (!all[i].name || strcmp(name, all[i].name) == 0))
			return &all[i];
	}
	return NULL;
}

/* --- values ---------------------------------------------------------------
 */

bool setting_flag(const char *value, bool *flag)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {
		{ "yes", true }, { "no", false },    { "true", true },
		{ "on", true },  { "false", false }, { "off", false },
		{ "1", true },   { "0", false },
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcasecmp(value, words[i].word) == 0) {
			*flag = words[i].value;
			return true;
		}
	}
	return false;
}

bool setting_number(const struct setting_known *known, const char *value,
		    long *number)
{
	char *end;
	long read;

	errno = 0;
	read = strtol(value, &end, 10);
	if (errno || end == value || *end || read < known->least ||
	    read > known->most)
		return false;
	*number = read;
	return true;
}

/* Of those that end in ":" the beginning counts, where it may. */
static bool is_one_of(const char *words, const char *value, bool beginnings)
{
	size_t wide;

	for (; *words; words += wide + (words[wide] == ' ')) {
		wide = strcspn(words, " ");
		if (strlen(value) == wide && !strncmp(value, words, wide) &&
		    words[wide - 1] != ':')
			return true;
		if (beginnings && words[wide - 1] == ':' &&
		    !strncmp(value, words, wide) && value[wide])
			return true;
	}
	return false;
}

static bool is_short(const char *value)
{
	size_t length = strlen(value);

	for (size_t i = 0; i < length; i++) {
		if (!isascii((unsigned char)value[i]) ||
		    (!isalnum((unsigned char)value[i]) && value[i] != '.' &&
		     value[i] != '_'))
			return false;
	}
	return length > 0 && length <= SETTING_SHORT_MOST;
}

bool setting_allowed(const struct setting_known *known, const char *value)
{
	long number;
	bool flag;

	switch (known->kind) {
	case SETTING_TEXT:
		return true;
	case SETTING_FLAG:
		return setting_flag(value, &flag);
	case SETTING_NUMBER:
		return setting_number(known, value, &number);
	case SETTING_WORD:
		return is_one_of(known->words, value, false);
	case SETTING_BEGIN:
		return is_one_of(known->words, value, true);
	case SETTING_SPANS:
		return span_all(value);
	case SETTING_SHORT:
		return is_short(value);
	}
	return false;
}

/* --- what is allowed, in words ---------------------------------------------
 */

/* "58 or 80", "none, file:..., tty:... or tcp:..." */
static void tell_words(const char *words, struct bytes *out)
{
	size_t wide;

	for (bool first = true; *words; first = false) {
		wide = strcspn(words, " ");
		if (!first)
			bytes_add_text(out, words[wide] ? ", " : " or ");
		bytes_add(out, words, wide);
		if (words[wide - 1] == ':')
			bytes_add_text(out, "...");
		words += wide + (words[wide] == ' ');
	}
}

void setting_tell(const struct setting_known *known, struct bytes *out)
{
	switch (known->kind) {
	case SETTING_TEXT:
		bytes_add_text(out, "a text");
		break;
	case SETTING_FLAG:
		bytes_add_text(out, "yes or no");
		break;
	case SETTING_NUMBER:
		bytes_add_format(out, "a whole number from %ld to %ld",
				 known->least, known->most);
		break;
	case SETTING_WORD:
	case SETTING_BEGIN:
		tell_words(known->words, out);
		break;
	case SETTING_SPANS:
		bytes_add_text(out, "08:30-12:00 13:00-16:30");
		break;
	case SETTING_SHORT:
		bytes_add_format(out, "1 to %d letters and digits, as in K7",
				 SETTING_SHORT_MOST);
		break;
	}
}

void setting_tell_sections(struct bytes *out)
{
	for (size_t i = 0; i < COUNT(all); i++) {
		if (!i || strcmp(all[i].section, all[i - 1].section) != 0)
			bytes_add_format(out, " [%s]", all[i].section);
	}
}

void setting_tell_names(const char *section, struct bytes *out)
{
	for (size_t i = 0; i < COUNT(all); i++) {
		if (all[i].name && strcmp(all[i].section, section) == 0)
			bytes_add_format(out, " %s", all[i].name);
	}
}
