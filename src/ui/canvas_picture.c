#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/cells.h"
#include "text/emphasis.h"
#include "text/language.h"
#include "ui/grid.h"

/* A canvas as text: what tests compare and people read in the log. */

void grid_add(struct bytes *out, uint32_t point)
{
	if (point < 0x80) {
		bytes_add_byte(out, (uint8_t)point);
	} else if (point < 0x800) {
		bytes_add_byte(out, (uint8_t)(0xc0 | point >> 6));
		bytes_add_byte(out, (uint8_t)(0x80 | (point & 0x3f)));
	} else if (point < 0x10000) {
		bytes_add_byte(out, (uint8_t)(0xe0 | point >> 12));
		bytes_add_byte(out, (uint8_t)(0x80 | (point >> 6 & 0x3f)));
		bytes_add_byte(out, (uint8_t)(0x80 | (point & 0x3f)));
	} else {
		bytes_add_byte(out, (uint8_t)(0xf0 | point >> 18));
		bytes_add_byte(out, (uint8_t)(0x80 | (point >> 12 & 0x3f)));
		bytes_add_byte(out, (uint8_t)(0x80 | (point >> 6 & 0x3f)));
		bytes_add_byte(out, (uint8_t)(0x80 | (point & 0x3f)));
	}
}

static void end_line(struct bytes *out)
{
	while (out->length && out->data[out->length - 1] == ' ')
		out->data[--out->length] = 0;
	bytes_add_byte(out, '\n');
}

static void add_cell(struct bytes *out, const struct cell *cell)
{
	if (cell->plate) {
		bytes_add_byte(out, ' ');
		return;
	}
	for (size_t i = 0; cell->text[i]; i++)
		grid_add(out, (uint32_t)cell->text[i]);
}

/* The row of a plate's text that lies on row y of the grid; NULL if none. The
 * caller frees it. */
static char *plate_line(const struct plate *plate, int y)
{
	const char *tag = plate->language ? plate->language->tag : "en";
	SCOPED(char_freep) char *bare = emphasis_bare(plate->text, NULL);
	struct text_lines lines = text_wrap(bare, tag, plate->w);
	int count = (int)lines.count < plate->h ? (int)lines.count : plate->h;
	int index = y - plate->y - (plate->h - count) / 2;
	char *line = NULL;

	if (index >= 0 && index < count)
		line =
		    index == 0 && plate->lead
			? xasprintf("%s%*s%s", plate->lead,
				    plate->lead_cells - text_cells(plate->lead),
				    "", lines.line[0])
			: xstrdup(lines.line[index]);
	text_lines_free(&lines);
	return line;
}

static char *plate_words(const struct plate *plate, int y)
{
	if (plate->kind == PLATE_TEXT)
		return plate_line(plate, y);
	if (y != plate->y + (plate->h - 1) / 2)
		return NULL;
	if (plate->kind == PLATE_SYMBOL)
		return xstrdup("[symbol]");
	return text_cells(plate->text) + 2 > plate->w
		   ? xstrdup(pictogram_sign(plate->text))
		   : xasprintf("[%s]", plate->text);
}

static const struct plate *plate_at(const struct canvas *canvas, int y, int x)
{
	for (size_t i = 0; i < canvas->plate_count; i++) {
		if (plate_overlaps(&canvas->plates[i], y, x, 1, 1))
			return &canvas->plates[i];
	}
	return NULL;
}

/* Adds what a plate shows on a row and returns the cells that this takes. */
static int add_plate(struct bytes *out, const struct plate *plate, int y)
{
	SCOPED(char_freep) char *words = plate_words(plate, y);
	SCOPED(char_freep) char *line = NULL;
	int cells, left;

	if (!words)
		words = xstrdup("");
	line = text_fit(words, plate->w);
	cells = text_cells(line);
	left = plate->edge == PLATE_LEFT     ? 0
	       : plate->edge == PLATE_CENTRE ? (plate->w - cells) / 2
					     : plate->w - cells;
	bytes_add_format(out, "%*s%s%*s", left, "", line,
			 plate->w - cells - left, "");
	return plate->w;
}

char *canvas_picture(const struct canvas *canvas)
{
	struct bytes out = { 0 };

	for (int y = 0; y < canvas->rows; y++) {
		for (int x = 0; x < canvas->columns;) {
			const struct plate *plate = plate_at(canvas, y, x);

			if (plate) {
				x += add_plate(&out, plate, y);
			} else {
				add_cell(&out, canvas_cell(canvas, y, x));
				x++;
			}
		}
		end_line(&out);
	}
	return bytes_take_text(&out);
}

static char look_at(const struct canvas *canvas, int y, int x)
{
	static const char plain[] = { ' ', 'q', 'a', 'f', '!', 's', 'k' };
	static const char bold[] = { 'I', 'Q', 'A', 'F', '!', 'S', 'K' };
	const struct cell *cell = canvas_cell(canvas, y, x);
	const struct plate *plate = plate_at(canvas, y, x);

	if (cell->caret)
		return '^';
	if (cell->underlined || cell->italic)
		return cell->underlined ? '_' : '/';
	return (plate ? plate->style != CANVAS_PLAIN : cell->bold)
		   ? bold[cell->colour]
		   : plain[cell->colour];
}

char *canvas_looks(const struct canvas *canvas)
{
	struct bytes out = { 0 };

	for (int y = 0; y < canvas->rows; y++) {
		for (int x = 0; x < canvas->columns; x++)
			bytes_add_byte(&out, (uint8_t)look_at(canvas, y, x));
		end_line(&out);
	}
	return bytes_take_text(&out);
}
