#include "scan/symbols.h"

#include <stdlib.h>
#include <zbar.h>

#include "base/memory.h"

static void keep(const zbar_symbol_t *symbol, struct scan_symbols *out)
{
	if (out->count == SCAN_PICTURE_SYMBOLS)
		return;
	out->text = xreallocarray(out->text, out->count + 1, sizeof *out->text);
	out->text[out->count++] = xstrndup(zbar_symbol_get_data(symbol),
					   zbar_symbol_get_data_length(symbol));
}

void symbols_find(const uint8_t *grey, int width, int height,
		  struct scan_symbols *out)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();

	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)width, (unsigned)height);
	zbar_image_set_data(image, grey,
			    (unsigned long)width * (unsigned long)height, NULL);
	zbar_scan_image(scanner, image);
	for (const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	     symbol; symbol = zbar_symbol_next(symbol))
		keep(symbol, out);
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
}

void scan_symbols_done(struct scan_symbols *symbols)
{
	for (size_t i = 0; i < symbols->count; i++)
		char_wipe(symbols->text[i]);
	free(symbols->text);
	*symbols = (struct scan_symbols){ 0 };
}
