#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/box_papers.h"
#include "desk/frame.h"
#include "desk/listing.h"
#include "desk/titled.h"
#include "print/spool.h"
#include "record/listing.h"

/*
 * What was printed at this desk and lies on the box still: it is put on a
 * stick for an office's printer, one or all of it, and erased here.
 */
enum column { WHAT, WHEN, SIZE, WHERE, COLUMNS };

#define CELL 32 /* bytes of a moment or a size */

struct prints {
	struct desk *desk;
	struct papers papers;
	struct table *table;
	char **words;                 /* of WHAT, one for each paper */
	char (*cells)[COLUMNS][CELL]; /* of WHEN and SIZE */
	char *on_stick;
	bool sure; /* Enter erases what is chosen */
};

/* --- what is seen --------------------------------------------------------- */

static void write_cells(struct prints *prints, size_t row)
{
	const struct paper_file *paper = &prints->papers.files[row];
	const time_t made = (time_t)paper->made;
	struct tm local;

	localtime_r(&made, &local);
	strftime(prints->cells[row][WHEN], CELL, "%Y-%m-%d %H:%M", &local);
	snprintf(prints->cells[row][SIZE], CELL, "%llu kB",
		 (unsigned long long)(paper->size + 999) / 1000);
}

/* What the screens name the pages that they print (printing_put()). */
static const struct {
	const char *name, *word; /* word: catalogue */
} kinds[] = {
	{ "plan", "box.page_plan" },       { "consent", "box.page_consent" },
	{ "summary", "box.page_summary" }, { "places", "box.page_places" },
	{ "matrix", "box.page_matrix" },   { "list-audit", "audit.audit" },
};

#define LIST "list-"

/* A page of another version of Foyer keeps the name of its file. */
static char *word_of(const struct desk *desk, const char *what)
{
	const struct listing *list = strncmp(what, LIST, strlen(LIST)) == 0
					 ? listing_find(what + strlen(LIST))
					 : NULL;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i].name, what) == 0)
			return desk_word(desk, kinds[i].word);
	}
	return list ? listing_title(desk, list) : xstrdup(what);
}

static void forget_words(struct prints *prints)
{
	for (size_t i = 0; prints->words && i < prints->papers.count; i++)
		free(prints->words[i]);
	free(prints->words);
	prints->words = NULL;
}

static void read_papers(struct prints *prints)
{
	const struct spool spool =
	    spool_of(prints->desk->settings, prints->desk->home);

	forget_words(prints);
	papers_done(&prints->papers);
	papers_read(&prints->papers, spool.folder,
		    prints->desk->staff.who.roles);
	free(prints->cells);
	prints->cells =
	    xcalloc(prints->papers.count + 1, sizeof *prints->cells);
	prints->words =
	    xcalloc(prints->papers.count + 1, sizeof *prints->words);
	for (size_t i = 0; i < prints->papers.count; i++) {
		prints->words[i] =
		    word_of(prints->desk, prints->papers.files[i].what);
		write_cells(prints, i);
	}
	table_set_count(prints->table, prints->papers.count);
}

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct prints *prints = to;
	const struct paper_file *paper = &prints->papers.files[row];
	const char *const texts[COLUMNS] = {
		[WHAT] = prints->words[row],
		[WHEN] = prints->cells[row][WHEN],
		[SIZE] = prints->cells[row][SIZE],
		[WHERE] = paper->copied ? prints->on_stick : "",
	};

	return (struct table_cell){ .text = texts[column],
				    .colour = CANVAS_INK,
				    .bold = column == WHAT };
}

static void leave(void *state)
{
	struct prints *prints = state;

	forget_words(prints);
	papers_done(&prints->papers);
	table_free(prints->table);
	free(prints->cells);
	free(prints->on_stick);
	free(prints);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[COLUMNS] = {
		[WHAT] = { "box.paper_what", 32, 0 },
		[WHEN] = { "box.paper_when", 18, 0 },
		[SIZE] = { "box.paper_size", 10, 0 },
		[WHERE] = { NULL, 0, 0 },
	};
	struct prints *prints = xcalloc(1, sizeof *prints);

	(void)about;
	prints->desk = desk;
	prints->on_stick = desk_word(desk, "box.paper_copied");
	prints->table =
	    titled_table(desk, columns, COLUMNS, "box.no_papers", fill, prints);
	read_papers(prints);
	*state = prints;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct prints *prints = state;
	SCOPED(char_freep) char *title = desk_word(prints->desk, "box.papers");

	table_draw(prints->table, canvas,
		   frame_draw(prints->desk, canvas, title), true);
}

/* --- what is done --------------------------------------------------------- */

static bool has_papers(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct prints *)state)->papers.count > 0;
}

static bool is_sure(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct prints *)state)->sure;
}

static void choose_all(struct prints *prints, bool all)
{
	for (size_t i = 0; i < prints->papers.count; i++)
		prints->papers.files[i].chosen =
		    all || i == table_selected(prints->table);
}

static void put(struct prints *prints, bool all)
{
	const struct box_work work = { BOX_PAPERS, &prints->papers };

	prints->sure = false;
	choose_all(prints, all);
	desk_open(prints->desk, &desk_box_stick_screen, &work);
}

static void put_selected(struct desk *desk, void *state)
{
	(void)desk;
	put(state, false);
}

static void put_all(struct desk *desk, void *state)
{
	(void)desk;
	put(state, true);
}

/* Those that are on a stick by now; else the selected one. */
static size_t choose_erased(struct prints *prints)
{
	size_t count = 0;

	choose_all(prints, false);
	for (size_t i = 0; i < prints->papers.count; i++)
		count += prints->papers.files[i].copied;
	for (size_t i = 0; count && i < prints->papers.count; i++)
		prints->papers.files[i].chosen = prints->papers.files[i].copied;
	return count ? count : 1;
}

static void say_count(struct desk *desk, const char *key, size_t count)
{
	const struct catalogue_argument files = { .name = "files",
						  .number = (double)count };

	desk_say(desk, desk_words(desk, key, &files, 1), false);
}

static void ask_erase(struct desk *desk, void *state)
{
	struct prints *prints = state;

	say_count(desk, "box.erase_sure", choose_erased(prints));
	prints->sure = true;
}

static void erase(struct desk *desk, void *state)
{
	struct prints *prints = state;
	size_t erased;
	const enum fault fault =
	    papers_erase(&prints->papers, desk->record, &desk->staff.who,
			 desk->clock.now, &erased);

	prints->sure = false;
	if (fault)
		desk_say_key(desk, "box.failed");
	else
		say_count(desk, "box.erased", erased);
	read_papers(prints);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct prints *prints = state;

	if (action_key(prints->desk, event))
		return SCREEN_STAY;
	if (prints->sure)
		desk_say(prints->desk, NULL, false);
	prints->sure = false;
	(void)table_key(prints->table, event);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "box.erase_go", "box.erase_go_about", is_sure, erase },
	{ '\r', "box.put", "box.put_about", has_papers, put_selected },
	{ 'a', "box.put_all", "box.put_all_about", has_papers, put_all },
	{ 'x', "box.erase", "box.erase_about", has_papers, ask_erase },
	{ 0 },
};

const struct view desk_box_papers_screen = {
	.name = "box-papers",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
