#include "base/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

/* As it was found. */
static struct {
	bool known;
	struct rlimit limit;
} cores;

static void note_cores(void)
{
	if (!cores.known)
		cores.known = getrlimit(RLIMIT_CORE, &cores.limit) == 0;
}

bool process_was_dumpable(void)
{
	note_cores();
	return !cores.known || cores.limit.rlim_cur;
}

static enum fault refuse_cores(bool dumpable)
{
	static const struct rlimit none = { 0, 0 };

	note_cores();

	if ((!dumpable && prctl(PR_SET_DUMPABLE, 0)) ||
	    setrlimit(RLIMIT_CORE, &none)) {
		log_error("core dumps cannot be switched off: %s",
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	return FAULT_NONE;
}

enum fault process_hide(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return refuse_cores(true);
#else
	return refuse_cores(false);
#endif
}

void process_lock_stack(void)
{
	volatile uint8_t pages[PROCESS_STACK];

	/* The stack grows where it is written to, a page at a time. */
	for (size_t i = sizeof pages; i > 0; i -= 1024)
		pages[i - 1] = 0;
	(void)mlock((const void *)pages, sizeof pages);
}

enum fault process_protect(void)
{
	enum fault fault = refuse_cores(false);

	if (fault)
		return fault;
	/* On fault: what was never touched holds nothing, and the libraries'
	 * data alone would be 30 MB. */
	if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT))
		log_warning("memory cannot be locked (%s): allow it with "
			    "LimitMEMLOCK=infinity, or switch swap off",
			    strerror(errno));
	return FAULT_NONE;
}

static bool is_kept(int file, const int *kept, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (kept[i] == file)
			return true;
	}
	return file <= STDERR_FILENO;
}

enum fault process_keep_only(const int *kept, size_t count)
{
	DIR *files = opendir("/proc/self/fd");
	const struct dirent *each;

	if (!files) {
		log_error("/proc/self/fd: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	while ((each = readdir(files))) {
		const int file = atoi(each->d_name);

		if (each->d_name[0] != '.' && file != dirfd(files) &&
		    !is_kept(file, kept, count))
			close(file);
	}
	closedir(files);
	return FAULT_NONE;
}

#define MAPS "/proc/self/maps"

/* Of the process that opened it, whose child would read the wrong ones. */
static struct {
	pid_t process;
	int file;
} maps;

enum fault process_keep_maps(int *file)
{
	maps.file = open(MAPS, O_RDONLY | O_CLOEXEC);
	maps.process = getpid();
	*file = maps.file;
	if (maps.file >= 0)
		return FAULT_NONE;
	log_error("%s: %s", MAPS, strerror(errno));
	return FAULT_SYSTEM;
}

#if defined(__SANITIZE_ADDRESS__)

void process_wipe_and_exit(int status)
{
	_exit(status);
}

#else

/*
 * All that is needed while memory vanishes lives in registers or in these few
 * pages, which are passed over, so neither the stack nor any library is used
 * once the first mapping is gone. The pages hold addresses only.
 */
#define RANGES 2000
#define KEPT_BELOW 512 /* bytes of stack that the last calls use */
static struct {
	uintptr_t from[RANGES], to[RANGES];
	unsigned count;
} __attribute__((aligned(4096))) plan;

static inline __attribute__((always_inline, noreturn)) void
end_process(long status)
{
#if defined(__x86_64__)
	for (;;)
		__asm__ volatile("syscall"
				 :
				 : "a"(SYS_exit_group), "D"(status)
				 : "rcx", "r11", "memory");
#elif defined(__aarch64__)
	register long number __asm__("x8") = SYS_exit_group;
	register long first __asm__("x0") = status;

	for (;;)
		__asm__ volatile("svc 0"
				 :
				 : "r"(number), "r"(first)
				 : "memory");
#else
	for (;;)
		_exit((int)status);
#endif
}

static const char *parse_hex(const char *at, uintptr_t *value)
{
	for (*value = 0;; at++) {
		if (*at >= '0' && *at <= '9')
			*value = *value * 16 + (uintptr_t)(*at - '0');
		else if (*at >= 'a' && *at <= 'f')
			*value = *value * 16 + (uintptr_t)(*at - 'a' + 10);
		else
			return at;
	}
}

/* A line is "from-to rwxp offset device inode name". */
static void plan_line(const char *line)
{
	uintptr_t from, to;
	const char *at = parse_hex(line, &from);

	at = parse_hex(at + 1, &to);
	if (at[0] != ' ' || at[1] != 'r' || at[2] != 'w' || at[4] != 'p')
		return;
	if (plan.count < RANGES) {
		plan.from[plan.count] = from;
		plan.to[plan.count++] = to;
	}
}

static void plan_all(void)
{
	static char text[256 * 1024];
	size_t length = 0;
	const int file = maps.process == getpid()
			     ? maps.file
			     : open(MAPS, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (file < 0)
		return;
	while ((got = read(file, text + length, sizeof text - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = 0;
	for (char *line = text; line && *line;) {
		plan_line(line);
		line = strchr(line, '\n');
		if (line)
			line++;
	}
}

/* What must outlive the rest: the running frame, and the plan. */
struct kept {
	uintptr_t frame_from, frame_to, plan_from, plan_to;
};

/* Word by word through a volatile pointer, so that no memset is called. */
static inline __attribute__((always_inline)) void
overwrite(uintptr_t from, uintptr_t to, struct kept kept)
{
	for (uintptr_t at = from; at < to; at += sizeof(uint64_t)) {
		bool is_frame = at >= kept.frame_from && at < kept.frame_to;
		bool is_plan = at >= kept.plan_from && at < kept.plan_to;

		if (!is_frame && !is_plan)
			*(volatile uint64_t *)at = 0;
	}
}

__attribute__((noinline, noreturn)) static void wipe_all(uintptr_t frame,
							 long status)
{
	const struct kept kept = {
		.frame_from = frame - KEPT_BELOW,
		.frame_to = frame,
		.plan_from = (uintptr_t)&plan,
		.plan_to = (uintptr_t)(&plan + 1),
	};

	for (unsigned i = 0; i < plan.count; i++)
		overwrite(plan.from[i], plan.to[i], kept);
	end_process(status);
}

void process_wipe_and_exit(int status)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	plan_all();
	wipe_all(here & ~(uintptr_t)15, status);
}

#endif
