#include "speech/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"

/* Everything that the first version of Landlock knows. */
#define EVERYTHING ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE \
	(READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)
#define OF_A_FILE                       \
	(LANDLOCK_ACCESS_FS_READ_FILE | \
	 LANDLOCK_ACCESS_FS_WRITE_FILE) /* no other can be asked of one */

/* What reading aloud takes besides recordings. */
static const struct {
	const char *path;
	__u64 access;
} needed[] = {
	{ "/usr/lib", READ },
	{ "/usr/share", READ },
	{ "/usr/local/lib", READ },
	{ "/lib", READ },
	{ "/lib64", READ },
	{ "/etc/ld.so.cache", READ },
	{ "/etc/alsa", READ },
	{ "/etc/asound.conf", READ },
	{ "/proc/asound", READ },
	{ "/proc/self", READ }, /* its memory, to be overwritten */
	{ "/dev/snd", WRITE },
	{ "/dev/null", WRITE },
};

static void allow(int rules, const char *path, __u64 access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access };
	struct stat about;

	rule.parent_fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
	if (rule.parent_fd < 0)
		return;
	if (fstat(rule.parent_fd, &about) == 0 && !S_ISDIR(about.st_mode))
		rule.allowed_access &= OF_A_FILE;
	(void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		      &rule, 0);
	close(rule.parent_fd);
}

static bool confine_files(const char *const *readable, size_t count,
			  const char *writable)
{
	const struct landlock_ruleset_attr all = { .handled_access_fs =
						       EVERYTHING };
	int rules =
	    (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	bool done;

	if (rules < 0)
		return false;
	for (size_t i = 0; i < COUNT(needed); i++)
		allow(rules, needed[i].path, needed[i].access);
	for (size_t i = 0; i < count; i++)
		allow(rules, readable[i], READ);
	allow(rules, writable, WRITE);
	done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return done;
}

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef MACHINE

#define FIELD(name) ((__u32)offsetof(struct seccomp_data, name))
#define LOAD(at) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define UNLESS(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skip)
#define ANSWER(answer) BPF_STMT(BPF_RET | BPF_K, answer)
#define REFUSE(error) ANSWER(SECCOMP_RET_ERRNO | (error))

/* Calls of another machine's numbering (x32's begin at the bit) are none of
 * ours. args[0] is read by its low half: both machines are little-endian. */
static bool confine_calls(void)
{
	struct sock_filter filter[] = {
		LOAD(FIELD(arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
		ANSWER(SECCOMP_RET_KILL_PROCESS),
		LOAD(FIELD(nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
		ANSWER(SECCOMP_RET_KILL_PROCESS),
		UNLESS(SYS_execve, 1),
		REFUSE(EPERM),
		UNLESS(SYS_execveat, 1),
		REFUSE(EPERM),
		UNLESS(SYS_socket, 3),
		LOAD(FIELD(args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
		REFUSE(EAFNOSUPPORT),
		ANSWER(SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { .len = COUNT(filter),
					    .filter = filter };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool confine_calls(void)
{
	return false;
}

#endif

struct confined confine(const char *const *readable, size_t count,
			const char *writable)
{
	struct confined confined = { 0 };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return confined;
	confined.files = confine_files(readable, count, writable);
	confined.calls = confine_calls();
	return confined;
}
