#include "desk/scanner.h"

void scanner_open(struct scanner *scanner, const char *path)
{
	*scanner = (struct scanner){
		.wedge = wedge_new(),
		.serial = path[0] ? serial_new(path) : NULL,
		.reading = -1,
	};
}

void scanner_close(struct scanner *scanner)
{
	wedge_free(scanner->wedge);
	serial_free(scanner->serial);
	*scanner = (struct scanner){ .reading = -1 };
}

bool scanner_missing(const struct scanner *scanner)
{
	return scanner->serial && !serial_present(scanner->serial);
}

int scanner_descriptor(const struct scanner *scanner)
{
	return scanner->serial ? serial_descriptor(scanner->serial) : -1;
}

int64_t scanner_deadline(const struct scanner *scanner)
{
	int64_t wedge = wedge_deadline(scanner->wedge);
	int64_t serial =
	    scanner->serial ? serial_deadline(scanner->serial) : INT64_MAX;

	return wedge < serial ? wedge : serial;
}

void scanner_key(struct scanner *scanner, const struct ui_event *event,
		 int64_t moment)
{
	wedge_key(scanner->wedge, ui_event_character(event),
		  ui_event_packed(event), moment);
}

void scanner_ready(struct scanner *scanner, int64_t moment)
{
	if (scanner->serial)
		serial_ready(scanner->serial, moment);
}

void scanner_tick(struct scanner *scanner, int64_t moment)
{
	wedge_tick(scanner->wedge, moment);
	if (scanner->serial)
		serial_tick(scanner->serial, moment);
}

struct scan_event scanner_next(struct scanner *scanner)
{
	struct scan_event event = wedge_next(scanner->wedge);

	if (event.kind == SCAN_NONE && scanner->serial)
		event = serial_next(scanner->serial);
	if (event.kind != SCAN_NONE)
		scanner->reading =
		    event.kind == SCAN_READING ? event.percent : -1;
	return event;
}
