#include "tests/support/bare.h"

#include "tests/support/folder.h"
#include "tests/test.h"

void bare_open(struct bare *bare)
{
	*bare = (struct bare){ .folder = folder_new() };
	assert_int_equal(home_open(bare->folder, &bare->hall.home), FAULT_NONE);
	assert_int_equal(lobby_read(bare->hall.home, &bare->lobby), FAULT_NONE);
	assert_int_equal(
	    issuer_open(bare->hall.home, bare->lobby, &bare->hall.issuer),
	    FAULT_NONE);
	bare->hall.lobby = bare->lobby;
	bare->hall.profile = profile_usual;
	bare->hall.printer = "none";
}

void bare_close(struct bare *bare)
{
	issuer_free(bare->hall.issuer);
	lobby_free(bare->lobby);
	home_free(bare->hall.home);
	folder_freep(&bare->folder);
}
