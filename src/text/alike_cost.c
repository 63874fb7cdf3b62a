#include "text/alike_cost.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"

/* Letters that are one sound; the longest first. */
static const struct {
	const char *letters, *sound;
} sounds[] = {
	{ "shch", "S" }, { "dzh", "j" }, { "tch", "C" }, { "sch", "S" },
	{ "tsch", "C" }, { "sh", "S" },  { "ch", "C" },  { "zh", "J" },
	{ "kh", "X" },   { "gh", "G" },  { "ph", "f" },  { "th", "T" },
	{ "dh", "D" },   { "ts", "Z" },  { "tz", "Z" },  { "dj", "j" },
	{ "ck", "k" },   { "ou", "u" },  { "oo", "u" },  { "oe", "o" },
	{ "ee", "i" },   { "ie", "e" },  { "yy", "i" },  { "iy", "i" },
	{ "ij", "i" },   { "qu", "q" },  { "ce", "se" }, { "ci", "si" },
	{ "ng", "N" },   { "y", "i" },
};

int alike_sounds(const char *reading, bool x_is_h, char out[ALIKE_SOUNDS])
{
	int count = 0;

	while (*reading && count + 2 < ALIKE_SOUNDS) {
		char one[2] = { *reading, '\0' };
		const char *sound = one;
		size_t length = 1;

		for (size_t i = 0; i < COUNT(sounds); i++) {
			size_t letters;

			if (sounds[i].letters[0] != *reading)
				continue;
			letters = strlen(sounds[i].letters);
			if (strncmp(reading, sounds[i].letters, letters) == 0) {
				sound = sounds[i].sound;
				length = letters;
				break;
			}
		}
		if (*reading == 'x')
			sound = x_is_h ? "x" : "ks";
		for (; *sound; sound++) {
			if (!count || out[count - 1] != *sound)
				out[count++] = *sound;
		}
		reading += length;
	}
	return count;
}

static bool is_vowel(char sound)
{
	return sound == 'a' || sound == 'e' || sound == 'i' || sound == 'o' ||
	       sound == 'u';
}

/* Pairs that passports and scribes exchange; unnamed consonants cost 100. */
static const struct {
	char a, b;
	int cost;
} swaps[] = {
	{ 'a', 'e', 30 }, { 'a', 'o', 40 }, { 'a', 'i', 60 }, { 'a', 'u', 60 },
	{ 'e', 'i', 20 }, { 'e', 'o', 50 }, { 'e', 'u', 60 }, { 'i', 'o', 70 },
	{ 'i', 'u', 60 }, { 'o', 'u', 10 }, { 'w', 'v', 10 }, { 'w', 'u', 20 },
	{ 'w', 'o', 30 }, { 'v', 'b', 40 }, { 'v', 'f', 40 }, { 'v', 'u', 30 },
	{ 'b', 'p', 30 }, { 'p', 'f', 30 }, { 'g', 'k', 40 }, { 'g', 'h', 30 },
	{ 'g', 'G', 10 }, { 'G', 'q', 20 }, { 'G', 'h', 40 }, { 'G', 'X', 40 },
	{ 'q', 'k', 10 }, { 'q', 'g', 30 }, { 'q', 'C', 40 }, { 'q', 'X', 30 },
	{ 'k', 'X', 20 }, { 'k', 'c', 10 }, { 'k', 'C', 50 }, { 'h', 'X', 20 },
	{ 'h', 'x', 10 }, { 'x', 'X', 10 }, { 'x', 'S', 20 }, { 'x', 's', 40 },
	{ 'c', 's', 30 }, { 'c', 'C', 20 }, { 'c', 'Z', 20 }, { 's', 'z', 40 },
	{ 's', 'S', 40 }, { 's', 'Z', 30 }, { 's', 'C', 60 }, { 's', 'T', 30 },
	{ 'S', 'C', 30 }, { 'S', 'J', 40 }, { 'C', 'j', 40 }, { 'C', 'Z', 30 },
	{ 'z', 'J', 30 }, { 'z', 'j', 40 }, { 'z', 'd', 50 }, { 'z', 'D', 20 },
	{ 'z', 'Z', 30 }, { 'Z', 'S', 30 }, { 'j', 'J', 10 }, { 'j', 'i', 30 },
	{ 'j', 'g', 40 }, { 't', 'd', 40 }, { 't', 'T', 10 }, { 'T', 'd', 50 },
	{ 'd', 'D', 10 }, { 'm', 'n', 70 }, { 'n', 'N', 30 }, { 'l', 'r', 80 },
};

#define LETTERS 128

/* Of every two, as a look-up compares thousands. */
static uint8_t swap_costs[LETTERS][LETTERS];

static void fill_swap_costs(void)
{
	for (int a = 0; a < LETTERS; a++) {
		for (int b = 0; b < LETTERS; b++)
			swap_costs[a][b] =
			    a == b                                   ? 0
			    : is_vowel((char)a) != is_vowel((char)b) ? 120
								     : 100;
	}
	for (size_t i = 0; i < COUNT(swaps); i++) {
		const unsigned char a = (unsigned char)swaps[i].a;
		const unsigned char b = (unsigned char)swaps[i].b;

		swap_costs[a][b] = swap_costs[b][a] = (uint8_t)swaps[i].cost;
	}
}

int alike_swap(char a, char b)
{
	if (!swap_costs[0][1])
		fill_swap_costs();
	return (a | b) & ~(LETTERS - 1)
		   ? a == b ? 0 : 100
		   : swap_costs[(unsigned char)a][(unsigned char)b];
}

int alike_extra(char sound, char before, bool last, bool bare)
{
	if (sound == 'h')
		return 30;
	if (is_vowel(sound) && last && before && !bare)
		return sound == 'e' ? 60 : sound == 'i' ? 90 : 120;
	if (is_vowel(sound))
		return bare ? 10 : 50;
	if (sound == 'r' || sound == 'w')
		return 60;
	return sound == 'c' ? 50 : 100; /* Somali writes ayn with a c */
}

enum {
	ALEF = 0x0627,
	HEH = 0x0647,
	AIN = 0x0639,
};

/* Letters that sound alike in Persian and Urdu, and slips of the pen. */
static const struct {
	int a, b;
} alike_letters[] = {
	{ 0x0633, 0x0635 }, { 0x0633, 0x062b }, { 0x0635, 0x062b }, /* s */
	{ 0x062a, 0x0637 },                                         /* t */
	{ 0x0632, 0x0630 }, { 0x0632, 0x0636 }, { 0x0632, 0x0638 }, /* z */
	{ 0x0630, 0x0636 }, { 0x0636, 0x0638 }, { 0x0630, 0x0638 },
	{ 0x062d, 0x0647 }, /* h */
	{ 0x0642, 0x063a }, /* q */
	{ ALEF, AIN },      { ALEF, HEH },
};

int alike_letter_swap(int a, int b)
{
	if (a == b)
		return 0;
	for (size_t i = 0; i < COUNT(alike_letters); i++) {
		if ((alike_letters[i].a == a && alike_letters[i].b == b) ||
		    (alike_letters[i].a == b && alike_letters[i].b == a))
			return 50;
	}
	return 110;
}

int alike_letter_extra(int letter, int before, bool last)
{
	if (letter == before)
		return 20;
	return letter == ALEF && before && !last ? 40 : 100;
}
