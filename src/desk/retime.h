#pragma once

#include "desk/clash.h"
#include "desk/code.h"
#include "record/entity.h"

/*
 * An appointment gets another time: when, then, if the worker or the person has
 * another one at that time, whether so all the same, then why. The old one
 * stays in the history, and names the new one. A screen holds one of these for
 * as long as it is open.
 */
struct retime {
	int64_t id, worker, person, minutes;
	int64_t at; /* the new time, once it is known */
	struct clash clash;
	struct code why;
};

/* Whether it may still have another time: booked, or missed. */
bool retime_may(const struct entity *appointment);

/* Asks; it says so where the appointment cannot be moved any more. */
void retime_open(struct desk *desk, struct retime *retime, int64_t id);
