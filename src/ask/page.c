#include "ask/page.h"

#include "ask/title.h"

void page_done(struct page *page)
{
	char_wipe(page->heading); /* a form may put answers in */
	*page = (struct page){ 0 };
}

static bool is_first(struct run *run, const struct step *step)
{
	struct step before;

	return !step_previous(run, step, &before);
}

static const struct drawing *picture_of(const struct step *step,
					const struct ask_look *look)
{
	SCOPED(char_freep) char *image = title_picture(step);

	return image && look->picture ? look->picture(look->to, image) : NULL;
}

void page_draw(struct page *page, struct question *question, struct run *run,
	       const struct step *step, const struct ask_look *look,
	       struct canvas *canvas)
{
	struct step_progress progress = step_progress(run, step);
	struct canvas_area area;

	page_done(page);
	page->heading = title_styled(step);
	page->surround = (struct surround){
		.language = look->language,
		.words = look->words,
		.heading = page->heading,
		.picture = picture_of(step, look),
		.before = progress.before,
		.total = progress.total,
		.no_back = is_first(run, step),
		.title = look->paper ? look->paper->title : NULL,
		.title_language = look->paper ? look->paper->language : NULL,
		.no_onward = !question_goes_on(question),
		.answered = question_answered(question),
		.reads = look->aloud != ASK_SILENT,
		.reading = look->aloud == ASK_READS,
		.left_handed = look->left_handed,
	};
	canvas_magnify(canvas, ask_percent(look->text_size));
	area = surround_draw(&page->surround, canvas);
	question_draw(question, canvas, &area);
}
