#pragma once

#include "record/listing.h"

/* Inside the room: every list there is, by the file that describes it. */

/* listings_people.c */
extern const struct listing listing_open_suggestions, listing_people;
