#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/day.h"
#include "desk/directory.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "desk/sheet.h"
#include "record/entity.h"
#include "record/taxonomy.h"
#include "ui/table.h"

/*
 * One service of the directory: all that is known of it, a line a row, and
 * what people who were sent there said.
 */
#define LABEL_CELLS 22

struct line {
	char *label, *text; /* label "": the text goes on */
};

struct card {
	struct desk *desk;
	struct directory_referral about;
	char *need; /* about's own copy */
	char *name;
	bool stale;
	struct line *lines;
	size_t count;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct card *card = to;
	const struct line *line = &card->lines[row];

	return (struct table_cell){
		.text = column ? line->text : line->label,
		.colour = column ? CANVAS_INK : CANVAS_QUIET,
	};
}

/* --- lines -----------------------------------------------------------------
 */

static void forget(struct card *card)
{
	while (card->count) {
		card->count--;
		free(card->lines[card->count].label);
		free(card->lines[card->count].text);
	}
	free(card->lines);
	card->lines = NULL;
}

static void add_line(struct card *card, const char *label, const char *text,
		     size_t length)
{
	card->lines =
	    xreallocarray(card->lines, card->count + 1, sizeof *card->lines);
	card->lines[card->count++] =
	    (struct line){ xstrdup(label), xstrndup(text, length) };
}

/* Each line of a text is a row; the first one has the label. */
static void add_text(struct card *card, const char *key, const char *text)
{
	SCOPED(char_freep) char *label = desk_word(card->desk, key);

	for (bool first = true; *text; first = false) {
		const size_t length = strcspn(text, "\n");

		add_line(card, first ? label : "", text, length);
		text += length + (text[length] == '\n');
	}
}

static void add_terms(struct card *card, const char *terms)
{
	SCOPED(taxonomy_freep) struct taxonomy *taxonomy = NULL;
	struct bytes text = { 0 };

	if (taxonomy_read(&taxonomy))
		return;
	bytes_add_text(&text, "");
	for (const char *at = terms + strspn(terms, " "); *at;) {
		const size_t length = strcspn(at, " ");
		SCOPED(char_freep) char *code = xstrndup(at, length);

		bytes_add_format(
		    &text, "%s%s", text.length ? "\n" : "",
		    taxonomy_label(taxonomy, code, card->desk->staff.language));
		at += length;
		at += strspn(at, " ");
	}
	add_text(card, "directory.terms", (char *)text.data);
	bytes_done(&text);
}

static enum fault read_card(struct card *card, enum directory_answer *answer)
{
	const struct directory_rules rules = directory_rules_of(card->desk);
	struct directory_card read;
	enum fault fault =
	    directory_card_read(card->desk->record, card->about.service, &rules,
				card->desk->staff.language, answer, &read);

	if (fault || *answer != DIRECTORY_DONE)
		return fault;
	forget(card);
	free(card->name);
	card->name = xstrdup(read.parts[DIRECTORY_NAME]);
	card->stale = read.stale;
	for (enum directory_part i = DIRECTORY_ORGANIZATION;
	     i < DIRECTORY_PARTS; i++) {
		SCOPED(char_freep)
		char *key = xasprintf("directory.%s", directory_part_word(i));
		SCOPED(char_freep)
		char *text =
		    i == DIRECTORY_ASSURED && *read.parts[i]
			? day_shown(card->desk->staff.words, read.parts[i])
			: xstrdup(read.parts[i]);

		add_text(card, key, text);
	}
	add_terms(card, read.terms);
	add_text(card, "directory.said", read.said);
	directory_card_done(&read);
	table_set_count(card->table, card->count);
	return FAULT_NONE;
}

/* --- the screen ------------------------------------------------------------
 */

static void leave(void *state)
{
	struct card *card = state;

	forget(card);
	free(card->need);
	free(card->name);
	table_free(card->table);
	free(card);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[] = {
		{ NULL, LABEL_CELLS, CANVAS_START, 0 },
		{ NULL, 0, CANVAS_START, 0 },
	};
	struct card *card = xcalloc(1, sizeof *card);
	enum directory_answer answer;
	enum fault fault;

	card->desk = desk;
	card->about = *(const struct directory_referral *)about;
	card->need = card->about.need ? xstrdup(card->about.need) : NULL;
	card->about.need = card->need;
	card->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COUNT(columns),
	    .fill = fill,
	    .to = card,
	});
	fault = read_card(card, &answer);
	if (!fault && answer == DIRECTORY_DONE) {
		*state = card;
		return FAULT_NONE;
	}
	if (!fault)
		desk_say_key(desk, "directory.gone");
	leave(card);
	return fault;
}

static void refresh(void *state)
{
	struct card *card = state;
	enum directory_answer answer;

	if (read_card(card, &answer))
		desk_say_trouble(card->desk);
	else if (answer != DIRECTORY_DONE)
		desk_say_key(card->desk, "directory.gone");
}

static void draw(void *state, struct canvas *canvas)
{
	struct card *card = state;
	struct canvas_area area = frame_draw(card->desk, canvas, card->name);

	if (card->stale) {
		SCOPED(char_freep)
		char *words = desk_word(card->desk, "directory.stale_words");

		frame_line(canvas, area.y, 2, area.w - 3, words,
			   card->desk->staff.language, CANVAS_BOLD, CANVAS_INK);
		area.y++;
		area.h--;
	}
	table_draw(card->table, canvas, area, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct card *card = state;

	if (!action_key(card->desk, event))
		(void)table_key(card->table, event);
	return SCREEN_STAY;
}

static void check(struct desk *desk, void *state)
{
	directory_check(desk, ((struct card *)state)->about.service);
}

/* In the person's language, where somebody's service it is. */
static void print(struct desk *desk, void *state)
{
	const struct card *card = state;
	SCOPED(entity_freep) struct entity *person = NULL;
	enum entity_answer answer;

	if (card->about.person &&
	    entity_read(desk->record, kind_find("person"), card->about.person,
			&desk->staff.who, desk->clock.now, &answer, &person)) {
		desk_say_trouble(desk);
		return;
	}
	directory_print(desk, card->about.service,
			person ? entity_text(person, "language") : NULL);
}

static void refer(struct desk *desk, void *state)
{
	directory_refer(desk, &((struct card *)state)->about);
}

static void open_details(struct desk *desk, void *state)
{
	const struct card *card = state;

	desk_open(desk, &desk_sheet_screen,
		  &(struct sheet_about){ .kind = kind_find("service"),
					 .id = card->about.service });
}

static const struct action actions[] = {
	{ 'k', "directory.check", "directory.check_about", NULL, check },
	{ 'r', "directory.refer", "directory.refer_about", NULL, refer },
	{ 'p', "desk.print", "directory.print_about", NULL, print },
	{ 'i', "desk.details", "directory.details_about", NULL, open_details },
	{ 0 },
};

const struct view desk_service_screen = {
	.name = "service",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
