#include "desk/code.h"

#include <stdlib.h>
#include <string.h>

#include "desk/pick.h"
#include "desk/value.h"

#define CODES_MOST 64 /* in one field's list */

static const struct field *field_of(const struct code *code)
{
	return kind_field(code->kind, code->field);
}

/* The next one of a list that at is in; it is left behind it. NULL: no more. */
static char *next(const char **at)
{
	const char *begin = *at + strspn(*at, " ");

	*at = begin + strcspn(begin, " ");
	return *at > begin ? xstrndup(begin, (size_t)(*at - begin)) : NULL;
}

static void take(struct desk *desk, void *to, const size_t *rows, size_t count)
{
	const struct code *code = to;
	const char *at = field_of(code)->codes;
	char *one = NULL;

	if (!count)
		return;
	for (size_t i = 0; i <= rows[0]; i++) {
		free(one);
		one = next(&at);
	}
	code->done(desk, code->to, one);
	free(one);
}

void code_pick(struct desk *desk, struct code *code)
{
	SCOPED(char_freep) char *title = desk_word(desk, code->title);
	const char *at = field_of(code)->codes;
	char *words[CODES_MOST], *one;
	size_t count = 0;

	while (count < CODES_MOST && (one = next(&at))) {
		words[count++] =
		    value_code(desk, code->kind, field_of(code), one);
		free(one);
	}
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)words,
					.count = count,
					.done = take,
					.to = code });
	while (count)
		free(words[--count]);
}
