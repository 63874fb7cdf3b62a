#include "ui/gallery.h"

#include <stdlib.h>

#include "ui/painter.h"
#include "ui/sixel.h"
#include "ui/theme.h"

#define NARROW 16 /* columns: see is_bridged() */

/* A plate as it was last sent, and the size its text had. */
struct shown {
	struct plate plate;
	int em_fit, em;
};

struct gallery {
	struct probe probe;
	struct painter *painter; /* from the first plate on */
	struct shown *shown;
	size_t count;
};

struct gallery *gallery_new(void)
{
	return xcalloc(1, sizeof(struct gallery));
}

void gallery_forget(struct gallery *gallery)
{
	for (size_t i = 0; i < gallery->count; i++)
		plate_wipe(&gallery->shown[i].plate);
	free(gallery->shown);
	gallery->shown = NULL;
	gallery->count = 0;
}

void gallery_free(struct gallery *gallery)
{
	if (!gallery)
		return;
	gallery_forget(gallery);
	painter_free(gallery->painter);
	free(gallery);
}

void gallery_set_cells(struct gallery *gallery, const struct probe *probe)
{
	gallery->probe = *probe;
	painter_free(gallery->painter);
	gallery->painter = NULL;
}

/* --- what is there -------------------------------------------------------- */

static const struct shown *find_shown(const struct gallery *gallery,
				      const struct plate *plate)
{
	for (size_t i = 0; i < gallery->count; i++) {
		if (plate_equal(&gallery->shown[i].plate, plate))
			return &gallery->shown[i];
	}
	return NULL;
}

bool gallery_is_showing(const struct gallery *gallery,
			const struct canvas *canvas)
{
	if (gallery->count != canvas->plate_count)
		return false;
	for (size_t i = 0; i < canvas->plate_count; i++) {
		if (!find_shown(gallery, &canvas->plates[i]))
			return false;
	}
	return true;
}

/* Whether some plate of canvas lies over a part of plate, or it over that. */
static bool is_moved(const struct canvas *canvas, const struct plate *plate)
{
	bool overlapped = false;

	for (size_t i = 0; i < canvas->plate_count; i++) {
		const struct plate *other = &canvas->plates[i];

		if (other->y == plate->y && other->x == plate->x &&
		    other->h == plate->h && other->w == plate->w)
			return false;
		overlapped |= plate_overlaps(other, plate->y, plate->x,
					     plate->h, plate->w);
	}
	return overlapped;
}

const struct plate *gallery_moved(const struct gallery *gallery,
				  const struct canvas *canvas,
				  const struct plate *after)
{
	bool passed = !after;

	for (size_t i = 0; i < gallery->count; i++) {
		const struct plate *plate = &gallery->shown[i].plate;

		if (passed && is_moved(canvas, plate))
			return plate;
		passed |= plate == after;
	}
	return NULL;
}

/* --- what must be sent ---------------------------------------------------- */

/*
 * Between two changed cells curses writes a few unchanged ones again rather
 * than move the cursor, and would so write over a narrow plate. One in a row
 * that changed is sent again.
 */
static bool is_bridged(const struct plate *plate,
		       const struct gallery_screen *screen)
{
	for (int y = plate->y; plate->w <= NARROW && y < plate->y + plate->h;
	     y++) {
		if (screen->changed[y])
			return true;
	}
	return false;
}

/* The sizes of all text on the new screen; what stayed is not measured anew. */
static void size_plates(const struct gallery *gallery,
			const struct canvas *canvas, struct shown *next)
{
	size_t count = canvas->plate_count;
	int *em = xcalloc(count, sizeof *em);

	for (size_t i = 0; i < count; i++) {
		const struct plate *plate = &canvas->plates[i];
		const struct shown *old = find_shown(gallery, plate);

		next[i].em_fit =
		    old ? old->em_fit : painter_fit(gallery->painter, plate);
		em[i] = next[i].em_fit;
	}
	painter_level(canvas->plates, em, count);
	for (size_t i = 0; i < count; i++)
		next[i].em = em[i];
	free(em);
}

static bool must_send(const struct gallery *gallery, const struct shown *next,
		      const struct gallery_screen *screen)
{
	const struct shown *old = find_shown(gallery, &next->plate);

	return !old || old->em != next->em || is_bridged(&next->plate, screen);
}

/* --- sending -------------------------------------------------------------- */

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* The most of a size that a terminal takes at once, in whole cells. */
static int part_size(int whole, int most, int cell)
{
	return least(most >= cell ? most / cell * cell : whole, whole);
}

/* A picture on its way, and where it belongs. */
struct sending {
	const struct plate *plate;
	struct picture picture;
	const struct theme_pair *colours;
};

static void send_part(const struct gallery *gallery,
		      const struct sending *sending,
		      const struct sixel_part *part, struct bytes *out)
{
	const struct plate *plate = sending->plate;

	bytes_add_format(out, "\033[%d;%dH",
			 plate->y + part->y / gallery->probe.cell_height + 1,
			 plate->x + part->x / gallery->probe.cell_width + 1);
	sixel_add(out, &sending->picture, part, sending->colours);
}

static void send_plate(const struct gallery *gallery, const struct shown *shown,
		       enum term_theme theme, struct bytes *out)
{
	const struct probe *probe = &gallery->probe;
	struct sending sending = {
		.plate = &shown->plate,
		.picture =
		    painter_paint(gallery->painter, &shown->plate, shown->em),
		.colours = theme_pair(theme, shown->plate.colour),
	};
	int height = sending.picture.height, width = sending.picture.width;
	int h = part_size(height, probe->most_height, probe->cell_height);
	int w = part_size(width, probe->most_width, probe->cell_width);

	for (int y = 0; y < height; y += h) {
		for (int x = 0; x < width; x += w) {
			struct sixel_part part = { y, x, least(h, height - y),
						   least(w, width - x) };

			send_part(gallery, &sending, &part, out);
		}
	}
	picture_done(&sending.picture);
}

static bool is_on_screen(const struct plate *plate,
			 const struct gallery_screen *screen)
{
	return plate->y + plate->h <= screen->rows &&
	       plate->x + plate->w <= screen->columns;
}

void gallery_show(struct gallery *gallery, const struct canvas *canvas,
		  const struct gallery_screen *screen, struct bytes *out)
{
	size_t count = canvas->plate_count;
	struct shown *next = xcalloc(count, sizeof *next);

	if (count && !gallery->painter)
		gallery->painter = painter_new(gallery->probe.cell_height,
					       gallery->probe.cell_width);
	size_plates(gallery, canvas, next);
	for (size_t i = 0; i < count; i++) {
		plate_copy(&next[i].plate, &canvas->plates[i]);
		if (is_on_screen(&next[i].plate, screen) &&
		    must_send(gallery, &next[i], screen))
			send_plate(gallery, &next[i], screen->theme, out);
	}
	gallery_forget(gallery);
	gallery->shown = next;
	gallery->count = count;
}
