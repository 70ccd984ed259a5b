/* The order of things. See sandbox.h for the three processes. */
#define _GNU_SOURCE
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CALL_PIDFD_OPEN = 434 };

enum { PROCESS_ONE_STACK_SIZE = 256 << 10 };

struct process_one {
    struct specification *specification;
    int wake[2]; /* one byte says that the id maps are written; its end says that the supervisor is gone */
};

/* Any directory that exists can be covered: only this mount namespace sees it. */
static const char *find_base(void)
{
    static const char *const candidates[] = {"/tmp", "/usr", "/proc"};
    struct stat status;
    for (size_t index = 0; index < sizeof candidates / sizeof *candidates; index++)
        if (stat(candidates[index], &status) == 0 && S_ISDIR(status.st_mode))
            return candidates[index];
    fail(STEP_MOUNT, 0, "this host has none of /tmp, /usr and /proc");
}

static void mount_memory(const char *path)
{
    if (mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0)
        fail(STEP_MOUNT, errno, "cannot mount a file system in memory on '%s'", path);
}

static void make_below(char *path, size_t size, const char *base, const char *name)
{
    snprintf(path, size, "%s/%s", base, name);
    if (mkdir(path, 0755) != 0)
        fail(STEP_MOUNT, errno, "cannot make '%s'", path);
}

/*
 * Makes the new root current, and with it a place for emulators that the sandbox does not see. Returns what keeps the
 * emulators' rules alive.
 */
static int prepare_root(const struct specification *specification)
{
    char root[64], instance[64], staging[64];
    const char *base = find_base();
    mount_memory(base);
    make_below(root, sizeof root, base, "root");
    make_below(instance, sizeof instance, base, "binfmt_misc");
    make_below(staging, sizeof staging, base, "emulators");
    mount_memory(root);
    int rules = register_emulators(specification, instance, staging);
    if (chdir(root) != 0)
        fail(STEP_ENTER_ROOT, errno, "cannot enter '%s'", root);
    return rules;
}

/* Only possible while the host's proc is visible: what that one hides, a new one must not show. */
static void mount_processes(void)
{
    if (mkdir("proc", 0555) != 0)
        fail(STEP_MOUNT, errno, "cannot make the sandbox's /proc");
    if (mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0)
        fail(STEP_MOUNT, errno,
            "cannot mount the sandbox's /proc (in a container, parts of its own /proc must not be masked)");
}

static void set_host_name(const struct specification *specification)
{
    static const char domain[] = "(none)"; /* what the kernel itself starts with */
    if (sethostname(specification->host_name, strlen(specification->host_name)) != 0
        || setdomainname(domain, sizeof domain - 1) != 0)
        fail(STEP_RESTRICT, errno, "cannot name the sandbox's host");
}

/* Keys of the caller's session, such as Kerberos tickets, are not the program's. A kernel without keyrings has none. */
static void leave_keyring(void)
{
#ifdef SYS_keyctl
    if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL, 0, 0, 0) < 0 && errno != ENOSYS && errno != EPERM
        && errno != EDQUOT)
        fail(STEP_RESTRICT, errno, "cannot leave the session's keyring");
#endif
}

/* Passes the program's end on. Everything else that still runs is killed by the kernel when process 1 ends. */
__attribute__((noreturn))
static void collect(pid_t program)
{
    for (;;) {
        int status;
        pid_t ended = waitpid(-1, &status, 0);
        if (ended < 0 && errno != EINTR)
            _exit(1);
        if (ended != program)
            continue;
        ssize_t written = write(RESULT_FD, &status, sizeof status);
        _exit(written == sizeof status ? 0 : 1);
    }
}

static void die_with_supervisor(int wake)
{
    /* After the change of user, which would undo it. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        fail(STEP_RESTRICT, errno, "cannot bind the sandbox to its supervisor");
    struct pollfd end = {.fd = wake};
    if (poll(&end, 1, 0) < 0 || (end.revents & POLLHUP) != 0)
        _exit(1);
}

static int run_process_one(void *argument)
{
    struct process_one *one = argument;
    struct specification *specification = one->specification;
    char byte;
    close(one->wake[1]);
    if (read(one->wake[0], &byte, 1) != 1)
        _exit(1);

    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
        fail(STEP_MOUNT, errno, "cannot separate the sandbox's mounts from the host's");
    detach_sources(specification);
    if (setresgid(0, 0, 0) != 0 || setresuid(0, 0, 0) != 0)
        fail(STEP_MAP_IDENTITY, errno, "cannot become the sandbox's user");
    die_with_supervisor(one->wake[0]);
    leave_keyring();

    umask(0);
    (void)prepare_root(specification); /* held open by this process until its end */
    mount_processes();
    enter_root();
    build_root(specification);
    if (!(specification->flags & HAS_NETWORK))
        raise_loopback();
    set_host_name(specification);

    /* The program has the same user on the host; now it cannot look at this process. */
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        fail(STEP_RESTRICT, errno, "cannot hide the sandbox's first process");
    pid_t program = fork();
    if (program < 0)
        fail(STEP_EXECUTE, errno, "cannot make the sandbox's process");
    if (program == 0) {
        setsid();
        enter_program_identity(specification);
        execute_program(specification);
    }
    for (int descriptor = 0; descriptor < RESULT_FD; descriptor++)
        close(descriptor);
    collect(program);
}

/* Waits for process 1, and kills it when this process is told to end or its parent has ended. */
__attribute__((noreturn))
static void supervise(pid_t one, int parent, int signals)
{
    struct pollfd events[] = {{.fd = parent, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    for (;;) {
        if (poll(events, 2, -1) < 0 && errno != EINTR)
            kill(one, SIGKILL);
        if (events[0].revents != 0) {
            kill(one, SIGKILL);
            events[0].fd = -1;
        }
        struct signalfd_siginfo information;
        if (events[1].revents != 0 && read(signals, &information, sizeof information) > 0
            && information.ssi_signo != SIGCHLD)
            kill(one, SIGKILL);
        /* The kernel reports the end of process 1 only after everything in its namespace has ended. */
        if (waitpid(one, NULL, WNOHANG) == one)
            _exit(0);
    }
}

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
        fail(STEP_PREPARE, errno, "cannot block signals");
    int descriptor = signalfd(-1, &set, SFD_CLOEXEC);
    if (descriptor < 0)
        fail(STEP_PREPARE, errno, "cannot watch signals");
    return descriptor;
}

/* By descriptor: a signal at the parent's death (PR_SET_PDEATHSIG) would come when the thread ends that started us. */
static int watch_parent(const struct specification *specification)
{
    int parent = (int)syscall(CALL_PIDFD_OPEN, specification->parent, 0);
    if (parent < 0)
        fail(STEP_PREPARE, errno, "cannot watch the process that started the sandbox");
    if (getppid() != specification->parent)
        _exit(1);
    return parent;
}

/* In a container, root may be an ordinary user of the host. */
static int is_root_outside(void)
{
    unsigned inside, outside;
    FILE *map = fopen("/proc/self/uid_map", "re");
    if (map == NULL || fscanf(map, "%u %u", &inside, &outside) != 2)
        return 1;
    fclose(map);
    return inside != 0 || outside == 0;
}

static void check_identity(const struct specification *specification)
{
    /* The one number that must never come out of a mistake above. */
    if (geteuid() == 0 && (specification->host_user == 0 || specification->host_group == 0) && is_root_outside())
        fail(STEP_MAP_IDENTITY, 0, "a sandbox must not run as the host's root: give it another user and group");
}

__attribute__((noreturn))
static void run_supervised(struct specification *specification)
{
    static char stack[PROCESS_ONE_STACK_SIZE] __attribute__((aligned(16)));
    struct process_one one = {.specification = specification};
    check_identity(specification);
    int parent = watch_parent(specification), signals = open_signals();
    if (specification->flags & HAS_DEVICES)
        add_devices(specification);
    raise_open_file_limit(specification);
    drop_groups(specification);
    if (pipe2(one.wake, O_CLOEXEC) != 0)
        fail(STEP_PREPARE, errno, "cannot make a pipe");

    int namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
    if (!(specification->flags & HAS_NETWORK))
        namespaces |= CLONE_NEWNET;
    pid_t process = clone(run_process_one, stack + sizeof stack, namespaces | SIGCHLD, &one);
    if (process < 0)
        fail(STEP_CREATE_NAMESPACES, errno, "cannot make the sandbox's namespaces");
    close(one.wake[0]);
    write_maps(process, 0, specification->host_user, 0, specification->host_group);
    if (write(one.wake[1], "", 1) != 1)
        fail(STEP_PREPARE, errno, "cannot wake the sandbox's first process");
    for (int descriptor = 0; descriptor <= RESULT_FD; descriptor++)
        close(descriptor);
    supervise(process, parent, signals);
}

/* As root: a child that stays behind in the old namespace, whose rights the map needs, writes it. */
static void unshare_with_all_identities(int namespaces)
{
    int wake[2], status;
    char byte;
    pid_t self = getpid();
    if (pipe2(wake, O_CLOEXEC) != 0)
        fail(STEP_PREPARE, errno, "cannot make a pipe");
    pid_t helper = fork();
    if (helper < 0)
        fail(STEP_PREPARE, errno, "cannot make a process");
    if (helper == 0) {
        close(wake[1]);
        if (read(wake[0], &byte, 1) == 1)
            write_all_maps(self);
        _exit(0);
    }
    close(wake[0]);
    if (unshare(namespaces) != 0)
        fail(STEP_CREATE_NAMESPACES, errno, "cannot make the namespaces");
    if (write(wake[1], "", 1) != 1 || waitpid(helper, &status, 0) != helper || status != 0)
        fail(STEP_MAP_IDENTITY, 0, "cannot map root's ids");
    close(wake[1]);
}

/* For a person: this very process becomes the program, with its terminal, files and process numbers. */
__attribute__((noreturn))
static void run_in_place(struct specification *specification)
{
    static const char rules_directory[] = "/proc/sys/fs/binfmt_misc";
    const int all = (specification->flags & HAS_ALL_IDENTITIES) != 0;
    const uid_t user = geteuid();
    const gid_t group = getegid();
    int namespaces = CLONE_NEWUSER | CLONE_NEWNS;
    if (!(specification->flags & HAS_NETWORK))
        namespaces |= CLONE_NEWNET;
    raise_open_file_limit(specification);
    if (all) {
        unshare_with_all_identities(namespaces);
    } else {
        if (unshare(namespaces) != 0)
            fail(STEP_CREATE_NAMESPACES, errno, "cannot make the namespaces");
        write_maps(0, 0, user, 0, group);
    }
    /* What the host mounts later is still seen; what is mounted here is not seen there. */
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0)
        fail(STEP_MOUNT, errno, "cannot separate the mounts from the host's");
    detach_sources(specification);
    mode_t mask = umask(0);
    if (specification->root == ROOT_TEMPORARY) {
        int rules = prepare_root(specification), tree = rules < 0 ? -1 : clone_mount(rules);
        enter_root();
        build_root(specification);
        if (tree >= 0)
            attach(tree, rules_directory);
    } else {
        build_on_host_root(specification);
        (void)register_emulators(specification, rules_directory, NULL);
    }
    umask(mask);
    if (!(specification->flags & HAS_NETWORK))
        raise_loopback();
    if (!all)
        enter_program_identity(specification);
    execute_program(specification);
}

/* No namespace at all: the program sees the machine. Only its end is looked after. */
__attribute__((noreturn))
static void run_bare(struct specification *specification)
{
    int parent = watch_parent(specification), signals = open_signals();
    raise_open_file_limit(specification);
    /* Whatever loses its parent in there becomes a child of this process, which can then end it. */
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        fail(STEP_PREPARE, errno, "cannot collect the program's processes");
    leave_keyring();
    pid_t program = fork();
    if (program < 0)
        fail(STEP_EXECUTE, errno, "cannot make the program's process");
    if (program == 0) {
        setsid();
        if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
            fail(STEP_RESTRICT, errno, "cannot bind the program to its supervisor");
        execute_program(specification);
    }
    for (int descriptor = 0; descriptor < RESULT_FD; descriptor++)
        close(descriptor);
    supervise_bare(program, parent, signals);
}

/*
 * Called before the runtime of the program that this is linked into; does nothing unless the arguments are
 * __ferry_sandbox, the descriptor of the instructions, and that of the report, or -1 for standard error.
 */
__attribute__((constructor(101)))
static void launch(int count, char **arguments)
{
    if (count != 4 || strcmp(arguments[1], "__ferry_sandbox") != 0)
        return;
    int descriptor = atoi(arguments[2]);
    report_to(atoi(arguments[3]));
    struct specification *specification = read_specification(descriptor);
    if (specification->root == ROOT_BARE)
        run_bare(specification);
    if (specification->flags & HAS_OWN_PROCESSES)
        run_supervised(specification);
    close(descriptor);
    run_in_place(specification);
}

/* Lets the .NET side make sure that this code is part of the program. */
__attribute__((visibility("default")))
int ferry_sandbox_version(void)
{
    return 1;
}
