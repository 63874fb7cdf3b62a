#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "form/form.h"
#include "form/run.h"

/* Any document: parsed, begun, walked, answered, grown, spoken and written. */

static void say_nothing(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void random_bytes(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	memset(bytes, 7, count);
}

static const struct run_world world = { .random_bytes = random_bytes };

static void read_words(struct node *node)
{
	char *words[] = {
		node_label(node),          node_short_label(node),
		node_hint(node),           node_guidance(node),
		node_reference(node),      node_violation_message(node),
		node_media(node, "audio"),
	};

	for (size_t i = 0; i < COUNT(words); i++)
		free(words[i]);
}

/* An answer that the node may take: its first choices, or plain ones. */
static void answer(struct run *run, struct node *node)
{
	static const char *const tries[] = { "1", "x", "2020-02-03", "OK", "" };
	const struct choice_item *items;
	enum run_answer got;
	size_t count;

	if (node_choices(node, &items, &count))
		return;
	if (count) {
		char *value =
		    xasprintf("%s %s", items[count - 1].value, items[0].value);

		(void)!run_set(run, node, value, &got);
		free(value);
	}
	for (size_t i = 0; i < COUNT(tries); i++)
		(void)!run_set(run, node, tries[i], &got);
	(void)!run_put(run, node, "x", &got);
}

/* Goes on after what it changed by reference: an answer may remove nodes. */
static void visit(struct run *run, int budget)
{
	for (int i = 0; i < budget; i++) {
		struct node *node = run_root(run);
		int skip = i;

		while (node && skip-- > 0) {
			struct node *next = node_first(node);

			while (!next && node) {
				next = node_next(node);
				if (!next)
					node = node_parent(node);
			}
			node = next;
		}
		if (!node)
			return;
		read_words(node);
		if (node_kind(node) == NODE_REPEAT && !node_counted(node))
			(void)!run_repeat_add(run, node);
		answer(run, node);
	}
}

static void remove_one(struct run *run)
{
	for (struct node *node = node_first(run_root(run)); node;
	     node = node_next(node)) {
		if (node_kind(node) == NODE_REPEAT && node_first(node) &&
		    !node_counted(node)) {
			(void)!run_repeat_remove(run, node_first(node));
			return;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct form *form = NULL;
	struct run *run = NULL;
	struct bytes xml = { 0 };
	uint8_t digest[32];

	log_to(say_nothing, NULL);
	if (form_parse("fuzz", data, size, NULL, &form))
		return 0;
	form_digest(form, digest);
	if (!run_new(form, &world, &run)) {
		visit(run, 40);
		run_set_language(run, "fr");
		remove_one(run);
		(void)!run_submission(run, &xml);
	}
	bytes_wipe(&xml);
	run_free(run);
	form_free(form);
	return 0;
}
