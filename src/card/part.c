#include "card/part.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "form/form.h"
#include "form/limits.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ticket/agency_text.h"
#include "ticket/frame.h"
#include "ui/drawing.h"

/* --- what a reader says of a file ------------------------------------------
 */

/* The first error that is logged: the reader's own words, in English. */
struct heard {
	const char *path;
	char *why;
	int line;
};

static void hear(void *to, enum log_level level, const char *line)
{
	struct heard *heard = to;
	size_t path = strlen(heard->path);
	char *end;

	if (level != LOG_ERROR || heard->why)
		return;
	if (strncmp(line, heard->path, path) == 0 && line[path] == ':') {
		line += path + 1;
		if (isdigit((unsigned char)*line)) {
			heard->line = (int)strtol(line, &end, 10);
			line = *end == ':' ? end + 1 : end;
		}
		line += strspn(line, " ");
	}
	heard->why = xstrdup(line);
}

/* Runs a reader with its words caught. */
struct hearing {
	struct heard heard;
	log_sink *sink;
	void *to;
};

static void hearing_begin(struct hearing *hearing, const char *path)
{
	*hearing = (struct hearing){ .heard.path = path };
	hearing->sink = log_sink_now(&hearing->to);
	log_to(hear, &hearing->heard);
}

static void hearing_end(struct hearing *hearing, bool refused, const char *name,
			const char *key, struct card_findings *findings)
{
	const char *why = hearing->heard.why;

	log_to(hearing->sink, hearing->to);
	if (refused)
		card_find(findings, CARD_LEFT_OUT, name, hearing->heard.line,
			  key, CARD_PUT({ "why", why ? why : "?" }));
	char_free(hearing->heard.why);
}

/* --- forms ------------------------------------------------------------------
 */

static bool is_plain(const char *text, size_t length, const char *more)
{
	for (size_t i = 0; i < length; i++) {
		if (!isascii((unsigned char)text[i]) ||
		    (!isalnum((unsigned char)text[i]) &&
		     !strchr(more, text[i])))
			return false;
	}
	return length > 0;
}

/* A name all in capital letters is what old systems make of any name. */
static char *calmed(const char *name)
{
	char *out = xstrdup(name);

	for (const char *at = name; *at; at++) {
		if (islower((unsigned char)*at))
			return out;
	}
	for (char *at = out; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return out;
}

static char *keep_form(const char *name)
{
	char *kept = calmed(name);

	if (is_plain(kept, strlen(kept) - strlen(".xml"), "-_"))
		return kept;
	char_free(kept);
	return NULL;
}

static bool form_sound(const char *name, const char *kept,
		       const struct bytes *bytes, const char *path,
		       struct card_findings *findings)
{
	SCOPED(form_freep) struct form *form = NULL;
	struct hearing hearing;
	bool sound;

	(void)kept;
	hearing_begin(&hearing, path);
	sound = form_parse(path, bytes->data, bytes->length, NULL, &form) ==
		FAULT_NONE;
	hearing_end(&hearing, !sound, name, "card.form_refused", findings);
	return sound;
}

/* --- translations -----------------------------------------------------------
 */

static bool is_tag(const char *tag, size_t length)
{
	return length >= 2 && length <= 35 && isalpha((unsigned char)tag[0]) &&
	       is_plain(tag, length, "-");
}

/* TAG.po, in the letters that the tag is written with where it is known. */
static char *keep_words(const char *name)
{
	const size_t length = strlen(name) - strlen(".po");
	SCOPED(char_freep) char *tag = xstrndup(name, length);
	const struct language *language;

	if (!is_tag(tag, length))
		return NULL;
	language = language_find(tag);
	return xasprintf("%s.po",
			 language && strcasecmp(tag, language->tag) == 0
			     ? language->tag
			     : tag);
}

static bool words_sound(const char *name, const char *kept,
			const struct bytes *bytes, const char *path,
			struct card_findings *findings)
{
	SCOPED(char_freep)
	char *tag = xstrndup(kept, strlen(kept) - strlen(".po"));
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	struct hearing hearing;
	bool sound;

	(void)bytes; /* libgettextpo reads the file itself */
	words = catalogue_new(tag);
	hearing_begin(&hearing, path);
	sound = catalogue_add(words, path) == FAULT_NONE;
	hearing_end(&hearing, !sound, name, "card.words_refused", findings);
	return sound;
}

/* --- pictures ---------------------------------------------------------------
 */

/* The names that ui/album.h finds. */
static char *keep_picture(const char *name)
{
	char *kept = calmed(name);

	if (*kept != '.' && is_plain(kept, strlen(kept), "-_."))
		return kept;
	char_free(kept);
	return NULL;
}

static bool picture_sound(const char *name, const char *kept,
			  const struct bytes *bytes, const char *path,
			  struct card_findings *findings)
{
	SCOPED(char_freep) char *why = NULL;
	SCOPED(drawing_freep)
	struct drawing *drawing =
	    drawing_read(name, bytes->data, bytes->length, &why);

	(void)kept;
	(void)path;
	if (!drawing)
		card_find(findings, CARD_LEFT_OUT, name, 0,
			  "card.picture_refused", CARD_PUT({ "why", why }));
	return drawing != NULL;
}

const struct card_part card_parts[] = {
	{ .folder = "forms",
	  .ending = ".xml",
	  .limit = FORM_BYTES_LIMIT,
	  .other_key = "card.form_other",
	  .keep = keep_form,
	  .name_key = "card.form_name",
	  .sound = form_sound },
	{ .folder = "translations",
	  .ending = ".po",
	  .limit = CATALOGUE_LIMIT,
	  .other_key = "card.words_other",
	  .keep = keep_words,
	  .name_key = "card.words_name",
	  .sound = words_sound },
	{ .folder = "pictures",
	  .limit = DRAWING_BYTES,
	  .keep = keep_picture,
	  .name_key = "card.picture_name",
	  .sound = picture_sound },
	{ .folder = NULL },
};

/* --- the agency's key --------------------------------------------------------
 */

bool card_agency(const char *name, const struct bytes *bytes,
		 struct card_findings *findings, struct card *card)
{
	const char *text = bytes->data ? (const char *)bytes->data : "";
	const char *key = "card.key_damaged";

	if (agency_text_read(text, bytes->length, card))
		return true;
	if (strncmp(text, "584", 3) == 0)
		key = "card.key_of_kiosk";
	else if (strncmp(text, "585", 3) != 0)
		key = "card.key_other";
	card_find(findings, CARD_STOP, name, 0, key, NULL);
	return false;
}
