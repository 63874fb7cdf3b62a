#include "ui/choice_inside.h"

#include <limits.h>
#include <string.h>

#define LEAD 3 /* cells of the number */

size_t choice_page_of(const struct choice *choice, size_t row)
{
	size_t page = 0;

	while (page + 1 < choice->pages && choice->starts[page + 1] <= row)
		page++;
	return page;
}

size_t choice_first_of_page(const struct choice *choice)
{
	return choice->starts[choice_page_of(choice, choice->selected)];
}

size_t choice_page_count(const struct choice *choice)
{
	size_t page = choice_page_of(choice, choice->selected);

	return choice->starts[page + 1] - choice->starts[page];
}

bool choice_has_control(const struct choice *choice,
			enum choice_control control)
{
	if (control == CONTROL_MORE)
		return choice->pages > 1;
	return choice->words[control] &&
	       (control != CONTROL_NEXT || choice->several);
}

/* A picture needs the height of two cells to be made out. */
int choice_picture_rows(int row_height)
{
	return row_height > 2 ? 3 : 2;
}

/* Cells of a picture and the gap behind it, where there are pictures. A cell is
 * less than half as wide as it is high. */
static int picture_room(const struct canvas *canvas, int row_height)
{
	return canvas_has_plates(canvas) && row_height > 1
		   ? choice_picture_rows(row_height) * 5 / 2 + 1
		   : 0;
}

/* Cells between number and words for the pictures; 0 where there are none. */
int choice_picture_cells(const struct choice *choice,
			 const struct canvas *canvas)
{
	for (size_t i = 0; i < choice->count; i++) {
		if (choice->rows[i].picture)
			return picture_room(canvas, choice->row_height);
	}
	return 0;
}

/* Large digits take more: in high, narrow cells they would touch the words. */
int choice_number_cells(const struct canvas *canvas)
{
	int percent = canvas_has_plates(canvas) ? canvas_percent(canvas) : 100;

	return LEAD + (percent > 100);
}

int choice_lead_cells(const struct choice *choice, const struct canvas *canvas)
{
	return choice_number_cells(canvas) +
	       (choice->several ? CHOICE_MARK : 0) +
	       choice_picture_cells(choice, canvas);
}

/* The columns of tiles for so many cells of words. */
static int columns_of(const struct choice *choice, const struct canvas *canvas,
		      int width, int cells)
{
	int percent = canvas_has_plates(canvas) ? canvas_percent(canvas) : 100;
	int tile = cells * percent / 100 + CHOICE_MARKER +
		   choice_lead_cells(choice, canvas);

	/* A gap lies between two. */
	return choice_most((width + 1) / (tile + 1), 1);
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

int choice_tile_width(const struct choice *choice, int width)
{
	int gaps = choice->columns - 1;

	return choice_most((width - gaps) / choice->columns, 1);
}

struct canvas_text choice_label_text(const struct choice *choice,
				     const struct canvas *canvas, size_t row,
				     int width)
{
	const struct choice_line *from = &choice->rows[row];

	return (struct canvas_text){
		.h = CHOICE_LABEL_ROWS,
		.w = choice_most(width - CHOICE_MARKER, 1),
		.text = from->label,
		.language = from->language ? from->language : choice->language,
		.caret = -1,
		.lead = "",
		.lead_cells = choice_lead_cells(choice, canvas),
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
		.w = choice_most(width - CHOICE_MARKER, 1),
		.text = label->text,
		.language = label->language,
		.caret = -1,
		.lead = "",
		.lead_cells = choice_number_cells(canvas) +
			      (label->several ? CHOICE_MARK : 0) + picture,
		.middle = true,
	};

	return canvas_text_rows(canvas, &text);
}

/* How many lines each label takes in a tile of that width. */
static void measure(const struct choice *choice, const struct canvas *canvas,
		    int width)
{
	for (size_t i = 0; i < choice->count; i++) {
		struct canvas_text text =
		    choice_label_text(choice, canvas, i, width);

		choice->lines[i] = canvas_text_rows(canvas, &text);
	}
}

/* Rows of cells of the tiles side by side that begin with row. */
int choice_band_height(const struct choice *choice, size_t row)
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
		int band = choice_band_height(choice, i);

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
	return choice_has_control(choice, CONTROL_NEXT) ||
	       choice_has_control(choice, CONTROL_EXTRA);
}

/*
 * Turns rows into pages for an area. The row of controls is as high as the
 * others, but for where a lower one saves a page. Returns the height of the
 * highest page; *control is the controls' own, 0 without any.
 */
int choice_make_pages(struct choice *choice, const struct canvas *canvas,
		      const struct canvas_area *area, int *control)
{
	struct page_limits limits = {
		.height = area->h,
		.bands = choice->page_rows,
	};
	size_t pages;
	int highest;

	measure(choice, canvas, choice_tile_width(choice, area->w));
	highest = fill_pages(choice, &limits);

	*control = 0;
	if (choice->pages == 1 && !has_other_controls(choice))
		return highest;
	limits.height = choice_most(area->h - 1, 1);
	fill_pages(choice, &limits);
	pages = choice->pages;
	limits.height = choice_most(area->h - choice->row_height, 1);
	fill_pages(choice, &limits);
	*control = choice->pages > pages ? 1 : choice->row_height;
	limits.height = choice_most(area->h - *control, 1);
	fill_pages(choice, &limits);
	return balance_pages(choice, limits);
}
