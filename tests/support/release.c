#include "tests/support/release.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "flash/measure.h"
#include "tests/support/folder.h"
#include "tests/test.h"

static const uint8_t seed[SIGNATURE_SEED] = { 0x5e, 0xed };

void release_shell(const char *format, ...)
{
	struct bytes line = { 0 };
	char text[4096];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	bytes_add_format(&line,
			 "PATH=$PATH:/usr/sbin:/sbin LC_ALL=C.UTF-8 "
			 "MTOOLS_SKIP_CHECK=1; export PATH LC_ALL "
			 "MTOOLS_SKIP_CHECK; %s",
			 text);
	if (system((char *)line.data) != 0)
		fail_msg("failed: %s", text);
	bytes_done(&line);
}

bool release_tools(void)
{
	static const char *const tools[] = { "mkfs.vfat", "fsck.fat", "mcopy",
					     "mke2fs", "sfdisk" };

	for (size_t i = 0; i < COUNT(tools); i++) {
		SCOPED(char_freep)
		char *line = xasprintf("PATH=$PATH:/usr/sbin:/sbin; "
				       "command -v %s >/dev/null",
				       tools[i]);

		if (system(line) != 0) {
			print_message("skipped: %s is not installed; `make "
				      "deps` installs it\n",
				      tools[i]);
			return false;
		}
	}
	return true;
}

char *release_make(const char *folder, const char *variant, const char *version,
		   const char *word, const char *sizes)
{
	SCOPED(char_freep)
	char *image = xasprintf("%s/%s.img", folder, version);
	char *path = xasprintf("%s/%s" RELEASE_END, folder, version);
	struct manifest manifest = { 0 };
	struct bytes text = { 0 };

	release_shell("sh %s/tests/flash/card.sh %s %s %s %s%s 2>/dev/null",
		      getenv("FOYER_SOURCE"), folder, variant, version, word,
		      sizes);
	assert_int_equal(measure(image, &manifest), FAULT_NONE);
	snprintf(manifest.name, sizeof manifest.name, "Test %s", word);
	snprintf(manifest.image, sizeof manifest.image, "%s.img", version);
	manifest_write(&manifest, seed, &text);
	assert_int_equal(file_write(path, text.data, text.length, 0644),
			 FAULT_NONE);
	bytes_done(&text);
	manifest_done(&manifest);
	return path;
}

void release_trust(struct signers *keys)
{
	signature_public(seed, keys->key[keys->count++]);
}

char *release_key_file(const char *folder)
{
	char *path = folder_file(folder, "test.pub");
	struct bytes text = { 0 };
	uint8_t key[KEY_BYTES];

	signature_public(seed, key);
	bytes_add_text(&text, "foyer release key 1\n");
	for (size_t i = 0; i < sizeof key; i++)
		bytes_add_format(&text, "%02x", key[i]);
	assert_int_equal(file_write(path, text.data, text.length, 0644),
			 FAULT_NONE);
	bytes_done(&text);
	return path;
}

struct release release_of_test(const char *path)
{
	struct release release;
	struct signers keys = { 0 };

	release_trust(&keys);
	assert_int_equal(release_open(path, &keys, &release), FAULT_NONE);
	return release;
}

void release_use(const char *card, const struct manifest *manifest)
{
	const struct manifest_partition *boot =
	    manifest_role(manifest, MANIFEST_BOOT);
	const struct manifest_partition *data =
	    manifest_role(manifest, MANIFEST_DATA);
	const int file = open(card, O_WRONLY | O_CLOEXEC);

	release_shell("mmd -i %s@@%llu ::/foyer/forms", card,
		      (unsigned long long)boot->start);
	release_shell(
	    "printf '[agency]\\nname = Accueil\\n' | mcopy -i %s@@%llu - "
	    "::/foyer/foyer.ini",
	    card, (unsigned long long)boot->start);
	release_shell("yes formulaire | head -c 9000 | mcopy -i %s@@%llu - "
		      "'::/foyer/forms/arrivée à pied.xml'",
		      card, (unsigned long long)boot->start);
	release_shell("echo mine | mcopy -i %s@@%llu - ::/notes.txt", card,
		      (unsigned long long)boot->start);
	assert_true(file >= 0);
	assert_int_equal(
	    pwrite(file, "kiosk key", 9, (off_t)(data->start + data->size - 9)),
	    9);
	close(file);
}
