#include "report/site_key.h"

#include "base/file.h"

enum fault site_key(const struct home *home, struct kiosk_key **out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, HOME_SITE_KEY);
	SCOPED(kiosk_key_freep) struct kiosk_key *key = NULL;
	enum fault fault;

	if (file_exists(path))
		return kiosk_key_read(path, out);
	if ((fault = folder_make(home_folder(home, HOME_KEYS))))
		return fault;
	key = kiosk_key_make();
	if ((fault = kiosk_key_write(key, path)))
		return fault;
	*out = key;
	key = NULL;
	return FAULT_NONE;
}
