#pragma once

#include "office/doctor.h"

/* What the rows of the doctor's table call while they look. */

/* Found, and well. */
void doctor_well(struct doctor_found *found, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Found wrong: of the row's level. */
void doctor_wrong(struct doctor_found *found, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Could not be seen, which nobody may take for well: MEDIUM, or the row's level
 * where that is lower. */
void doctor_unseen(struct doctor_found *found, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How many findings this row has made. */
size_t doctor_count(const struct doctor_found *found);

/* The last line that was logged since the row began; "" if none was. */
const char *doctor_said(const struct doctor_found *found);

/* Each line that is logged from here on is a thing found wrong. */
void doctor_tell_log(struct doctor_found *found);

/* The rows, by what they look at. */
typedef void doctor_look(const struct doctor_place *place,
			 struct doctor_found *found);
doctor_look doctor_settings, doctor_agency_key, doctor_key_beside_kiosk,
    doctor_demo, doctor_permissions, doctor_kiosk_log;
doctor_look doctor_record_network, doctor_record_disk, doctor_space,
    doctor_swap, doctor_core_dumps, doctor_clock;
doctor_look doctor_languages_unknown, doctor_languages_incomplete,
    doctor_languages_draft, doctor_languages_pictures, doctor_fonts;
