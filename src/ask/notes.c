#include "ask/notes.h"

#include "ask/plain.h"
#include "base/bytes.h"

static bool is_note(const struct step *step, size_t field)
{
	return node_kind(step->field[field]) == NODE_NOTE &&
	       step_asks(step, field);
}

bool notes_join(const struct step *step, size_t field)
{
	if (!is_note(step, field))
		return false;
	for (size_t i = field + 1; i < step->count; i++) {
		if (step_asks(step, i))
			return true;
	}
	return false;
}

size_t notes_first(const struct step *step, size_t field)
{
	size_t first = field;

	for (size_t i = field; i-- > 0;) {
		if (is_note(step, i))
			first = i;
		else if (step_asks(step, i))
			break;
	}
	return first;
}

char *notes_words(const struct step *step, size_t field, const struct node *but)
{
	struct bytes out = { 0 };

	for (size_t i = notes_first(step, field); i <= field; i++) {
		SCOPED(char_wipep) char *words = NULL;

		if (is_note(step, i) && step->field[i] != but)
			words = styled_label(step->field[i]);
		if (words && words[0])
			bytes_add_format(&out, "%s%s", out.length ? "\n" : "",
					 words);
	}
	return out.length ? bytes_take_text(&out) : NULL;
}
