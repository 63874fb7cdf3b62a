#include "ui/hangul.h"

#include <hangul-1.0/hangul.h>
#include <stdlib.h>
#include <string.h>

#include "text/letter.h"

struct hangul {
	HangulInputContext *context;
};

/* The letters of a Latin keyboard where the two-set one has each jamo, which
 * is what libhangul wants to know. */
static const struct {
	const char *jamo;
	char key;
} keys[] = {
	{ "ㅂ", 'q' }, { "ㅈ", 'w' }, { "ㄷ", 'e' }, { "ㄱ", 'r' },
	{ "ㅅ", 't' }, { "ㅛ", 'y' }, { "ㅕ", 'u' }, { "ㅑ", 'i' },
	{ "ㅐ", 'o' }, { "ㅔ", 'p' }, { "ㅁ", 'a' }, { "ㄴ", 's' },
	{ "ㅇ", 'd' }, { "ㄹ", 'f' }, { "ㅎ", 'g' }, { "ㅗ", 'h' },
	{ "ㅓ", 'j' }, { "ㅏ", 'k' }, { "ㅣ", 'l' }, { "ㅋ", 'z' },
	{ "ㅌ", 'x' }, { "ㅊ", 'c' }, { "ㅍ", 'v' }, { "ㅠ", 'b' },
	{ "ㅜ", 'n' }, { "ㅡ", 'm' }, { "ㅃ", 'Q' }, { "ㅉ", 'W' },
	{ "ㄸ", 'E' }, { "ㄲ", 'R' }, { "ㅆ", 'T' }, { "ㅒ", 'O' },
	{ "ㅖ", 'P' },
};

struct hangul *hangul_new(void)
{
	struct hangul *hangul = xcalloc(1, sizeof *hangul);

	hangul->context = hangul_ic_new("2");
	return hangul;
}

void hangul_free(struct hangul *hangul)
{
	if (!hangul)
		return;
	hangul_ic_delete(hangul->context);
	free(hangul);
}

static void append(char out[static HANGUL_BYTES], const ucschar *from)
{
	for (; *from; from++) {
		char bytes[LETTER_BYTES];

		letter_bytes(*from, bytes);
		if (strlen(out) + strlen(bytes) < HANGUL_BYTES)
			strcat(out, bytes);
	}
}

void hangul_composing(struct hangul *hangul, char out[static HANGUL_BYTES])
{
	out[0] = 0;
	append(out, hangul_ic_get_preedit_string(hangul->context));
}

void hangul_add(struct hangul *hangul, const char *jamo,
		char out[static HANGUL_BYTES])
{
	out[0] = 0;
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (strcmp(keys[i].jamo, jamo) == 0)
			hangul_ic_process(hangul->context, keys[i].key);
	}
	append(out, hangul_ic_get_commit_string(hangul->context));
	append(out, hangul_ic_get_preedit_string(hangul->context));
}

void hangul_take_back(struct hangul *hangul)
{
	hangul_ic_backspace(hangul->context);
}

void hangul_end(struct hangul *hangul)
{
	hangul_ic_reset(hangul->context);
}
