#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/settings.h"
#include "doctor/doctor.h"
#include "text/catalogue.h"

/* What the rows of the doctor's table call while they look. */

/*
 * Each is a word of the catalogue "doctor", and what is put in: up to one
 * without a name; NULL: nothing is.
 */
#define DOCTOR_PUT(...)                     \
	(const struct catalogue_argument[]) \
	{                                   \
		__VA_ARGS__,                \
		{                           \
			0                   \
		}                           \
	}

/* Found, and well. */
void doctor_well(struct doctor_found *found, const char *code,
		 const struct catalogue_argument *with);
/* Found wrong: of the row's level. */
void doctor_wrong(struct doctor_found *found, const char *code,
		  const struct catalogue_argument *with);
/* The same where it is worse than the row's other findings: HIGH. */
void doctor_grave(struct doctor_found *found, const char *code,
		  const struct catalogue_argument *with);
/* Could not be seen, which nobody may take for well: MEDIUM, or the row's level
 * where that is lower. */
void doctor_unseen(struct doctor_found *found, const char *code,
		   const struct catalogue_argument *with);

/* How many findings this row has made. */
size_t doctor_count(const struct doctor_found *found);

/* The last line that was logged since the row began; "" if none was. */
const char *doctor_said(const struct doctor_found *found);

/* Each line that is logged from here on is a thing found wrong. */
void doctor_tell_log(struct doctor_found *found);

/* The home's foyer.ini; false, and it is told as unseen, where it cannot be
 * read. The caller frees *out. */
bool doctor_settings_of(const struct doctor_place *place,
			struct doctor_found *found, struct settings **out);
/* Whether a kiosk runs from this home. */
bool doctor_has_kiosk(const struct doctor_place *place);
/* A file of proc or sys, open for reading; NULL, and it is told, where there is
 * none. */
FILE *doctor_open(const char *folder, const char *name,
		  struct doctor_found *found);
/* The folder of the record, or the nearest one above it that is there: it is
 * made there. The caller frees it. */
char *doctor_record_folder(const struct doctor_place *place);

/* The rows, by what they look at. */
typedef void doctor_look(const struct doctor_place *place,
			 struct doctor_found *found);
doctor_look doctor_settings, doctor_agency_key, doctor_key_age,
    doctor_key_paper, doctor_old_keys, doctor_key_beside_kiosk, doctor_demo,
    doctor_permissions, doctor_staff_pin, doctor_form_pinned, doctor_kiosk_log;
doctor_look doctor_record_network, doctor_record_disk, doctor_space,
    doctor_swap, doctor_core_dumps, doctor_shut_in, doctor_clock;
doctor_look doctor_printer, doctor_scanner, doctor_wear;
doctor_look doctor_kept_tickets;
doctor_look doctor_listening, doctor_logins, doctor_update_age;
doctor_look doctor_languages_unknown, doctor_languages_incomplete,
    doctor_languages_draft, doctor_languages_pictures, doctor_fonts;
