#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "print/address.h"

static void an_address_says_what_kind_it_is(void **state)
{
	static const struct {
		const char *text;
		enum address_kind kind;
		const char *path;
	} cases[] = {
		{ "none", ADDRESS_NONE, NULL },
		{ "file:/ticket.png", ADDRESS_FILE, "/ticket.png" },
		{ "tty:/dev/ttyUSB0,57600,xonxoff", ADDRESS_TTY,
		  "/dev/ttyUSB0" },
		{ "usb:/dev/usb/lp0", ADDRESS_USB, "/dev/usb/lp0" },
		{ "tcp:192.168.1.5:9100", ADDRESS_TCP, NULL },
		{ "cups:Front", ADDRESS_QUEUE, "Front" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct address address;

		assert_int_equal(address_read(cases[i].text, &address),
				 FAULT_NONE);
		assert_int_equal(address.kind, cases[i].kind);
		assert_int_equal(!address.path, !cases[i].path);
		if (address.path)
			assert_string_equal(address.path, cases[i].path);
		assert_int_equal(address.host_length > 0,
				 cases[i].kind == ADDRESS_TCP);
		address_done(&address);
	}
}

/* Only "none" itself is no printer: what follows it is a slip of the hand. */
static void nothing_follows_none(void **state)
{
	static const char *const wrong[] = { "none ", "none:", "none.", "" };
	struct address address = { .kind = ADDRESS_KINDS };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(address_read(wrong[i], &address),
				 FAULT_FORMAT);
	assert_int_equal(address.kind, ADDRESS_KINDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_says_what_kind_it_is),
		cmocka_unit_test(nothing_follows_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
