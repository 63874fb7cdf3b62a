#include "tests/support/asks.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/forms.h"
#include "tests/test.h"
#include "text/icu.h"

/* With the form that is there. */
static void begin(struct asks *asks, const char *tag)
{
	SCOPED(char_freep)
	char *path = xasprintf("translations/kiosk.%s.po", tag);

	asks->run = forms_run(asks->form);
	asks->words = catalogue_new(tag);
	assert_int_equal(catalogue_add(asks->words, path), FAULT_NONE);
	asks->look = (struct ask_look){
		.language = language_find(tag),
		.words = asks->words,
		.text_size = 1,
	};
}

void asks_start(struct asks *asks, const char *tag, const char *data,
		const char *rest, const char *body)
{
	*asks = (struct asks){ .form = forms_data(data, rest, body) };
	begin(asks, tag);
}

void asks_open(struct asks *asks, const char *tag, const char *name)
{
	SCOPED(char_freep)
	char *path = xasprintf("tests/data/widgets/%s.xml", name);

	*asks = (struct asks){ 0 };
	assert_int_equal(form_read(path, "tests/data/widgets", &asks->form),
			 FAULT_NONE);
	begin(asks, tag);
	run_set_language(asks->run, tag);
}

void asks_done(struct asks *asks)
{
	question_free(asks->question);
	run_free(asks->run);
	form_free(asks->form);
	catalogue_free(asks->words);
	*asks = (struct asks){ 0 };
}

static void add_step(struct bytes *out, const struct step *step)
{
	if (out->length)
		bytes_add_text(out, " | ");
	for (size_t i = 0; i < step->count; i++)
		bytes_add_format(out, step_asks(step, i) ? "%s%s" : "%s(%s)",
				 i ? "+" : "", node_name(step->field[i]));
}

char *asks_steps(struct asks *asks)
{
	struct bytes out = { 0 };
	struct step step;

	for (bool more = step_first(asks->run, &step); more;
	     more = step_next(&step, &step))
		add_step(&out, &step);
	return bytes_take_text(&out);
}

static bool has(const struct step *step, const struct node *node)
{
	for (size_t i = 0; i < step->count; i++) {
		if (step->field[i] == node)
			return true;
	}
	return false;
}

void asks_at(struct asks *asks, const char *reference)
{
	const struct node *node = forms_node(asks->run, reference);
	bool more = step_first(asks->run, &asks->step);

	while (more && !has(&asks->step, node))
		more = step_next(&asks->step, &asks->step);
	assert_true(more);
	question_free(asks->question);
	assert_int_equal(
	    question_new(asks->run, &asks->step, &asks->look, &asks->question),
	    FAULT_NONE);
}

static enum question_event send(struct asks *asks, const struct ui_event *event)
{
	SCOPED(char_freep) char *drawn = asks_picture(asks, 24, 60);
	enum question_event what;

	assert_int_equal(question_key(asks->question, event, &what),
			 FAULT_NONE);
	return what;
}

enum question_event asks_key(struct asks *asks, enum ui_key key)
{
	return send(asks, &(struct ui_event){ .key = key });
}

enum question_event asks_type(struct asks *asks, const char *text)
{
	enum question_event what = QUESTION_IGNORED;

	for (size_t at = 0, length = strlen(text); at < length;)
		what = send(asks,
			    &(struct ui_event){ .key = UI_KEY_TEXT,
						.character = (uint32_t)icu_next(
						    text, length, &at) });
	return what;
}

enum question_event asks_onward(struct asks *asks)
{
	enum question_event what;

	assert_int_equal(question_onward(asks->question, &what), FAULT_NONE);
	return what;
}

enum question_event asks_back(struct asks *asks)
{
	enum question_event what;

	assert_int_equal(question_back(asks->question, &what), FAULT_NONE);
	return what;
}

char *asks_picture(struct asks *asks, int rows, int columns)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(rows, columns, false);

	canvas_mirror(canvas, asks->look.language->right_to_left);
	canvas_clear(canvas);
	question_draw(asks->question, canvas,
		      &(struct canvas_area){ 0, 2, rows, columns - 4 });
	return canvas_picture(canvas);
}

bool asks_shows(struct asks *asks, const char *text)
{
	SCOPED(char_freep) char *picture = asks_picture(asks, 24, 60);

	return strstr(picture, text) != NULL;
}
