#include <stdint.h>

#include "card/ini.h"
#include "card/plain.h"
#include "card/secret.h"

/* A foyer.ini of any bytes, as it lies on a card: made plain, and looked at. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct card_findings findings = { 0 };
	struct bytes text = { 0 };

	(void)card_secret("foyer.ini", data, size);
	if (card_plain("foyer.ini", data, size, &findings, &text)) {
		card_ini("foyer.ini", &text, &findings);
		char_free(card_ini_value(&text, "kiosk", "form", "intake"));
	}
	bytes_done(&text);
	card_findings_done(&findings);
	return 0;
}
