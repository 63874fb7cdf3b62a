#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/settings.h"

/* A settings file of any bytes, read and asked. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void quiet(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static void ask(void *to, const char *name, const char *value)
{
	(void)value;
	(void)settings_flag(to, "kiosk", name, true);
	(void)settings_number(to, "kiosk", "idle", 5);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	int file = memfd_create("fuzz.ini", 0);
	char path[40];

	log_to(quiet, NULL);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	if (write(file, data, size) == (ssize_t)size &&
	    settings_read(path, &settings) == FAULT_NONE) {
		settings_each(settings, "kiosk", ask, settings);
		settings_check(settings);
	}
	close(file);
	return 0;
}
