#include "tests/test.h"

#include "flash/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/file.h"
#include "base/log.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"

#define SIZE (300 * 1000) /* more than a window's piece */

static uint8_t plain[SIZE];

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static int start(void **state)
{
	struct chance chance = { 3 };

	(void)state;
	chance_bytes(&chance, plain, SIZE / 2); /* and as many zeros */
	log_to(silent, NULL);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	log_to(NULL, NULL);
	return 0;
}

/* --- the three shapes ----------------------------------------------------- */

static void make_plain(struct bytes *out)
{
	bytes_add(out, plain, SIZE);
}

static void make_gzip(struct bytes *out)
{
	SCOPED(char_freep) char *room = xcalloc(1, 2 * SIZE);
	z_stream stream = { .next_in = plain,
			    .avail_in = SIZE,
			    .next_out = (uint8_t *)room,
			    .avail_out = 2 * SIZE };

	assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
				      Z_DEFAULT_STRATEGY),
			 Z_OK);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	bytes_add(out, room, stream.total_out);
	deflateEnd(&stream);
}

/* Two frames, as `cat a.zst b.zst` has them. */
static void make_zstd(struct bytes *out)
{
	SCOPED(char_freep) char *room = xcalloc(1, 2 * SIZE);

	for (int i = 0; i < 2; i++) {
		const size_t length = ZSTD_compress(
		    room, 2 * SIZE, plain + i * (SIZE / 2), SIZE / 2, 3);

		assert_false(ZSTD_isError(length));
		bytes_add(out, room, length);
	}
}

static void (*const makers[])(struct bytes *) = { make_plain, make_gzip,
						  make_zstd };

/* Reads a file in pieces; *got is how much came before the end or fault. */
static enum fault read_all(const char *path, size_t piece, uint8_t *out,
			   size_t *got)
{
	SCOPED(source_freep) struct source *source = NULL;
	enum fault fault = source_open(path, &source);
	size_t some = piece;

	*got = 0;
	while (!fault && some == piece && *got + piece <= 2 * SIZE) {
		fault = source_read(source, out + *got, piece, &some);
		*got += fault ? 0 : some;
	}
	return fault;
}

static void plain_gzip_and_zstd_give_the_same_bytes(void **state)
{
	static const size_t pieces[] = { SIZE, 4096, 100001, 7777 };
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "image");
	SCOPED(char_freep) char *read = xcalloc(2, SIZE);

	(void)state;
	for (size_t i = 0; i < COUNT(makers); i++) {
		struct bytes file = { 0 };

		makers[i](&file);
		assert_int_equal(file_write(path, file.data, file.length, 0600),
				 FAULT_NONE);
		for (size_t j = 0; j < COUNT(pieces); j++) {
			size_t got;

			memset(read, 0xaa, SIZE);
			assert_int_equal(
			    read_all(path, pieces[j], (uint8_t *)read, &got),
			    FAULT_NONE);
			assert_int_equal(got, SIZE);
			assert_memory_equal(read, plain, SIZE);
		}
		bytes_done(&file);
	}
}

static void a_compressed_file_that_ends_too_early_is_damaged(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "image");
	SCOPED(char_freep) char *read = xcalloc(2, SIZE);

	(void)state;
	for (size_t i = 1; i < COUNT(makers); i++) {
		struct bytes file = { 0 };

		makers[i](&file);
		/* gzip ends in 8 bytes that zlib does not miss: all the data is
		 * there without them. */
		for (size_t cut = 9; cut < 60; cut += 9) {
			size_t got;

			assert_int_equal(file_write(path, file.data,
						    file.length - cut, 0600),
					 FAULT_NONE);
			assert_int_equal(
			    read_all(path, 4096, (uint8_t *)read, &got),
			    FAULT_FORMAT);
		}
		bytes_done(&file);
	}
}

static void a_changed_byte_is_found_or_changes_what_comes(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "image");
	SCOPED(char_freep) char *read = xcalloc(2, SIZE);

	(void)state;
	for (size_t i = 1; i < COUNT(makers); i++) {
		struct bytes file = { 0 };
		size_t got;

		makers[i](&file);
		file.data[file.length / 3] ^= 0x10;
		assert_int_equal(file_write(path, file.data, file.length, 0600),
				 FAULT_NONE);
		assert_true(read_all(path, 4096, (uint8_t *)read, &got) ||
			    got != SIZE || memcmp(read, plain, SIZE) != 0);
		bytes_done(&file);
	}
}

static void a_file_that_is_not_there_is_the_system_s_fault(void **state)
{
	struct source *source;

	(void)state;
	assert_int_equal(source_open("/nonexistent/image", &source),
			 FAULT_SYSTEM);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_gzip_and_zstd_give_the_same_bytes),
		cmocka_unit_test(
		    a_compressed_file_that_ends_too_early_is_damaged),
		cmocka_unit_test(a_changed_byte_is_found_or_changes_what_comes),
		cmocka_unit_test(
		    a_file_that_is_not_there_is_the_system_s_fault),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
