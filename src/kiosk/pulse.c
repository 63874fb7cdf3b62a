#include "kiosk/pulse.h"

#include <unistd.h>

void pulse_drawn(struct pulse_beat *beat, int rows, int columns, int64_t now)
{
	if (beat->since && beat->rows == rows && beat->columns == columns)
		return;
	beat->since = now;
	beat->rows = rows;
	beat->columns = columns;
}

/* A terminal may have another size for a moment when it opens. */
static bool has_settled(const struct pulse_beat *beat, int64_t now)
{
	return beat->since && now - beat->since >= PULSE_REST;
}

int64_t pulse_deadline(const struct pulse_beat *beat)
{
	const int64_t settles = beat->since + PULSE_REST;
	const int64_t next = beat->last + PULSE_MS;

	/* The size is told as soon as it counts. */
	return beat->last < settles && settles < next ? settles : next;
}

void pulse_turn(struct pulse_beat *beat, int64_t now)
{
	struct pulse pulse = { .alone = beat->alone };

	if (beat->to < 0 || now < pulse_deadline(beat))
		return;
	if (has_settled(beat, now)) {
		pulse.rows = (uint16_t)beat->rows;
		pulse.columns = (uint16_t)beat->columns;
	}
	beat->last = now;
	/* A pipe that is full has beats enough in it. */
	(void)!write(beat->to, &pulse, sizeof pulse);
}

bool pulse_read(int from, struct pulse *pulse)
{
	struct pulse next;
	bool came = false;

	/* So few bytes go into a pipe whole, and come out whole. */
	while (read(from, &next, sizeof next) == sizeof next) {
		*pulse = next;
		came = true;
	}
	return came;
}
