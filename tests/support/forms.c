#include "tests/support/forms.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "tests/support/logged.h"
#include "tests/test.h"

char *forms_text(const char *model, const char *body)
{
	return xasprintf(
	    "<h:html xmlns=\"http://www.w3.org/2002/xforms\""
	    " xmlns:h=\"http://www.w3.org/1999/xhtml\""
	    " xmlns:jr=\"http://openrosa.org/javarosa\""
	    " xmlns:orx=\"http://openrosa.org/xforms\""
	    " xmlns:odk=\"http://www.opendatakit.org/xforms\""
	    " xmlns:entities=\"http://www.opendatakit.org/xforms/entities\""
	    " xmlns:foyer=\"urn:foyer:xforms:1\">"
	    "<h:head><h:title>t</h:title><model>%s</model></h:head>"
	    "<h:body>%s</h:body></h:html>",
	    model, body);
}

static void add_bind(struct bytes *model, int i, int count)
{
	bytes_add_format(model, "<bind nodeset='/data/q%d'", i);
	if (i % 10)
		bytes_add_format(model, " relevant=\"/data/q%d = '1'\"",
				 i - i % 10);
	if (i == count - 1) {
		bytes_add_text(model, " calculate='0");
		for (int j = 0; j < count; j += 100)
			bytes_add_format(model, " + /data/q%d", j);
		bytes_add_text(model, " '");
	}
	bytes_add_text(model, "/>");
}

char *forms_many(int count)
{
	struct bytes model = { 0 }, body = { 0 };
	char *text;

	bytes_add_text(&model, "<instance><data id='many'>");
	for (int i = 0; i < count; i++)
		bytes_add_format(&model, "<q%d/>", i);
	bytes_add_text(&model, "</data></instance>");
	for (int i = 0; i < count; i++) {
		add_bind(&model, i, count);
		bytes_add_format(&body,
				 "<input ref='/data/q%d'><label>Question %d"
				 "</label></input>",
				 i, i);
	}
	text = forms_text((char *)model.data, (char *)body.data);
	bytes_done(&model);
	bytes_done(&body);
	return text;
}

struct form *forms_of(const char *model, const char *body)
{
	SCOPED(char_freep) char *text = forms_text(model, body);
	struct form *form = NULL;

	assert_int_equal(form_parse("test", text, strlen(text), NULL, &form),
			 FAULT_NONE);
	return form;
}

struct form *forms_data(const char *data, const char *rest, const char *body)
{
	SCOPED(char_freep)
	char *model = xasprintf("<instance><data id='f'>%s</data></instance>%s",
				data, rest);

	return forms_of(model, body);
}

static int64_t noon(void *to)
{
	(void)to;
	return 1580731200000;
}

static void count_up(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	for (size_t i = 0; i < count; i++)
		bytes[i] = (uint8_t)i;
}

static const char *property(void *to, const char *name)
{
	(void)to;
	return strcmp(name, "p") == 0 ? "set" : NULL;
}

const struct run_world forms_world = {
	.now = noon,
	.random_bytes = count_up,
	.property = property,
};

struct run *forms_run(const struct form *form)
{
	struct run *run = NULL;

	assert_int_equal(run_new(form, &forms_world, &run), FAULT_NONE);
	return run;
}

struct node *forms_node(const struct run *run, const char *reference)
{
	struct node *node = run_find(run, reference);

	if (!node)
		fail_msg("there is no %s", reference);
	return node;
}

enum run_answer forms_set(struct run *run, const char *reference,
			  const char *value)
{
	enum run_answer answer;

	assert_int_equal(
	    run_set(run, forms_node(run, reference), value, &answer),
	    FAULT_NONE);
	return answer;
}

const char *forms_value(const struct run *run, const char *reference)
{
	const struct node *node = forms_node(run, reference);

	return node_relevant(node) ? node_value(node) : "";
}

void forms_refused(const char *model, const char *body, enum fault fault, ...)
{
	SCOPED(char_freep) char *text = forms_text(model, body);
	struct form *form = NULL;
	va_list words;
	const char *word;

	logged_start();
	enum fault got = form_parse("test", text, strlen(text), NULL, &form);
	if (got == FAULT_NONE)
		form_free(form);
	assert_int_equal(got, fault);
	va_start(words, fault);
	while ((word = va_arg(words, const char *))) {
		if (!strstr(logged(), word))
			fail_msg("\"%s\" is not in: %s", word, logged());
	}
	va_end(words);
	logged_stop();
}
