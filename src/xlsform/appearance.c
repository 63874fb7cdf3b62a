#include "xlsform/appearance.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "xlsform/nearest.h"

static const char *const words[] = {
	/* text and numbers */
	"numbers",
	"multiline",
	"masked",
	"url",
	"email",
	"thousands-sep",
	"hidden-answer",
	"counter",
	"bearing",
	"name",
	"latin",
	"scan",
	/* dates */
	"no-calendar",
	"month-year",
	"year",
	"ethiopian",
	"coptic",
	"islamic",
	"persian",
	"buddhist",
	"bikram-sambat",
	"myanmar",
	"calendar",
	/* choices */
	"minimal",
	"search",
	"autocomplete",
	"autocomplete_chars",
	"quick",
	"columns",
	"columns-pack",
	"columns-flex",
	"no-buttons",
	"likert",
	"list",
	"list-nolabel",
	"label",
	"image-map",
	"map",
	"compact",
	"quickcompact",
	"horizontal",
	"horizontal-compact",
	"language",
	/* ranges */
	"vertical",
	"no-ticks",
	"picker",
	"rating",
	/* groups and notes */
	"field-list",
	"table-list",
	"summary",
	"same-screen",
	"review",
	"on-review",
	"staff",
	"bar",
	/* any question */
	"private",

	"unlisted",
	/* what a kiosk has not */
	"maps",
	"placement-map",
	"signature",
	"draw",
	"annotate",
	"new",
	"new-front",
	"front",
	"selfie",
	"printer",
};

/* Words with a number behind them. */
static const char *const numbered[] = { "columns-", "compact-", "quickcompact-",
					"w" };

/* What is handed over to another program, to the end of the cell. */
static const char *const calls[] = { "ex:", "intent:", "printer:", "search(" };

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

static bool is_known(const char *word)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (!strcasecmp(word, words[i]))
			return true;
	for (size_t i = 0; i < COUNT(numbered); i++)
		if (!strncasecmp(word, numbered[i], strlen(numbered[i])) &&
		    is_number(word + strlen(numbered[i])))
			return true;
	return false;
}

static bool is_call(const char *text)
{
	for (size_t i = 0; i < COUNT(calls); i++)
		if (!strncasecmp(text, calls[i], strlen(calls[i])))
			return true;
	return false;
}

static void tell_unknown(const char *word, struct finding_place place,
			 struct findings *findings)
{
	struct nearest nearest = { .word = word };

	for (size_t i = 0; i < COUNT(words); i++)
		nearest_offer(&nearest, words[i]);
	SCOPED(char_freep) char *question = nearest_question(&nearest, "", "");

	findings_add(findings, FINDING_WARNING, place,
		     "no such appearance: %s; it changes nothing%s", word,
		     question);
}

void appearance_check(const char *cell, struct finding_place place,
		      struct findings *findings)
{
	static const char blanks[] = " \t\r\n";

	for (cell += strspn(cell, blanks); *cell && !is_call(cell);
	     cell += strspn(cell, blanks)) {
		size_t length = strcspn(cell, blanks);
		SCOPED(char_freep) char *word = xstrndup(cell, length);

		if (!is_known(word))
			tell_unknown(word, place, findings);
		cell += length;
	}
}
