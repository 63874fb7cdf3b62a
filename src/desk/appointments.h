#pragma once

#include "desk/desk.h"

/*
 * What is booked: of a day, for everybody; or of one person, from today on. One
 * key says that they came, and ends the visit they took a ticket for; others
 * that nobody came, that it is called off, or that it takes place at another
 * time.
 */
struct appointments_about {
	int64_t person; /* 0: everybody */
	int64_t visit;  /* that is ended by it; 0: none */
};

extern const struct view desk_appointments_screen; /* about: such, or NULL */
