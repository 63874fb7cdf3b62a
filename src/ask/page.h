#pragma once

#include "ask/question.h"
#include "ask/surround.h"
#include "base/memory.h"

/*
 * A step's whole screen: the frame, with heading and progress, and the
 * question in it. For who shows it to a person, and who makes a picture of it.
 */
struct page {
	struct surround surround; /* for touches, once it was drawn */
	char *heading;
};

void page_done(struct page *page);

/* What is drawn depends on run's answers now; look says how. */
void page_draw(struct page *page, struct question *question, struct run *run,
	       const struct step *step, const struct ask_look *look,
	       struct canvas *canvas);
