/* The last steps, in the process that becomes the program. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Each path of the sandbox is a descriptor for a moment, and a closure may have thousands. */
void raise_open_file_limit(struct specification *specification)
{
    if (getrlimit(RLIMIT_NOFILE, &specification->open_files) != 0)
        fail(STEP_PREPARE, errno, "cannot read the limit of open files");
    struct rlimit raised = specification->open_files;
    const rlim_t wanted = specification->entry_count + specification->emulator_count + 64;
    if (raised.rlim_cur >= wanted)
        return;
    raised.rlim_cur = wanted;
    if (raised.rlim_max < wanted)
        raised.rlim_max = wanted;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
        return;
    /* Only root may raise the hard limit; the others get as far as they may. */
    raised.rlim_cur = raised.rlim_max = specification->open_files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &raised) != 0)
        fail(STEP_PREPARE, errno, "cannot raise the limit of open files");
}

static void set_limits(const struct specification *specification)
{
    if (setrlimit(RLIMIT_NOFILE, &specification->open_files) != 0)
        fail(STEP_RESTRICT, errno, "cannot restore the limit of open files");
    for (size_t index = 0; index < specification->limit_count; index++) {
        struct limit limit = specification->limits[index];
        struct rlimit current;
        if (getrlimit(limit.resource, &current) != 0)
            fail(STEP_RESTRICT, errno, "cannot read resource limit %d", limit.resource);
        if (limit.value.rlim_max > current.rlim_max)
            limit.value.rlim_max = current.rlim_max;
        if (limit.value.rlim_cur > limit.value.rlim_max)
            limit.value.rlim_cur = limit.value.rlim_max;
        if (setrlimit(limit.resource, &limit.value) != 0)
            fail(STEP_RESTRICT, errno, "cannot set resource limit %d", limit.resource);
    }
}

static void set_personality(const struct specification *specification)
{
    int current = personality(0xffffffff), wanted = current;
    if (current < 0)
        fail(STEP_RESTRICT, errno, "cannot read the personality");
    if (specification->flags & IS_LINUX32)
        wanted = (wanted & ~PER_MASK) | PER_LINUX32;
    if (specification->flags & HAS_FIXED_ADDRESSES)
        wanted |= ADDR_NO_RANDOMIZE;
    if (wanted != current && personality((unsigned long)wanted) < 0)
        fail(STEP_RESTRICT, errno, "cannot set the personality");
}

static void reset_signals(void)
{
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t none;
    /* SIGKILL, SIGSTOP and the two that libc keeps for itself are refused; they have no handlers anyway. */
    for (int number = 1; number < NSIG; number++)
        (void)sigaction(number, &standard, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

void execute_program(const struct specification *specification)
{
    reset_signals();
    if (specification->flags & HAS_OWN_PROCESSES)
        umask(022);
    if (chdir(specification->working_directory) != 0)
        fail(STEP_EXECUTE, errno, "cannot enter the directory '%s'", specification->working_directory);
    set_limits(specification);
    set_personality(specification);
    /* A person's shell may hand descriptors to a program on purpose. */
    if ((specification->flags & HAS_OWN_PROCESSES) && syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) != 0)
        fail(STEP_RESTRICT, errno, "cannot close the descriptors of the host");
    if (specification->flags & FILTERS_SYSTEM_CALLS)
        install_filter();
    execve(specification->program, specification->arguments, specification->environment);
    fail(STEP_EXECUTE, errno, "executing '%s'", specification->program);
}
