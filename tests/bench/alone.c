#include "tests/bench/alone.h"

#include <pango/pangocairo.h>
#include <qrencode.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "print/lettering.h"
#include "tests/test.h"

/* An extraction or expansion of HKDF-SHA256 is one of these. */
static void hash(uint8_t key[crypto_auth_hmacsha256_KEYBYTES])
{
	crypto_auth_hmacsha256(key, key, crypto_auth_hmacsha256_KEYBYTES, key);
}

/* RFC 9180: two of the encapsulation and five of the key schedule. */
#define HASHES 7

void alone_seal(size_t length)
{
	static const uint8_t plain[ALONE_PLAIN_MAX];
	static const uint8_t nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];
	uint8_t
	    sealed[ALONE_PLAIN_MAX + crypto_aead_chacha20poly1305_ietf_ABYTES];
	uint8_t secret[crypto_scalarmult_BYTES] = { 1 }, public[sizeof secret];
	uint8_t shared[sizeof secret];

	assert_int_equal(crypto_scalarmult_base(public, secret), 0);
	assert_int_equal(crypto_scalarmult(shared, secret, public), 0);
	for (int i = 0; i < HASHES; i++)
		hash(shared);
	assert_int_equal(
	    crypto_aead_chacha20poly1305_ietf_encrypt(
		sealed, NULL, plain, length, NULL, 0, NULL, nonce, shared),
	    0);
}

void alone_sign(size_t length)
{
	static const uint8_t message[ALONE_SIGNED_MAX];
	static uint8_t secret[crypto_sign_SECRETKEYBYTES];
	static bool made;
	uint8_t signature[crypto_sign_BYTES];

	if (!made)
		made = crypto_sign_keypair(signature, secret) == 0;
	assert_int_equal(
	    crypto_sign_detached(signature, NULL, message, length, secret), 0);
}

void alone_symbol(const char *digits)
{
	QRinput *input = QRinput_new2(0, QR_ECLEVEL_M);
	QRcode *code;

	assert_int_equal(QRinput_append(input, QR_MODE_NUM, (int)strlen(digits),
					(const unsigned char *)digits),
			 0);
	code = QRcode_encodeInput(input);
	assert_non_null(code);
	QRcode_free(code);
	QRinput_free(input);
}

/* At y; where the next one begins. */
static int draw_text(cairo_t *cairo, const char *text, double size, bool bold,
		     int width, int y)
{
	PangoContext *context =
	    pango_font_map_create_context(pango_cairo_font_map_get_default());
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *font = pango_font_description_new();
	int height;

	pango_font_description_set_family(font, LETTERING_FAMILIES);
	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	if (bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, width * PANGO_SCALE);
	pango_layout_set_text(layout, text, -1);
	pango_layout_get_pixel_size(layout, NULL, &height);
	cairo_move_to(cairo, 0, y);
	pango_cairo_show_layout(cairo, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
	g_object_unref(context);
	return y + height;
}

void alone_paper(const struct paper *paper, int width)
{
	/* In sizes as a narrow paper has them. */
	const struct {
		const char *text;
		double size;
		bool bold;
	} texts[] = {
		{ paper->agency, 30, true },
		{ paper->number, 66, true },
		{ paper->date, 26, false },
		{ paper->desk, 26, false },
		{ paper->helpline, 26, false },
		{ "Show this paper at the desk now", 26, true },
		{ "Montrez ce papier au comptoir maintenant", 26, true },
	};
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_A8, width, 2 * width);
	cairo_t *cairo = cairo_create(surface);
	int y = 0;

	cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
	for (size_t i = 0; i < COUNT(texts); i++)
		y = draw_text(cairo, texts[i].text, texts[i].size,
			      texts[i].bold, width, y);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}
