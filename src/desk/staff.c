#include "desk/staff.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/log.h"
#include "base/memory.h"
#include "record/kind.h"

static bool take_name(char name[STAFF_NAME], const char *text)
{
	size_t length = strlen(text);

	name[0] = 0;
	if (length >= STAFF_NAME)
		return false;
	memcpy(name, text, length + 1);
	return true;
}

static enum fault must_fit(bool fits, const char *what)
{
	if (fits)
		return FAULT_NONE;
	log_error("%s: too long: at most %d bytes", what, STAFF_NAME - 1);
	return FAULT_LIMIT;
}

static enum fault read_words(struct staff *staff,
			     const struct settings *settings)
{
	SCOPED(char_freep) char *folder = data_path("translations");
	enum fault fault;

	staff->language = settings_text(settings, "desk", "language", "en");
	if (strcmp(staff->language, "fr") != 0)
		staff->language = "en";
	staff->words = catalogue_new(staff->language);
	fault = catalogue_add_family(staff->words, folder, "desk");
	return fault ? fault
		     : catalogue_add_family(staff->words, folder, "doctor");
}

enum fault staff_open(struct staff *staff, const struct settings *settings,
		      const char *user, const char *desk)
{
	enum fault fault;

	if (!desk)
		desk = settings_text(settings, "desk", "name", "desk");
	*staff = (struct staff){ .who = { .user = staff->user,
					  .desk = staff->desk } };
	if ((fault = must_fit(take_name(staff->user, user), "--user")) ||
	    (fault = must_fit(take_name(staff->desk, desk), "the desk's name")))
		return fault;
	return read_words(staff, settings);
}

void staff_done(struct staff *staff)
{
	catalogue_free(staff->words);
	free(staff->teams);
	*staff = (struct staff){ 0 };
}

void staff_sign_in(struct staff *staff, int64_t id, unsigned roles,
		   const char *teams)
{
	staff_sign_out(staff);
	staff->teams = xstrdup(teams);
	staff->who.id = id;
	staff->who.roles = roles;
	staff->who.teams = staff->teams;
}

void staff_sign_out(struct staff *staff)
{
	free(staff->teams);
	staff->teams = NULL;
	staff->who.id = 0;
	staff->who.roles = 0;
	staff->who.teams = NULL;
}

bool staff_take(struct staff *staff, const char *user)
{
	return take_name(staff->user, user);
}

bool staff_administers(const struct staff *staff)
{
	return staff_may(staff, ROLE_ADMINISTRATOR);
}

bool staff_may(const struct staff *staff, unsigned roles)
{
	return !staff->who.roles || staff->who.roles & roles;
}
