/* The machine that the doctor runs on. */
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

#include "base/process.h"
#include "doctor/doctor.h"

static int free_percent(const char *folder)
{
	struct statvfs about;

	if (statvfs(folder, &about) || !about.f_blocks)
		return -1;
	return (int)(about.f_bavail * 100 / about.f_blocks);
}

/* When this program was put here; the clock cannot be before it. */
static int64_t made_at(void)
{
	struct stat at;

	return stat("/proc/self/exe", &at) ? 0 : at.st_mtime;
}

struct doctor_place doctor_here(const struct home *home)
{
	return (struct doctor_place){
		.home = home,
		.proc = "/proc",
		.sys = "/sys",
		.etc = "/etc",
		.now = time(NULL),
		.made = made_at(),
		.pictures = DOCTOR_PICTURES_UNSEEN,
		.filesystem = network_ask_system,
		.free_percent = free_percent,
		.dumps = process_was_dumpable,
		.jail = jail_offered,
	};
}
