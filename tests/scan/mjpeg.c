#include "tests/test.h"

#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "scan/mjpeg.h"
#include "tests/support/chance.h"
#include "tests/support/slow.h"
#include "tests/support/still.h"

#define WIDTH 201 /* neither is whole blocks */
#define HEIGHT 117
#define MOST_WIDTH 208
#define MOST_HEIGHT 128

/* Light and dark as a ticket has them, softened as by a lens. */
static uint8_t dot_at(int x, int y)
{
	return x / 9 * 7 % 5 * (y / 9 * 3 % 4) % 3 ? 200 : 40;
}

static void make_of_size(const struct still *still, int width, int height,
			 struct bytes *jpeg)
{
	uint8_t *dots = xcalloc((size_t)width, (size_t)height);

	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++)
			dots[y * width + x] = dot_at(x, y);
	}
	jpeg->length = 0;
	still_add(still, dots, width, height, jpeg);
	free(dots);
}

static void make(const struct still *still, struct bytes *jpeg)
{
	make_of_size(still, WIDTH, HEIGHT, jpeg);
}

static uint8_t room[MOST_WIDTH * MOST_HEIGHT];

static bool is_read(const struct bytes *jpeg, struct mjpeg *picture)
{
	*picture = (struct mjpeg){ .dots = room,
				   .most_width = MOST_WIDTH,
				   .most_height = MOST_HEIGHT };
	return mjpeg_read(jpeg->data, jpeg->length, picture);
}

static void expect_read(const struct bytes *jpeg)
{
	struct mjpeg picture;

	assert_true(is_read(jpeg, &picture));
	assert_int_equal(picture.width, WIDTH);
	assert_int_equal(picture.height, HEIGHT);
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++)
			assert_in_range(picture.dots[y * WIDTH + x],
					dot_at(x, y) - 32, dot_at(x, y) + 32);
	}
}

static bool refuses(const struct bytes *jpeg)
{
	struct mjpeg picture;

	return !is_read(jpeg, &picture);
}

static void what_cameras_make_is_read(void **state)
{
	static const struct still kinds[] = {
		{ 0 },
		{ .bare = true },
		{ .fitted = true },
		{ .components = 1 },
		{ .components = 1, .bare = true },
		{ .restart = 5, .bare = true },
	};
	struct bytes jpeg = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		make(&kinds[i], &jpeg);
		assert_int_equal(jpeg.data[still_marker(&jpeg, 0xc4) + 1] ==
				     STILL_SCAN,
				 kinds[i].bare);
		expect_read(&jpeg);
	}
	/* A buffer is often longer than what is in it, and has no end. */
	bytes_add(&jpeg, room, 1000);
	expect_read(&jpeg);
	jpeg.length -= 1002;
	expect_read(&jpeg);
	bytes_done(&jpeg);
}

/* Some cameras have some too many there. */
static void bytes_before_a_marker_do_no_harm(void **state)
{
	struct bytes jpeg = { 0 }, more = { 0 };
	const uint8_t *marker;

	(void)state;
	make(&(struct still){ .restart = 5 }, &jpeg);
	marker = memmem(jpeg.data, jpeg.length, "\xff\xd0", 2);
	assert_non_null(marker);
	bytes_add(&more, jpeg.data, (size_t)(marker - jpeg.data));
	bytes_add(&more, "these are not pictures", 22);
	bytes_add(&more, marker, (size_t)(jpeg.data + jpeg.length - marker));
	expect_read(&more);
	bytes_done(&jpeg);
	bytes_done(&more);
}

/* With a segment right behind the picture's first marker. */
static void put_segment(struct bytes *jpeg, const void *segment, size_t length)
{
	struct bytes more = { 0 };

	bytes_add(&more, jpeg->data, 2);
	bytes_add(&more, segment, length);
	bytes_add(&more, jpeg->data + 2, jpeg->length - 2);
	bytes_done(jpeg);
	*jpeg = more;
}

/* Of JFIF 2.1, and of Adobe's colours number 9. */
static void an_odd_header_does_no_harm(void **state)
{
	static const uint8_t jfif[] = { 0xff, 0xe0, 0, 16, 'J', 'F',
					'I',  'F',  0, 2,  1,   0,
					0,    1,    0, 1,  0,   0 };
	static const uint8_t adobe[] = { 0xff, 0xee, 0,   14, 'A', 'd',
					 'o',  'b',  'e', 0,  100, 0,
					 0,    0,    0,   9 };
	struct bytes jpeg = { 0 };

	(void)state;
	make(&(struct still){ 0 }, &jpeg);
	still_without(&jpeg, 0xe0);
	put_segment(&jpeg, jfif, sizeof jfif);
	expect_read(&jpeg);
	make(&(struct still){ 0 }, &jpeg);
	still_without(&jpeg, 0xe0);
	put_segment(&jpeg, adobe, sizeof adobe);
	expect_read(&jpeg);
	bytes_done(&jpeg);
}

static void nothing_of_one_is_left_for_the_next(void **state)
{
	struct bytes fitted = { 0 }, bare = { 0 };

	(void)state;
	make(&(struct still){ .fitted = true }, &fitted);
	make(&(struct still){ .bare = true }, &bare);
	expect_read(&fitted);
	expect_read(&bare); /* by the usual tables */
	still_without(&bare, 0xdb);
	assert_true(refuses(&bare)); /* how coarse it is, nobody said */
	bytes_done(&fitted);
	bytes_done(&bare);
}

static void a_cut_one_is_refused(void **state)
{
	struct bytes jpeg = { 0 };

	(void)state;
	make(&(struct still){ .restart = 7 }, &jpeg);
	for (size_t whole = jpeg.length; --jpeg.length;) {
		if (jpeg.length == whole - 1 || jpeg.length == whole - 2)
			expect_read(&jpeg); /* only its end is missing */
		else
			assert_true(refuses(&jpeg));
	}
	bytes_done(&jpeg);
}

/* --- what nobody's camera makes ---------------------------------------------
 */

/* Of a frame's header (T.81 B.2.2): high byte of each side, how many bits. */
#define AT_BITS 4
#define AT_HEIGHT 5
#define AT_WIDTH 7
#define AT_SAMPLING 11

static uint8_t *frame(struct bytes *jpeg)
{
	return jpeg->data + still_marker(jpeg, 0xc0);
}

static void make_huge(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	memset(frame(jpeg) + AT_HEIGHT, 0xff, 2);
	memset(frame(jpeg) + AT_WIDTH, 0xff, 2);
}

/* All of it would be kept until the last of its scans. */
static void make_huge_and_progressive(struct bytes *jpeg)
{
	uint8_t *header;

	make(&(struct still){ .progressive = true }, jpeg);
	header = jpeg->data + still_marker(jpeg, 0xc2);
	memset(header + AT_HEIGHT, 0xff, 2);
	memset(header + AT_WIDTH, 0xff, 2);
}

static void make_wide(struct bytes *jpeg)
{
	make_of_size(&(struct still){ 0 }, MOST_WIDTH + 1, HEIGHT, jpeg);
}

static void make_high(struct bytes *jpeg)
{
	make_of_size(&(struct still){ 0 }, WIDTH, MOST_HEIGHT + 1, jpeg);
}

static void make_flat(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	memset(frame(jpeg) + AT_HEIGHT, 0, 2);
}

static void make_deep(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	frame(jpeg)[AT_BITS] = 12;
}

static void make_odd(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	frame(jpeg)[AT_SAMPLING] = 0xff;
}

static void make_arithmetic(struct bytes *jpeg)
{
	make(&(struct still){ .arithmetic = true }, jpeg);
}

static void make_apart(struct bytes *jpeg)
{
	make(&(struct still){ .apart = true }, jpeg);
}

static void make_cmyk(struct bytes *jpeg)
{
	make(&(struct still){ .components = 4 }, jpeg);
}

/* Its last scan, which refines, again and again. */
static void make_progressive(struct bytes *jpeg)
{
	size_t scan;

	make(&(struct still){ .progressive = true }, jpeg);
	scan = jpeg->length - 2;
	while (jpeg->data[scan] != 0xff || jpeg->data[scan + 1] != STILL_SCAN)
		scan--;
	jpeg->length -= 2;
	for (const size_t length = jpeg->length - scan;
	     jpeg->length < 4000000;) {
		struct bytes again = { 0 };

		bytes_add(&again, jpeg->data + scan, length);
		bytes_add(jpeg, again.data, length);
		bytes_done(&again);
	}
	bytes_add(jpeg, "\xff\xd9", 2);
}

/* As many codes of each length as the byte can say. */
static void make_crowded(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	memset(jpeg->data + still_marker(jpeg, 0xc4) + 5, 0xff, 16);
}

/* Twelve codes of one bit. */
static void make_crooked(struct bytes *jpeg)
{
	uint8_t *table;

	make(&(struct still){ 0 }, jpeg);
	table = jpeg->data + still_marker(jpeg, 0xc4) + 5;
	memset(table, 0, 16);
	table[0] = 12;
}

/* Differences of so many bits as no dots have. */
static void make_steep(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	memset(jpeg->data + still_marker(jpeg, 0xc4) + 21, 0xff, 12);
}

static size_t after_scan_header(const struct bytes *jpeg)
{
	const size_t scan = still_marker(jpeg, STILL_SCAN);

	return scan + 2 + ((size_t)jpeg->data[scan + 2] << 8) +
	       jpeg->data[scan + 3];
}

static void make_flood_of_restarts(struct bytes *jpeg)
{
	make(&(struct still){ .restart = 1 }, jpeg);
	jpeg->length = after_scan_header(jpeg);
	for (int i = 0; i < 1000000; i++)
		bytes_add(jpeg,
			  (const uint8_t[]){ 0xff, (uint8_t)(0xd0 + i % 8) },
			  2);
}

/* The third of them and the fourth change places. */
static void make_restarts_in_another_order(struct bytes *jpeg)
{
	make(&(struct still){ .restart = 5 }, jpeg);
	for (size_t i = after_scan_header(jpeg); i + 1 < jpeg->length; i++) {
		uint8_t *marker = &jpeg->data[i + 1];

		if (jpeg->data[i] == 0xff &&
		    (*marker == 0xd2 || *marker == 0xd3))
			*marker ^= 1;
	}
}

static void make_without_restarts(struct bytes *jpeg)
{
	make(&(struct still){ .restart = 5 }, jpeg);
	for (size_t i = after_scan_header(jpeg); i + 1 < jpeg->length; i++) {
		if (jpeg->data[i] == 0xff && (jpeg->data[i + 1] & 0xf8) == 0xd0)
			jpeg->data[i + 1] = 0;
	}
}

static void make_nothing(struct bytes *jpeg)
{
	jpeg->length = 0;
	bytes_add(jpeg, "", 1);
	jpeg->length = 0;
}

static void make_white(struct bytes *jpeg)
{
	jpeg->length = 0;
	for (int i = 0; i < 4000000; i++)
		bytes_add_byte(jpeg, 0xff);
}

static void make_long_talk(struct bytes *jpeg)
{
	jpeg->length = 0;
	bytes_add(jpeg, "\xff\xd8", 2);
	for (int i = 0; i < 500000; i++)
		bytes_add(jpeg, "\xff\xfe\0\4ab", 6);
}

static void make_many_tables(struct bytes *jpeg)
{
	struct bytes one = { 0 };
	size_t at;

	make(&(struct still){ 0 }, &one);
	at = still_marker(&one, 0xc4);
	jpeg->length = 0;
	bytes_add(jpeg, "\xff\xd8", 2);
	while (jpeg->length < 4000000)
		bytes_add(jpeg, one.data + at, after_scan_header(&one) - at);
	bytes_done(&one);
}

static void make_headless(struct bytes *jpeg)
{
	make(&(struct still){ 0 }, jpeg);
	still_without(jpeg, 0xc0);
}

static void make_two_heads(struct bytes *jpeg)
{
	struct bytes two = { 0 };
	size_t at;

	make(&(struct still){ 0 }, jpeg);
	at = still_marker(jpeg, 0xc0);
	bytes_add(&two, jpeg->data, at + 19);
	bytes_add(&two, jpeg->data + at, jpeg->length - at);
	jpeg->length = 0;
	bytes_add(jpeg, two.data, two.length);
	bytes_done(&two);
}

static const struct {
	const char *name;
	void (*make)(struct bytes *jpeg);
} hostile[] = {
	{ "65,535 dots a side", make_huge },
	{ "65,535 dots a side, progressive", make_huge_and_progressive },
	{ "a dot too wide", make_wide },
	{ "a dot too high", make_high },
	{ "no height", make_flat },
	{ "12 bits a dot", make_deep },
	{ "sampling that is none", make_odd },
	{ "arithmetic coding", make_arithmetic },
	{ "a scan for each component", make_apart },
	{ "CMYK", make_cmyk },
	{ "thousands of progressive scans", make_progressive },
	{ "tables with too many codes", make_crowded },
	{ "tables with impossible codes", make_crooked },
	{ "tables with impossible values", make_steep },
	{ "a million restart markers", make_flood_of_restarts },
	{ "restart markers in another order", make_restarts_in_another_order },
	{ "restart markers missing", make_without_restarts },
	{ "nothing", make_nothing },
	{ "fill bytes alone", make_white },
	{ "comments alone", make_long_talk },
	{ "tables alone", make_many_tables },
	{ "no header", make_headless },
	{ "two headers", make_two_heads },
};

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void what_no_camera_makes_is_refused_at_once(void **state)
{
	struct bytes jpeg = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++) {
		double before;

		print_message("%s\n", hostile[i].name);
		hostile[i].make(&jpeg);
		before = seconds();
		assert_true(refuses(&jpeg));
		assert_true(seconds() - before < 1);
	}
	/* And the next one is read as if nothing had been. */
	make(&(struct still){ .bare = true }, &jpeg);
	expect_read(&jpeg);
	bytes_done(&jpeg);
}

static void what_came_about_by_chance_is_read_or_refused(void **state)
{
	struct chance chance = { 4711 };
	struct bytes good = { 0 }, bad = { 0 };
	long read = 0;

	(void)state;
	make(&(struct still){ .restart = 5 }, &good);
	for (long i = loops(5000); i--;) {
		struct mjpeg picture;

		bad.length = 0;
		bytes_add(&bad, good.data, good.length);
		for (uint32_t j = 1 + chance_below(&chance, 4); j--;)
			bad.data[chance_below(&chance, (uint32_t)bad.length)] =
			    (uint8_t)chance_next(&chance);
		if (!is_read(&bad, &picture))
			continue;
		read++;
		assert_in_range(picture.width, 1, MOST_WIDTH);
		assert_in_range(picture.height, 1, MOST_HEIGHT);
	}
	print_message("%ld were read\n", read);
	bytes_done(&good);
	bytes_done(&bad);
}

/* --- what it asks the kernel for --------------------------------------------
 */

static const int memory_calls[] = {
	SCMP_SYS(brk),         SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise),     SCMP_SYS(futex),  SCMP_SYS(exit_group),
#if defined(__SANITIZE_ADDRESS__)
	SCMP_SYS(sigaltstack), /* the sanitizer, at each longjmp() */
#endif
};

/* Any other call is the end. */
static void allow_memory_alone(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);

	for (size_t i = 0; i < COUNT(memory_calls); i++)
		assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ALLOW,
						  memory_calls[i], 0),
				 0);
	assert_int_equal(
	    seccomp_rule_add(
		filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)),
	    0);
	assert_int_equal(seccomp_load(filter), 0);
	seccomp_release(filter);
}

/* Files, the terminal and an exit of the library's own are other calls. */
static int read_all_shut_in(struct bytes *jpegs, size_t count)
{
	int right = 0;

	allow_memory_alone();
	for (size_t i = 0; i < count; i++)
		right += refuses(&jpegs[i]) == (i < COUNT(hostile));
	return right;
}

static long most_memory(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void reading_takes_memory_and_nothing_else(void **state)
{
	struct bytes jpegs[COUNT(hostile) + 1] = { 0 };
	pid_t child;
	int ended;

	(void)state;
	if (getenv("FOYER_SLOW")) {
		print_message("skipped: valgrind makes calls of its own\n");
		return;
	}
	for (size_t i = 0; i < COUNT(hostile); i++)
		hostile[i].make(&jpegs[i]);
	make(&(struct still){ .bare = true }, &jpegs[COUNT(hostile)]);
	child = fork();
	if (!child)
		_exit(read_all_shut_in(jpegs, COUNT(jpegs)));
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), COUNT(jpegs));
	for (size_t i = 0; i < COUNT(jpegs); i++)
		bytes_done(&jpegs[i]);
}

/* A child's measure begins with what it has. */
static void it_takes_little_memory(void **state)
{
	struct bytes jpeg = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(hostile); i++) {
		pid_t child;
		int ended;

		hostile[i].make(&jpeg);
		child = fork();
		if (!child) {
			const long before = most_memory();
			const bool refused = refuses(&jpeg);

			_exit(!refused || most_memory() - before > 2048);
		}
		print_message("%s\n", hostile[i].name);
		assert_int_equal(waitpid(child, &ended, 0), child);
		assert_int_equal(ended, 0);
	}
	bytes_done(&jpeg);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cameras_make_is_read),
		cmocka_unit_test(bytes_before_a_marker_do_no_harm),
		cmocka_unit_test(an_odd_header_does_no_harm),
		cmocka_unit_test(nothing_of_one_is_left_for_the_next),
		cmocka_unit_test(a_cut_one_is_refused),
		cmocka_unit_test(what_no_camera_makes_is_refused_at_once),
		cmocka_unit_test(what_came_about_by_chance_is_read_or_refused),
		cmocka_unit_test(reading_takes_memory_and_nothing_else),
		cmocka_unit_test(it_takes_little_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
