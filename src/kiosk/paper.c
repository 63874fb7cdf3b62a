#include "kiosk/paper.h"

#include "issue/paper.h"
#include "kiosk/world.h"

static enum fault draw_paper(struct visit *visit)
{
	const struct language *language = visit->offered->language;
	SCOPED(char_freep)
	char *again = catalogue_word(visit_words(visit), "ticket.show");
	const struct paper_line extra = {
		.text = again,
		.language = language->tag,
		.families = language->families,
		.right_to_left = language->right_to_left,
	};

	return issue_paper(visit->hall->lobby, &visit->issued, &extra,
			   visit->hall->paper_width, &visit->picture);
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
	return draw_paper(visit);
}

void visit_print(struct visit *visit)
{
	SCOPED(picture_freep) struct picture *moved = NULL;

	visit->browse.sent = false; /* the porter answers for the ticket now */
	if (visit->copies++)
		moved = picture_moved(visit->picture, PICTURE_REPRINT);
	porter_print(visit->porter, moved ? moved : visit->picture, visit->now);
}
