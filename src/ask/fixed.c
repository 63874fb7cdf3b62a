#include "ask/field.h"
#include "speech/prompts.h"

/*
 * The answer of a question that is read only now: it is seen and stays as it
 * is. Yes goes on. Keeps no state, for whether it is so changes with answers.
 */
static char *words_of(const struct field *field)
{
	return field_is_private(field) ? xstrdup("")
				       : field_words(field->node, field->look);
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	SCOPED(char_wipep) char *words = words_of(field);
	struct canvas_text shown = canvas_text_in(area, words[0] ? words : "—",
						  field->look->language->tag);

	(void)focused;
	shown.style = CANVAS_BOLD;
	canvas_text(canvas, &shown);
}

static void say(struct field *field, struct prompts *out)
{
	SCOPED(char_wipep) char *words = words_of(field);

	/* Rather not for the whole room: nobody pressed for it just now. */
	if (words[0])
		prompts_add(out, &(struct prompt){
				     .part = PROMPT_ROW,
				     .language = field->look->language->tag,
				     .text = words,
				     .private = true,
				 });
}

const struct field_ops field_fixed = {
	.enter = field_passed_enter,
	.draw = draw,
	.key = field_passed_key,
	.say = say,
	.leave = field_passed_leave,
	.reads_first = true,
};
