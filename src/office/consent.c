#include "office/consent.h"

#include <getopt.h>
#include <stddef.h>

#include "office/desk.h"
#include "office/entity.h"
#include "office/line.h"
#include "office/options.h"
#include "office/pages.h"
#include "record/retention.h"

static bool print_proposal(void *to, const struct entity *proposal)
{
	(void)to;
	line_print(entity_line(proposal));
	return true;
}

static enum fault propose(struct record *record, const struct home *home)
{
	static const struct entity_match open[] = { { "state", "proposed" },
						    { NULL, NULL } };
	SCOPED(settings_freep) struct settings *settings = NULL;
	const struct record_who who = desk_who();
	struct retention_clocks clocks;
	enum fault fault = desk_settings(home, &settings);
	size_t count;

	if (fault)
		return fault;
	clocks = retention_clocks(settings);
	fault = retention_propose(record, &clocks, &who, desk_now(), &count);
	return fault ? fault
		     : entity_each(record, kind_find("proposal"), open, "since",
				   0, &who, print_proposal, NULL);
}

int consent_retention(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	const char *folder = NULL;
	const struct options_place places[] = { { "home", .value = &folder },
						{ 0 } };
	enum fault fault;

	if (!options_read(argc, argv, places))
		return noun_usage("record", argv[0], OPTIONS_COMPLAINT);
	if (optind < argc)
		return noun_usage("record", argv[0], "one argument too many");
	if ((fault = desk_home(folder, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	return fault_exit(propose(record, home));
}

static const struct verb verbs[] = {
	{ "receipt", PAGES_USAGE,
	  "a page of what a person decided, in their language", pages_consent },
	{ .name = NULL },
};

static const char *const kinds[] = { "consent", "proposal", NULL };

const struct noun noun_consent = {
	.name = "consent",
	.summary = "what people allow, and how long things are kept",
	.details =
	    "The person takes one back: foyer consent move ID withdrawn. Of "
	    "keep that erases\neverything that is theirs.\n"
	    "The days after which something is proposed stand in foyer.ini's "
	    "[retention];\n0 stops a clock. `foyer record retention` proposes; "
	    "then\n  foyer consent move proposal ID done\n  foyer consent move "
	    "--reason TEXT proposal ID kept\n",
	.verbs = verbs,
	.kinds = kinds,
};
