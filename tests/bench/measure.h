#pragma once

#include <stddef.h>
#include <sys/types.h>

/* What every benchmark needs: a clock, a median, and a line to print. */

double measure_ms(void); /* a clock that only goes on, in milliseconds */

/* What this program has computed, in milliseconds: others do not count. */
double measure_own_ms(void);

/* Sorts them; there must be one at least. */
double measure_median(double *values, size_t count);

/* Prints "  what          12.3 ms (8.1 x hello)"; unit may be "". */
void measure_tell(const char *what, double value, const char *unit,
		  const char *note_format, ...)
    __attribute__((format(printf, 4, 5)));

/* How busy the machine was in the last minute: results depend on it. */
void measure_tell_load(void);

/* A number of /proc/PID/smaps_rollup in MB; "Pss:" is each page's share. A
 * process that is gone has none. */
double measure_memory_of(pid_t process, const char *name);

/* The first child of a process: the visitor's, of a kiosk. */
pid_t measure_child(pid_t process);
