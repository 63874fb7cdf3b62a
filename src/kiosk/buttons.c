#include "kiosk/buttons.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/memory.h"

/* What each button is to every screen; see ask/surround.h. */
static const struct {
	const char *name;
	struct ui_event means;
} meanings[] = {
	{ "up", { .key = UI_KEY_UP } },
	{ "down", { .key = UI_KEY_DOWN } },
	{ "back", { .key = UI_KEY_ESCAPE } },
	{ "skip", { .key = UI_KEY_TAB } },
	{ "yes", { .key = UI_KEY_ENTER } },
	{ "person", { .key = UI_KEY_FUNCTION, .character = 1 } },
};

static const struct {
	const char *name;
	enum ui_key key;
	uint32_t character;
} names[] = {
	{ "Up", UI_KEY_UP, 0 },
	{ "Down", UI_KEY_DOWN, 0 },
	{ "Left", UI_KEY_LEFT, 0 },
	{ "Right", UI_KEY_RIGHT, 0 },
	{ "Enter", UI_KEY_ENTER, 0 },
	{ "Escape", UI_KEY_ESCAPE, 0 },
	{ "Tab", UI_KEY_TAB, 0 },
	{ "Space", UI_KEY_TEXT, ' ' },
	{ "Backspace", UI_KEY_BACKSPACE, 0 },
	{ "Delete", UI_KEY_DELETE, 0 },
	{ "Home", UI_KEY_HOME, 0 },
	{ "End", UI_KEY_END, 0 },
	{ "PageUp", UI_KEY_PAGE_UP, 0 },
	{ "PageDown", UI_KEY_PAGE_DOWN, 0 },
};

/* "F1" to "F12"; 0 for anything else. */
static uint32_t function_key(const char *name)
{
	unsigned number;
	char rest;

	if (sscanf(name, "%*1[Ff]%2u%c", &number, &rest) != 1)
		return 0;
	return number <= 12 ? number : 0;
}

static bool is_one_character(const char *name)
{
	return name[0] > ' ' && name[0] <= '~' && !name[1];
}

/* False where no key has the name. */
static bool find_key(const char *name, struct button *out)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcasecmp(name, names[i].name) == 0) {
			out->key = names[i].key;
			out->character = names[i].character;
			return true;
		}
	}
	out->key = UI_KEY_FUNCTION;
	if ((out->character = function_key(name)))
		return true;
	out->key = UI_KEY_TEXT;
	out->character = (uint8_t)name[0];
	return is_one_character(name);
}

static void add(struct buttons *buttons, const char *name, size_t meaning)
{
	struct button button = { .means = meanings[meaning].means };

	if (!find_key(name, &button) || buttons->count == BUTTON_KEYS)
		log_warning("foyer.ini, [keys] %s = %s is no key; name one of "
			    "Up, Down, Left, Right, Enter, Escape, Tab, Space, "
			    "Backspace, Delete, Home, End, PageUp, PageDown, "
			    "F1 to F12, or a character",
			    meanings[meaning].name, name);
	else
		buttons->known[buttons->count++] = button;
}

void buttons_read(const struct settings *settings, struct buttons *out)
{
	*out = (struct buttons){ 0 };
	for (size_t i = 0; i < COUNT(meanings); i++) {
		SCOPED(char_freep)
		char *list = xstrdup(
		    settings_text(settings, "keys", meanings[i].name, ""));
		char *rest = NULL;

		for (char *name = strtok_r(list, " \t", &rest); name;
		     name = strtok_r(NULL, " \t", &rest))
			add(out, name, i);
	}
}

struct ui_event buttons_meaning(const struct buttons *buttons,
				const struct ui_event *event)
{
	for (size_t i = 0; i < buttons->count; i++) {
		const struct button *button = &buttons->known[i];
		struct ui_event means = button->means;

		if (button->key != event->key ||
		    button->character != event->character)
			continue;
		means.at = event->at;
		return means;
	}
	return *event;
}
