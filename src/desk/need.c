#include "desk/need.h"

#include <assert.h>

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
