#include "tests/support/tray.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/data.h"
#include "base/file.h"
#include "issue/agency.h"
#include "tests/support/folder.h"
#include "tests/test.h"

void tray_put(const struct tray *tray, const char *name, const void *bytes,
	      size_t length)
{
	SCOPED(char_freep) char *path = folder_file(tray->path, name);
	SCOPED(char_freep) char *folder = xstrdup(path);

	*strrchr(folder, '/') = 0;
	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, bytes, length, 0600), FAULT_NONE);
}

void tray_text(const struct tray *tray, const char *name, const char *text)
{
	tray_put(tray, name, text, strlen(text));
}

void tray_remove(const struct tray *tray, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(tray->path, name);

	assert_int_equal(unlink(path), 0);
}

void tray_copy(const struct tray *tray, const char *name, const char *data)
{
	SCOPED(char_freep)
	char *path =
	    xasprintf("%s/tests/data/card/%s", getenv("FOYER_SOURCE"), data);
	struct bytes bytes = { 0 };

	bytes_add_text(&bytes, "");
	assert_int_equal(file_read(path, 1 << 20, &bytes), FAULT_NONE);
	tray_put(tray, name, bytes.data, bytes.length);
	bytes_done(&bytes);
}

void tray_key(struct tray *tray, uint8_t byte)
{
	uint8_t secret[KEY_BYTES];
	SCOPED(char_freep) char *path = folder_file(tray->path, AGENCY_FILE);

	memset(secret, byte, sizeof secret);
	tray->agency = (struct card){ .name = "Riverside" };
	assert_int_equal(crypto_scalarmult_base(tray->agency.key, secret), 0);
	assert_int_equal(agency_file_write(path, &tray->agency), FAULT_NONE);
}

struct tray tray_new(void)
{
	struct tray tray = { .path = folder_new() };

	tray_key(&tray, 0x11);
	tray_copy(&tray, "foyer.ini", "good.ini");
	return tray;
}

void tray_done(struct tray *tray)
{
	folder_freep(&tray->path);
}

char *tray_say(const struct card_folder *folder, const char *language)
{
	SCOPED(char_freep) char *shipped = data_path("translations");
	SCOPED(catalogue_freep)
	struct catalogue *words = catalogue_new(language);
	struct bytes out = { 0 };

	assert_int_equal(catalogue_add_family(words, shipped, "card"),
			 FAULT_NONE);
	bytes_add_text(&out, "");
	for (size_t i = 0; i < folder->findings.count; i++) {
		const struct card_finding *finding = &folder->findings.list[i];
		SCOPED(char_freep)
		char *line = card_finding_say(finding, words);

		bytes_add_format(&out, "%s %s\n",
				 card_level_name(finding->level), line);
	}
	return bytes_take_text(&out);
}

char *tray_findings(const struct tray *tray, const char *language)
{
	struct card_folder folder;
	char *said;

	card_folder_read(tray->path, NULL, &folder);
	said = tray_say(&folder, language);
	card_folder_done(&folder);
	return said;
}
