#include <stddef.h>

#include "office/answers.h"
#include "office/noun.h"

static const struct verb verbs[] = {
	{ "share", "[--home DIR] --site NAME -o FILE.json",
	  "questions and answers for other sites, in one file", answers_share },
	{ "take", "[--home DIR] [--apply] FILE.json",
	  "what such a file would add or change; with --apply it does",
	  answers_take },
	{ .name = NULL },
};

static const char *const kinds[] = {
	"site",          "team",     "own_field",
	"suggestion",    "incident", "hardware_review",
	"shared_answer", "debrief",  NULL
};
const struct noun noun_agency = {
	.name = "agency",
	.summary =
	    "its sites and teams, the fields it added, suggestions, incidents",
	.details =
	    "A field of the agency's own is data, not a program:\n"
	    "  foyer agency add own_field of=person name=choir type=code "
	    "codes=\"alto bass\" \\\n    label_en=\"Choir voice\" "
	    "label_fr=\"Voix au chœur\"\n",
	.verbs = verbs,
	.kinds = kinds,
};
