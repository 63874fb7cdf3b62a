#include "tests/support/worn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- chance ----------------------------------------------------------------
 */

/* From 0 up to 1. */
static double fraction(struct chance *chance)
{
	return (double)(chance_next(chance) >> 11) * 0x1p-53;
}

static double between(struct chance *chance, double low, double high)
{
	return low + (high - low) * fraction(chance);
}

/* Between half and all of it; as a count, to the nearest. */
static double some(struct chance *chance, double most)
{
	return between(chance, most / 2, most);
}

static int some_times(struct chance *chance, double most)
{
	return (int)(some(chance, most) + fraction(chance));
}

/* Near enough to a normal distribution of deviation 1. */
static double bell(struct chance *chance)
{
	double sum = 0;

	for (int i = 0; i < 6; i++)
		sum += fraction(chance);
	return (sum - 3) * M_SQRT2;
}

/* --- the paper --------------------------------------------------------------
 */

/* How black each dot is, 0 to 1. */
struct ink {
	int width, height;
	float *black;
};

static float *ink_at(const struct ink *ink, int x, int y)
{
	return &ink->black[(size_t)y * (size_t)ink->width + (size_t)x];
}

static bool is_on(const struct ink *ink, int x, int y)
{
	return x >= 0 && x < ink->width && y >= 0 && y < ink->height;
}

static double black_of(const struct ink *ink, int x, int y)
{
	return is_on(ink, x, y) ? (double)*ink_at(ink, x, y) : 0;
}

/* Heat goes a little beyond its dot. */
#define BLEED 0.12

static struct ink ink_of(const struct picture *paper, int margin)
{
	struct ink ink = { paper->width + 2 * margin, paper->height, NULL };

	ink.black =
	    xcalloc((size_t)ink.width * (size_t)ink.height, sizeof *ink.black);
	for (int y = 0; y < paper->height; y++) {
		for (int x = 0; x < paper->width; x++) {
			if (!picture_dot(paper, x, y))
				continue;
			*ink_at(&ink, x + margin, y) = 1;
			for (int side = -1; side <= 1; side += 2) {
				float *beside =
				    ink_at(&ink, x + margin + side, y);

				*beside = fmaxf(*beside, (float)BLEED);
			}
		}
	}
	return ink;
}

/* Slow waves over the paper, from 0 to 1. */
static double wave(double x, double y, const double phase[4])
{
	return 0.5 +
	       0.25 * sin(x / 61 + y / 97 + phase[0]) * sin(y / 53 + phase[1]) +
	       0.25 * sin(x / 29 - y / 41 + phase[2]) * sin(x / 83 + phase[3]);
}

static void fade(struct ink *ink, double most, struct chance *chance)
{
	double phase[4];

	for (int i = 0; i < 4; i++)
		phase[i] = between(chance, 0, 2 * M_PI);
	for (int y = 0; y < ink->height; y++) {
		for (int x = 0; x < ink->width; x++)
			*ink_at(ink, x, y) *=
			    (float)(1 - most * wave(x, y, phase));
	}
}

static void streak(struct ink *ink, struct chance *chance)
{
	const int x = (int)chance_below(chance, (uint32_t)ink->width);

	for (int y = 0; y < ink->height; y++)
		*ink_at(ink, x, y) = 0;
}

/* Specks of one to three dots across. */
static void rub(struct ink *ink, double share, struct chance *chance)
{
	const double all = share * ink->width * ink->height;

	for (double gone = 0; gone < all;) {
		const double radius = between(chance, 0.5, 1.7);
		const int reach = (int)radius + 1;
		const int at_x =
		    (int)chance_below(chance, (uint32_t)ink->width);
		const int at_y =
		    (int)chance_below(chance, (uint32_t)ink->height);

		for (int y = -reach; y <= reach; y++) {
			for (int x = -reach; x <= reach; x++) {
				if (x * x + y * y > radius * radius ||
				    !is_on(ink, at_x + x, at_y + y))
					continue;
				*ink_at(ink, at_x + x, at_y + y) *= 0.15F;
				gone++;
			}
		}
	}
}

/* A fold: ink has come off along it, here more and there less. */
static void crease(struct ink *ink, struct chance *chance)
{
	const double angle = between(chance, 0, M_PI);
	const double at_x = between(chance, 0, ink->width);
	const double at_y = between(chance, 0, ink->height);
	const double reach = between(chance, 1, 2.5);

	for (int y = 0; y < ink->height; y++) {
		for (int x = 0; x < ink->width; x++) {
			const double off = fabs((x - at_x) * sin(angle) -
						(y - at_y) * cos(angle));

			if (off < reach)
				*ink_at(ink, x, y) *=
				    (float)between(chance, 0, 0.7);
		}
	}
}

static struct ink wear_out(const struct picture *paper, int margin,
			   const struct wear *wear, struct chance *chance)
{
	struct ink ink = ink_of(paper, margin);

	for (int i = some_times(chance, wear->streaks); i > 0; i--)
		streak(&ink, chance);
	fade(&ink, some(chance, wear->fade), chance);
	rub(&ink, some(chance, wear->rubbed), chance);
	for (int i = some_times(chance, wear->creases); i > 0; i--)
		crease(&ink, chance);
	return ink;
}

/* --- the photo --------------------------------------------------------------
 */

/* Greys before they are bytes, 0 to 1, 1 is white. */
struct plate {
	int width, height;
	float *light;
};

static float *light_at(const struct plate *plate, int x, int y)
{
	return &plate->light[(size_t)y * (size_t)plate->width + (size_t)x];
}

/* How the paper lies under the camera. */
struct pose {
	double cosine, sine, scale;
	double tilt_x, tilt_y, bend, phase;
};

static struct pose pose_of(const struct wear *wear, double scale,
			   struct chance *chance)
{
	const double sign = chance_below(chance, 2) ? 1 : -1;
	const double turn = sign * some(chance, wear->turn) * M_PI / 180;

	return (struct pose){
		.cosine = cos(turn),
		.sine = sin(turn),
		.scale = scale,
		.tilt_x = between(chance, -wear->tilt, wear->tilt),
		.tilt_y = between(chance, -wear->tilt, wear->tilt),
		.bend = some(chance, wear->bend),
		.phase = between(chance, 0, 2 * M_PI),
	};
}

/* Between four dots, as light falls. */
static double black_between(const struct ink *ink, double x, double y)
{
	const int left = (int)floor(x), top = (int)floor(y);
	const double right = x - left, down = y - top;

	return (1 - down) * ((1 - right) * black_of(ink, left, top) +
			     right * black_of(ink, left + 1, top)) +
	       down * ((1 - right) * black_of(ink, left, top + 1) +
		       right * black_of(ink, left + 1, top + 1));
}

/* What a point of the photo, from its middle, shows of the paper. */
static double seen(const struct ink *ink, const struct pose *pose, double x,
		   double y)
{
	const double half_x = ink->width / 2.0, half_y = ink->height / 2.0;
	const double near = 1 + pose->tilt_x * x / (pose->scale * half_x) / 2 +
			    pose->tilt_y * y / (pose->scale * half_y) / 2;
	const double at_x =
	    (x * pose->cosine + y * pose->sine) / pose->scale * near;
	const double at_y =
	    (y * pose->cosine - x * pose->sine) / pose->scale * near;
	const double bent = pose->bend * sin(at_y / half_y * 2 + pose->phase);

	return black_between(ink, at_x + half_x + bent - 0.5,
			     at_y + half_y - 0.5);
}

static struct plate expose(const struct ink *ink, const struct pose *pose)
{
	/* Room for its corners. */
	struct plate plate = { (int)(ink->width * pose->scale * 1.15),
			       (int)(ink->height * pose->scale * 1.1), NULL };

	plate.light = xcalloc((size_t)plate.width * (size_t)plate.height,
			      sizeof *plate.light);
	for (int y = 0; y < plate.height; y++) {
		for (int x = 0; x < plate.width; x++)
			*light_at(&plate, x, y) =
			    1 - (float)seen(ink, pose, x - plate.width / 2.0,
					    y - plate.height / 2.0);
	}
	return plate;
}

/* Along rows or columns; weights go from the middle outwards. */
static void smooth(struct plate *plate, const double *weights, int reach,
		   bool down)
{
	const int line = down ? plate->height : plate->width;
	const int lines = down ? plate->width : plate->height;
	float *copy = xcalloc((size_t)line, sizeof *copy);

	for (int l = 0; l < lines; l++) {
		for (int i = 0; i < line; i++)
			copy[i] = *light_at(plate, down ? l : i, down ? i : l);
		for (int i = 0; i < line; i++) {
			double sum = 0;

			for (int o = -reach; o <= reach; o++) {
				int at = i + o;

				at = at < 0 ? 0 : at >= line ? line - 1 : at;
				sum += weights[abs(o)] * (double)copy[at];
			}
			*light_at(plate, down ? l : i, down ? i : l) =
			    (float)sum;
		}
	}
	free(copy);
}

#define REACH 5 /* pixels that a blur goes, at most */

static void even_out(double weights[REACH + 1])
{
	double sum = weights[0];

	for (int i = 1; i <= REACH; i++)
		sum += 2 * weights[i];
	for (int i = 0; i <= REACH; i++)
		weights[i] /= sum;
}

static void blur(struct plate *plate, double deviation)
{
	double weights[REACH + 1];

	for (int i = 0; i <= REACH; i++)
		weights[i] = exp(-i * i / (2 * deviation * deviation));
	even_out(weights);
	smooth(plate, weights, REACH, false);
	smooth(plate, weights, REACH, true);
}

/* The hand moved while the shutter was open. */
static void move(struct plate *plate, double pixels, bool down)
{
	double weights[REACH + 1];

	for (int i = 0; i <= REACH; i++)
		weights[i] = fmax(0, fmin(1, pixels / 2 - i + 0.5));
	even_out(weights);
	smooth(plate, weights, REACH, down);
}

static uint8_t grey_of(double light)
{
	return (uint8_t)fmax(0, fmin(255, light * 255 + 0.5));
}

/* Light that is not everywhere the same, contrast, noise, and bytes. */
static struct photo develop(const struct plate *plate, const struct wear *wear,
			    struct chance *chance)
{
	struct photo photo = { plate->width, plate->height, NULL };
	const double dim = some(chance, wear->dim);
	const double flat = some(chance, wear->flat);
	const double noise = some(chance, wear->noise) / 256;
	const bool left = chance_below(chance, 2);

	photo.grey = xcalloc((size_t)photo.width, (size_t)photo.height);
	for (int i = 0; i < photo.width * photo.height; i++) {
		const double across = (double)(i % photo.width) / photo.width;
		const double lamp = 1 - dim * (left ? 1 - across : across) *
					    (double)(i / photo.width) /
					    photo.height;
		const double light =
		    (double)plate->light[i] * (1 - flat) + flat * 0.8;

		photo.grey[i] =
		    grey_of(light * lamp * 0.9 + noise * bell(chance));
	}
	return photo;
}

struct photo worn_photo(const struct picture *paper, int margin, double scale,
			const struct wear *wear, struct chance *chance)
{
	struct ink ink = wear_out(paper, margin, wear, chance);
	const struct pose pose = pose_of(wear, scale, chance);
	struct plate plate = expose(&ink, &pose);
	struct photo photo;

	move(&plate, some(chance, wear->motion), chance_below(chance, 2));
	blur(&plate, some(chance, wear->blur));
	photo = develop(&plate, wear, chance);
	free(plate.light);
	free(ink.black);
	return photo;
}

struct picture *stained(const struct picture *paper, int x, int y, int side,
			double share, struct chance *chance)
{
	const double radius = sqrt(share / M_PI) * side;
	const double at_x = between(chance, x + radius, x + side - radius);
	const double at_y = between(chance, y + radius, y + side - radius);
	struct picture *stain = picture_moved(paper, 0);

	for (int row = y; row < y + side; row++) {
		for (int dot = x; dot < x + side; dot++) {
			if (hypot(dot - at_x, row - at_y) < radius)
				picture_ink(stain, dot, row);
		}
	}
	return stain;
}

const struct wear wears[WEARS] = {
	{ .name = "good print",
	  .fade = 0.2,
	  .rubbed = 0.002,
	  .streaks = 0,
	  .creases = 0,
	  .blur = 1.1,
	  .motion = 1,
	  .turn = 6,
	  .tilt = 0.03,
	  .bend = 1,
	  .dim = 0.2,
	  .flat = 0.15,
	  .noise = 4 },
	{ .name = "tired",
	  .fade = 0.4,
	  .rubbed = 0.006,
	  .streaks = 0.5,
	  .creases = 0.5,
	  .blur = 1.5,
	  .motion = 1.5,
	  .turn = 9,
	  .tilt = 0.04,
	  .bend = 1.5,
	  .dim = 0.3,
	  .flat = 0.25,
	  .noise = 6 },
	{ .name = "bad",
	  .fade = 0.5,
	  .rubbed = 0.008,
	  .streaks = 0.5,
	  .creases = 0.6,
	  .blur = 1.8,
	  .motion = 2,
	  .turn = 12,
	  .tilt = 0.05,
	  .bend = 2,
	  .dim = 0.4,
	  .flat = 0.3,
	  .noise = 7 },
};
