#include <stdio.h>

#include "filing/kept.h"
#include "office/desk.h"
#include "office/filed.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/record.h"

/* Tickets that a desk of this home took in while the server of its record was
 * away: what there is, and filing it without a desk. */

static void print_one(void *to, int64_t arrived, const struct wire *wire)
{
	struct wire_header header = { 0 };
	json_t *line = json_object();

	(void)to;
	json_object_set_new(line, "since", line_instant(arrived));
	json_object_set_new(line, "damaged", json_boolean(!wire));
	if (wire &&
	    wire_read(wire->bytes, wire->length, &header) == WIRE_SOUND) {
		json_object_set_new(line, "kiosk_id",
				    line_hex(header.kiosk, 4));
		json_object_set_new(line, "agency_id",
				    line_hex(header.agency, 4));
		json_object_set_new(line, "sequence",
				    json_integer(header.sequence));
	}
	line_print(line);
}

/* Nothing is asked of the record, which may be away. */
int record_kept(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	struct record_arguments arguments;
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)))
		return fault_exit(fault);
	return fault_exit(kept_each(home, print_one, NULL));
}

struct round {
	const struct record_arguments *arguments;
	const struct catalogue *catalogue;
	bool others; /* some were not filed */
};

static void tell(void *to, int64_t arrived, const struct filing_ticket *ticket)
{
	struct round *round = to;
	SCOPED(char_freep) char *message = NULL;

	(void)arrived;
	message = ticket ? filing_message(ticket, round->catalogue)
			 : catalogue_word(round->catalogue, "reach.damaged");
	round->others = round->others || !ticket ||
			(ticket->status != FILING_FILED &&
			 ticket->status != FILING_ALREADY_FILED);
	if (ticket)
		filed_print(ticket, round->arguments->language, message);
	else
		fprintf(stderr, "foyer record file-kept: %s\n", message);
}

/* Why any are left: a desk has them, or they were scanned meanwhile. What
 * failed is in the log. */
static enum fault tell_left(const struct filing *filing, struct round *round,
			    bool another)
{
	size_t count;
	enum fault fault = kept_count(filing, &count);

	if (fault || !count)
		return fault;
	round->others = true;
	fprintf(stderr,
		"foyer record file-kept: %zu ticket%s on this computer%s\n",
		count, count == 1 ? " still waits" : "s still wait",
		another ? ": a desk is filing them just now. Look again with "
			  "foyer record kept"
			: "; do it again");
	return FAULT_NONE;
}

static enum fault file_all(struct filing *filing, struct round *round)
{
	const struct record_who who = desk_who();
	struct kept_place place = { 0 };
	enum fault first = FAULT_NONE, left;

	while (!place.over) {
		const enum fault fault =
		    kept_file(filing, &who, desk_now(), &place, tell, round);

		first = first ? first : fault;
	}
	left = tell_left(filing, round, place.another);
	return first ? first : left;
}

int record_file_kept(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(filing_freep) struct filing *filing = NULL;
	SCOPED(catalogue_freep) struct catalogue *catalogue = NULL;
	struct record_arguments arguments;
	struct round round = { &arguments, NULL, false };
	enum fault fault;
	int status = record_arguments(argc, argv, 0, &arguments);

	if (status)
		return status;
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = filed_words(arguments.language, &catalogue)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = filing_open(home, record, &filing)))
		return fault_exit(fault);
	if ((status = record_unlock(filing, home, &arguments)))
		return status;
	round.catalogue = catalogue;
	if ((fault = file_all(filing, &round)))
		return fault_exit(fault);
	return round.others ? EXIT_INPUT : EXIT_DONE;
}
