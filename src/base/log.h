#pragma once

/*
 * What the program tells the people who run it, one line at a time, in
 * English. A line never holds an answer, a name or a key. It goes to standard
 * error, or where log_to() sends it (a full-screen program's log file, a
 * test's list). Control characters in it become "?", and past 1023 bytes it
 * is cut.
 */
enum log_level {
	LOG_NOTE,    /* worth knowing */
	LOG_WARNING, /* somebody should look at it */
	LOG_ERROR,   /* what was asked could not be done */
};

typedef void log_sink(void *to, enum log_level level, const char *line);

void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* NULL returns to standard error, where notes are not shown. */
void log_to(log_sink *sink, void *to);

/* Where the lines go now, to put it back later; NULL is standard error. */
log_sink *log_sink_now(void **to);

#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_WARNING, __VA_ARGS__)
#define log_note(...) log_line(LOG_NOTE, __VA_ARGS__)
