#include "desk/need.h"

#include <assert.h>
#include <string.h>

#include "desk/frame.h"
#include "desk/value.h"

char *need_word(const struct desk *desk, enum domain domain)
{
	const struct kind *kind = kind_find("level");

	return value_code(desk, kind, kind_field(kind, "domain"),
			  domain_word(domain));
}

char *need_level(const struct desk *desk, const struct assess_level *level)
{
	const struct kind *kind = kind_find("level");

	return level->id ? value_code(desk, kind, kind_field(kind, "level"),
				      level_word(level->level))
			 : xstrdup("·");
}

char *need_version(const struct desk *desk, const struct assess *assess)
{
	const struct kind *kind = kind_find("assessment");
	SCOPED(char_freep)
	char *what =
	    value_code(desk, kind, kind_field(kind, "what"), assess->what);
	const struct catalogue_argument parts[] = {
		{ .name = "number", .number = assess->number },
		{ .name = "what", .text = what },
	};

	return desk_words(desk, "assess.title", parts, COUNT(parts));
}

enum canvas_colour need_colour(enum need_level level)
{
	return level == LEVEL_CRISIS    ? CANVAS_ACCENT
	       : level == LEVEL_UNKNOWN ? CANVAS_QUIET
					: CANVAS_INK;
}

static_assert(DOMAIN_INF == NEED_ROWS, "a row a need with a level");

enum domain need_row(size_t row)
{
	/* Those without a segment are the last, and have no level. */
	return (enum domain)row;
}

void need_strengths(const struct desk *desk, struct canvas *canvas,
		    struct canvas_area *area, const char *key,
		    const char *strengths, enum need_line where)
{
	const struct catalogue_argument value = { .name = "value",
						  .text = strengths };
	SCOPED(char_freep) char *line = NULL;

	if (!strengths)
		return;
	line = desk_words(desk, key, &value, 1);
	for (char *at = line; (at = strchr(at, '\n')); at++)
		*at = ' ';
	area->h--;
	frame_line(canvas, where == NEED_BELOW ? area->y + area->h : area->y, 2,
		   area->w - 3, line, desk->staff.language, CANVAS_PLAIN,
		   CANVAS_INK);
	area->y += where == NEED_ABOVE;
}
