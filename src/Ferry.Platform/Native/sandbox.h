/*
 * The sandbox launcher: enters namespaces and executes one program in them.
 *
 * It runs before any runtime starts, since unshare(CLONE_NEWUSER) is refused to a process with threads. The rules for this
 * code: one thread, no library but libc, every failure is final and is reported with its step.
 *
 * Three processes, when the sandbox has its own process numbers:
 *   supervisor  in the host's namespaces; waits for process 1, kills it when the parent ends or sends SIGTERM
 *   process 1   owns all namespaces; builds the root, collects orphans; its end makes the kernel kill the rest
 *   program     in a user namespace below that of process 1, so it has no rights over mounts, network or process 1
 *
 * User ids: the first user namespace maps 0 to the host user that the program shall be (mounting, and binfmt_misc's
 * files, need a 0). The second one maps the id that the program shall see to that 0.
 */
#ifndef FERRY_SANDBOX_H
#define FERRY_SANDBOX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

/* Descriptors that the parent hands over; SandboxProcess.cs has the same numbers. */
enum { INSTRUCTIONS_FD = 3, REPORT_FD = 4, RESULT_FD = 5 };

/* SandboxStep in SandboxException.cs. */
enum step {
    STEP_PREPARE = 0,
    STEP_CREATE_NAMESPACES = 1,
    STEP_MAP_IDENTITY = 2,
    STEP_MOUNT = 3,
    STEP_REGISTER_EMULATOR = 4,
    STEP_NETWORK = 5,
    STEP_ENTER_ROOT = 6,
    STEP_RESTRICT = 7,
    STEP_EXECUTE = 8,
};

/* The flags and codes of SandboxProgram.cs. */
enum flag {
    HAS_DEVICES = 1,
    HAS_OWN_PROCESSES = 2,
    HAS_NETWORK = 4,
    IS_LINUX32 = 8,
    HAS_FIXED_ADDRESSES = 16,
    FILTERS_SYSTEM_CALLS = 32,
    HAS_ALL_IDENTITIES = 64,
};

enum root_kind { ROOT_TEMPORARY = 0, ROOT_HOST = 1, ROOT_BARE = 2 };

enum access { ACCESS_READ_ONLY = 0, ACCESS_WRITABLE = 1, ACCESS_DEVICE = 2, ACCESS_AS_ON_HOST = 3 };

enum code {
    CODE_PROGRAM = 1,
    CODE_ARGUMENT = 2,
    CODE_ENVIRONMENT = 3,
    CODE_WORKING_DIRECTORY = 4,
    CODE_HOST_NAME = 5,
    CODE_LIMIT = 6,
    CODE_EMULATOR = 7,
    CODE_TEMPORARY_DIRECTORY = 10,
    CODE_DIRECTORY = 11,
    CODE_FILE = 12,
    CODE_LINK = 13,
    CODE_BIND = 14,
    CODE_UNION = 15,
};

struct limit {
    int resource;
    struct rlimit value;
};

struct emulator {
    const char *rule;        /* ":NAME:M::MAGIC:MASK:", to be followed by the interpreter */
    const char *interpreter; /* on the host */
    const char *flags;
    int tree; /* the interpreter as a detached mount, or -1 */
};

/* One thing in the root: a temporary directory, directory, file, link, bind or union. */
struct entry {
    enum code code;
    const char *path;    /* in the sandbox */
    const char *source;  /* content of a file, target of a link, host path of a bind, layers of a union */
    size_t source_length;
    mode_t mode;
    uint64_t size;
    enum access access;
    int is_optional;
    int tree;            /* a bind's source as a detached mount; -1 when the source is a link or is missing */
    char *link;          /* a bind's source, when it is a symbolic link: its target */
};

struct specification {
    uint32_t flags;
    enum root_kind root;
    pid_t parent;
    uid_t host_user, user;
    gid_t host_group, group;
    const char *program, *working_directory, *host_name;
    char **arguments, **environment;
    struct limit *limits;
    size_t limit_count;
    struct emulator *emulators;
    size_t emulator_count;
    struct entry *entries;
    size_t entry_count;
    struct rlimit open_files; /* as the parent had it; raised while the root is built */
};

/* specification.c */
struct specification *read_specification(int descriptor);

/* report.c: reports and ends the process. The text names what could not be done; errno says why unless error is 0. */
__attribute__((noreturn, format(printf, 3, 4)))
void fail(enum step step, int error, const char *format, ...);
void report_to(int descriptor);

/* identity.c */
void write_maps(pid_t process, uid_t inside_user, uid_t outside_user, gid_t inside_group, gid_t outside_group);
void write_all_maps(pid_t process);
void drop_groups(const struct specification *specification);
void enter_program_identity(const struct specification *specification);

/* mounts.c */
void detach_sources(struct specification *specification);
int clone_mount(int directory);
void enter_root(void);
void build_root(const struct specification *specification);
void build_on_host_root(const struct specification *specification);
void make_directories(const char *path, mode_t mode, int with_last);
void attach(int tree, const char *target);

/* devices.c */
void add_devices(struct specification *specification);
void mount_device_file_systems(void);

/* emulators.c: returns a descriptor that keeps the rules alive, or -1 when there are none. */
int register_emulators(const struct specification *specification, const char *directory, const char *staging);

/* network.c */
void raise_loopback(void);

/* filter.c */
void install_filter(void);

/* sandbox.c */
int ferry_sandbox_version(void);

/* bare.c */
__attribute__((noreturn)) void supervise_bare(pid_t program, int parent, int signals);

/* program.c */
__attribute__((noreturn)) void execute_program(const struct specification *specification);
void raise_open_file_limit(struct specification *specification);

#endif
