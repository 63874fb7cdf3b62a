#pragma once

/*
 * Faults: what goes wrong that the caller did not ask about.
 *
 * Whoever meets a fault first logs it (base/log.h), since only there is the
 * detail known: the file, the sheet, row and column or the byte, and the mend.
 * From there it travels up unchanged until someone can act on it: a screen
 * that apologises to the visitor, or main(), which exits with its status.
 *
 * A foreseen answer, such as "this ticket was filed already", is not a fault.
 * It has its own enum beside the function that gives it, and the caller
 * decides on the spot.
 */
enum fault {
	FAULT_NONE,
	FAULT_SYSTEM, /* the operating system, a disk or a device refused */
	FAULT_FORMAT, /* the input is not what it claims to be */
	FAULT_LIMIT,  /* the input is sound, and larger than we accept */
	FAULT_STORE,  /* the record store refused */
	FAULT_COUNT,
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* One line of English for the operator; static, never NULL. */
const char *fault_text(enum fault fault);

/* The exit status DESIGN promises: 0 done, 1 wrong input, 3 environment. */
int fault_exit(enum fault fault);
