#include "ui/keyboard_inside.h"

#include <stdio.h>
#include <string.h>

#include "text/letter.h"

/* --- what is shown -------------------------------------------------------- */

bool keyboard_is_latin(const struct layout *layout)
{
	return strcmp(layout->language->script, "Latn") == 0;
}

bool keyboard_has_offers(const struct keyboard *keyboard)
{
	return keyboard->kind == KEYBOARD_TEXT && !keyboard->digits &&
	       (keyboard->now->kind == LAYOUT_SYLLABLES ||
		keyboard->now->kind == LAYOUT_PINYIN);
}

static const struct layout_page *pages(const struct keyboard *keyboard,
				       int *count)
{
	*count = 1;
	if (keyboard->kind == KEYBOARD_NUMBERS)
		return layout_numbers();
	if (keyboard->kind == KEYBOARD_WHOLE)
		return &keyboard->own->whole;
	if (keyboard->kind == KEYBOARD_DECIMAL)
		return &keyboard->own->decimal;
	if (keyboard->digits)
		return &keyboard->own->digits;
	if (keyboard->kind == KEYBOARD_ADDRESS)
		return &keyboard->address;
	*count = keyboard->now->page_count;
	return keyboard->now->pages;
}

/* The last rows of a page are wanted first. */
void keyboard_find_views(struct keyboard *keyboard)
{
	int count;
	const struct layout_page *page = pages(keyboard, &count);

	keyboard->view_count = 0;
	for (int i = 0; i < count; i++, page++) {
		int rows = page->count;

		while (rows > 0 && keyboard->view_count < VIEWS) {
			int shown = rows < keyboard->letter_rows
					? rows
					: keyboard->letter_rows;

			rows -= shown;
			keyboard->views[keyboard->view_count++] =
			    (struct view){ page, rows, shown };
		}
	}
	if (keyboard->view >= keyboard->view_count)
		keyboard->view = 0;
}

const struct view *keyboard_view_now(const struct keyboard *keyboard)
{
	return &keyboard->views[keyboard->view];
}

/* Rows of letters in the fullest view: the others leave some blank. */
static int most_rows(const struct keyboard *keyboard)
{
	int most = 0;

	for (int i = 0; i < keyboard->view_count; i++) {
		if (keyboard->views[i].count > most)
			most = keyboard->views[i].count;
	}
	return most;
}

static bool begins_word(const char *text, size_t caret)
{
	return !caret || strchr(" -\n", text[caret - 1]);
}

bool keyboard_wants_capital(const struct keyboard *keyboard)
{
	const char *text = entry_text(keyboard->entry);
	size_t caret = entry_caret(keyboard->entry);

	switch (keyboard->capitals) {
	case KEYBOARD_FIRST_CAPITAL:
		return !caret;
	case KEYBOARD_WORD_CAPITALS:
		return begins_word(text, caret);
	default:
		return false;
	}
}

static bool is_capital(const struct keyboard *keyboard)
{
	if (keyboard->digits || !keyboard->now->has_case ||
	    keyboard->kind != KEYBOARD_TEXT)
		return false;
	return keyboard->shift == SHIFT_BY_ITSELF
		   ? keyboard_wants_capital(keyboard)
		   : keyboard->shift != SHIFT_SMALL;
}

/* A key's text as it would be written now; the caller frees it. */
char *keyboard_written(const struct keyboard *keyboard, const char *text)
{
	return is_capital(keyboard)
		   ? letter_capital(text, keyboard->now->language->tag)
		   : xstrdup(text);
}

/* --- the rows of keys ----------------------------------------------------- */

static struct keypad_row *add_row(struct keypad *keypad, const char *language)
{
	struct keypad_row *row = &keypad->rows[keypad->row_count++];

	*row = (struct keypad_row){ .language = language };
	return row;
}

static void add_key(struct keypad_row *row, int id, const char *cap,
		    const char *word)
{
	struct keypad_key *key = &row->keys[row->count++];

	*key = (struct keypad_key){ .id = id, .word = word };
	snprintf(key->cap, sizeof key->cap, "%s", cap);
}

static void arrange_offers(struct keyboard *keyboard)
{
	struct keypad_row *row =
	    add_row(&keyboard->keypad, keyboard->now->language->tag);

	row->from_first = true;
	row->words = keyboard->now->kind == LAYOUT_PINYIN;
	if (keyboard->spelling[0])
		add_key(row, KEY_SPELLING, keyboard->spelling, NULL);
	for (int i = 0; i < keyboard->offer_count; i++)
		add_key(row, KEY_OFFER + i, keyboard->offers[i], NULL);
	if (keyboard->spelling[0] && keyboard->offer_count == PINYIN_OFFERS)
		add_key(row, KEY_MORE_OFFERS, "⋯", NULL);
}

static void arrange_letters(struct keyboard *keyboard)
{
	const struct view *view = keyboard_view_now(keyboard);

	for (int i = view->count; i < most_rows(keyboard); i++)
		add_row(&keyboard->keypad, keyboard->language);
	for (int i = 0; i < view->count; i++) {
		const struct layout_row *from =
		    &view->page->rows[view->first + i];
		struct keypad_row *row =
		    add_row(&keyboard->keypad, keyboard->now->language->tag);

		for (int j = 0; j < from->count; j++) {
			const struct layout_key *key = &from->keys[j];
			SCOPED(char_freep)
			char *text = keyboard_written(keyboard, key->text);

			add_key(row, KEY_LETTER + i * 16 + j,
				key->cap[0] ? key->cap : text, NULL);
		}
	}
}

/* The first letters of a layout's middle row, which name it. */
static void name_of(const struct layout *layout, char out[static KEYPAD_CAP])
{
	const struct layout_row *row =
	    &layout->pages[0].rows[layout->pages[0].count > 2 ? 1 : 0];

	snprintf(out, KEYPAD_CAP, "ABC");
	if (layout == layout_latin())
		return;
	out[0] = 0;
	for (int i = 0, shown = 0; i < row->count && shown < 2; i++) {
		if (!row->keys[i].cap[0]) {
			strcat(out, row->keys[i].text);
			shown++;
		}
	}
}

static void arrange_shift(const struct keyboard *keyboard,
			  struct keypad_row *row)
{
	if (keyboard->digits || !keyboard->now->has_case)
		return;
	add_key(row, KEY_SHIFT,
		keyboard->shift == SHIFT_LOCKED ? "⇪"
		: is_capital(keyboard)          ? "⬆"
						: "⇧",
		NULL);
}

static void arrange_other_letters(const struct keyboard *keyboard,
				  struct keypad_row *row)
{
	bool to_latin = keyboard->now != layout_latin();
	char cap[KEYPAD_CAP];

	if (keyboard_is_latin(keyboard->own))
		return;
	name_of(to_latin ? layout_latin() : keyboard->own, cap);
	add_key(row, KEY_OTHER_LETTERS, cap,
		keyboard->words[to_latin ? WORD_LETTERS : WORD_OWN_LETTERS]);
}

static void arrange_digits(const struct keyboard *keyboard,
			   struct keypad_row *row)
{
	char cap[KEYPAD_CAP] = "123";

	if (keyboard->digits)
		name_of(keyboard->now, cap);
	add_key(row, KEY_DIGITS, cap, NULL);
}

static bool is_numeric(const struct keyboard *keyboard)
{
	return keyboard->kind == KEYBOARD_NUMBERS ||
	       keyboard->kind == KEYBOARD_WHOLE ||
	       keyboard->kind == KEYBOARD_DECIMAL;
}

static void arrange_functions(struct keyboard *keyboard)
{
	struct keypad_row *row = add_row(&keyboard->keypad, keyboard->language);

	row->words = row->stays = true;
	if (keyboard->kind == KEYBOARD_TEXT) {
		arrange_other_letters(keyboard, row);
		arrange_shift(keyboard, row);
	}
	if (keyboard->view_count > 1)
		add_key(row, KEY_MORE, "⋯", keyboard->words[WORD_MORE]);
	if (!is_numeric(keyboard))
		arrange_digits(keyboard, row);
	if (keyboard->kind == KEYBOARD_TEXT ||
	    keyboard->kind == KEYBOARD_NUMBERS) {
		add_key(row, KEY_SPACE, "␣", keyboard->words[WORD_SPACE]);
		row->keys[row->count - 1].wide = true;
	}
	add_key(row, KEY_DELETE, "⌫", keyboard->words[WORD_DELETE]);
	if (!keyboard->secret)
		add_key(row, KEY_LARGER, "Aa", keyboard->words[WORD_LARGER]);
	add_key(row, KEY_DONE, "✓", NULL);
	if (keyboard->kind == KEYBOARD_WHOLE ||
	    keyboard->kind == KEYBOARD_DECIMAL)
		row->keys[row->count - 1].wide = true;
}

void keyboard_arrange(struct keyboard *keyboard)
{
	keyboard->keypad.row_count = 0;
	if (!keyboard->larger) {
		if (keyboard_has_offers(keyboard))
			arrange_offers(keyboard);
		arrange_letters(keyboard);
	}
	arrange_functions(keyboard);
	keypad_settle(&keyboard->keypad);
}
