#include "kiosk/world.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/bytes.h"
#include "kiosk/visit.h"

static int64_t clock_of(clockid_t which)
{
	struct timespec now;

	clock_gettime(which, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

int64_t world_now(void)
{
	return clock_of(CLOCK_REALTIME);
}

int64_t world_ticks(void)
{
	return clock_of(CLOCK_MONOTONIC);
}

static int64_t now_for(void *to)
{
	const struct visit *visit = to;

	return hall_now(visit->hall);
}

static void chance(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	while (count) {
		ssize_t got = getrandom(bytes, count, 0);

		if (got > 0) {
			bytes += got;
			count -= (size_t)got;
		}
	}
}

static const char *property(void *to, const char *name)
{
	const struct visit *visit = to;

	return lobby_property(visit->hall->lobby, name);
}

/* A form's words stand in the catalogue behind the form's id. */
static const char *translate(void *to, const char *language, const char *key)
{
	const struct visit *visit = to;
	const struct offered *offered = hall_offered(visit->hall, language);
	SCOPED(char_freep) char *full = NULL;

	if (!offered || (hall_is_source(offered) && visit->hall->own_english))
		return NULL;
	full = xasprintf("%s:%s", form_id(visit->hall->form), key);
	return catalogue_shown(hall_words(visit->hall, offered), full);
}

struct run_world world_of(struct visit *visit)
{
	return (struct run_world){
		.to = visit,
		.now = now_for,
		.zone = visit->hall->lobby->zone,
		.random_bytes = chance,
		.property = property,
		.translate = translate,
	};
}

static struct node *find_appearing(struct node *node, const char *word)
{
	for (; node; node = node_next(node)) {
		struct node *inside;

		if (node_appears(node, word))
			return node;
		if ((inside = find_appearing(node_first(node), word)))
			return inside;
	}
	return NULL;
}

static bool has_word(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += length) {
		if ((at == list || at[-1] == ' ') &&
		    (!at[length] || at[length] == ' '))
			return true;
	}
	return false;
}

/* The list with word in it or without; the caller frees it. */
static char *with_word(const char *list, const char *word, bool in)
{
	SCOPED(char_freep) char *copy = xstrdup(list);
	struct bytes out = { 0 };
	char *rest = NULL;

	for (char *each = strtok_r(copy, " ", &rest); each;
	     each = strtok_r(NULL, " ", &rest)) {
		if (strcmp(each, word) != 0)
			bytes_add_format(&out, "%s ", each);
	}
	if (in)
		bytes_add_text(&out, word);
	return bytes_take_text(&out);
}

void world_note_access(struct run *run, const char *code, bool used)
{
	struct node *bar = find_appearing(run_root(run), "bar");
	SCOPED(char_freep) char *codes = NULL;
	enum run_answer answer;

	if (!bar || has_word(node_value(bar), code) == used)
		return;
	codes = with_word(node_value(bar), code, used);
	/* A form that offers other codes simply is not told. */
	(void)!run_set(run, bar, codes, &answer);
}
