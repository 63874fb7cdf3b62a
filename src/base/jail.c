#include "base/jail.h"

#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/jail_files.h"
#include "base/lender.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/process.h"

#define FILES_MOST 1000000 /* no process has so many open */

/* --- paths, which the lender is asked for
 * -------------------------------------
 */

static struct {
	int lender, maps;
	void (*trespass)(void);
} jail = { .lender = -1, .maps = -1 };

#if defined(__x86_64__)
#define RESULT(context) (context)->uc_mcontext.gregs[REG_RAX]
#define ARGUMENT(context, n)                                \
	((n) == 0   ? (context)->uc_mcontext.gregs[REG_RDI] \
	 : (n) == 1 ? (context)->uc_mcontext.gregs[REG_RSI] \
	 : (n) == 2 ? (context)->uc_mcontext.gregs[REG_RDX] \
		    : (context)->uc_mcontext.gregs[REG_R10])
#elif defined(__aarch64__)
#define RESULT(context) (context)->uc_mcontext.regs[0]
#define ARGUMENT(context, n) (context)->uc_mcontext.regs[n]
#endif

/* A descriptor of its own, which some libraries only take by a name; -1: the
 * path is no such name. */
static int own_descriptor(const char *path)
{
	static const char folder[] = "/proc/self/fd/";
	int file = 0;

	if (strncmp(path, folder, strlen(folder)) != 0)
		return -1;
	for (path += strlen(folder); *path >= '0' && *path <= '9'; path++)
		file = (file * 10 + *path - '0') % FILES_MOST;
	return *path ? -1 : file;
}

/* The same from its beginning. */
static long open_again(int file)
{
	const int again = fcntl(file, F_DUPFD_CLOEXEC, 0);

	if (again < 0)
		return -errno;
	(void)lseek(again, 0, SEEK_SET);
	return again;
}

/* A sanitizer looks where its stacks are, also on the way out. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_MAPS(path) (strcmp(path, "/proc/self/maps") == 0)
#else
#define IS_MAPS(path) false
#endif

static long open_path(const char *path, long flags)
{
	if ((flags & O_ACCMODE) != O_RDONLY ||
	    flags & (O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY)))
		return -EACCES;
	if (IS_MAPS(path))
		return open_again(jail.maps);
	if (own_descriptor(path) >= 0)
		return open_again(own_descriptor(path));
	return jail.lender < 0 ? -EACCES : lender_open(jail.lender, path);
}

static long stat_path(const char *path, struct stat *about)
{
	return jail.lender < 0 ? -EACCES
			       : lender_stat(jail.lender, path, about);
}

static long access_path(const char *path, long mode)
{
	struct stat about;

	return mode & W_OK ? -EACCES : stat_path(path, &about);
}

/* Of a path that begins nowhere else; fstat() comes this way, too. */
static bool is_plain(long folder, const char *path)
{
	return (int)folder == AT_FDCWD || path[0] == '/';
}

static long stat_at(long folder, const char *path, struct stat *about,
		    long flags)
{
	if (flags & AT_EMPTY_PATH && !path[0])
		return syscall(SYS_fstat, (int)folder, about) ? -errno : 0;
	return is_plain(folder, path) ? stat_path(path, about) : -EACCES;
}

/* The calls below are trapped, and answered here. */
static const int paths[] = {
	__NR_openat,     __NR_newfstatat, __NR_faccessat,
	__NR_faccessat2, __NR_readlinkat,
#if defined(__x86_64__)
	__NR_open,       __NR_stat,       __NR_lstat,
	__NR_access,     __NR_readlink,
#endif
};

static long answer_path(int call, const ucontext_t *context)
{
	const long first = (long)ARGUMENT(context, 0);
	const long second = (long)ARGUMENT(context, 1);
	const long third = (long)ARGUMENT(context, 2);
	const char *name = (const char *)second;

	switch (call) {
	case __NR_openat:
		return is_plain(first, name) ? open_path(name, third) : -EACCES;
	case __NR_newfstatat:
		return stat_at(first, name, (struct stat *)third,
			       (long)ARGUMENT(context, 3));
	case __NR_faccessat:
	case __NR_faccessat2:
		return is_plain(first, name) ? access_path(name, third)
					     : -EACCES;
#if defined(__x86_64__)
	case __NR_open:
		return open_path((const char *)first, second);
	case __NR_stat:
	case __NR_lstat:
		return stat_path((const char *)first, (struct stat *)second);
	case __NR_access:
		return access_path((const char *)first, second);
#endif
	default:
		return -EINVAL; /* no link: the lender follows them */
	}
}

#define BY_FILTER 1 /* SYS_SECCOMP of linux/asm-generic/siginfo.h */

static void on_trap(int signal, siginfo_t *about, void *context)
{
	ucontext_t *at = context;
	const int error = errno;

	(void)signal;
	if (about->si_code != BY_FILTER)
		jail.trespass();
	for (size_t i = 0; i < COUNT(paths); i++) {
		if (about->si_syscall != paths[i])
			continue;
		RESULT(at) = answer_path(about->si_syscall, at);
		errno = error;
		return;
	}
	jail.trespass();
}

/* --- calls
 * ---------------------------------------------------------------------
 */

/* With what it has: memory, threads, the clock, descriptors. */
static const int allowed[] = {
	/* descriptors */
	SCMP_SYS(read),
	SCMP_SYS(readv),
	SCMP_SYS(pread64),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(lseek),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(fstatfs),
	SCMP_SYS(getdents64),
	SCMP_SYS(dup),
	SCMP_SYS(dup2),
	SCMP_SYS(dup3),
	SCMP_SYS(fadvise64),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(select),
	SCMP_SYS(pselect6),
	SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait),
	SCMP_SYS(epoll_ctl),
	SCMP_SYS(timerfd_settime),
	SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg),
	SCMP_SYS(shutdown),
	/* memory */
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	SCMP_SYS(memfd_create),
	SCMP_SYS(mlock),
	SCMP_SYS(mlock2),
	SCMP_SYS(munlock),
	/* threads and signals */
	SCMP_SYS(futex),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(wait4),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	/* time and chance */
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	SCMP_SYS(getrandom),
	SCMP_SYS(uname),
	SCMP_SYS(sysinfo),
};

/* What no library does by mistake. */
static const int trespasses[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
};

static const unsigned fcntls[] = { F_GETFD, F_SETFD, F_GETFL,
				   F_SETFL, F_DUPFD, F_DUPFD_CLOEXEC };

#define WORD 0xffffffffU /* of an argument that is an int */

/* Adds rules until one fails; *failed is its errno, below zero. */
static void add(scmp_filter_ctx filter, uint32_t act, int call, unsigned count,
		const struct scmp_arg_cmp *arguments, int *failed)
{
	if (!*failed)
		*failed =
		    seccomp_rule_add_array(filter, act, call, count, arguments);
}

static void allow_if(scmp_filter_ctx filter, int call, unsigned argument,
		     uint64_t mask, uint64_t value, int *failed)
{
	const struct scmp_arg_cmp is = { argument, SCMP_CMP_MASKED_EQ, mask,
					 value };

	add(filter, SCMP_ACT_ALLOW, call, 1, &is, failed);
}

/* Calls that are allowed for one use of theirs. */
static void allow_some(scmp_filter_ctx filter, int *failed)
{
	const struct scmp_arg_cmp asks_limit[] = {
		{ 0, SCMP_CMP_EQ, 0, 0 },
		{ 2, SCMP_CMP_EQ, 0, 0 },
	};

	/* Nothing that was written is run. */
	allow_if(filter, SCMP_SYS(mmap), 2, PROT_EXEC, 0, failed);
	allow_if(filter, SCMP_SYS(mprotect), 2, PROT_EXEC, 0, failed);
	/* Threads, not processes; without clone3 the C library takes clone. */
	allow_if(filter, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD,
		 failed);
	add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL, failed);
	/* To whom a socket is connected already. */
	allow_if(filter, SCMP_SYS(sendto), 4, UINT64_MAX, 0, failed);
	allow_if(filter, SCMP_SYS(tgkill), 0, WORD, (uint64_t)getpid(), failed);
	allow_if(filter, SCMP_SYS(prctl), 0, WORD, PR_SET_NAME, failed);
	add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), COUNT(asks_limit),
	    asks_limit, failed);
	for (size_t i = 0; i < COUNT(fcntls); i++)
		allow_if(filter, SCMP_SYS(fcntl), 1, WORD, fcntls[i], failed);
}

/* What the rules ask for besides. */
static void allow_own(scmp_filter_ctx filter, const struct jail_rules *rules,
		      int *failed)
{
	for (size_t i = 0; i < rules->ioctl_count; i++)
		allow_if(filter, SCMP_SYS(ioctl), 1, WORD, rules->ioctls[i],
			 failed);
	for (size_t i = 0; i < rules->child_count; i++) {
		const struct scmp_arg_cmp ends[] = {
			{ 0, SCMP_CMP_MASKED_EQ, WORD,
			  (uint64_t)rules->children[i] },
			{ 1, SCMP_CMP_MASKED_EQ, WORD, SIGKILL },
		};

		add(filter, SCMP_ACT_ALLOW, SCMP_SYS(kill), COUNT(ends), ends,
		    failed);
	}
}

static int fill(scmp_filter_ctx filter, const struct jail_rules *rules)
{
	int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);

	for (size_t i = 0; i < COUNT(allowed); i++)
		add(filter, SCMP_ACT_ALLOW, allowed[i], 0, NULL, &failed);
	for (size_t i = 0; i < COUNT(trespasses); i++)
		add(filter, SCMP_ACT_TRAP, trespasses[i], 0, NULL, &failed);
	for (size_t i = 0; i < COUNT(paths); i++)
		add(filter, SCMP_ACT_TRAP, paths[i], 0, NULL, &failed);
	allow_some(filter, &failed);
	allow_own(filter, rules, &failed);
	return failed;
}

static enum fault refuse_calls(const struct jail_rules *rules)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int failed = filter ? fill(filter, rules) : -ENOMEM;

	if (!failed)
		failed = seccomp_load(filter);
	if (failed)
		log_error("the visitor's process cannot be shut in (seccomp): "
			  "%s",
			  strerror(-failed));
	seccomp_release(filter);
	return failed ? FAULT_SYSTEM : FAULT_NONE;
}

/* --- entering
 * -------------------------------------------------------------------
 */

enum fault jail_enter(const struct jail_rules *rules)
{
	const struct sigaction trap = {
		.sa_sigaction = on_trap,
		/* A trespass may meet further refusals on its way out. */
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER,
	};
	enum fault fault;

	jail.lender = rules->lender;
	jail.trespass = rules->trespass;
	if ((fault = process_keep_maps(&jail.maps)))
		return fault;
	if (sigaction(SIGSYS, &trap, NULL) ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
		log_error("the visitor's process cannot be shut in: %s",
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	fault = jail_files_enter();
	return fault ? fault : refuse_calls(rules);
}

struct jail_offer jail_offered(void)
{
	const uint32_t trap = SECCOMP_RET_TRAP;

	return (struct jail_offer){
		.calls =
		    !syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &trap),
		.files = jail_files_offered(),
	};
}
