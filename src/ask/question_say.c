#include "ask/question.h"

#include "ask/around.h"
#include "ask/notes.h"
#include "ask/question_inside.h"
#include "ask/spoken.h"
#include "ask/title.h"

struct saying {
	const struct ask_look *look;
	bool private;
	struct prompts *out;
};

static void say_around(void *to, const struct around *part)
{
	const struct saying *saying = to;

	spoken_around(saying->out, saying->look, part, saying->private);
}

void question_say(const struct question *question, struct prompts *out)
{
	const struct step *step = question->step;
	const struct ask_look *look = question->look;
	struct field *field =
	    (struct field *)&question->fields[question->focus];
	const struct node *title = title_node(step);
	bool private = field_is_private(field);

	around_each(step, say_around, &(struct saying){ look, private, out });
	if (title)
		spoken_label(out, look, title, private);
	else
		spoken_frame(out, look, step->head, private);
	for (size_t i = notes_first(step, question->focus); i < question->focus;
	     i++) {
		if (notes_join(step, i) && step->field[i] != title)
			spoken_label(out, look, step->field[i], false);
	}
	if (field->node != title)
		spoken_label(out, look, field->node, private);
	spoken_hint(out, look, field->node, private);
	refusal_say(&question->refusal, look, private, out);
	if (field_ops_now(field)->say && !question->reading.text)
		field_ops_now(field)->say(field, out);
}
