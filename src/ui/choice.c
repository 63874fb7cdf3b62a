#include "ui/choice.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_ROWS 6 /* more is no longer taken in at a glance */
#define NUMBERS 9   /* rows of a page that have a number key */
#define MARKER 2    /* cells before a row's number */
#define LEAD 3      /* cells of the number */
#define MARK 3      /* of the check mark behind it */

enum control { CONTROL_MORE, CONTROL_NEXT, CONTROL_EXTRA, CONTROLS };

struct row {
	char *label, *language;
	const struct drawing *picture;
	bool hides, checked;
};

/* Where something was drawn: a row, or a control when row is count. */
struct spot {
	struct canvas_area on_screen;
	size_t row;
	enum control control;
};

struct choice {
	char *language, *words[CONTROLS];
	bool several, confirmed;
	int row_height, columns, page_rows;
	struct row *rows;
	size_t count, selected;
	/* The focus is on the selected row, or on a control of its page. */
	bool on_control;
	enum control control;
	/* Learnt when drawn. */
	int *lines;     /* of each label */
	size_t *starts; /* first row of each page; starts[pages] is count */
	size_t pages;
	bool mirrored;
	struct spot *spots;
	size_t spot_count;
};

/* --- making --------------------------------------------------------------- */

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

static int at_least_one(int value)
{
	return value > 0 ? value : 1;
}

enum fault choice_new(const struct choice_options *options,
		      const struct choice_row *rows, size_t count,
		      struct choice **out)
{
	struct choice *choice;

	assert(count > 0);
	if (count > CHOICE_MAX)
		return FAULT_LIMIT;
	choice = xcalloc(1, sizeof *choice);
	*choice = (struct choice){
		.language = xstrdup(options->language),
		.words = { [CONTROL_MORE] = copied(options->more),
			   [CONTROL_NEXT] = copied(options->next),
			   [CONTROL_EXTRA] = copied(options->extra) },
		.several = options->several,
		.row_height = at_least_one(options->row_height),
		.columns = at_least_one(options->columns),
		.page_rows =
		    options->page_rows > 0 ? options->page_rows : PAGE_ROWS,
		.rows = xcalloc(count, sizeof *choice->rows),
		.count = count,
		.starts = xcalloc(count + 1, sizeof *choice->starts),
		.lines = xcalloc(count, sizeof *choice->lines),
		.pages = 1,
		.spots = xcalloc(count + CONTROLS, sizeof *choice->spots),
	};
	choice->starts[1] = count;
	for (size_t i = 0; i < count; i++)
		choice->rows[i] = (struct row){
			.label = xstrdup(rows[i].label),
			.language = copied(rows[i].language),
			.hides = rows[i].hides,
			.picture = rows[i].picture,
		};
	*out = choice;
	return FAULT_NONE;
}

void choice_free(struct choice *choice)
{
	if (!choice)
		return;
	for (size_t i = 0; i < choice->count; i++) {
		wipe(choice->rows[i].label);
		free(choice->rows[i].language);
	}
	for (int i = 0; i < CONTROLS; i++)
		free(choice->words[i]);
	explicit_bzero(choice->rows, choice->count * sizeof *choice->rows);
	free(choice->rows);
	free(choice->language);
	free(choice->lines);
	free(choice->starts);
	free(choice->spots);
	explicit_bzero(choice, sizeof *choice);
	free(choice);
}

size_t choice_selected(const struct choice *choice)
{
	return choice->selected;
}

void choice_select(struct choice *choice, size_t row)
{
	assert(row < choice->count);
	choice->selected = row;
	choice->on_control = false;
	choice->confirmed = false;
}

bool choice_checked(const struct choice *choice, size_t row)
{
	return choice->rows[row].checked;
}

void choice_check(struct choice *choice, size_t row, bool checked)
{
	assert(row < choice->count);
	choice->rows[row].checked = checked;
}

void choice_set_row_height(struct choice *choice, int row_height)
{
	choice->row_height = at_least_one(row_height);
}

void choice_set_columns(struct choice *choice, int columns)
{
	choice->columns = at_least_one(columns);
}

void choice_confirm(struct choice *choice, bool shown)
{
	choice->confirmed = shown && !choice->rows[choice->selected].hides;
}

/* --- pages ---------------------------------------------------------------- */

static size_t page_of(const struct choice *choice, size_t row)
{
	size_t page = 0;

	while (page + 1 < choice->pages && choice->starts[page + 1] <= row)
		page++;
	return page;
}

static size_t first_of_page(const struct choice *choice)
{
	return choice->starts[page_of(choice, choice->selected)];
}

static size_t page_count(const struct choice *choice)
{
	size_t page = page_of(choice, choice->selected);

	return choice->starts[page + 1] - choice->starts[page];
}

static bool has_control(const struct choice *choice, enum control control)
{
	if (control == CONTROL_MORE)
		return choice->pages > 1;
	return choice->words[control] &&
	       (control != CONTROL_NEXT || choice->several);
}

struct choice_view choice_view(const struct choice *choice)
{
	return (struct choice_view){
		.first = first_of_page(choice),
		.count = page_count(choice),
		.focus = choice->on_control ? CHOICE_MAX : choice->selected,
		.more = has_control(choice, CONTROL_MORE),
		.on_more =
		    choice->on_control && choice->control == CONTROL_MORE,
	};
}

struct choice_row choice_row(const struct choice *choice, size_t row)
{
	assert(row < choice->count);
	return (struct choice_row){
		.label = choice->rows[row].label,
		.language = choice->rows[row].language,
		.hides = choice->rows[row].hides,
	};
}

/* A picture needs the height of two cells to be made out. */
static int picture_rows(int row_height)
{
	return row_height > 2 ? 3 : 2;
}

/* Cells of a picture and the gap behind it, where there are pictures. A cell is
 * less than half as wide as it is high. */
static int picture_room(const struct canvas *canvas, int row_height)
{
	return canvas_has_plates(canvas) && row_height > 1
		   ? picture_rows(row_height) * 5 / 2 + 1
		   : 0;
}

/* Cells between number and words for the pictures; 0 where there are none. */
static int picture_cells(const struct choice *choice,
			 const struct canvas *canvas)
{
	for (size_t i = 0; i < choice->count; i++) {
		if (choice->rows[i].picture)
			return picture_room(canvas, choice->row_height);
	}
	return 0;
}

/* Large digits take more: in high, narrow cells they would touch the words. */
static int number_cells(const struct canvas *canvas)
{
	int percent = canvas_has_plates(canvas) ? canvas_percent(canvas) : 100;

	return LEAD + (percent > 100);
}

static int lead_cells(const struct choice *choice, const struct canvas *canvas)
{
	return number_cells(canvas) + (choice->several ? MARK : 0) +
	       picture_cells(choice, canvas);
}

/* The columns of tiles for so many cells of words. */
static int columns_of(const struct choice *choice, const struct canvas *canvas,
		      int width, int cells)
{
	int percent = canvas_has_plates(canvas) ? canvas_percent(canvas) : 100;
	int tile = cells * percent / 100 + MARKER + lead_cells(choice, canvas);

	/* A gap lies between two. */
	return at_least_one((width + 1) / (tile + 1));
}

static int words_cells(const struct choice *choice, const struct canvas *canvas,
		       size_t row, const char *words)
{
	const char *language = choice->rows[row].language;

	return canvas_text_cells(canvas, words,
				 language ? language : choice->language);
}

int choice_columns_fitting(const struct choice *choice,
			   const struct canvas *canvas, int width)
{
	int widest = 1;

	for (size_t i = 0; i < choice->count; i++) {
		int cells =
		    words_cells(choice, canvas, i, choice->rows[i].label);

		widest = cells > widest ? cells : widest;
	}
	return columns_of(choice, canvas, width, widest);
}

/* The cells of a row's longest word. */
static int longest_word(const struct choice *choice,
			const struct canvas *canvas, size_t row)
{
	SCOPED(char_wipep) char *words = xstrdup(choice->rows[row].label);
	char *rest = NULL;
	int longest = 1;

	for (char *word = strtok_r(words, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		int cells = words_cells(choice, canvas, row, word);

		longest = cells > longest ? cells : longest;
	}
	return longest;
}

int choice_columns_readable(const struct choice *choice,
			    const struct canvas *canvas, int width, int usual)
{
	int widest = 1;

	for (size_t i = 0; i < choice->count; i++) {
		int cells = longest_word(choice, canvas, i);

		cells = cells < usual ? cells : usual;
		widest = cells > widest ? cells : widest;
	}
	return columns_of(choice, canvas, width, widest);
}

static int tile_width(const struct choice *choice, int width)
{
	int gaps = choice->columns - 1;

	return at_least_one((width - gaps) / choice->columns);
}

static struct canvas_text label_text(const struct choice *choice,
				     const struct canvas *canvas, size_t row,
				     int width)
{
	const struct row *from = &choice->rows[row];

	return (struct canvas_text){
		.h = CHOICE_LABEL_ROWS,
		.w = at_least_one(width - MARKER),
		.text = from->label,
		.language = from->language ? from->language : choice->language,
		.caret = -1,
		.lead = "",
		.lead_cells = lead_cells(choice, canvas),
		.middle = true,
	};
}

int choice_label_rows(const struct canvas *canvas,
		      const struct choice_label *label, int width)
{
	int picture =
	    label->pictured ? picture_room(canvas, label->row_height) : 0;
	struct canvas_text text = {
		.h = INT_MAX / 4,
		.w = at_least_one(width - MARKER),
		.text = label->text,
		.language = label->language,
		.caret = -1,
		.lead = "",
		.lead_cells = number_cells(canvas) +
			      (label->several ? MARK : 0) + picture,
		.middle = true,
	};

	return canvas_text_rows(canvas, &text);
}

/* How many lines each label takes in a tile of that width. */
static void measure(const struct choice *choice, const struct canvas *canvas,
		    int width)
{
	for (size_t i = 0; i < choice->count; i++) {
		struct canvas_text text = label_text(choice, canvas, i, width);

		choice->lines[i] = canvas_text_rows(canvas, &text);
	}
}

/* Rows of cells of the tiles side by side that begin with row. */
static int band_height(const struct choice *choice, size_t row)
{
	int height = choice->row_height;

	for (int i = 0; i < choice->columns; i++) {
		if (row + (size_t)i >= choice->count)
			break;
		if (choice->lines[row + (size_t)i] > height)
			height = choice->lines[row + (size_t)i];
	}
	return height;
}

/* What a page may hold. */
struct page_limits {
	int height, bands;
};

/* Fills pages; the height of the highest one comes back. */
static int fill_pages(struct choice *choice, const struct page_limits *limits)
{
	int height = 0, highest = 0, bands = 0;

	choice->pages = 0;
	choice->starts[choice->pages++] = 0;
	for (size_t i = 0; i < choice->count; i += (size_t)choice->columns) {
		int band = band_height(choice, i);

		if (bands && (height + band > limits->height ||
			      bands == limits->bands)) {
			choice->starts[choice->pages++] = i;
			height = bands = 0;
		}
		height += band;
		bands++;
		highest = height > highest ? height : highest;
	}
	choice->starts[choice->pages] = choice->count;
	return highest;
}

/* The same number of pages, each as full as the others. */
static int balance_pages(struct choice *choice, struct page_limits limits)
{
	size_t bands = (choice->count + (size_t)choice->columns - 1) /
		       (size_t)choice->columns;
	size_t pages = choice->pages;
	int before = limits.bands, highest;

	limits.bands = (int)((bands + pages - 1) / pages);
	highest = fill_pages(choice, &limits);
	if (choice->pages <= pages)
		return highest;
	limits.bands = before;
	return fill_pages(choice, &limits);
}

static bool has_other_controls(const struct choice *choice)
{
	return has_control(choice, CONTROL_NEXT) ||
	       has_control(choice, CONTROL_EXTRA);
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

/*
 * Turns rows into pages for an area. The row of controls is as high as the
 * others, but for where a lower one saves a page. Returns the height of the
 * highest page; *control is the controls' own, 0 without any.
 */
static int make_pages(struct choice *choice, const struct canvas *canvas,
		      const struct canvas_area *area, int *control)
{
	struct page_limits limits = {
		.height = area->h,
		.bands = choice->page_rows,
	};
	size_t pages;
	int highest;

	measure(choice, canvas, tile_width(choice, area->w));
	highest = fill_pages(choice, &limits);

	*control = 0;
	if (choice->pages == 1 && !has_other_controls(choice))
		return highest;
	limits.height = most(area->h - 1, 1);
	fill_pages(choice, &limits);
	pages = choice->pages;
	limits.height = most(area->h - choice->row_height, 1);
	fill_pages(choice, &limits);
	*control = choice->pages > pages ? 1 : choice->row_height;
	limits.height = most(area->h - *control, 1);
	fill_pages(choice, &limits);
	return balance_pages(choice, limits);
}

/* --- drawing -------------------------------------------------------------- */

static void add_spot(struct choice *choice, const struct canvas *canvas,
		     const struct canvas_area *area, size_t row,
		     enum control control)
{
	choice->spots[choice->spot_count++] = (struct spot){
		.on_screen = canvas_on_screen(canvas, *area),
		.row = row,
		.control = control,
	};
}

/* Signs that are drawn, where that makes them larger than a letter. */
static bool draws_signs(const struct canvas *canvas, int h)
{
	return canvas_has_plates(canvas) && h > 1;
}

static void draw_marker(struct canvas *canvas, const struct canvas_area *area)
{
	const char *sign = canvas_mirrored(canvas) ? "left" : "right";

	if (draws_signs(canvas, area->h))
		canvas_pictogram(canvas, area->y, area->x, area->h, MARKER,
				 sign, CANVAS_FOCUS);
	else
		canvas_text(canvas, &(struct canvas_text){
					.y = area->y,
					.x = area->x,
					.h = area->h,
					.w = MARKER,
					.text = canvas_onward(canvas),
					.language = "en",
					.style = CANVAS_BOLD,
					.colour = CANVAS_FOCUS,
					.caret = -1,
					.middle = true,
				    });
}

/* The ground of a row, and what tells that it has the focus. */
static void draw_ground(struct canvas *canvas, const struct canvas_area *area,
			bool focus)
{
	canvas_fill(canvas, area->y, area->x, area->h, area->w,
		    focus ? CANVAS_FOCUS : CANVAS_INK);
	if (focus)
		draw_marker(canvas, area);
}

/* Words from a column of the row on; like.w is 0 for the rest of the row. */
static void draw_words(struct canvas *canvas, const struct canvas_area *area,
		       int column, struct canvas_text like, bool focus)
{
	like.y = area->y;
	like.x = area->x + column;
	like.h = area->h;
	like.w = like.w ? like.w : at_least_one(area->w - column);
	like.middle = true;
	like.caret = -1;
	if (focus) {
		like.colour = CANVAS_FOCUS;
		like.style = CANVAS_BOLD;
	}
	canvas_text(canvas, &like);
}

/* The number, or what stands for it while the answer is confirmed. */
static void put_number(const struct choice *choice, size_t row, char number[8])
{
	size_t place = row - first_of_page(choice);

	if (choice->confirmed && row == choice->selected)
		snprintf(number, 8, "✓");
	else
		snprintf(number, 8, "%c",
			 place < NUMBERS ? (char)('1' + place) : ' ');
}

/* The row's picture, no higher than others have room for. */
static void draw_picture(const struct choice *choice, struct canvas *canvas,
			 const struct canvas_area *area, int column, size_t row,
			 enum canvas_colour colour)
{
	int spare = area->h > picture_rows(choice->row_height)
			? (area->h - picture_rows(choice->row_height)) / 2
			: 0;

	canvas_drawing(canvas, area->y + spare, area->x + column,
		       area->h - 2 * spare, picture_cells(choice, canvas) - 1,
		       choice->rows[row].picture, colour);
}

/* Number, drawn mark, picture and label, each on its own. */
static void draw_signed_row(const struct choice *choice, struct canvas *canvas,
			    const struct canvas_area *area,
			    struct canvas_text label, size_t row, bool focus)
{
	enum canvas_colour colour = focus ? CANVAS_FOCUS : label.colour;
	struct canvas_text number = label;
	int column = MARKER + number_cells(canvas);
	char digit[8];

	put_number(choice, row, digit);
	number.text = digit;
	number.w = number_cells(canvas);
	number.lead = label.lead = NULL;
	label.w = 0;
	draw_words(canvas, area, MARKER, number, focus);
	if (choice->several) {
		canvas_pictogram(
		    canvas, area->y, area->x + column, area->h, MARK,
		    choice->rows[row].checked ? "checked" : "box", colour);
		column += MARK;
	}
	if (choice->rows[row].picture)
		draw_picture(choice, canvas, area, column, row, colour);
	draw_words(canvas, area, MARKER + lead_cells(choice, canvas), label,
		   focus);
}

/* Number and mark as the label's own lead. */
static void draw_plain_row(const struct choice *choice, struct canvas *canvas,
			   const struct canvas_area *area,
			   struct canvas_text label, size_t row, bool focus)
{
	char number[8], lead[16];

	put_number(choice, row, number);
	snprintf(lead, sizeof lead, "%s%s", number,
		 !choice->several            ? ""
		 : choice->rows[row].checked ? "  ☑"
					     : "  ☐");
	label.lead = lead;
	label.w = 0;
	draw_words(canvas, area, MARKER, label, focus);
}

static void draw_row(struct choice *choice, struct canvas *canvas,
		     const struct canvas_area *area, size_t row)
{
	struct canvas_text text = label_text(choice, canvas, row, area->w);
	bool focus = row == choice->selected && !choice->on_control;

	if (choice->rows[row].checked) {
		text.style = CANVAS_BOLD;
		text.colour = CANVAS_ACCENT;
	}
	draw_ground(canvas, area, focus);
	if (draws_signs(canvas, area->h) &&
	    (choice->several || picture_cells(choice, canvas)))
		draw_signed_row(choice, canvas, area, text, row, focus);
	else
		draw_plain_row(choice, canvas, area, text, row, focus);
	add_spot(choice, canvas, area, row, CONTROL_MORE);
}

static char *control_words(const struct choice *choice,
			   const struct canvas *canvas, enum control control)
{
	const char *words = choice->words[control];

	if (control == CONTROL_EXTRA)
		return xstrdup(words);
	return control == CONTROL_NEXT
		   ? xasprintf("%s %s", words, canvas_onward(canvas))
		   : xasprintf("%s  …", words ? words : "");
}

static void draw_control(struct choice *choice, struct canvas *canvas,
			 const struct canvas_area *area, enum control control)
{
	bool focus = choice->on_control && choice->control == control;
	SCOPED(char_freep)
	char *words = control_words(choice, canvas, control);
	struct canvas_text text = {
		.text = words,
		.language = choice->language,
		.style = control == CONTROL_NEXT ? CANVAS_BOLD : CANVAS_PLAIN,
	};

	if (control == CONTROL_MORE) {
		text.lead = "0";
		text.lead_cells = number_cells(canvas);
	}
	draw_ground(canvas, area, focus);
	draw_words(canvas, area, MARKER, text, focus);
	add_spot(choice, canvas, area, choice->count, control);
}

static void draw_controls(struct choice *choice, struct canvas *canvas,
			  struct canvas_area area)
{
	int count = 0;

	for (int i = 0; i < CONTROLS; i++)
		count += has_control(choice, (enum control)i);
	if (!count)
		return;
	area.w = (area.w - (count - 1)) / count;
	for (int i = 0; i < CONTROLS; i++) {
		if (!has_control(choice, (enum control)i))
			continue;
		draw_control(choice, canvas, &area, (enum control)i);
		area.x += area.w + 1;
	}
}

static void draw_page(struct choice *choice, struct canvas *canvas,
		      const struct canvas_area *area)
{
	size_t page = page_of(choice, choice->selected);
	int width = tile_width(choice, area->w), y = area->y;

	for (size_t row = choice->starts[page]; row < choice->starts[page + 1];
	     row += (size_t)choice->columns) {
		int height = band_height(choice, row);

		if (y + height > area->y + area->h)
			height = most(area->y + area->h - y, 1);
		for (int i = 0; i < choice->columns; i++) {
			struct canvas_area tile = {
				.y = y,
				.x = area->x + i * (width + 1),
				.h = height,
				.w = width,
			};

			if (row + (size_t)i < choice->starts[page + 1])
				draw_row(choice, canvas, &tile,
					 row + (size_t)i);
		}
		y += height;
	}
}

void choice_draw(struct choice *choice, struct canvas *canvas,
		 struct canvas_area area)
{
	int control, highest;

	area.h = at_least_one(area.h);
	highest = make_pages(choice, canvas, &area, &control);
	choice->mirrored = canvas_mirrored(canvas);
	choice->spot_count = 0;
	if (choice->on_control && !has_control(choice, choice->control))
		choice->on_control = false;
	/* A row that is higher than the page gives way to what turns it. */
	if (highest + control > area.h && control)
		control = 1;
	draw_page(choice, canvas,
		  &(struct canvas_area){ area.y, area.x,
					 most(area.h - control, 1), area.w });
	if (control) {
		int y = area.y + highest;

		if (y + control > area.y + area.h)
			y = most(area.y + area.h - control, area.y);
		draw_controls(
		    choice, canvas,
		    (struct canvas_area){ y, area.x, control, area.w });
	}
}

/* --- keys ----------------------------------------------------------------- */

static enum choice_event go_to_row(struct choice *choice, size_t row)
{
	choice_select(choice, row);
	return CHOICE_MOVED;
}

/* The next control in a direction from a place; CONTROLS when there is none.*/
static int control_from(const struct choice *choice, int from, int step)
{
	for (int i = from; i >= 0 && i < CONTROLS; i += step) {
		if (has_control(choice, (enum control)i))
			return i;
	}
	return CONTROLS;
}

static enum choice_event go_to_control(struct choice *choice, int control)
{
	if (control < CONTROLS) {
		choice->on_control = true;
		choice->control = (enum control)control;
	}
	return CHOICE_MOVED;
}

static size_t last_of_page(const struct choice *choice)
{
	return first_of_page(choice) + page_count(choice) - 1;
}

/* The column that the selected row is in. */
static size_t column_now(const struct choice *choice)
{
	return (choice->selected - first_of_page(choice)) %
	       (size_t)choice->columns;
}

/* The last row of a column of the page. */
static size_t column_end(const struct choice *choice, size_t column)
{
	size_t at = first_of_page(choice) + column;

	while (at + (size_t)choice->columns <= last_of_page(choice))
		at += (size_t)choice->columns;
	return at;
}

/* Among the controls first, then to the rows, a column after another: up and
 * down alone lead everywhere. */
static enum choice_event move_up(struct choice *choice, size_t by)
{
	size_t first = first_of_page(choice);

	if (choice->on_control) {
		int before = control_from(choice, (int)choice->control - 1, -1);

		return before < CONTROLS
			   ? go_to_control(choice, before)
			   : go_to_row(choice, last_of_page(choice));
	}
	if (choice->selected >= first + by)
		return go_to_row(choice, choice->selected - by);
	if (by > 1 && column_now(choice))
		return go_to_row(choice,
				 column_end(choice, column_now(choice) - 1));
	return first ? go_to_row(choice, first - 1) : CHOICE_MOVED;
}

static enum choice_event move_down(struct choice *choice, size_t by)
{
	size_t next;

	if (choice->on_control)
		return go_to_control(
		    choice, control_from(choice, (int)choice->control + 1, 1));
	if (choice->selected + by <= last_of_page(choice))
		return go_to_row(choice, choice->selected + by);
	next = first_of_page(choice) + column_now(choice) + 1;
	if (column_now(choice) + 1 < by && next <= last_of_page(choice))
		return go_to_row(choice, next);
	return go_to_control(choice, control_from(choice, 0, 1));
}

/* From the last page on to the first again. */
static enum choice_event turn_page(struct choice *choice, bool back)
{
	size_t page = page_of(choice, choice->selected);

	page = back ? (page ? page - 1 : choice->pages - 1)
		    : (page + 1) % choice->pages;
	return go_to_row(choice, choice->starts[page]);
}

static enum choice_event move_aside(struct choice *choice, bool back)
{
	if (choice->columns == 1 && !choice->on_control)
		return CHOICE_IGNORED;
	if (choice->on_control)
		return back ? move_up(choice, 1) : move_down(choice, 1);
	if (back)
		return choice->selected
			   ? go_to_row(choice, choice->selected - 1)
			   : CHOICE_MOVED;
	return choice->selected + 1 < choice->count
		   ? go_to_row(choice, choice->selected + 1)
		   : CHOICE_MOVED;
}

static enum choice_event press_row(struct choice *choice, size_t row)
{
	choice_select(choice, row);
	if (!choice->several)
		return CHOICE_PICKED;
	choice->rows[row].checked = !choice->rows[row].checked;
	return CHOICE_CHECKED;
}

static enum choice_event press_control(struct choice *choice,
				       enum control control)
{
	switch (control) {
	case CONTROL_MORE:
		return turn_page(choice, false);
	case CONTROL_NEXT:
		return CHOICE_NEXT;
	default:
		return CHOICE_EXTRA;
	}
}

static enum choice_event press(struct choice *choice)
{
	return choice->on_control ? press_control(choice, choice->control)
				  : press_row(choice, choice->selected);
}

static enum choice_event type(struct choice *choice, uint32_t character)
{
	size_t number = character - '0';

	if (character == ' ')
		return press(choice);
	if (character == '0' && choice->pages > 1)
		return turn_page(choice, false);
	if (character < '1' || character > '9' || number > page_count(choice))
		return CHOICE_IGNORED;
	return press_row(choice, first_of_page(choice) + number - 1);
}

static enum choice_event touch(struct choice *choice,
			       const struct ui_event *event)
{
	for (size_t i = 0; i < choice->spot_count; i++) {
		const struct spot *spot = &choice->spots[i];

		if (!canvas_area_holds(&spot->on_screen, event->y, event->x))
			continue;
		return spot->row < choice->count
			   ? press_row(choice, spot->row)
			   : press_control(choice, spot->control);
	}
	return CHOICE_IGNORED;
}

enum choice_event choice_key(struct choice *choice,
			     const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return move_up(choice, (size_t)choice->columns);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return move_down(choice, (size_t)choice->columns);
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		return move_aside(choice, (event->key == UI_KEY_LEFT) !=
					      choice->mirrored);
	case UI_KEY_PAGE_UP:
	case UI_KEY_PAGE_DOWN:
		return choice->pages > 1
			   ? turn_page(choice, event->key == UI_KEY_PAGE_UP)
			   : CHOICE_IGNORED;
	case UI_KEY_HOME:
		return go_to_row(choice, 0);
	case UI_KEY_END:
		return go_to_row(choice, choice->count - 1);
	case UI_KEY_ENTER:
		return press(choice);
	case UI_KEY_TEXT:
		return type(choice, event->character);
	case UI_KEY_POINT:
		return touch(choice, event);
	default:
		return CHOICE_IGNORED;
	}
}
