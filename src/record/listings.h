#pragma once

#include "record/listing.h"

/* Inside the room: every list there is, by the file that describes it. */

/* listings_people.c */
extern const struct listing listing_open_suggestions, listing_people;

/* listings_consent.c */
extern const struct listing listing_withdrawals_to_tell, listing_retention;
