#include "ask/title.h"

#include <string.h>

#include "ask/around.h"
#include "ask/plain.h"

size_t title_first(const struct step *step)
{
	size_t first = 0;

	while (first + 1 < step->count && !step_asks(step, first))
		first++;
	return first;
}

/* A compiler writes one of blanks where it has none. */
static bool has_words(const struct node *node)
{
	SCOPED(char_wipep) char *label = plain_label(node);

	return label && label[strspn(label, " \t\r\n")];
}

struct node *title_node(const struct step *step)
{
	if (step->group && has_words(step->group))
		return step->group;
	if (around_is_heading(step))
		return NULL;
	/* A compiler's has none: the words of its table are a note. */
	for (size_t i = 0; i < step->count; i++) {
		if (step_is_title(step, i) && has_words(step->field[i]))
			return step->field[i];
	}
	return step->field[title_first(step)];
}

char *title_words(const struct step *step)
{
	return title_node(step) ? plain_label(title_node(step))
				: plain_frame_label(step->head);
}

char *title_styled(const struct step *step)
{
	return title_node(step) ? styled_label(title_node(step))
				: styled_frame_label(step->head);
}

char *title_picture(const struct step *step)
{
	char *image = step->group ? node_media(step->group, "image") : NULL;

	return image ? image
		     : node_media(step->field[title_first(step)], "image");
}
