#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "xpath/index.h"
#include "xpath/xpath.h"

/*
 * An expression from outside: parsed, asked for its paths and calls, and
 * evaluated over a small document with everything a host can offer.
 */
static const char document[] =
    "<data id='probe'><empty/><d1>2020-01-01</d1><sel>a b</sel>"
    "<rep><v>1</v></rep><rep><v>2</v></rep><rep><v>x</v></rep>"
    "<c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/><c/></data>";

static xmlNode *root;
static struct xpath_index *names;

static xmlNode *primary(void *to)
{
	(void)to;
	return root;
}

static xmlNode *instance(void *to, const char *id)
{
	(void)to;
	return *id == 'x' ? NULL : root->parent;
}

static bool hidden(void *to, const xmlNode *node)
{
	(void)to;
	return node == root->children->next;
}

static char *choice_name(void *to, const xmlNode *node, const char *value,
			 const char *path)
{
	(void)to, (void)node, (void)path;
	return xstrdup(value);
}

static char *itext(void *to, const char *id)
{
	(void)to;
	return xstrdup(id);
}

static int64_t now(void *to)
{
	(void)to;
	return INT64_C(1580731200000);
}

static double random_number(void *to)
{
	(void)to;
	return 0.75;
}

static void count_path(void *to, const struct xpath_path *path)
{
	*(size_t *)to += path->count;
}

static void count_call(void *to, const char *function, size_t arguments,
		       size_t offset)
{
	*(size_t *)to += strlen(function) + arguments + offset;
}

static void ask(const struct xpath *xpath, xmlNode *node)
{
	static const struct xpath_host host = {
		.now = now,
		.zone = "America/New_York",
		.random = random_number,
		.instance = instance,
		.primary = primary,
		.hidden = hidden,
		.choice_name = choice_name,
		.itext = itext,
	};
	struct xpath_host indexed = host;
	struct xpath_place place = { .node = node };
	struct xpath_problem problem;
	struct xpath_value value;

	indexed.index = names;
	if (xpath_evaluate(xpath, &indexed, &place, 20000, &value, &problem)) {
		if (!memchr(problem.text, 0, sizeof problem.text))
			abort();
		return;
	}
	free(xpath_store(&indexed, &value));
	(void)xpath_true(&indexed, &value);
	(void)xpath_to_number(&indexed, &value);
	xpath_value_done(&value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *text = xstrndup((const char *)data, size);
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	struct xpath_problem problem = { 0 };
	size_t sum = 0;

	if (!root) {
		root = xmlDocGetRootElement(xmlReadMemory(
		    document, sizeof document - 1, NULL, NULL, 0));
		names = xpath_index_new();
	}
	if (xpath_parse(text, &xpath, &problem)) {
		if (problem.offset > strlen(text) || !*problem.text)
			abort();
		return 0;
	}
	xpath_each_path(xpath, count_path, &sum);
	xpath_each_call(xpath, count_call, &sum);
	ask(xpath, root);
	ask(xpath, root->children);
	return 0;
}
