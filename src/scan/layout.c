#include "scan/layout.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"

static const struct layout layouts[] = {
	{ "digits", U"0123456789" },
	{ "French AZERTY", U"à&é\"'(-è_ç" },
	{ "French AZERTY, Caps", U"À&É\"'(-È_Ç" },
	{ "Belgian AZERTY", U"à&é\"'(§è!ç" },
	{ "French AFNOR", U"»àéèê()‘’«" },
	{ "US shifted", U")!@#$%^&*(" },
	{ "Canadian French shifted", U")!\"/$%?&*(" },
	{ "UK shifted", U")!\"£$%^&*(" },
	{ "Canadian CSA shifted", U")!@#$%?&*(" },
};

static const char *const magics[] = { "583", "584", "585", "586" };

size_t layout_count(void)
{
	return COUNT(layouts);
}

const struct layout *layout_at(size_t index)
{
	assert(index < COUNT(layouts));
	return &layouts[index];
}

size_t layout_magic_count(void)
{
	return COUNT(magics);
}

const char *layout_magic(size_t index)
{
	assert(index < COUNT(magics));
	return magics[index];
}

/* Whether the characters begin with the magic, or the magic with them. */
static bool begins(const struct layout *layout, const char *magic,
		   const uint32_t *characters, size_t count)
{
	for (size_t i = 0; i < count && i < LAYOUT_MAGIC; i++) {
		if (characters[i] != layout->digit[magic[i] - '0'])
			return false;
	}
	return true;
}

bool layout_begins(const uint32_t *characters, size_t count)
{
	for (size_t i = 0; i < COUNT(layouts); i++) {
		for (size_t j = 0; j < COUNT(magics); j++) {
			if (begins(&layouts[i], magics[j], characters, count))
				return true;
		}
	}
	return false;
}

/* The digit a character stands for, or -1. */
static int digit_of(const struct layout *layout, uint32_t character)
{
	for (int i = 0; i < 10; i++) {
		if (layout->digit[i] == character)
			return i;
	}
	return -1;
}

static bool map(const struct layout *layout, const uint32_t *characters,
		size_t count, char *digits)
{
	for (size_t i = 0; i < count; i++) {
		int digit = digit_of(layout, characters[i]);

		if (digit < 0)
			return false;
		digits[i] = (char)('0' + digit);
	}
	digits[count] = 0;
	return true;
}

static bool has_magic(const char *digits)
{
	for (size_t i = 0; i < COUNT(magics); i++) {
		if (strncmp(digits, magics[i], LAYOUT_MAGIC) == 0)
			return true;
	}
	return false;
}

bool layout_digits(const uint32_t *characters, size_t count, char *digits)
{
	for (size_t i = 0; i < COUNT(layouts); i++) {
		if (map(&layouts[i], characters, count, digits) &&
		    has_magic(digits))
			return true;
	}
	return false;
}
