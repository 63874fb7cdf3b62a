#include "desk/directory.h"

#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/frame.h"
#include "desk/pick.h"
#include "desk/screens.h"
#include "desk/sift.h"
#include "desk/value.h"
#include "desk/write.h"
#include "record/entity.h"
#include "text/language.h"
#include "ui/table.h"

/*
 * The directory: filters in one line, the services that fit below, the best
 * first. What nobody checked for too long is marked, and never printed.
 */
enum column { NAME, ORGANIZATION, PHONE, NOW, MARKS, COLUMNS };

struct search {
	struct desk *desk;
	int64_t person;
	char *need, *language, *area, *status; /* NULL: any */
	bool walk_in_now;
	struct directory_results results;
	struct sift *sift;
	struct table *table;
	char *shown; /* the cell that the table has just been given */
	struct directory_referral referral;
};

static const struct directory_found *selected(const struct search *search)
{
	return search->results.count
		   ? &search->results.rows[table_selected(search->table)]
		   : NULL;
}

/* --- rows ------------------------------------------------------------------
 */

/* "No more places · not checked since 2026-01-05" */
static char *marks_of(const struct desk *desk,
		      const struct directory_found *found)
{
	static const struct {
		const char *term, *key;
	} terms[] = {
		{ " capacity:closed ", "directory.full" },
		{ " capacity:wait ", "directory.waits" },
		{ " women-only ", "directory.women" },
		{ " walk-in ", "directory.walk_in" },
		{ " informal:", "directory.informal" },
	};
	struct bytes marks = { 0 };
	const char *keys[COUNT(terms) + 2];
	size_t count = 0;

	if (found->stale)
		keys[count++] = "directory.stale";
	if (found->shut_down)
		keys[count++] = "directory.shut_down";
	for (size_t i = 0; i < COUNT(terms); i++)
		if (strstr(found->terms, terms[i].term))
			keys[count++] = terms[i].key;
	bytes_add_text(&marks, "");
	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep) char *word = desk_word(desk, keys[i]);

		bytes_add_format(&marks, "%s%s", i ? " · " : "", word);
	}
	return bytes_take_text(&marks);
}

static char *now_of(const struct desk *desk,
		    const struct directory_found *found)
{
	return found->open == DIRECTORY_HOURS_UNKNOWN
		   ? xstrdup("")
		   : desk_word(desk, found->open == DIRECTORY_OPEN
					 ? "directory.open"
					 : "directory.shut");
}

static struct table_cell fill(void *to, size_t row, int column)
{
	struct search *search = to;
	const struct directory_found *found = &search->results.rows[row];
	struct table_cell cell = {
		.colour = found->stale ? CANVAS_QUIET : CANVAS_INK,
		.bold = column == NAME,
	};

	free(search->shown);
	search->shown = NULL;
	switch ((enum column)column) {
	case NAME:
		cell.text = found->name;
		break;
	case ORGANIZATION:
		cell.text = found->organization;
		break;
	case PHONE:
		cell.text = found->phone;
		break;
	case NOW:
		cell.text = search->shown = now_of(search->desk, found);
		break;
	default:
		cell.text = search->shown = marks_of(search->desk, found);
	}
	return cell;
}

static void look(struct search *search)
{
	const struct directory_rules rules = directory_rules_of(search->desk);
	const struct directory_query query = {
		.text = sift_text(search->sift),
		.need = search->need,
		.language = search->language,
		.area = search->area,
		.status = search->status,
		.walk_in_now = search->walk_in_now,
	};
	struct directory_results results;

	if (directory_search(search->desk->record, &query, &rules, &results)) {
		desk_say_trouble(search->desk);
		return;
	}
	directory_results_done(&search->results);
	search->results = results;
	table_set_count(search->table, results.count);
}

static void refresh(void *state)
{
	struct search *search = state;
	const struct directory_found *found = selected(search);
	const int64_t id = found ? found->service : 0;

	look(search);
	found = search->results.rows;
	for (size_t i = 0; found && i < search->results.count; i++)
		if (found[i].service == id)
			table_select(search->table, i);
}

/* --- beginning and end -----------------------------------------------------
 */

static struct table *make_table(struct search *search)
{
	static const struct {
		const char *key;
		int width, keep;
	} heads[COLUMNS] = {
		[NAME] = { "directory.name", 0, 0 },
		[ORGANIZATION] = { "directory.organization", 0, 2 },
		[PHONE] = { "directory.phone", 14, 3 },
		[NOW] = { "directory.now", 6, 4 },
		[MARKS] = { "directory.marks", 0, 1 },
	};
	struct desk *desk = search->desk;
	struct table_column columns[COLUMNS];
	SCOPED(char_freep) char *empty = desk_word(desk, "directory.none");
	struct table *table;

	for (int i = 0; i < COLUMNS; i++)
		columns[i] = (struct table_column){
			.title = desk_word(desk, heads[i].key),
			.width = heads[i].width,
			.align = CANVAS_START,
			.keep = heads[i].keep,
		};
	table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = search,
	});
	for (int i = 0; i < COLUMNS; i++)
		free((char *)columns[i].title);
	return table;
}

static void leave(void *state)
{
	struct search *search = state;

	directory_results_done(&search->results);
	free(search->need);
	free(search->language);
	free(search->area);
	free(search->status);
	free(search->shown);
	sift_free(search->sift);
	table_free(search->table);
	free(search);
}

static char *copy_of(const char *text)
{
	return text && *text ? xstrdup(text) : NULL;
}

/* What is known of the person stands in the filters. */
static enum fault take_person(struct search *search)
{
	struct desk *desk = search->desk;
	SCOPED(char_freep)
	char *number = xasprintf("%lld", (long long)search->person);
	SCOPED(entity_freep) struct entity *person = NULL;
	SCOPED(entity_freep) struct entity *status = NULL;
	enum entity_answer answer;
	int64_t id = 0;
	enum fault fault =
	    entity_read(desk->record, kind_find("person"), search->person,
			&desk->staff.who, desk->clock.now, &answer, &person);

	if (fault || answer != ENTITY_DONE)
		return fault;
	search->language = copy_of(entity_text(person, "language"));
	if ((fault = entity_first(desk->record, kind_find("status"),
				  (struct entity_match[]){ { "person", number },
							   { "until", NULL },
							   { NULL, NULL } },
				  "-since", &id)) ||
	    !id ||
	    (fault = entity_read(desk->record, kind_find("status"), id,
				 &desk->staff.who, desk->clock.now, &answer,
				 &status)) ||
	    answer != ENTITY_DONE)
		return fault;
	search->status = copy_of(entity_text(status, "category"));
	return FAULT_NONE;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct directory_about *of = about;
	struct search *search = xcalloc(1, sizeof *search);
	SCOPED(char_freep) char *words = desk_word(desk, "desk.filter");
	enum fault fault;

	search->desk = desk;
	search->person = of ? of->person : 0;
	search->need = of ? copy_of(of->need) : NULL;
	search->sift = sift_new(desk, words);
	if (search->person && (fault = take_person(search))) {
		leave(search);
		return fault;
	}
	search->table = make_table(search);
	look(search);
	*state = search;
	return FAULT_NONE;
}

/* --- the screen ------------------------------------------------------------
 */

static char *need_word(const struct desk *desk, const char *need)
{
	const struct kind *kind = kind_find("referral");

	return value_code(desk, kind, kind_field(kind, "need"), need);
}

static void add_filter(struct search *search, struct bytes *line,
		       const char *key, const char *value)
{
	SCOPED(char_freep) char *word = desk_word(search->desk, key);

	bytes_add_format(line, "%s%s%s%s", line->length ? " · " : "", word,
			 value ? ": " : "", value ? value : "");
}

/* "Need: A place to live · Language: العربية · 12 services" */
static char *filters(struct search *search)
{
	struct bytes line = { 0 };
	const struct language *language =
	    search->language ? language_find(search->language) : NULL;
	const struct catalogue_argument count = {
		.name = "count",
		.number = (double)search->results.matching,
	};
	SCOPED(char_freep)
	char *found = desk_words(search->desk, "directory.found", &count, 1);

	bytes_add_text(&line, found);
	if (search->need) {
		SCOPED(char_freep)
		char *need = need_word(search->desk, search->need);

		add_filter(search, &line, "directory.need", need);
	}
	if (search->language)
		add_filter(search, &line, "directory.language",
			   language ? language->own_name : search->language);
	if (search->area)
		add_filter(search, &line, "directory.area", search->area);
	if (search->walk_in_now)
		add_filter(search, &line, "directory.walk_in_now", NULL);
	return bytes_take_text(&line);
}

static char *title_of(struct search *search)
{
	SCOPED(char_freep) char *word = NULL;
	SCOPED(char_freep) char *name = NULL;

	if (!search->person)
		return desk_word(search->desk, "directory.title");
	word = desk_word(search->desk, "directory.title");
	name = value_called(search->desk, kind_find("person"), search->person);
	return xasprintf("%s · %s", word, name);
}

static void draw(void *state, struct canvas *canvas)
{
	struct search *search = state;
	SCOPED(char_freep) char *title = title_of(search);
	SCOPED(char_freep) char *line = filters(search);
	struct canvas_area area = frame_draw(search->desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, line,
		   search->desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	(void)sift_draw(search->sift, canvas, &area, NULL);
	table_draw(search->table, canvas, area, true);
}

static void open_selected(struct desk *desk, void *state)
{
	const struct directory_found *found = selected(state);
	const struct search *search = state;

	if (found)
		desk_open(desk, &desk_service_screen,
			  &(struct directory_referral){
			      found->service, search->person, search->need });
}

static bool writing(const void *state)
{
	return sift_is_typed(((const struct search *)state)->sift);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct search *search = state;

	if (sift_is_typed(search->sift)) {
		if (sift_key(search->sift, search->table, event)) {
			look(search);
			table_select(search->table, 0);
		}
		return SCREEN_STAY;
	}
	if (action_key(search->desk, event))
		return SCREEN_STAY;
	if (table_key(search->table, event) == TABLE_OPENED)
		open_selected(search->desk, search);
	return SCREEN_STAY;
}

/* --- filters ---------------------------------------------------------------
 */

static void set(struct search *search, char **filter, char *value)
{
	free(*filter);
	*filter = value;
	look(search);
	table_select(search->table, 0);
}

static void by_words(struct desk *desk, void *state)
{
	(void)desk;
	sift_type(((struct search *)state)->sift);
}

/* The codes of a need, one after another; NULL behind the last. */
static char *nth_need(size_t nth)
{
	const char *at = kind_field(kind_find("referral"), "need")->codes;

	for (; nth && *at; nth--) {
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	return *at ? xstrndup(at, strcspn(at, " ")) : NULL;
}

static void take_need(struct desk *desk, void *to, const size_t *rows,
		      size_t count)
{
	struct search *search = to;

	(void)desk;
	set(search, &search->need, count ? nth_need(rows[0]) : NULL);
}

#define NEEDS_MOST 40

static void by_need(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "directory.need");
	SCOPED(char_freep) char *any = desk_word(desk, "directory.any");
	const char *rows[NEEDS_MOST];
	size_t count = 0;
	char *code;

	for (; count < NEEDS_MOST && (code = nth_need(count)); count++) {
		rows[count] = need_word(desk, code);
		free(code);
	}
	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = count,
					.none = any,
					.done = take_need,
					.to = state });
	while (count)
		free((char *)rows[--count]);
}

static void take_language(struct desk *desk, void *to, const size_t *rows,
			  size_t count)
{
	struct search *search = to;

	(void)desk;
	set(search, &search->language,
	    count ? xstrdup(language_at(rows[0])->tag) : NULL);
}

static void by_language(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "directory.language");
	SCOPED(char_freep) char *any = desk_word(desk, "directory.any");
	const char **rows = xcalloc(language_count(), sizeof *rows);

	for (size_t i = 0; i < language_count(); i++) {
		SCOPED(char_freep)
		char *name = value_language(desk, language_at(i)->tag);

		rows[i] = xasprintf("%s · %s", name, language_at(i)->own_name);
	}
	pick_open(desk, &(struct pick){ .title = title,
					.rows = rows,
					.count = language_count(),
					.none = any,
					.done = take_language,
					.to = state });
	for (size_t i = 0; i < language_count(); i++)
		free((char *)rows[i]);
	free(rows);
}

static void take_area(struct desk *desk, void *to, const char *text)
{
	struct search *search = to;

	(void)desk;
	set(search, &search->area, copy_of(text));
}

static void by_area(struct desk *desk, void *state)
{
	struct search *search = state;
	SCOPED(char_freep) char *title = desk_word(desk, "directory.area");

	write_open(desk, &(struct write){ .title = title,
					  .text = search->area,
					  .done = take_area,
					  .to = search });
}

static void by_clock(struct desk *desk, void *state)
{
	struct search *search = state;

	(void)desk;
	search->walk_in_now = !search->walk_in_now;
	look(search);
}

/* --- deeds -----------------------------------------------------------------
 */

static bool has_rows(const struct desk *desk, const void *state)
{
	(void)desk;
	return selected(state);
}

static void check(struct desk *desk, void *state)
{
	directory_check(desk, selected(state)->service);
}

static void print(struct desk *desk, void *state)
{
	directory_print(desk, selected(state)->service,
			((struct search *)state)->language);
}

static void refer(struct desk *desk, void *state)
{
	struct search *search = state;

	search->referral =
	    (struct directory_referral){ selected(search)->service,
					 search->person, search->need };
	directory_refer(desk, &search->referral);
}

static const struct action actions[] = {
	{ '\r', "desk.open", "directory.open_about", has_rows, open_selected },
	{ 'f', "desk.filter", "directory.filter_about", NULL, by_words },
	{ 'n', "directory.need", "directory.need_about", NULL, by_need },
	{ 'v', "directory.language", "directory.language_about", NULL,
	  by_language },
	{ 'a', "directory.area", "directory.area_about", NULL, by_area },
	{ 'w', "directory.walk_in_now", "directory.walk_in_now_about", NULL,
	  by_clock },
	{ 'k', "directory.check", "directory.check_about", has_rows, check },
	{ 'r', "directory.refer", "directory.refer_about", has_rows, refer },
	{ 'p', "desk.print", "directory.print_about", has_rows, print },
	{ 0 },
};

const struct view desk_directory_screen = {
	.name = "directory",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = writing,
	.refresh = refresh,
	.leave = leave,
};
