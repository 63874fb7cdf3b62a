#include "ask/marks.h"

#include <stdlib.h>

#include "ask/plain.h"
#include "base/memory.h"

struct taking {
	const struct scale *scale;
	struct marks *marks;
};

static void take(void *to, const struct choice_item *item)
{
	struct taking *taking = to;
	struct marks *marks = taking->marks;
	size_t place = scale_place(taking->scale, item->value);

	if (place == taking->scale->count)
		return;
	marks->all =
	    xreallocarray(marks->all, marks->count + 1, sizeof *marks->all);
	marks->all[marks->count++] = (struct mark){
		.place = place,
		.label = plain_choice(item),
		.value = xstrdup(item->value),
		.quotes = item->quotes,
	};
}

static int by_place(const void *a, const void *b)
{
	const struct mark *one = a, *other = b;

	return (one->place > other->place) - (one->place < other->place);
}

void marks_of(struct node *node, const struct scale *scale, struct marks *marks)
{
	struct taking taking = { scale, marks };

	*marks = (struct marks){ 0 };
	if (node_kind(node) == NODE_RANGE)
		node_each_choice(node, take, &taking);
	if (marks->count)
		qsort(marks->all, marks->count, sizeof *marks->all, by_place);
}

void marks_done(struct marks *marks)
{
	for (size_t i = 0; i < marks->count; i++) {
		free(marks->all[i].label);
		free(marks->all[i].value);
	}
	free(marks->all);
	*marks = (struct marks){ 0 };
}

const struct mark *marks_at(const struct marks *marks, size_t place)
{
	for (size_t i = 0; i < marks->count; i++) {
		if (marks->all[i].place == place)
			return &marks->all[i];
	}
	return NULL;
}

/* Half-way to a neighbour; at the area's edge where there is none. */
static int middle_of(const struct marks *marks, const struct scale *scale,
		     const struct canvas_area *line, size_t left)
{
	int from = scale_cell(scale, marks->all[left].place, line->w);
	int to = scale_cell(scale, marks->all[left + 1].place, line->w);

	return line->x + (from + to + 1) / 2;
}

void marks_draw(const struct marks *marks, const struct scale *scale,
		struct canvas *canvas, const struct canvas_area *line,
		const struct canvas_area *area, const char *language)
{
	for (size_t i = 0; i < marks->count; i++) {
		size_t place = marks->all[i].place;
		int x = line->x + scale_cell(scale, place, line->w);
		int left =
		    i ? middle_of(marks, scale, line, i - 1) + 1 : area->x;
		int right = i + 1 < marks->count
				? middle_of(marks, scale, line, i)
				: area->x + area->w;
		enum canvas_align align = CANVAS_CENTRE;

		if (place == 0) {
			align = CANVAS_START;
			left = x;
		} else if (place + 1 == scale->count) {
			align = CANVAS_END;
			right = x + 1;
		} else if (x - left < right - 1 - x) {
			right = 2 * x - left + 1;
		} else {
			left = 2 * x - right + 1;
		}
		if (right > left)
			canvas_text(canvas, &(struct canvas_text){
						.y = area->y,
						.x = left,
						.h = area->h,
						.w = right - left,
						.text = marks->all[i].label,
						.language = language,
						.colour = CANVAS_QUIET,
						.align = align,
						.caret = -1,
						.apart = true,
					    });
	}
}
