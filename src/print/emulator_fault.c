#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "print/emulator.h"

/* A fault is a flag, or it takes a number from least to most. */
static const struct {
	const char *word;
	size_t place; /* in struct emulator_faults */
	int least, most;
	const char *does;
} faults[] = {
#define FLAG(word, member, does)                                           \
	{                                                                  \
		word, offsetof(struct emulator_faults, member), 0, 0, does \
	}
#define NUMBER(word, member, most, does)                                      \
	{                                                                     \
		word, offsetof(struct emulator_faults, member), 0, most, does \
	}
	NUMBER("paper-out", paper_ends_at, 1000000,
	       "the paper ends after N rows of dots"),
	FLAG("near-end", near_end, "the roll is nearly at its end"),
	FLAG("cover", cover_open, "the cover is open"),
	FLAG("offline", offline, "it is switched off line"),
	FLAG("jam", jams, "the cutter jams"),
	FLAG("dry", runs_dry, "without paper it says that it prints on"),
	FLAG("mute", mute, "it answers nothing"),
	FLAG("never-done", never_done, "it never says that it has printed"),
	FLAG("garbage", garbage, "it answers words and noise"),
	FLAG("stale", stale, "old answers come as soon as it is spoken to"),
	FLAG("other-model", other_model, "it answers as another make does"),
	NUMBER("constant", constant, 255, "it always answers the byte N"),
	NUMBER("late", late, 60000, "it answers N milliseconds late"),
	FLAG("low-byte", low_byte, "it knows heights below 256 rows alone"),
	FLAG("multiple-of-48", rubbish_48,
	     "a height of 48, 96... rows prints as text"),
	FLAG("obeys-raster", obeys_raster,
	     "commands within a picture are obeyed"),
	NUMBER("buffer", buffer, 1 << 20, "it takes N bytes before printing"),
	FLAG("overrun", overruns, "and loses what comes beyond them"),
	NUMBER("slow", rows_a_second, 10000, "it prints N rows a second"),
	NUMBER("cut-off", cut_off_at, 1 << 24, "the line drops at byte N"),
	FLAG("power", loses_power, "and the power with it"),
	NUMBER("dead-dot", dead_dot, 639, "dot N of the head stays white"),
#undef FLAG
#undef NUMBER
};

static bool set(struct emulator_faults *to, size_t i, const char *number)
{
	uint8_t *at = (uint8_t *)to + faults[i].place;
	char *end;
	long value;

	if (!faults[i].most) {
		*(bool *)at = true;
		return !number;
	}
	if (!number)
		return false;
	value = strtol(number, &end, 10);
	if (end == number || *end || value < faults[i].least ||
	    value > faults[i].most)
		return false;
	*(int *)at = (int)value;
	return true;
}

bool emulator_fault(struct emulator_faults *to, const char *word)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);

	for (size_t i = 0; i < COUNT(faults); i++) {
		if (strlen(faults[i].word) != length ||
		    strncmp(word, faults[i].word, length) != 0)
			continue;
		if (set(to, i, equals ? equals + 1 : NULL))
			return true;
		if (faults[i].most)
			log_error("fault %s: write %s=N, N from %d to %d", word,
				  faults[i].word, faults[i].least,
				  faults[i].most);
		else
			log_error("fault %s: write %s alone", word,
				  faults[i].word);
		return false;
	}
	log_error("fault %s: there is no such fault", word);
	return false;
}

void emulator_fault_list(struct bytes *out)
{
	for (size_t i = 0; i < COUNT(faults); i++)
		bytes_add_format(out, "  %s%s\n      %s\n", faults[i].word,
				 faults[i].most ? "=N" : "", faults[i].does);
}
