#include "ask/seen.h"

#include <stdlib.h>
#include <string.h>

/* References, not nodes: the instances of a repeat come and go. */
struct seen {
	char **references;
	size_t count;
};

struct seen *seen_new(void)
{
	return xcalloc(1, sizeof(struct seen));
}

void seen_free(struct seen *seen)
{
	if (!seen)
		return;
	for (size_t i = 0; i < seen->count; i++)
		free(seen->references[i]);
	free(seen->references);
	free(seen);
}

static bool has(const struct seen *seen, const struct step *step)
{
	SCOPED(char_freep) char *reference = node_reference(step->field[0]);

	for (size_t i = 0; i < seen->count; i++) {
		if (strcmp(seen->references[i], reference) == 0)
			return true;
	}
	return false;
}

void seen_note(struct seen *seen, const struct step *step)
{
	if (has(seen, step))
		return;
	seen->references = xreallocarray(seen->references, seen->count + 1,
					 sizeof *seen->references);
	seen->references[seen->count++] = node_reference(step->field[0]);
}

bool seen_next_new(const struct seen *seen, const struct step *now,
		   struct step *step)
{
	struct step found;

	for (bool more = step_next(now, &found); more;
	     more = step_next(&found, &found)) {
		if (!has(seen, &found)) {
			*step = found;
			return true;
		}
	}
	return false;
}
