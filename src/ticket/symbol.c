#include "ticket/symbol.h"

#include <errno.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#define MARGIN 12 /* dots that the symbol leaves of the paper's width */

struct symbol {
	QRcode *code;
	enum symbol_level level;
	int dots;
};

static const QRecLevel levels[] = {
	[SYMBOL_L] = QR_ECLEVEL_L,
	[SYMBOL_M] = QR_ECLEVEL_M,
	[SYMBOL_Q] = QR_ECLEVEL_Q,
	[SYMBOL_H] = QR_ECLEVEL_H,
};

/* Numeric mode throughout: the digits are one segment. */
static QRcode *encode(const char *digits, enum symbol_level level)
{
	QRinput *input = QRinput_new2(0, levels[level]);
	QRcode *code = NULL;

	if (input && !QRinput_append(input, QR_MODE_NUM, (int)strlen(digits),
				     (const unsigned char *)digits))
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

enum fault symbol_new(const char *digits, enum symbol_level level,
		      struct symbol **out)
{
	QRcode *code = encode(digits, level);

	if (!code) {
		log_error("%zu digits do not fit in any QR symbol",
			  strlen(digits));
		return FAULT_LIMIT;
	}
	*out = xcalloc(1, sizeof **out);
	**out = (struct symbol){ .code = code, .level = level };
	return FAULT_NONE;
}

static const enum symbol_level tried[] = { SYMBOL_Q, SYMBOL_M };

struct tried {
	struct symbol *symbols[COUNT(tried)];
};

static void tried_done(struct tried *all)
{
	for (size_t i = 0; i < COUNT(tried); i++)
		symbol_free(all->symbols[i]);
}

enum fault symbol_for_width(const char *digits, int width, struct symbol **out)
{
	SCOPED(tried_done) struct tried all = { 0 };
	enum fault fault;

	/* One of each level: how large it prints changes nothing in it. */
	for (size_t i = 0; i < COUNT(tried); i++) {
		if ((fault = symbol_new(digits, tried[i], &all.symbols[i])))
			return fault;
	}
	for (int dots = 6; dots >= 4; dots--) {
		for (size_t i = 0; i < COUNT(tried); i++) {
			struct symbol *symbol = all.symbols[i];

			if (symbol->code->width * dots > width - MARGIN)
				continue;
			symbol->dots = dots;
			*out = symbol;
			all.symbols[i] = NULL;
			return FAULT_NONE;
		}
	}
	log_error("a symbol of %zu digits does not fit on paper of %d dots",
		  strlen(digits), width);
	return FAULT_LIMIT;
}

void symbol_free(struct symbol *symbol)
{
	if (!symbol)
		return;
	QRcode_free(symbol->code);
	free(symbol);
}

int symbol_size(const struct symbol *symbol)
{
	return symbol->code->width;
}

int symbol_version(const struct symbol *symbol)
{
	return symbol->code->version;
}

enum symbol_level symbol_level(const struct symbol *symbol)
{
	return symbol->level;
}

int symbol_dots(const struct symbol *symbol)
{
	return symbol->dots;
}

const uint8_t *symbol_modules(const struct symbol *symbol)
{
	return symbol->code->data;
}

bool symbol_dark(const struct symbol *symbol, int row, int column)
{
	int size = symbol->code->width;

	return row >= 0 && row < size && column >= 0 && column < size &&
	       symbol->code->data[row * size + column] & 1;
}

uint8_t *symbol_plain(const struct symbol *symbol)
{
	const int side = symbol_size(symbol);
	uint8_t *modules = xcalloc((size_t)side, (size_t)side);

	for (int i = 0; i < side * side; i++)
		modules[i] = symbol_dark(symbol, i / side, i % side);
	return modules;
}
