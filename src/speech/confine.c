#include "speech/confine.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"

/* Everything that the first version of Landlock knows. */
#define EVERYTHING ((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define NETWORK ((1ULL << 2) - 1) /* TCP: bind and connect */
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
	/* The kernel's struct, where its fourth version goes beyond the
	 * header's. */
	const struct {
		__u64 files, network;
	} all = { EVERYTHING, NETWORK };
	int rules =
	    (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	bool done;

	/* An older kernel knows files alone. */
	if (rules < 0)
		rules = (int)syscall(SYS_landlock_create_ruleset, &all,
				     sizeof all.files, 0);

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

/* What no speaker calls, and what would lead out of here: other processes, and
 * ways around this filter. */
static const int refused[] = {
	SYS_execve,
	SYS_execveat,
	SYS_io_uring_setup,
	SYS_io_uring_enter,
	SYS_io_uring_register,
	SYS_ptrace,
	SYS_process_vm_readv,
	SYS_process_vm_writev,
	SYS_process_madvise,
	SYS_kcmp,
	SYS_pidfd_open,
	SYS_pidfd_getfd,
	SYS_pidfd_send_signal,
	SYS_kill,
	SYS_tkill,
	SYS_rt_sigqueueinfo,
	SYS_rt_tgsigqueueinfo,
	SYS_bpf,
	SYS_perf_event_open,
	SYS_userfaultfd,
	SYS_add_key,
	SYS_request_key,
	SYS_keyctl,
	SYS_unshare,
	SYS_setns,
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_chroot,
	SYS_name_to_handle_at,
	SYS_open_by_handle_at,
	SYS_personality,
};

/* The same where no sound server, and no process of ALSA's mixer, is needed. */
static const int refused_alone[] = {
	SYS_socket, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4,
#ifdef SYS_fork
	SYS_fork,   SYS_vfork,
#endif
};

#define MOST 128

struct filter {
	struct sock_filter at[MOST];
	unsigned short length;
};

static void add(struct filter *filter, const struct sock_filter *rules,
		size_t count)
{
	assert(filter->length + count <= MOST);
	memcpy(filter->at + filter->length, rules, count * sizeof *rules);
	filter->length += (unsigned short)count;
}

#define ADD(filter, ...)                                         \
	add(filter, (const struct sock_filter[]){ __VA_ARGS__ }, \
	    sizeof(const struct sock_filter[]){ __VA_ARGS__ } /  \
		sizeof(struct sock_filter))

static void refuse(struct filter *filter, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		ADD(filter, UNLESS((__u32)calls[i], 1), REFUSE(EPERM));
}

/* Calls of another machine's numbering (x32's begin at the bit) are none of
 * ours. Arguments are read by their low half: both machines are little-endian.
 * Threads are processes with CLONE_THREAD; without clone3, whose flags no
 * filter can see, the C library takes clone. */
static bool confine_calls(bool server)
{
	const __u32 self = (__u32)getpid();
	struct filter filter = { 0 };
	struct sock_fprog program = { .filter = filter.at };

	ADD(&filter, LOAD(FIELD(arch)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
	    ANSWER(SECCOMP_RET_KILL_PROCESS), LOAD(FIELD(nr)),
	    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
	    ANSWER(SECCOMP_RET_KILL_PROCESS));
	refuse(&filter, refused, COUNT(refused));
	if (!server) {
		refuse(&filter, refused_alone, COUNT(refused_alone));
		ADD(&filter, UNLESS(SYS_clone3, 1), REFUSE(ENOSYS),
		    UNLESS(SYS_clone, 4), LOAD(FIELD(args[0])),
		    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0),
		    REFUSE(EPERM), ANSWER(SECCOMP_RET_ALLOW));
	}
	ADD(&filter, UNLESS(SYS_tgkill, 4), LOAD(FIELD(args[0])),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, self, 1, 0), REFUSE(EPERM),
	    ANSWER(SECCOMP_RET_ALLOW));
	ADD(&filter, UNLESS(SYS_socket, 3), LOAD(FIELD(args[0])),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
	    REFUSE(EAFNOSUPPORT), ANSWER(SECCOMP_RET_ALLOW));
	program.len = filter.length;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool confine_calls(bool server)
{
	(void)server;
	return false;
}

#endif

struct confined confine(const char *const *readable, size_t count,
			const char *writable, bool server)
{
	struct confined confined = { 0 };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return confined;
	confined.files = confine_files(readable, count, writable);
	confined.calls = confine_calls(server);
	return confined;
}
