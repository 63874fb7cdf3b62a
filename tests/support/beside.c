#include "tests/support/beside.h"

#include <stdlib.h>
#include <string.h>

#include "ask/page.h"
#include "base/bytes.h"
#include "base/data.h"
#include "tests/test.h"

#define PAGES_MOST 16
#define TEXTS_MOST 6 /* pages of a text, on a small screen */
#define ENTER '\r'
#define HOME "\033[H"

static bool offers(void *to, const char *tag)
{
	const struct beside *beside = to;
	const struct language *language = language_find(tag);

	return !language || language == beside->language ||
	       strcmp(tag, "en") == 0;
}

static const struct drawing *drawing(void *to, const char *address)
{
	return album_find(((struct beside *)to)->album, address);
}

static struct catalogue *read_words(const char *tag)
{
	static const char *const domains[] = { "kiosk", "ticket", "intake" };
	struct catalogue *words = catalogue_new(tag);

	for (size_t i = 0; i < COUNT(domains); i++) {
		SCOPED(char_freep)
		char *path =
		    xasprintf("translations/%s.%s.po", domains[i], tag);

		assert_int_equal(catalogue_add(words, path), FAULT_NONE);
	}
	return words;
}

void beside_start(struct beside *beside, const char *tag, int rows, int columns,
		  bool plates)
{
	SCOPED(char_freep) char *pictures = data_path(ALBUM_SHIPPED);
	const char *const folders[] = { pictures };

	*beside = (struct beside){ .language = language_find(tag),
				   .words = read_words(tag),
				   .english = read_words("en"),
				   .album = album_new(folders, 1),
				   .rows = rows,
				   .columns = columns,
				   .plates = plates };
	beside->look = (struct ask_look){ .text_size = 1,
					  .offers = offers,
					  .picture = drawing,
					  .to = beside };
}

void beside_done(struct beside *beside)
{
	album_free(beside->album);
	catalogue_free(beside->words);
	catalogue_free(beside->english);
}

const char *beside_translate(const struct beside *beside, const char *tag,
			     const char *key)
{
	SCOPED(char_freep) char *full = xasprintf("intake:%s", key);

	if (language_find(tag) != beside->language)
		return NULL;
	return catalogue_shown(beside->words, full);
}

void beside_speak(struct beside *beside, const char *tag)
{
	struct node *reserved = run_named(beside->run, "language");
	enum run_answer answer;

	beside->look.language = language_find(tag);
	beside->look.words = beside->look.language == beside->language
				 ? beside->words
				 : beside->english;
	run_set_language(beside->run, beside->look.language->tag);
	assert_int_equal(
	    run_put(beside->run, reserved, beside->look.language->tag, &answer),
	    FAULT_NONE);
}

static struct canvas *blank(const struct beside *beside)
{
	return canvas_new(beside->rows, beside->columns, beside->plates);
}

static struct canvas *draw(struct beside *beside, struct question *question,
			   const struct step *step)
{
	struct canvas *canvas = blank(beside);
	struct page page = { 0 };

	page_draw(&page, question, beside->run, step, &beside->look, canvas);
	page_done(&page);
	return canvas;
}

/* With the focus on a field, all before it passed over. */
static struct question *ask(struct beside *beside, const struct step *step,
			    size_t field)
{
	struct question *question = NULL;
	enum question_event what;
	size_t first = 0;

	assert_int_equal(
	    question_new(beside->run, step, &beside->look, &question),
	    FAULT_NONE);
	while (first < field && !step_asks(step, first))
		first++;
	for (size_t i = first; i < field; i++) {
		if (step_asks(step, i))
			assert_int_equal(question_onward(question, &what),
					 FAULT_NONE);
	}
	return question;
}

struct canvas *beside_draw(struct beside *beside, const struct step *step)
{
	SCOPED(question_freep)
	struct question *question = ask(beside, step, 0);

	return draw(beside, question, step);
}

struct canvas *beside_draw_check(struct beside *beside)
{
	struct canvas *canvas = blank(beside);
	struct check check;

	assert_int_equal(check_make(beside->run, &beside->look, false, &check),
			 FAULT_NONE);
	check_draw(&check, canvas);
	check_done(&check);
	return canvas;
}

/* --- keys ----------------------------------------------------------------- */

static void type(struct question *question, char key)
{
	const struct ui_event event = {
		.key = key == ENTER ? UI_KEY_ENTER : UI_KEY_TEXT,
		.character = (unsigned char)key,
	};
	enum question_event what;

	assert_int_equal(question_key(question, &event, &what), FAULT_NONE);
}

/* Whether the field holds the value after the keys. */
static bool gives(struct beside *beside, const struct step *step, size_t field,
		  const char *keys, const char *value)
{
	struct node *node = step->field[field];
	SCOPED(question_freep)
	struct question *question = ask(beside, step, field);
	enum run_answer answer;
	bool right;

	for (; *keys; keys++) {
		/* What a key means depends on the page that is seen. */
		canvas_free(draw(beside, question, step));
		type(question, *keys);
	}
	right = strcmp(node_value(node), value) == 0;
	assert_int_equal(run_set(beside->run, node, "", &answer), FAULT_NONE);
	return right;
}

/* Pages of text to be read, pages of a list, and the row's number. */
static char *keys_for(int texts, int pages, char number)
{
	struct bytes keys = { 0 };

	for (int i = 0; i < texts; i++)
		bytes_add_byte(&keys, ENTER);
	for (int i = 0; i < pages; i++)
		bytes_add_byte(&keys, '0');
	bytes_add_byte(&keys, (uint8_t)number);
	return bytes_take_text(&keys);
}

static char *find_keys(struct beside *beside, const struct step *step,
		       size_t field, const char *value, int texts)
{
	for (int pages = 0; pages < PAGES_MOST; pages++) {
		for (char number = '1'; number <= '9'; number++) {
			char *keys = keys_for(texts, pages, number);

			if (gives(beside, step, field, keys, value))
				return keys;
			free(keys);
		}
	}
	return NULL;
}

char *beside_keys(struct beside *beside, const struct step *step, size_t field,
		  const char *value)
{
	SCOPED(char_freep) char *keys = NULL;

	for (int texts = 0; texts < TEXTS_MOST && !keys; texts++)
		keys = find_keys(beside, step, field, value, texts);
	return keys ? xasprintf("%s%s", HOME, keys) : NULL;
}
