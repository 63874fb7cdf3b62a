#include "tests/support/emulator.h"

#include <poll.h>

#include "tests/test.h"

int emulator_open_tcp(struct emulator *emulator)
{
	int port = emulator_listen(emulator, 0);

	assert_true(port > 0);
	return port;
}

enum printer_answer emulator_run(struct emulator *emulator,
				 struct printer *printer, int64_t *now)
{
	while (printer_answer(printer) == PRINTER_WORKING) {
		size_t received = emulator->received;
		struct pollfd wait = {
			.fd = printer_descriptor(printer),
			.events = printer_events(printer),
		};

		emulator_pump(emulator, *now);
		if (poll(&wait, 1, 0) > 0)
			printer_ready(printer, wait.revents, *now);
		emulator_pump(emulator, *now);
		if (!wait.revents && emulator->received == received) {
			if (poll(&wait, 1, 1) == 0)
				*now += 20;
		}
		printer_tick(printer, *now);
	}
	return printer_answer(printer);
}
