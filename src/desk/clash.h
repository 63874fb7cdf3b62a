#pragma once

#include "desk/desk.h"
#include "record/appointment.h"

/*
 * A time for an appointment at which the worker or the person has another one:
 * who that is, is told, and whether it shall be so all the same is asked. A
 * screen holds one of these for as long as it is open.
 */
struct clash {
	struct appointment_time time;               /* as it would be */
	void (*other)(struct desk *desk, void *to); /* another time */
	void (*same)(struct desk *desk, void *to);  /* so, or there was none */
	void *to;
};

void clash_ask(struct desk *desk, struct clash *clash);
