#include "ui/entry.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/cells.h"
#include "text/language.h"
#include "text/letter.h"

struct entry {
	char *language, *placeholder;
	bool lines, secret;
	entry_accepts *accepts;
	void *to;
	char text[ENTRY_MAX + 1];
	size_t length, caret;
	struct canvas_area on_screen; /* when last drawn */
};

struct entry *entry_new(const struct entry_options *options)
{
	struct entry *entry = xcalloc(1, sizeof *entry);

	entry->language = xstrdup(options->language);
	entry->placeholder =
	    options->placeholder ? xstrdup(options->placeholder) : NULL;
	entry->lines = options->lines;
	entry->secret = options->secret;
	entry->accepts = options->accepts;
	entry->to = options->to;
	return entry;
}

void entry_free(struct entry *entry)
{
	if (!entry)
		return;
	free(entry->language);
	free(entry->placeholder);
	explicit_bzero(entry, sizeof *entry);
	free(entry);
}

const char *entry_text(const struct entry *entry)
{
	return entry->text;
}

size_t entry_caret(const struct entry *entry)
{
	return entry->caret;
}

static void wipe(char *text)
{
	explicit_bzero(text, strlen(text));
	free(text);
}

static void store(struct entry *entry, const char *text, size_t caret)
{
	size_t length = strlen(text);

	assert(length <= ENTRY_MAX && caret <= length);
	explicit_bzero(entry->text, entry->length);
	memcpy(entry->text, text, length + 1);
	entry->length = length;
	entry->caret = caret;
}

void entry_set_text(struct entry *entry, const char *text)
{
	char *normal = text_normal(text);
	size_t length = strlen(normal);

	while (length > ENTRY_MAX) {
		length = text_previous_cluster(normal, length);
		explicit_bzero(normal + length, strlen(normal + length));
	}
	store(entry, normal, length);
	wipe(normal);
}

/* --- changing ------------------------------------------------------------- */

/* A composed letter may join the one before the caret with the one behind it;
 * the caret then goes behind both. */
static size_t at_cluster(const char *text, size_t caret)
{
	size_t at = 0;

	while (at < caret)
		at = text_next_cluster(text, at);
	return at;
}

/* before and after as one text, if it is allowed. */
static enum entry_event replace(struct entry *entry, const char *before,
				const char *after)
{
	char *front = text_normal(before);
	char *both = xasprintf("%s%s", before, after);
	char *whole = text_normal(both);
	size_t caret = strlen(front), length = strlen(whole);
	enum entry_event event = ENTRY_REFUSED;

	if (length <= ENTRY_MAX &&
	    (!entry->accepts || entry->accepts(entry->to, whole))) {
		store(entry, whole,
		      at_cluster(whole, caret < length ? caret : length));
		event = ENTRY_CHANGED;
	}
	wipe(front);
	wipe(both);
	wipe(whole);
	return event;
}

enum entry_event entry_replace(struct entry *entry, size_t bytes,
			       const char *text)
{
	assert(bytes <= entry->caret);
	char *before =
	    xasprintf("%.*s%s", (int)(entry->caret - bytes), entry->text, text);
	char *after = xstrdup(entry->text + entry->caret);
	enum entry_event event = replace(entry, before, after);

	wipe(before);
	wipe(after);
	return event;
}

enum entry_event entry_insert(struct entry *entry, const char *text)
{
	return entry_replace(entry, 0, text);
}

/* What is taken away needs nobody's leave. What then meets may compose. */
static enum entry_event remove_bytes(struct entry *entry, size_t from,
				     size_t to)
{
	char *left =
	    xasprintf("%.*s%s", (int)from, entry->text, entry->text + to);
	char *whole = text_normal(left);
	size_t length = strlen(whole);

	store(entry, whole, at_cluster(whole, from < length ? from : length));
	wipe(left);
	wipe(whole);
	return ENTRY_CHANGED;
}

/* Scripts whose letters are built of signs, which are taken back one by one. */
static bool is_built_of_signs(const char *tag)
{
	static const char *const scripts[] = {
		"Deva", "Guru", "Gujr", "Beng", "Taml", "Mlym", "Telu",
		"Knda", "Sinh", "Mymr", "Khmr", "Thai", "Laoo",
	};
	const struct language *language = language_find(tag);

	for (size_t i = 0; language && i < COUNT(scripts); i++) {
		if (strcmp(language->script, scripts[i]) == 0)
			return true;
	}
	return false;
}

static size_t previous_point(const char *text, size_t at)
{
	while (at && ((unsigned char)text[--at] & 0xc0) == 0x80)
		continue;
	return at;
}

enum entry_event entry_erase(struct entry *entry)
{
	size_t from;

	if (!entry->caret)
		return ENTRY_MOVED;
	from = is_built_of_signs(entry->language)
		   ? previous_point(entry->text, entry->caret)
		   : text_previous_cluster(entry->text, entry->caret);
	return remove_bytes(entry, from, entry->caret);
}

static enum entry_event erase_next(struct entry *entry)
{
	size_t to = text_next_cluster(entry->text, entry->caret);

	return to > entry->caret ? remove_bytes(entry, entry->caret, to)
				 : ENTRY_MOVED;
}

static enum entry_event write_character(struct entry *entry, uint32_t character)
{
	char bytes[LETTER_BYTES];

	letter_bytes(character, bytes);
	return entry_insert(entry, bytes);
}

/* --- keys ----------------------------------------------------------------- */

static enum entry_event move_to(struct entry *entry, size_t caret)
{
	entry->caret = caret;
	return ENTRY_MOVED;
}

/* Left is back where text runs to the right, and on where it runs left. */
static enum entry_event move_by(struct entry *entry, bool left)
{
	const struct language *language = language_find(entry->language);
	bool rtl = language && language->right_to_left;

	return move_to(entry,
		       left != rtl
			   ? text_previous_cluster(entry->text, entry->caret)
			   : text_next_cluster(entry->text, entry->caret));
}

static enum entry_event touch(const struct entry *entry,
			      const struct ui_event *event)
{
	return canvas_area_holds(&entry->on_screen, event->y, event->x)
		   ? ENTRY_MOVED
		   : ENTRY_IGNORED;
}

enum entry_event entry_key(struct entry *entry, const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_TEXT:
		return write_character(entry, event->character);
	case UI_KEY_BACKSPACE:
		return entry_erase(entry);
	case UI_KEY_DELETE:
		return erase_next(entry);
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		return move_by(entry, event->key == UI_KEY_LEFT);
	case UI_KEY_HOME:
		return move_to(entry, 0);
	case UI_KEY_END:
		return move_to(entry, entry->length);
	case UI_KEY_ENTER:
		return entry->lines ? entry_insert(entry, "\n") : ENTRY_ENTERED;
	case UI_KEY_POINT:
		return touch(entry, event);
	default:
		return ENTRY_IGNORED;
	}
}

/* --- drawing -------------------------------------------------------------- */

/* A dot a cluster; the caret among them. The caller frees it. */
static char *dots(const struct entry *entry, int *caret)
{
	struct bytes out = { 0 };

	*caret = 0;
	for (size_t at = 0; at < entry->length;
	     at = text_next_cluster(entry->text, at)) {
		bytes_add_text(&out, "•");
		if (at < entry->caret)
			*caret = (int)out.length;
	}
	return bytes_take_text(&out);
}

static enum canvas_colour colour_of(enum entry_focus focus)
{
	return focus == ENTRY_FOCUSED ? CANVAS_FOCUS : CANVAS_INK;
}

static void draw_text(const struct entry *entry, struct canvas *canvas,
		      const struct canvas_area *inside, enum entry_focus focus)
{
	int caret = (int)entry->caret;
	char *text = entry->secret ? dots(entry, &caret) : xstrdup(entry->text);

	canvas_text(canvas, &(struct canvas_text){
				.y = inside->y,
				.x = inside->x,
				.h = inside->h,
				.w = inside->w,
				.text = text,
				.language = entry->language,
				.colour = colour_of(focus),
				.caret = focus == ENTRY_QUIET ? -1 : caret,
				.middle = !entry->lines,
			    });
	wipe(text);
}

static void draw_placeholder(const struct entry *entry, struct canvas *canvas,
			     const struct canvas_area *inside)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = inside->y,
				.x = inside->x,
				.h = inside->h,
				.w = inside->w,
				.text = entry->placeholder,
				.language = entry->language,
				.colour = CANVAS_QUIET,
				.caret = -1,
				.middle = !entry->lines,
			    });
}

/* Without the focus a field is a line to write on. */
static void draw_ground(struct canvas *canvas, const struct canvas_area *area,
			enum entry_focus focus)
{
	canvas_fill(canvas, area->y, area->x, area->h, area->w,
		    colour_of(focus));
	if (focus != ENTRY_FOCUSED && area->h > 1)
		canvas_rule(canvas, area->y + area->h - 1, area->x, area->w);
}

void entry_draw(struct entry *entry, struct canvas *canvas,
		struct canvas_area area, enum entry_focus focus)
{
	struct canvas_area inside = area;

	entry->on_screen = canvas_on_screen(canvas, area);
	draw_ground(canvas, &area, focus);
	inside.x += area.w > 2;
	inside.w -= area.w > 2 ? 2 : 0;
	inside.h -= focus != ENTRY_FOCUSED && area.h > 1;
	if (!entry->length && focus == ENTRY_QUIET && entry->placeholder)
		draw_placeholder(entry, canvas, &inside);
	else
		draw_text(entry, canvas, &inside, focus);
}
