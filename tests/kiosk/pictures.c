#include "tests/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "form/strings.h"
#include "tests/support/intake.h"
#include "ui/album.h"
#include "ui/drawing.h"

/* The pictures of the default intake, as they ship. */

#define SIDE 96

static struct album *shipped(void)
{
	static const char *const folders[] = { ALBUM_SHIPPED };

	return album_new(folders, 1);
}

struct named {
	struct album *album;
	struct bytes names; /* " bed.svg bowl.svg " */
};

static void look_at(void *to, const char *address)
{
	struct named *named = to;
	const struct drawing *drawing = album_find(named->album, address);

	print_message("%s\n", address);
	assert_non_null(drawing);
	bytes_add_format(&named->names, " %s ", drawing_name(drawing));
}

static void every_picture_is_there_and_each_is_used(void **state)
{
	struct named named = { .album = shipped() };
	DIR *folder = opendir(ALBUM_SHIPPED);
	struct dirent *entry;
	int count = 0;

	(void)state;
	form_images(intake_form(), look_at, &named);
	while ((entry = readdir(folder))) {
		SCOPED(char_freep)
		char *name = xasprintf(" %s ", entry->d_name);

		if (!strstr(name, ".svg "))
			continue;
		print_message("%s\n", name);
		count++;
		assert_non_null(strstr((char *)named.names.data, name));
	}
	closedir(folder);
	assert_true(count >= 60);
	bytes_done(&named.names);
	album_free(named.album);
}

/* The share of a square that a picture covers, in thousandths. */
static int weight(struct album *album, const char *address)
{
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_A8, SIDE, SIDE);
	cairo_t *cairo = cairo_create(surface);
	long sum = 0;

	drawing_paint(album_find(album, address), cairo, SIDE, SIDE);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	for (int y = 0; y < SIDE; y++) {
		for (int x = 0; x < SIDE; x++)
			sum += cairo_image_surface_get_data(surface)
			    [y * cairo_image_surface_get_stride(surface) + x];
	}
	cairo_surface_destroy(surface);
	return (int)(sum * 1000 / 255 / SIDE / SIDE);
}

/* Of the answers that hide, none is the lightest or the heaviest to see. */
static void a_private_answers_picture_is_like_its_neighbours(void **state)
{
	struct run *run = intake_run();
	struct node *node = run_root(run);
	struct album *album = shipped();
	const struct choice_item *items;
	int least = 1000, most = 0, last = 0;
	size_t count;

	(void)state;
	intake_answer(run, "A3", "SELF");
	for (node = node_first(node); node; node = node_next(node)) {
		if (node_appears(node, "private"))
			break;
	}
	assert_non_null(node);
	assert_int_equal(node_choices(node, &items, &count), FAULT_NONE);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++) {
		assert_non_null(items[i].image);
		last = weight(album, items[i].image);
		print_message("%s: %d\n", items[i].image, last);
		least = last < least ? last : least;
		most = last > most ? last : most;
	}
	/* The last is the one that must not betray. */
	assert_true(last > least && last < most);
	assert_true(most < 3 * least);
	album_free(album);
	run_free(run);
}

static int end_form(void **state)
{
	(void)state;
	intake_done();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_picture_is_there_and_each_is_used),
		cmocka_unit_test(
		    a_private_answers_picture_is_like_its_neighbours),
	};

	return cmocka_run_group_tests(tests, NULL, end_form);
}
