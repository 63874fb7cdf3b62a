#include "desk/sift.h"

#include <stdlib.h>

#include "base/memory.h"
#include "ui/prompt.h"

struct sift {
	struct prompt *prompt;
	bool typed;
};

struct sift *sift_new(const struct desk *desk, const char *label)
{
	struct sift *sift = xcalloc(1, sizeof *sift);

	sift->prompt = prompt_new(label, desk->staff.language);
	return sift;
}

void sift_free(struct sift *sift)
{
	if (!sift)
		return;
	prompt_free(sift->prompt);
	free(sift);
}

const char *sift_text(const struct sift *sift)
{
	return prompt_text(sift->prompt);
}

bool sift_is_typed(const struct sift *sift)
{
	return sift->typed;
}

void sift_type(struct sift *sift)
{
	sift->typed = true;
}

bool sift_key(struct sift *sift, struct table *table,
	      const struct ui_event *event)
{
	switch (prompt_key(sift->prompt, event)) {
	case PROMPT_CHANGED:
		return true;
	case PROMPT_CANCELLED:
		prompt_set_text(sift->prompt, "");
		sift->typed = false;
		return true;
	case PROMPT_ENTERED:
		sift->typed = false;
		break;
	case PROMPT_IGNORED:
		(void)table_key(table, event);
		break;
	}
	return false;
}

bool sift_draw(struct sift *sift, struct canvas *canvas,
	       struct canvas_area *area, const char *note)
{
	if (!sift->typed && !sift_text(sift)[0])
		return false;
	prompt_draw(sift->prompt, canvas, area->y, 2, area->w - 4, note);
	area->y++;
	area->h--;
	return true;
}
