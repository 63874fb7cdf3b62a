#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/frame.h"
#include "desk/reach.h"
#include "desk/reports.h"
#include "desk/titled.h"
#include "desk/write.h"

/*
 * What became of the sites' files that were found on a stick or in a folder. A
 * file of a site that is not on the list counts for nothing until somebody has
 * asked the site for its fingerprint and typed it here.
 */
enum cell { SITE, DAYS, BECAME, COLUMNS };

struct row {
	char days[PERIOD_NAME], *became;
};

struct found {
	struct desk *desk;
	struct gathering gathering;
	struct row *rows; /* as many */
	struct table *table;
};

static const struct {
	const char *word, *about; /* catalogue */
} words[GATHER_ANSWERS] = {
	[GATHER_TAKEN] = { "gathered.taken", "gathered.taken_about" },
	[GATHER_NEWER] = { "gathered.newer", "gathered.newer_about" },
	[GATHER_REPLACED] = { "gathered.replaced", "gathered.replaced_about" },
	[GATHER_SAME] = { "gathered.same", "gathered.same_about" },
	[GATHER_OLDER] = { "gathered.older", "gathered.older_about" },
	[GATHER_UNKNOWN] = { "gathered.unknown", "gathered.unknown_about" },
	[GATHER_OTHER_NAME] = { "gathered.other_name",
				"gathered.other_name_about" },
	[GATHER_DAMAGED] = { "gathered.damaged", "gathered.damaged_about" },
};

/* --- what is seen --------------------------------------------------------- */

static void write_rows(struct found *found)
{
	for (size_t i = 0; i < found->gathering.count; i++) {
		const struct gathered *one = &found->gathering.all[i];
		struct row *row = &found->rows[i];

		*row->days = 0;
		if (*one->period.first)
			period_name(&one->period, row->days);
		free(row->became);
		row->became = desk_word(found->desk, words[one->answer].word);
	}
}

static struct table_cell fill(void *to, size_t row, int column)
{
	const struct found *found = to;
	const struct gathered *one = &found->gathering.all[row];
	const char *const texts[COLUMNS] = {
		[SITE] = *one->site ? one->site : one->file,
		[DAYS] = found->rows[row].days,
		[BECAME] = found->rows[row].became,
	};

	return (struct table_cell){
		.text = texts[column],
		.colour = CANVAS_INK,
		.bold = column == BECAME && GATHER_REFUSED(one->answer),
	};
}

static void leave(void *state)
{
	struct found *found = state;

	for (size_t i = 0; i < found->gathering.count; i++)
		free(found->rows[i].became);
	free(found->rows);
	gathering_done(&found->gathering);
	table_free(found->table);
	free(found);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct titled_column columns[COLUMNS] = {
		[SITE] = { "sites.site", 26, 0 },
		[DAYS] = { "gathered.days", 21, 1 },
		[BECAME] = { "gathered.became", 0, 0 },
	};
	struct found *found = xcalloc(1, sizeof *found);

	found->desk = desk;
	found->gathering = *(const struct gathering *)about;
	found->rows = xcalloc(found->gathering.count, sizeof *found->rows);
	write_rows(found);
	found->table = titled_table(desk, columns, COLUMNS, NULL, fill, found);
	table_set_count(found->table, found->gathering.count);
	*state = found;
	return FAULT_NONE;
}

static struct gathered *selected(const struct found *found)
{
	return &found->gathering.all[table_selected(found->table)];
}

static const char *about_of(const struct desk *desk, const struct gathered *one)
{
	return one->answer == GATHER_UNKNOWN &&
		       !staff_may(&desk->staff, REPORTS_SITES_ROLES)
		   ? "gathered.unknown_others"
		   : words[one->answer].about;
}

#define ABOUT_ROWS 4

static void draw(void *state, struct canvas *canvas)
{
	const struct found *found = state;
	struct desk *desk = found->desk;
	const struct gathered *one = selected(found);
	const struct catalogue_argument parts[] = {
		{ .name = "site", .text = one->site },
		{ .name = "file", .text = one->file },
		{ .name = "first", .text = one->period.first },
		{ .name = "last", .text = one->period.last },
	};
	SCOPED(char_freep) char *title = desk_word(desk, "gathered.title");
	SCOPED(char_freep)
	char *about =
	    desk_words(desk, about_of(desk, one), parts, COUNT(parts));
	struct canvas_area area = frame_draw(desk, canvas, title);

	area.h -= ABOUT_ROWS;
	(void)canvas_text(canvas, &(struct canvas_text){
				      .y = area.y + area.h,
				      .x = 2,
				      .h = ABOUT_ROWS,
				      .w = area.w - 4,
				      .text = about,
				      .language = desk->staff.language,
				      .colour = CANVAS_INK,
				      .caret = -1,
				  });
	table_draw(found->table, canvas, area, true);
}

/* --- a site that is not on the list ----------------------------------------
 */

static bool may_add(const struct desk *desk, const void *state)
{
	return staff_may(&desk->staff, REPORTS_SITES_ROLES) &&
	       selected(state)->answer == GATHER_UNKNOWN;
}

static bool compare(struct desk *desk, void *to, const char *text)
{
	if (sites_compared(text, selected(to)->key))
		return true;
	desk_say_key(desk, "gathered.not_its");
	return false;
}

/* All that this site signed and that was refused before. */
static enum fault take_again(struct found *found, const struct sites *sites,
			     const uint8_t key[KEY_BYTES])
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < found->gathering.count; i++) {
		struct gathered *one = &found->gathering.all[i];

		if (one->answer == GATHER_UNKNOWN &&
		    memcmp(one->key, key, KEY_BYTES) == 0)
			fault = gather_again(found->desk->home, sites, one);
	}
	return fault;
}

static void say_added(struct desk *desk, const char *site,
		      enum sites_answer answer)
{
	static const char *const keys[] = {
		[SITES_DONE] = "sites.added",
		[SITES_THERE] = "sites.added",
		[SITES_NAME_TAKEN] = "sites.name_taken",
		[SITES_KEY_TAKEN] = "sites.key_taken",
		[SITES_FULL] = "sites.full",
	};
	const struct catalogue_argument name = { .name = "site", .text = site };

	desk_say(desk, desk_words(desk, keys[answer], &name, 1),
		 answer > SITES_THERE);
}

static void add(struct desk *desk, void *to, const char *text)
{
	struct found *found = to;
	const struct gathered *one = selected(found);
	const struct sites_doing doing = { desk->home, desk->record,
					   &desk->staff.who, desk->clock.now };
	SCOPED(sites_done) struct sites sites = { 0 };
	SCOPED(char_freep) char *site = xstrdup(one->site);
	uint8_t key[KEY_BYTES];
	enum sites_answer answer;

	(void)text;
	memcpy(key, one->key, sizeof key);
	if (!reports_sites(desk, &sites))
		return;
	if (sites_add(&doing, &sites, site, key, &answer) ||
	    (answer <= SITES_THERE && take_again(found, &sites, key)))
		desk_say_trouble(desk);
	else
		say_added(desk, site, answer);
	write_rows(found);
}

static void ask(struct desk *desk, void *state)
{
	const struct catalogue_argument name = { .name = "site",
						 .text =
						     selected(state)->site };
	SCOPED(char_freep)
	char *title = desk_words(desk, "gathered.whose", &name, 1);
	SCOPED(char_freep)
	char *hint = desk_words(desk, "gathered.hint", &name, 1);

	if (reach_refuses(desk))
		return;
	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .language = "en",
					  .check = compare,
					  .done = add,
					  .to = state });
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct found *found = state;

	if (!action_key(found->desk, event))
		(void)table_key(found->table, event);
	return SCREEN_STAY;
}

/* --- one that is no newer --------------------------------------------------
 */

static bool may_replace(const struct desk *desk, const void *state)
{
	(void)desk;
	return selected(state)->answer == GATHER_OLDER;
}

static void replace(struct desk *desk, void *state)
{
	struct found *found = state;

	if (gather_replace(desk->home, selected(found)))
		desk_say_trouble(desk);
	write_rows(found);
}

void gathered_open(struct desk *desk, const struct gathering *gathering)
{
	const struct catalogue_argument left = { .name = "count",
						 .number =
						     (double)gathering->left };

	desk_open(desk, &desk_gathered_screen, gathering);
	if (gathering->left)
		desk_say(desk, desk_words(desk, "gathered.left", &left, 1),
			 true);
}

static const struct action actions[] = {
	{ 'a', "gathered.add", "gathered.add_about", may_add, ask },
	{ 'r', "gathered.replace", "gathered.replace_about", may_replace,
	  replace },
	{ 0 },
};

const struct view desk_gathered_screen = {
	.name = "gathered",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
