#include "kiosk/paper.h"

#include "issue/paper.h"
#include "kiosk/world.h"

enum fault paper_in(struct hall *hall, const struct offered *offered,
		    const struct issued *issued, struct picture **out)
{
	const struct language *language = offered->language;
	SCOPED(char_freep)
	char *again = catalogue_word(hall_words(hall, offered), "ticket.show");
	const struct paper_line extra = {
		.text = again,
		.language = language->tag,
		.families = language->families,
		.right_to_left = language->right_to_left,
	};

	return issue_paper(hall->lobby, issued, &extra, hall->paper_width, out);
}

enum fault visit_paper(struct visit *visit, enum paper_answer *answer)
{
	struct hall *hall = visit->hall;
	enum issue_answer issued = ISSUE_DONE;
	int64_t now = hall_now(hall);
	unsigned flags = hall->clock.trusted ? 0 : PLAIN_CLOCK_UNSURE;
	enum fault fault;

	fault = issue_seal(hall->issuer, hall->slots, visit->run, visit->number,
			   now, flags, &issued, &visit->issued);
	if (fault)
		return fault;
	*answer = issued == ISSUE_TOO_LONG ? PAPER_TOO_LONG : PAPER_READY;
	if (issued == ISSUE_TOO_LONG)
		return FAULT_NONE;
	visit->sealed = true;
	return paper_in(hall, visit->offered, &visit->issued, &visit->picture);
}

void visit_print(struct visit *visit)
{
	SCOPED(picture_freep) struct picture *moved = NULL;

	visit->browse.sent = false; /* the porter answers for the ticket now */
	if (visit->copies++)
		moved = picture_moved(visit->picture, PICTURE_REPRINT);
	porter_print(visit->porter, moved ? moved : visit->picture, visit->now);
}
