#include "ui/svg.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROUND 0.5523 /* a handle's length for a quarter of a circle */

struct style {
	bool filled, stroked;
	double width;
};

struct reader {
	struct svg *svg;
	char *problem; /* the first; NULL: none */
	long line;     /* of the element that is read */
};

static void refuse(struct reader *reader, const char *what, const char *name)
{
	if (!reader->problem)
		reader->problem =
		    xasprintf("line %ld: %s%s", reader->line, what, name);
}

/* --- numbers -------------------------------------------------------------- */

static bool is_digit(char character)
{
	return character >= '0' && character <= '9';
}

static const char *skip_gap(const char *at)
{
	at += strspn(at, " \t\r\n");
	if (*at == ',')
		at++;
	return at + strspn(at, " \t\r\n");
}

static const char *take_digits(const char *at, double *value, int *places)
{
	for (; is_digit(*at); at++, ++*places) {
		if (*value < 1e12)
			*value = *value * 10 + (*at - '0');
	}
	return at;
}

/* A decimal number whatever the locale; NULL where there is none. */
static const char *take_number(const char *at, double *out)
{
	double value = 0, part = 0;
	int whole = 0, places = 0;
	bool negative;

	at = skip_gap(at);
	negative = *at == '-';
	at += *at == '-' || *at == '+';
	at = take_digits(at, &value, &whole);
	if (*at == '.')
		at = take_digits(at + 1, &part, &places);
	if (!whole && !places)
		return NULL;
	value += part / pow(10, places < 12 ? places : 12);
	if (value > SVG_REACH)
		return NULL;
	*out = negative ? -value : value;
	return at;
}

static char *attribute_of(xmlNode *element, const char *name)
{
	xmlChar *value = xmlGetNoNsProp(element, (const xmlChar *)name);
	char *copy = value ? xstrdup((const char *)value) : NULL;

	xmlFree(value);
	return copy;
}

/* The attribute as a number; 0 where it is not there. */
static double number_of(struct reader *reader, xmlNode *element,
			const char *name)
{
	SCOPED(char_freep) char *text = attribute_of(element, name);
	double value = 0;
	const char *end;

	if (!text)
		return 0;
	end = take_number(text, &value);
	if (!end || *skip_gap(end))
		refuse(reader, "this is no number: ", text);
	return value;
}

/* --- steps ---------------------------------------------------------------- */

static void add_step(struct reader *reader, const struct svg_step *step)
{
	struct svg *svg = reader->svg;

	if (svg->step_count == SVG_STEPS) {
		refuse(reader, "there are too many lines in it", "");
		return;
	}
	svg->steps[svg->step_count++] = *step;
}

static void move_to(struct reader *reader, double x, double y)
{
	add_step(reader, &(struct svg_step){ SVG_MOVE, { x }, { y } });
}

static void line_to(struct reader *reader, double x, double y)
{
	add_step(reader, &(struct svg_step){ SVG_LINE, { x }, { y } });
}

static void close_path(struct reader *reader)
{
	add_step(reader, &(struct svg_step){ .kind = SVG_CLOSE });
}

/* By two handles and an end, each an x and a y. */
static void curve_to(struct reader *reader, const double to[6])
{
	add_step(reader, &(struct svg_step){ SVG_CURVE,
					     { to[0], to[2], to[4] },
					     { to[1], to[3], to[5] } });
}

/* --- paths ---------------------------------------------------------------- */

struct pen {
	double x, y;             /* where it is */
	double start_x, start_y; /* of the part begun with M */
	double handle_x, handle_y;
	char before; /* the last command, a capital letter */
};

static int numbers_of(char command)
{
	static const struct {
		char command;
		int numbers;
	} known[] = { { 'M', 2 }, { 'L', 2 }, { 'H', 1 },
		      { 'V', 1 }, { 'C', 6 }, { 'S', 4 },
		      { 'Q', 4 }, { 'T', 2 }, { 'Z', 0 } };

	for (size_t i = 0; i < COUNT(known); i++) {
		if (known[i].command == command)
			return known[i].numbers;
	}
	return -1;
}

/* Handles and end of a cubic curve from those that the command told. */
static void bend(struct reader *reader, struct pen *pen, char command,
		 const double *told)
{
	bool cubic = command == 'C' || command == 'S';
	bool goes_on = cubic ? strchr("CS", pen->before) != NULL
			     : strchr("QT", pen->before) != NULL;
	bool own = command == 'C' || command == 'Q';
	double hx = own       ? told[0]
		    : goes_on ? 2 * pen->x - pen->handle_x
			      : pen->x;
	double hy = own       ? told[1]
		    : goes_on ? 2 * pen->y - pen->handle_y
			      : pen->y;
	const double *rest = own ? told + 2 : told;
	double ex = cubic ? rest[2] : rest[0], ey = cubic ? rest[3] : rest[1];

	if (cubic) {
		curve_to(reader,
			 (double[]){ hx, hy, rest[0], rest[1], ex, ey });
		pen->handle_x = rest[0];
		pen->handle_y = rest[1];
	} else {
		curve_to(reader, (double[]){ pen->x + (hx - pen->x) * 2 / 3,
					     pen->y + (hy - pen->y) * 2 / 3,
					     ex + (hx - ex) * 2 / 3,
					     ey + (hy - ey) * 2 / 3, ex, ey });
		pen->handle_x = hx;
		pen->handle_y = hy;
	}
	pen->x = ex;
	pen->y = ey;
}

static void draw_to(struct reader *reader, struct pen *pen, char command,
		    const double *told)
{
	switch (command) {
	case 'M':
		pen->x = pen->start_x = told[0];
		pen->y = pen->start_y = told[1];
		move_to(reader, pen->x, pen->y);
		break;
	case 'L':
	case 'H':
	case 'V':
		pen->x = command == 'V' ? pen->x : told[0];
		pen->y = command == 'H' ? pen->y : told[command == 'L'];
		line_to(reader, pen->x, pen->y);
		break;
	case 'Z':
		pen->x = pen->start_x;
		pen->y = pen->start_y;
		close_path(reader);
		break;
	default:
		bend(reader, pen, command, told);
		break;
	}
	pen->before = command;
}

/* The numbers of one command, from where the pen is if they are relative. */
static const char *take_numbers(const char *at, const struct pen *pen,
				char command, bool relative, double told[6])
{
	int count = numbers_of(command);

	for (int i = 0; i < count; i++) {
		bool down = command == 'V' || (command != 'H' && i % 2);

		if (!(at = take_number(at, &told[i])))
			return NULL;
		if (relative)
			told[i] += down ? pen->y : pen->x;
	}
	return at;
}

static bool more_numbers(const char *at)
{
	at = skip_gap(at);
	return is_digit(*at) || *at == '-' || *at == '+' || *at == '.';
}

/* One command with all its numbers; NULL where it cannot be read. */
static const char *take_command(struct reader *reader, struct pen *pen,
				const char *at)
{
	bool relative = *at >= 'a';
	char command = relative ? (char)(*at - 'a' + 'A') : *at;
	double told[6] = { 0 };

	if (numbers_of(command) < 0 || (!pen->before && command != 'M'))
		return NULL;
	at++;
	do {
		at = take_numbers(at, pen, command, relative, told);
		if (!at)
			return NULL;
		draw_to(reader, pen, command, told);
		/* Further numbers after a move are lines. */
		command = command == 'M' ? 'L' : command;
	} while (command != 'Z' && more_numbers(at));
	return at;
}

static void read_path(struct reader *reader, xmlNode *element)
{
	SCOPED(char_freep) char *text = attribute_of(element, "d");
	struct pen pen = { 0 };
	const char *at = text ? skip_gap(text) : "";

	while (*at && !reader->problem) {
		const char *next = take_command(reader, &pen, at);

		if (!next)
			refuse(reader,
			       "of paths only M, L, H, V, C, S, Q, T and Z "
			       "with their numbers are known: ",
			       at);
		else
			at = skip_gap(next);
	}
}

/* --- other shapes --------------------------------------------------------- */

static void read_line(struct reader *reader, xmlNode *element)
{
	move_to(reader, number_of(reader, element, "x1"),
		number_of(reader, element, "y1"));
	line_to(reader, number_of(reader, element, "x2"),
		number_of(reader, element, "y2"));
}

static void read_polyline(struct reader *reader, xmlNode *element)
{
	SCOPED(char_freep) char *text = attribute_of(element, "points");
	const char *at = text ? text : "";
	bool first = true;

	while (*skip_gap(at) && !reader->problem) {
		double x, y;

		if (!(at = take_number(at, &x)) ||
		    !(at = take_number(at, &y))) {
			refuse(reader, "points are pairs of numbers", "");
			return;
		}
		if (first)
			move_to(reader, x, y);
		else
			line_to(reader, x, y);
		first = false;
	}
}

static void read_polygon(struct reader *reader, xmlNode *element)
{
	read_polyline(reader, element);
	close_path(reader);
}

/* A rounded rectangle; an ellipse is one that is all corner. */
static void add_round(struct reader *reader, double x, double y, double w,
		      double h, double rx, double ry)
{
	double kx = rx * (1 - ROUND), ky = ry * (1 - ROUND);
	double right = x + w, bottom = y + h;

	move_to(reader, x + rx, y);
	line_to(reader, right - rx, y);
	curve_to(reader,
		 (double[]){ right - kx, y, right, y + ky, right, y + ry });
	line_to(reader, right, bottom - ry);
	curve_to(reader, (double[]){ right, bottom - ky, right - kx, bottom,
				     right - rx, bottom });
	line_to(reader, x + rx, bottom);
	curve_to(reader,
		 (double[]){ x + kx, bottom, x, bottom - ky, x, bottom - ry });
	line_to(reader, x, y + ry);
	curve_to(reader, (double[]){ x, y + ky, x + kx, y, x + rx, y });
	close_path(reader);
}

static void read_rect(struct reader *reader, xmlNode *element)
{
	double x = number_of(reader, element, "x");
	double y = number_of(reader, element, "y");
	double w = number_of(reader, element, "width");
	double h = number_of(reader, element, "height");
	double rx = number_of(reader, element, "rx");
	double ry = number_of(reader, element, "ry");

	rx = rx > 0 ? rx : ry;
	ry = ry > 0 ? ry : rx;
	rx = rx < 0 ? 0 : fmin(rx, w / 2);
	ry = ry < 0 ? 0 : fmin(ry, h / 2);
	if (w > 0 && h > 0)
		add_round(reader, x, y, w, h, rx, ry);
}

static void read_oval(struct reader *reader, xmlNode *element, const char *rx,
		      const char *ry)
{
	double x = number_of(reader, element, "cx");
	double y = number_of(reader, element, "cy");
	double across = number_of(reader, element, rx);
	double down = number_of(reader, element, ry);

	if (across > 0 && down > 0)
		add_round(reader, x - across, y - down, 2 * across, 2 * down,
			  across, down);
}

static void read_circle(struct reader *reader, xmlNode *element)
{
	read_oval(reader, element, "r", "r");
}

static void read_ellipse(struct reader *reader, xmlNode *element)
{
	read_oval(reader, element, "rx", "ry");
}

/* --- elements ------------------------------------------------------------- */

/* Ink or none; other colours would not be what was drawn. */
static void read_paint(struct reader *reader, xmlNode *element,
		       const char *name, bool *paint)
{
	static const char *const inks[] = { "currentColor", "black", "#000",
					    "#000000" };
	SCOPED(char_freep) char *text = attribute_of(element, name);

	if (!text)
		return;
	*paint = strcmp(text, "none") != 0;
	for (size_t i = 0; *paint && i < COUNT(inks); i++) {
		if (strcmp(text, inks[i]) == 0)
			return;
	}
	if (*paint)
		refuse(reader, "colours are none, currentColor or black, not ",
		       text);
}

static struct style style_of(struct reader *reader, xmlNode *element,
			     struct style style)
{
	static const char *const others[] = { "transform", "style", "class",
					      "clip-path", "mask",  "filter" };

	for (size_t i = 0; i < COUNT(others); i++) {
		if (xmlHasProp(element, (const xmlChar *)others[i]))
			refuse(reader,
			       "this is not known here; save the drawing as "
			       "plain shapes without ",
			       others[i]);
	}
	read_paint(reader, element, "fill", &style.filled);
	read_paint(reader, element, "stroke", &style.stroked);
	if (xmlHasProp(element, (const xmlChar *)"stroke-width"))
		style.width = number_of(reader, element, "stroke-width");
	return style;
}

static const struct {
	const char *name;
	void (*read)(struct reader *reader, xmlNode *element);
} shapes[] = {
	{ "path", read_path },       { "line", read_line },
	{ "circle", read_circle },   { "rect", read_rect },
	{ "ellipse", read_ellipse }, { "polyline", read_polyline },
	{ "polygon", read_polygon },
};

static void read_shape(struct reader *reader, xmlNode *element,
		       const struct style *style)
{
	struct svg *svg = reader->svg;
	struct svg_shape shape = {
		.first = svg->step_count,
		.filled = style->filled,
		.stroked = style->stroked && style->width > 0,
		.width = style->width,
	};

	if (svg->shape_count == SVG_SHAPES) {
		refuse(reader, "there are too many shapes in it", "");
		return;
	}
	for (size_t i = 0; i < COUNT(shapes); i++) {
		if (!strcmp((const char *)element->name, shapes[i].name)) {
			shapes[i].read(reader, element);
			shape.count = svg->step_count - shape.first;
			svg->shapes[svg->shape_count++] = shape;
			return;
		}
	}
	refuse(reader, "a drawing of lines has no element ",
	       (const char *)element->name);
}

static bool is_named(const xmlNode *element, const char *name)
{
	return strcmp((const char *)element->name, name) == 0;
}

/* Words about the drawing are no part of it. */
static bool is_about(const xmlNode *element)
{
	return is_named(element, "title") || is_named(element, "desc") ||
	       is_named(element, "metadata");
}

static void read_inside(struct reader *reader, xmlNode *parent,
			struct style style, int depth)
{
	if (depth > SVG_DEPTH) {
		refuse(reader, "groups lie too deep in each other", "");
		return;
	}
	for (xmlNode *child = parent->children; child && !reader->problem;
	     child = child->next) {
		struct style own;

		if (child->type != XML_ELEMENT_NODE || is_about(child))
			continue;
		reader->line = xmlGetLineNo(child);
		own = style_of(reader, child, style);
		if (is_named(child, "g"))
			read_inside(reader, child, own, depth + 1);
		else
			read_shape(reader, child, &own);
	}
}

static void read_view_box(struct reader *reader, xmlNode *root)
{
	struct svg *svg = reader->svg;
	SCOPED(char_freep) char *text = attribute_of(root, "viewBox");
	const char *at = text ? text : "";

	if (!(at = take_number(at, &svg->x)) ||
	    !(at = take_number(at, &svg->y)) ||
	    !(at = take_number(at, &svg->width)) ||
	    !(at = take_number(at, &svg->height)) || *skip_gap(at) ||
	    svg->width <= 0 || svg->height <= 0)
		refuse(reader,
		       "svg needs a viewBox of four numbers, such as "
		       "\"0 0 48 48\"",
		       "");
}

static void read_document(struct reader *reader, xmlDoc *doc)
{
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	struct style style = { .filled = true, .width = 1 };

	reader->line = root ? xmlGetLineNo(root) : 1;
	if (!root || !is_named(root, "svg") || doc->intSubset) {
		refuse(reader, "this is no SVG, or has a DOCTYPE", "");
		return;
	}
	read_view_box(reader, root);
	style = style_of(reader, root, style);
	read_inside(reader, root, style, 0);
}

bool svg_read(const char *bytes, size_t length, struct svg *out, char **problem)
{
	xmlDoc *doc = xmlReadMemory(bytes, (int)length, NULL, NULL,
				    XML_PARSE_NONET | XML_PARSE_NOERROR |
					XML_PARSE_NOWARNING);
	struct svg svg = {
		.steps = xcalloc(SVG_STEPS, sizeof *svg.steps),
		.shapes = xcalloc(SVG_SHAPES, sizeof *svg.shapes),
	};
	struct reader reader = { .svg = &svg };

	read_document(&reader, doc);
	xmlFreeDoc(doc);
	*problem = reader.problem;
	if (reader.problem) {
		svg_done(&svg);
		return false;
	}
	/* Most drawings are small; what is kept is no larger than needed. */
	svg.steps =
	    xreallocarray(svg.steps, svg.step_count + 1, sizeof *svg.steps);
	svg.shapes =
	    xreallocarray(svg.shapes, svg.shape_count + 1, sizeof *svg.shapes);
	*out = svg;
	return true;
}

void svg_done(struct svg *svg)
{
	free(svg->steps);
	free(svg->shapes);
	*svg = (struct svg){ 0 };
}
