#include "tests/support/symbol.h"

#include <assert.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const struct geometry geometries[GEOMETRIES] = {
	{ 628, 384, 12, 5, 'M' },  { 628, 576, 15, 6, 'Q' },
	{ 939, 384, 18, 4, 'Q' },  { 939, 576, 18, 6, 'Q' },
	{ 1483, 384, 19, 4, 'M' }, { 1483, 576, 19, 6, 'M' },
};

void geometry_digits(const struct geometry *geometry, unsigned seed,
		     char digits[GEOMETRY_DIGITS + 1])
{
	for (int i = 0; i < geometry->digits; i++) {
		seed = seed * 1103515245 + 12345;
		digits[i] = (char)('0' + (seed >> 16) % 10);
	}
	memcpy(digits, "58311", 5);
	digits[geometry->digits] = 0;
}

struct paper_symbol geometry_symbol(const struct geometry *geometry,
				    const char *digits)
{
	QRinput *input =
	    QRinput_new2(geometry->version,
			 geometry->level == 'Q' ? QR_ECLEVEL_Q : QR_ECLEVEL_M);
	struct paper_symbol symbol;
	uint8_t *modules;
	QRcode *code;

	QRinput_append(input, QR_MODE_NUM, (int)strlen(digits),
		       (const unsigned char *)digits);
	code = QRcode_encodeInput(input);
	assert(code && code->version == geometry->version);
	modules = xcalloc((size_t)code->width, (size_t)code->width);
	memcpy(modules, code->data, (size_t)code->width * (size_t)code->width);
	symbol = (struct paper_symbol){ modules, code->width, geometry->dots };
	QRcode_free(code);
	QRinput_free(input);
	return symbol;
}

void geometry_free(struct paper_symbol *symbol)
{
	free((void *)symbol->modules);
	symbol->modules = NULL;
}
