#include "ask/field.h"
#include "ask/spoken.h"

/*
 * Nothing to answer: a note, or a question that cannot be asked here, which
 * says so and never blocks: of a kind that a kiosk has not (a photograph, a
 * place), or a choice of nothing. Enter goes on.
 */
static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	SCOPED(char_freep) char *text = NULL;
	struct canvas_text shown;

	(void)focused;
	if (node_kind(field->node) == NODE_NOTE)
		return;
	text = catalogue_word(field->look->words, "kiosk.not_here");
	shown = canvas_text_in(area, text, field->look->language->tag);
	shown.colour = CANVAS_QUIET;
	canvas_text(canvas, &shown);
}

static void say(struct field *field, struct prompts *out)
{
	if (node_kind(field->node) != NODE_NOTE)
		spoken_word(out, field->look, PROMPT_LEAD, "kiosk.not_here");
}

const struct field_ops field_notice = {
	.enter = field_passed_enter,
	.draw = draw,
	.key = field_passed_key,
	.say = say,
	.leave = field_passed_leave,
	.reads_first = true,
};
