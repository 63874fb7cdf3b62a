#include "tests/support/photo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "scan/symbols.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define WHITE 255
#define SAID_MOST 8192 /* bytes: more than any symbol holds */

void photo_done(struct photo *photo)
{
	free(photo->grey);
	*photo = (struct photo){ 0 };
}

struct photo photo_of(const struct picture *picture, int margin)
{
	struct photo photo = { picture->width + 2 * margin, picture->height,
			       NULL };
	const size_t row = (size_t)photo.width;

	photo.grey = xcalloc(row, (size_t)photo.height);
	memset(photo.grey, WHITE, row * (size_t)photo.height);
	for (int y = 0; y < picture->height; y++) {
		for (int x = 0; x < picture->width; x++) {
			if (picture_dot(picture, x, y))
				photo.grey[(size_t)y * row +
					   (size_t)(x + margin)] = 0;
		}
	}
	return photo;
}

static bool zbar_reads(const struct photo *photo, const char *digits)
{
	struct scan_symbols found = { 0 };
	bool same;

	symbols_find(photo->grey, photo->width, photo->height, &found);
	same = found.count == 1 && strcmp(found.text[0], digits) == 0;
	scan_symbols_done(&found);
	return same;
}

/* As a portable greymap, which is hardly more than the bytes themselves. */
static void write_grey(const struct photo *photo, const char *path)
{
	struct bytes file = { 0 };

	bytes_add_format(&file, "P5 %d %d %d\n", photo->width, photo->height,
			 WHITE);
	bytes_add(&file, photo->grey,
		  (size_t)photo->width * (size_t)photo->height);
	assert_int_equal(file_write(path, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
}

/* Debian's zxing-cpp-tools; nothing is said where nothing is found. */
static bool zxing_reads(const struct photo *photo, const char *digits)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "photo.pgm");
	SCOPED(char_freep)
	char *words =
	    xasprintf("ZXingReader -bytes -format QRCode %s 2>&1", path);
	char said[SAID_MOST + 1] = "";
	FILE *reader;
	size_t length;

	write_grey(photo, path);
	reader = popen(words, "re");
	assert_non_null(reader);
	length = fread(said, 1, SAID_MOST, reader);
	pclose(reader);
	said[length] = 0;
	return strcmp(said, digits) == 0;
}

bool photo_reads(const struct photo *photo, enum photo_reader reader,
		 const char *digits)
{
	return reader == PHOTO_ZBAR ? zbar_reads(photo, digits)
				    : zxing_reads(photo, digits);
}
