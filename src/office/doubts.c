#include "office/doubts.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"

#define REVIEW_MOST (8 * 1024 * 1024) /* bytes of the file */

static const char list_head[] = "What a first reader should decide:";

struct reader {
	struct doubts *out;
	char *heading_end; /* "(`ps`)" */
	bool ours;         /* within the section of the language */
	bool deciding;     /* within its list */
};

static void add(char ***list, size_t *count, char *text)
{
	*list = xreallocarray(*list, *count + 1, sizeof **list);
	(*list)[(*count)++] = text;
}

static bool ends_with(const char *line, const char *end)
{
	size_t length = strlen(line), tail = strlen(end);

	return length >= tail && strcmp(line + length - tail, end) == 0;
}

/* A further line of the last thing to decide. */
static void join(struct doubts *out, const char *line)
{
	char **last = &out->decide[out->decide_count - 1];
	char *joined = xasprintf("%s %s", *last, line + strspn(line, " "));

	free(*last);
	*last = joined;
}

static bool read_list(struct reader *reader, const char *line)
{
	struct doubts *out = reader->out;

	if (strncmp(line, "- ", 2) == 0)
		add(&out->decide, &out->decide_count, xstrdup(line + 2));
	else if (line[0] == ' ' && out->decide_count)
		join(out, line);
	else
		return line[0] == 0 && !out->decide_count;
	return true;
}

/* "| `C1/UNSAFE` | back into English | doubt: why |" */
static void read_row(struct reader *reader, const char *line)
{
	struct doubts *out = reader->out;
	const char *key = line + strlen("| `"), *verdict;
	size_t length = strcspn(key, "`");

	add(&out->keys, &out->key_count, xstrndup(key, length));
	verdict = strstr(line, "| doubt: ");
	if (!reader->ours || !verdict)
		return;
	verdict += strlen("| doubt: ");
	add(&out->decide, &out->decide_count,
	    xasprintf("`%.*s`: %.*s", (int)length, key,
		      (int)strcspn(verdict, "|"), verdict));
}

static void read_line(struct reader *reader, const char *line)
{
	if (strncmp(line, "## ", 3) == 0) {
		reader->ours = ends_with(line, reader->heading_end);
		reader->deciding = false;
	} else if (reader->ours && strcmp(line, list_head) == 0) {
		reader->deciding = true;
	} else if (reader->deciding) {
		reader->deciding = read_list(reader, line);
	} else if (strncmp(line, "| `", 3) == 0) {
		read_row(reader, line);
	}
}

enum fault doubts_read(const char *path, const char *tag, struct doubts *out)
{
	SCOPED(char_freep) char *end = xasprintf("(`%s`)", tag);
	struct reader reader = { .out = out, .heading_end = end };
	struct bytes text = { 0 };
	enum fault fault;
	char *line, *rest;

	*out = (struct doubts){ 0 };
	if (!file_exists(path))
		return FAULT_NONE;
	if ((fault = file_read(path, REVIEW_MOST, &text)))
		return fault;
	for (rest = (char *)text.data; rest && (line = strsep(&rest, "\n"));)
		read_line(&reader, line);
	bytes_done(&text);
	return FAULT_NONE;
}

void doubts_done(struct doubts *doubts)
{
	for (size_t i = 0; i < doubts->key_count; i++)
		free(doubts->keys[i]);
	for (size_t i = 0; i < doubts->decide_count; i++)
		free(doubts->decide[i]);
	free(doubts->keys);
	free(doubts->decide);
	*doubts = (struct doubts){ 0 };
}

/* "intake:/data/A/B:label" is "B:label", "intake:choices/L/V:label" is "L/V".
 * The caller frees it. */
static char *short_key(const char *key)
{
	static const char choices[] = "choices/";
	const char *inside = strchr(key, ':'), *slash;

	if (!inside)
		return xstrdup(key);
	inside++;
	if (strncmp(inside, choices, strlen(choices)) == 0) {
		inside += strlen(choices);
		return xstrndup(inside, strcspn(inside, ":"));
	}
	slash = memrchr(inside, '/', strcspn(inside, ":"));
	return xstrdup(slash ? slash + 1 : inside);
}

bool doubts_has(const struct doubts *doubts, const char *key)
{
	SCOPED(char_freep) char *brief = short_key(key);
	size_t list = strcspn(brief, "/");

	for (size_t i = 0; i < doubts->key_count; i++) {
		const char *known = doubts->keys[i];

		if (strcmp(known, brief) == 0 ||
		    (brief[list] && strlen(known) == list &&
		     strncmp(known, brief, list) == 0))
			return true;
	}
	return false;
}
